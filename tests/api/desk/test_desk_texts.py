"""Texts on the desk by program: brought, listed, read, and never changed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from tests import articles
from tests.api.conftest import DESK, errors_of, refusal_of
from tests.factories import PartyFactory
from tracker.models import Document, Edit, Party, Text

TEXTS = f"{DESK}/documents/article/texts/"


def test_a_text_is_brought_and_read_again(world: Any, editor: APIClient) -> None:
    page = SimpleUploadedFile("page.html", articles.PAGE, "text/html")
    answer = editor.post(TEXTS, {"file": page}, format="multipart")
    assert answer.status_code == 201, answer.content
    assert "content" not in answer.json()
    assert answer.json()["added_by"] == editor.user.username
    whole = editor.get(answer["Location"]).json()
    assert all(paragraph in whole["content"] for paragraph in articles.PARAGRAPHS)
    assert editor.get(TEXTS).json()["results"] == [answer.json()]
    document = Document.objects.get(public_id="article")
    assert (document.sha256, document.characters) == (whole["sha256"], len(whole["content"]))
    assert Edit.objects.get().public_id == "article", "that the document says its hash is an edit of it"


def test_a_new_reading_is_a_new_version(world: Any, editor: APIClient) -> None:
    for content, code, version in (("One text.", 201, 1), ("Another text.", 201, 2), ("One text.", 200, 1)):
        answer = editor.post(TEXTS, {"content": content})
        assert (answer.status_code, answer.json()["version"]) == (code, version)
    assert [text.content for text in Text.objects.all()] == ["One text.", "Another text."]


def test_a_text_proposes_its_document(world: Any, editor: APIClient) -> None:
    body = {"content": articles.PAGE.decode(), "url": "https://herald.example/x"}
    answer = editor.post(f"{DESK}/texts/proposal/", body)
    assert answer.status_code == 200, answer.content
    assert answer.json()["document"]["name"] == articles.TITLE
    assert answer.json()["known"] == []
    assert not Text.objects.exists()
    created = editor.post(f"{DESK}/documents/", answer.json()["document"])
    assert created.status_code == 201, created.content


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({}, "content", "Send a file or the content"),
        ({"content": ""}, "content", "may not be blank"),
        ({"content": " "}, "content", "content is empty"),
        ({"content": 4}, "content", "Write text; found a number"),
        ({"text": "x"}, "text", "There is no such field; known are: file, content, url"),
        ({"content": "a\0b"}, "content", "Null characters are not allowed"),
        ({"content": "x", "url": "no address"}, "url", "Enter a valid URL"),
        ({"content": "%PDF-1.4 broken"}, "content", "no text can be taken out"),
    ],
)
def test_what_is_not_right_is_named_and_nothing_is_stored(
    body: Any, field: str, said: str, world: Any, editor: APIClient
) -> None:
    answer = editor.post(TEXTS, body)
    assert answer.status_code == 400, answer.content
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert said in errors[field]
    assert not Text.objects.exists()


def test_what_is_not_there_is_said(world: Any, editor: APIClient) -> None:
    assert editor.get(f"{DESK}/documents/nothing/texts/").status_code == 404
    assert editor.get(f"{DESK}/texts/99/").status_code == 404
    assert "record: Write an object" in refusal_of(editor.post(TEXTS, [1]), 400)


PLEDGED = "THE HAGUE, 20 October 2025. The Netherlands will give Ukraine 50 million euros for PURL, it said on Monday."


def proposed(editor: APIClient) -> tuple[str, dict[str, Any]]:
    """Bring a text, and return its address and its only proposal."""
    for public_id, name in (("NLD", "Netherlands"), ("UKR", "Ukraine"), ("USA", "United States")):
        if not Party.objects.filter(public_id=public_id).exists():
            PartyFactory(public_id=public_id, name=name)
    address = editor.post(TEXTS, {"content": PLEDGED})["Location"]
    [proposal] = editor.get(f"{address}proposals/").json()["results"]
    return address, proposal


def test_a_text_proposes_facts_and_one_is_accepted(world: Any, editor: APIClient) -> None:
    address, proposal = proposed(editor)
    assert (proposal["kind"], proposal["standing"], proposal["problem"]) == ("pledge", "new", "")
    assert proposal["likely"] is True
    assert PLEDGED[proposal["start"] : proposal["end"]].startswith("The Netherlands will give")
    body = {"key": proposal["key"], "way": "new", "corrections": {"entries-1-amount": "51000000"}}
    accepted = editor.post(f"{address}proposals/accept/", body)
    assert accepted.status_code == 201, accepted.content
    pledge = editor.get(accepted["Location"]).json()
    assert pledge["entries"][0]["amount"] == "51000000.00"
    assert pledge["claims"][0]["document"]["id"] == "article"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "pledge-0-9"}, 404),
        ({"way": "some"}, 400),
        ({"corrections": {"nothing": "1"}}, 400),
        ({"way": "claims"}, 400),
    ],
)
def test_what_cannot_be_accepted_is_refused(world: Any, editor: APIClient, change: dict[str, Any], code: int) -> None:
    address, proposal = proposed(editor)
    answer = editor.post(f"{address}proposals/accept/", {"key": proposal["key"], "way": "new"} | change)
    assert answer.status_code == code, answer.content
