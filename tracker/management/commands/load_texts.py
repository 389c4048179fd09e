"""Take in the texts of documents from a folder: those whose hash a document says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.desk.texts import Reading, take_in
from tracker.exchange.inbound.articles import MAX_ARTICLE_BYTES, Article, read_article
from tracker.exchange.inbound.workbook_types import FileRefused
from tracker.management.options import refused_in_words
from tracker.models import Document

ENDINGS = {".txt", ".html", ".htm", ".pdf"}


class Command(BaseCommand):
    """`manage.py load_texts FOLDER [--author anna]`."""

    help = (
        "Take in the texts (.txt, .html, .pdf) of FOLDER whose SHA-256 and length a document of the register says, and "
        "say of each file what became of it. The project itself carries no text of others. Loading it again changes "
        "nothing. With --author, published records whose claims stand otherwise now go into a change set, for somebody "
        "else to publish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--author", help="whose change set it is, by user name; left out, only the desk changes")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        self.author = User.objects.filter(username=options["author"], is_active=True).first()
        if options["author"] and self.author is None:
            raise CommandError(f"--author: there is no active user “{options['author']}”.")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
        if not paths:
            raise CommandError(f"{folder} has no file that ends in {', '.join(sorted(ENDINGS))}.")
        self.is_changed = False
        for path in paths:
            self.stdout.write(f"{path.name}: {self._load(path)}")
        if self.is_changed and self.author is None:
            self.stdout.write(
                "Only the desk changed: the public reads that these texts are not held until the records that quote "
                "them are published again. With --author they would have gone into a change set."
            )

    def _load(self, path: Path) -> str:
        """Take in one file and return what became of it."""
        try:
            if path.stat().st_size > MAX_ARTICLE_BYTES:
                return f"left out: it has more than {MAX_ARTICLE_BYTES:,} bytes"
            article = read_article(path.read_bytes(), path.name)
        except (FileRefused, OSError) as error:
            return f"left out: {error}"
        documents = Document.objects.filter(sha256=article.sha256).order_by("public_id")
        if not documents:
            return f"left out: no document says its hash, {article.sha256}"
        return "; ".join(self._take_in(document, article) for document in documents)

    def _take_in(self, document: Document, article: Article) -> str:
        reading = Reading(article.text, article.tool, article.tool_version, article.language)
        try:
            with refused_in_words("left out:"):
                taken = take_in(document=document, reading=reading, by=self.author, at=timezone.now())
        except CommandError as error:
            return str(error)
        self.is_changed |= taken.is_new
        if not taken.is_new:
            return f"is held already, as {taken.text}"
        return f"taken in as {taken.text}, {taken.text.characters:,} characters"
