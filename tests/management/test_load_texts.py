"""Texts are taken in by the hash that a document says, and each file is told what became of it."""

from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import articles
from tests.curation.desk import with_basics
from tests.factories import DocumentFactory
from tracker.models import Edit, Publication, Text

pytestmark = pytest.mark.django_db


def load(folder: Path) -> list[str]:
    out = StringIO()
    call_command("load_texts", folder, stdout=out)
    return out.getvalue().splitlines()


def test_what_a_document_knows_is_taken_in_once(tmp_path: Path) -> None:
    digest = sha256(articles.TEXT.encode()).hexdigest()
    document = DocumentFactory(public_id="marders", sha256=digest, characters=len(articles.TEXT))
    (tmp_path / "a.txt").write_text(articles.TEXT)
    (tmp_path / "b.txt").write_text("Another text.")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "d.docx").write_bytes(b"PK")
    first, second, third, last = load(tmp_path)
    assert first.startswith("a.txt: taken in")
    assert second.startswith("b.txt: left out: no document says its hash")
    assert third.startswith("c.pdf: left out: no text")
    assert "the public reads that these texts are not held" in last
    held = Text.objects.get()
    assert (held.document, held.version, held.content, held.added_by) == (document, 1, articles.TEXT, None)
    again = load(tmp_path)
    assert again[0].startswith("a.txt: is held already")
    assert len(again) == 3, "nothing changed"
    assert Text.objects.count() == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="no file that ends in"):
        load(tmp_path)


def test_what_holds_now_is_published_by_a_change_set_of_the_author(tmp_path: Path) -> None:
    desk = with_basics()
    digest = sha256(articles.TEXT.encode()).hexdigest()
    desk.write("document", id="herald", name="Herald", sha256=digest)
    quote = {"document": "herald", "quote": "nine Marder infantry fighting vehicles", "field": "name"}
    pledge = desk.pledge(claims=[quote])
    desk.publish()
    (tmp_path / "a.txt").write_text(articles.TEXT)
    out = StringIO()
    call_command("load_texts", tmp_path, author="erin", stdout=out)
    assert "Only the desk" not in out.getvalue()
    assert Edit.objects.get(released_at__isnull=True).public_id == pledge.public_id
    desk.publish()
    published = Publication.objects.published().get(kind="claim")
    assert '"support":"passage"' in published.document
