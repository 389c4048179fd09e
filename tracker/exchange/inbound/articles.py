"""Articles on their way in: the text of a web page, a PDF or a plain text, and what it says of its document."""

import json
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from tracker.exchange.inbound import extractor, process_limits
from tracker.exchange.inbound.workbook_types import MIB, FileRefused
from tracker.lib.languages import language_of
from tracker.models import Document
from tracker.models.desk.texts import MAX_CHARACTERS

MAX_ARTICLE_BYTES = 10 * MIB
MAX_PAGES = 500
_BYTES, _CPU_SECONDS, _SECONDS = 1_536 * MIB, 15, 60
"""Address space, processor time and time of the process that takes a text out."""

AS_IT_IS = "as it is"
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>", b"<p ", b"<?xml")
_OFFICIAL_HOSTS = (
    ".gov", ".mil", ".int", ".europa.eu", ".gov.uk", ".gov.ua", ".gov.pl", ".bund.de", ".bundesregierung.de",
    ".bmvg.de", ".gouv.fr", ".government.nl", ".regjeringen.no", ".government.se", ".valtioneuvosto.fi",
)  # fmt: skip
_ESTABLISHED_HOSTS = (
    "reuters.com", "apnews.com", "afp.com", "dpa.com", "bbc.co.uk", "bbc.com", "ft.com", "nytimes.com", "lemonde.fr",
    "faz.net", "err.ee", "ansa.it", "ukrinform.net", "interfax.com.ua", "ifw-kiel.de", "sipri.org", "iiss.org",
)  # fmt: skip


@dataclass(frozen=True)
class Article:
    """A text, how it was taken out of its file, and what the file says of itself; empty where it says nothing."""

    text: str
    tool: str
    tool_version: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, by which documents know it."""
        return sha256(self.text.encode()).hexdigest()


def read_article(content: bytes, name: str) -> Article:
    """Take the text out of a file; what it is, is told from its content.

    A plain text is taken as it is, so that its hash is that of the file. `name` is what people call the file.
    Raises FileRefused where it is too large, no text can be taken out, or taking it out takes too long.
    """
    if len(content) > MAX_ARTICLE_BYTES:
        raise FileRefused(
            _("%(name)s has %(size)s MiB; at most %(limit)s MiB are read")
            % {"name": name, "size": f"{len(content) / MIB:,.1f}", "limit": MAX_ARTICLE_BYTES // MIB}
        )
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise FileRefused(_("%s is empty") % name)
    if start.startswith(b"%pdf-"):
        return _extracted("pdf", content, name)
    if start.startswith(_PAGE_STARTS):
        return _extracted("html", content, name)
    return _plain(content, name)


def _plain(content: bytes, name: str) -> Article:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("%s is neither a web page, a PDF, nor text in UTF-8; save it as one of these") % name
        ) from error
    if "\0" in text:
        raise FileRefused(_("%s has characters that no text has; is it a program or an image?") % name)
    if len(text) > MAX_CHARACTERS:
        raise FileRefused(_too_long(name))
    if not text.strip():
        raise FileRefused(_("%s is empty") % name)
    first = next(line.strip() for line in text.splitlines() if line.strip())
    return Article(text, AS_IT_IS, title=first if len(first) <= 250 else "", language=language_of(text))


def _extracted(form: str, content: bytes, name: str) -> Article:
    """Return what the extractor finds. The JSON comes from our own program."""
    limits = [_BYTES, _CPU_SECONDS, extractor.__file__, form, MAX_PAGES, MAX_CHARACTERS]
    # -P keeps the folder of these programs off the module path, where their names would hide modules.
    command = [sys.executable, "-P", process_limits.__file__, *map(str, limits)]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise FileRefused(_too_slow(name)) from error
    if run.returncode != 0:
        raise FileRefused(_reason(run.returncode, name))
    found: dict[str, Any] = json.loads(run.stdout)
    language = str(found["language"]).partition("-")[0].lower()[:10] or language_of(found["text"])
    told = {key: " ".join(str(found[key]).split())[:250] for key in ("title", "publisher", "published")}
    return Article(
        text=found["text"], tool=found["tool"], tool_version=found["tool_version"][:40], url=str(found["url"])[:1000],
        language=language, **told,
    )  # fmt: skip


def _reason(code: int, name: str) -> str:
    known = {
        extractor.REFUSED: _("no text can be taken out of %s; is it a scan, or a page that a script fills?") % name,
        extractor.LOCKED: _("%s is encrypted; save it without a password") % name,
        extractor.TOO_LONG: _too_long(name),
    }
    return known.get(code) or _too_slow(name)


def _too_long(name: str) -> str:
    return _("%(name)s has more than %(pages)s pages or %(characters)s characters; bring the part that is cited") % {
        "name": name, "pages": MAX_PAGES, "characters": f"{MAX_CHARACTERS:,}",
    }  # fmt: skip


def _too_slow(name: str) -> str:
    return _("the text of %(name)s cannot be taken out with %(memory)s MiB of memory in %(seconds)s seconds") % {
        "name": name, "memory": f"{_BYTES // MIB:,}", "seconds": _CPU_SECONDS,
    }  # fmt: skip


def proposed(article: Article, address: str = "") -> dict[str, str]:
    """Return what an article says of its document, as the document's serializer takes it; all of it to be checked."""
    url = address or article.url
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    tier = _tier(host)
    kind = Document.Kind.OFFICIAL if tier == Document.Tier.PRIMARY else Document.Kind.ARTICLE
    told = {
        "name": article.title, "publisher": article.publisher or host, "url": url, "language": article.language,
        "published": article.published, "tier": str(tier), "kind": str(kind),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _tier(host: str) -> str:
    """Return the tier that a host stands for; the list is short, and what is not in it is not judged."""
    if any(f".{host}".endswith(ending) for ending in _OFFICIAL_HOSTS):
        return Document.Tier.PRIMARY
    if any(host == known or host.endswith(f".{known}") for known in _ESTABLISHED_HOSTS):
        return Document.Tier.ESTABLISHED
    return ""
