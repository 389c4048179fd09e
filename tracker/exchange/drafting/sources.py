"""Sources: the documents, initiatives and platforms that rows name, found in the register or drafted."""

import re
from functools import cache
from hashlib import sha256
from sys import intern
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from tracker.curation.importing.plans import Draft
from tracker.exchange.drafting.labels import Labels, branches
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.profiles.base import Initiatives, Items
from tracker.lib import cells
from tracker.lib.text import fold, fold_lookalikes
from tracker.models import Document, Initiative, Platform

_is_address = URLValidator(schemes=["http", "https"])
_ORDINARY = re.compile(
    r"https?://((?:[a-z0-9]{1,20}(?:-[a-z0-9]{1,20})?\.){1,4}[a-z]{2,12})"
    r"(?:/[^\x00-\x20\x7f-\uffff,;]{0,900}(?<![.)\]>\"']))?"
)
"""Cells that are one address, with its host, of which nothing more has to be asked: nearly all; asking takes long."""
_MAX_ADDRESS = 1000
_MAX_NAME = 250


class Documents:
    """Documents by address: those of the register, and drafts of those that it lacks."""

    def __init__(self) -> None:
        known = Document.objects.order_by("-id").values_list("url", "public_id")
        self._ids: dict[str, str] = {url: public_id for url, public_id in known if url}
        self._present = set(Document.objects.values_list("public_id", flat=True))
        self._stem = cache(_stem)
        self.drafts: dict[str, Draft] = {}

    def named_in(self, line: FileLine, columns: tuple[str, ...]) -> list[str]:
        """Return the public ids of the documents that a row names, in order, once each."""
        found: dict[str, None] = {}
        for column in columns:
            cell = line.values.get(column)
            if isinstance(cell, str) and (ordinary := _ORDINARY.fullmatch(cell)):
                if cell not in self._ids:
                    self._ids[cell] = self._draft(cell, cell, ordinary[1])
                found[self._ids[cell]] = None
                continue
            if not line.is_known(column):
                continue
            addresses = cells.addresses(cell)
            for address in addresses:
                found[self.of_address(address)] = None
            text = "" if addresses else line.text(column)
            if text:
                found[self._draft(text, "", "")] = None
        return list(found)

    def of_address(self, address: str, name: str = "", kind: str = Document.Kind.OTHER) -> str:
        """Return the public id of the document at `address`; one that the register lacks is drafted."""
        if address not in self._ids:
            host = _host(address)
            self._ids[address] = self._draft(address, address if host else "", host, name, kind)
        return self._ids[address]

    def _draft(self, text: str, address: str, host: str, name: str = "", kind: str = Document.Kind.OTHER) -> str:
        """Return the public id that is derived from an address, or from words where there is none."""
        if len(address) > _MAX_ADDRESS:
            address = ""
        stem = self._stem(host)
        key = text if address else fold(text)
        public_id = intern(f"{stem}-{sha256(key.encode()).hexdigest()[:12]}")
        if public_id not in self._present and public_id not in self.drafts:
            document = {"name": name or _name(text), "kind": str(kind)}
            if address:
                document["url"] = address
            self.drafts[public_id] = Draft("document", document, public_id=public_id)
        return public_id


def _host(address: str) -> str:
    """Return the host of an address; empty where it is none."""
    try:
        if not _ORDINARY.fullmatch(address):
            _is_address(address)
        return urlsplit(address).hostname or ""
    except (ValidationError, ValueError):
        return ""


def _stem(host: str) -> str:
    """Return what the public ids of documents of a host begin with."""
    return slugify(host.removeprefix("www.").replace(".", "-").replace("_", "-"))[:50].strip("-") or "source"


def _name(text: str) -> str:
    bare = text.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return bare[:_MAX_NAME] or text[:_MAX_NAME]


class Channels:
    """Initiatives by name: those of the register, and drafts of those that it lacks."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self._present = set(Initiative.objects.values_list("public_id", flat=True))
        self.drafts: dict[str, Draft] = {}

    def named_in(self, line: FileLine, declared: Initiatives) -> tuple[str, list[str]]:
        """Return the public id of the first initiative that a row names, or nothing; and all the names."""
        if not line.is_known(declared.column):
            return "", []
        names = cells.listed(line.values.get(declared.column), declared.separators)
        for name in names:
            found = self.labels.find(name)
            if found:
                return found, names
        return (self._draft(names[0], declared) if names else ""), names

    def _draft(self, name: str, declared: Initiatives) -> str:
        public_id = slugify(name)[:60].replace("_", "-").strip("-")
        if not public_id:
            public_id = f"initiative-{sha256(fold(name).encode()).hexdigest()[:12]}"
        if public_id not in self.drafts and public_id not in self._present:
            folded = fold(name)
            kind = next((kind for word, kind in declared.kinds.items() if word in folded), declared.default_kind)
            document = {"name": name[:250], "kind": str(kind)}
            self.drafts[public_id] = Draft("initiative", document, public_id=public_id)
        return public_id


class Platforms:
    """Platforms and categories by name: those of the register, and drafts of platforms that it lacks."""

    def __init__(self) -> None:
        self.labels, self.categories = Labels.load("platform"), Labels.load("category")
        self.labels.branches = self.categories.branches = branches()
        self._present = set(Platform.objects.values_list("public_id", flat=True))
        self._ids: dict[str, str] = {}
        self.drafts: dict[str, Draft] = {}

    def named_in(self, line: FileLine, declared: Items, name: str) -> dict[str, str]:
        """Return the platform that goes by `name`, or else the category that it or the row names; or neither."""
        platform = self.labels.find(name)
        category = None if platform else self.categories.find(name)
        if not platform and not category:
            texts = (text for column in declared.categories if (text := line.text(column)))
            category = next((found for text in texts if (found := self.categories.resolve(text, line.number))), None)
            self.labels.resolve(name, line.number, category or "")
            if category and declared.new_platforms:
                platform = self._ids.get(fold_lookalikes(name)) or self._draft(name, category)
        if platform:
            return {"platform": platform}
        return {"category": category} if category else {}

    def _draft(self, name: str, category: str) -> str:
        """Return the public id of a new platform; nothing where it would be mistaken for another."""
        public_id = slugify(name)[:60].replace("_", "-").strip("-")
        is_taken = public_id in self._present or public_id in self.drafts or self.labels.knows(name)
        if is_taken or not public_id or len(name) > _MAX_NAME:
            return ""
        self.drafts[public_id] = Draft("platform", {"name": name, "category": category}, public_id=public_id)
        self._ids[fold_lookalikes(name)] = public_id
        return public_id
