"""Texts are taken in by the hash that a document says, and each file is told what became of it."""

from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import articles
from tests.factories import DocumentFactory
from tracker.models import Text

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
    first, second, third = load(tmp_path)
    assert first.startswith("a.txt: taken in")
    assert second.startswith("b.txt: left out: no document says its hash")
    assert third.startswith("c.pdf: left out: no text")
    held = Text.objects.get()
    assert (held.document, held.version, held.content, held.added_by) == (document, 1, articles.TEXT, None)
    assert load(tmp_path)[0].startswith("a.txt: is held already")
    assert Text.objects.count() == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="no file that ends in"):
        load(tmp_path)
