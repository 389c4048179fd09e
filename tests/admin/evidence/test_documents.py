"""A document is made of a text that is pasted or uploaded; the whole text stays on the desk."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import articles
from tests.factories import ClaimFactory, DocumentFactory, FindingFactory, PledgeFactory, TextFactory
from tracker.admin.evidence.documents_beside_form import panel
from tracker.models import Document, Text
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.places import NOT_SAID
from tracker.records.registry import KINDS

ADD = "/admin/tracker/document/add/"
CLAIMS = {"claims-TOTAL_FORMS": "0", "claims-INITIAL_FORMS": "0"}


def form(**fields: Any) -> dict[str, Any]:
    return CLAIMS | {"name": "", "document_kind": "article", "tier": "", **fields}


def test_an_uploaded_page_makes_a_document(browsers: SimpleNamespace) -> None:
    page = SimpleUploadedFile("page.html", articles.PAGE, "text/html")
    answer = browsers.editor.post(ADD, form(file=page, url="https://www.gov.uk/marders"))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    document = Document.objects.get()
    assert (document.name, document.publisher, document.published, document.tier, document.document_kind) == (
        articles.TITLE, "The Amaurot Herald", "2025-10-13", "primary", "official",
    )  # fmt: skip
    text = Text.objects.get()
    assert (text.document, text.sha256, text.added_by.username) == (document, document.sha256, "editor")
    shown = browsers.viewer.get(f"/admin/tracker/text/{text.pk}/change/")
    assert articles.PARAGRAPHS[0] in shown.content.decode()


def test_what_is_typed_stands_before_what_is_proposed(browsers: SimpleNamespace) -> None:
    browsers.editor.post(ADD, form(name="My name", publisher="Mine", pasted=articles.TEXT.replace("\n", "\r\n")))
    document = Document.objects.get()
    assert (document.name, document.publisher, document.language) == ("My name", "Mine", "en")
    assert Text.objects.get().content == articles.TEXT


def test_a_further_text_is_a_version_and_no_edit_of_the_document(browsers: SimpleNamespace) -> None:
    browsers.editor.post(ADD, form(pasted=articles.TEXT))
    document = Document.objects.get()
    address = f"/admin/tracker/document/{document.pk}/change/"
    opened = browsers.editor.get(address).context["adminform"].form
    fields = {name: opened[name].value() or "" for name in opened.fields if name != "file"}
    answer = browsers.editor.post(address, CLAIMS | fields | {"pasted": "Another reading."}, follow=True)
    assert [text.version for text in Text.objects.all()] == [1, 2]
    assert "version 2" in answer.content.decode()
    assert Document.objects.get().sha256 == document.sha256


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Give it a name"),
        ({"pasted": "<html></html>"}, "no text can be taken out"),
        ({"pasted": "x", "file": SimpleUploadedFile("x.txt", b"y")}, "not both"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(fields: Any, said: str, browsers: SimpleNamespace) -> None:
    answer = browsers.editor.post(ADD, form(**fields))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Document.objects.exists()


def test_a_viewer_brings_nothing(browsers: SimpleNamespace) -> None:
    browsers.editor.post(ADD, form(pasted=articles.TEXT))
    page = browsers.viewer.get(f"/admin/tracker/document/{Document.objects.get().pk}/change/").content.decode()
    assert 'name="pasted"' not in page
    assert browsers.editor.post(f"/admin/tracker/text/{Text.objects.get().pk}/delete/").status_code == 403


def test_beside_the_form_stand_rivals_that_are_both_adopted_and_what_became_of_passages(users: SimpleNamespace) -> None:
    pledge, text = PledgeFactory(), TextFactory()
    about = {"record_kind": "pledge", "record_id": pledge.public_id, "document": text.document, "field": "announced"}
    for number in range(6):
        ClaimFactory(**about | {"document": DocumentFactory(), "public_id": f"a-{number}", "field": f"{number}"})
    ClaimFactory(**about, quote="in May", support="passage", score=100)
    ClaimFactory(**about, quote="in June", support="broken", score=100, reason="The day of the paper.")
    gone = ClaimFactory(**about | {"field": "host"}, quote="over Poland", support="passage", score=100)
    agreeing = about | {"field": "host", "quote": "Poland", "support": "passage", "score": 100}
    ClaimFactory(**agreeing)
    FindingFactory(rule="gone-from-newest-text", record_id=pledge.public_id, claim=gone.public_id)
    beside = panel("pledge", pledge.public_id, users.editor)
    rivals = {place.path: place.has_rivals for place in beside["places"]}
    assert (rivals["announced"], rivals["host"]) == (True, False)
    assert beside["sources"][0].text == text, "what can be read stands first"
    assert len(beside["more"]) == 1
    assert [(one.claim.pk, one.trouble) for one in beside["troubled"]] == [
        (gone.pk, "gone: an older text has it, and the newest no more"),
    ]  # fmt: skip


def test_only_what_a_claim_can_be_about_is_offered_as_its_field(browsers: SimpleNamespace) -> None:
    for kind in ("pledge", "meeting", "platform"):
        page = browsers.editor.get(f"/admin/tracker/{kind}/add/").content.decode()
        fields = fields_of(KINDS[kind].published())
        offered = set(re.findall(r'data-place="([^"]+)"', page))
        assert offered
        assert offered <= fields.keys() - set(NOT_SAID)
        of_rows = set(re.findall(r'data-list="([^"]+)" data-field="([^"]+)"', page))
        assert of_rows
        assert not {name for _list, name in of_rows} & set(NOT_SAID)
