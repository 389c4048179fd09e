"""Sources: the documents and initiatives that rows name, found in the register or drafted."""

from hashlib import sha256
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from tracker.exchange.labels import Labels
from tracker.exchange.lines import Line
from tracker.exchange.profiles.base import Initiatives
from tracker.lib import cells
from tracker.lib.text import fold
from tracker.models import Document, Initiative
from tracker.records.plans import Draft

_is_address = URLValidator(schemes=["http", "https"])
_MAX_ADDRESS = 1000


class Documents:
    """Documents by address: those of the register, and drafts of those that it lacks."""

    def __init__(self) -> None:
        known = Document.objects.order_by("-id").values_list("url", "public_id")
        self._ids: dict[str, str] = {url: public_id for url, public_id in known if url}
        self._present = set(Document.objects.values_list("public_id", flat=True))
        self.drafts: dict[str, Draft] = {}

    def named_in(self, line: Line, columns: tuple[str, ...]) -> list[str]:
        """Return the public ids of the documents that a row names, in order, once each."""
        found: dict[str, None] = {}
        for column in columns:
            if not line.is_known(column):
                continue
            addresses = cells.addresses(line.values.get(column))
            for address in addresses:
                found[self._of_address(address)] = None
            text = line.text(column)
            if not addresses and text:
                found[self._draft(text, "")] = None
        return list(found)

    def _of_address(self, address: str) -> str:
        if address not in self._ids:
            self._ids[address] = self._draft(address, address)
        return self._ids[address]

    def _draft(self, text: str, address: str) -> str:
        """Return the public id that is derived from an address, or from words where there is none."""
        try:
            _is_address(address)
            host = urlsplit(address).hostname or ""
        except (ValidationError, ValueError):
            address = host = ""
        if len(address) > _MAX_ADDRESS:
            address = ""
        stem = slugify(host.removeprefix("www.").replace(".", "-").replace("_", "-"))[:50].strip("-") or "source"
        key = text if address else fold(text)
        public_id = f"{stem}-{sha256(key.encode()).hexdigest()[:12]}"
        if public_id not in self._present and public_id not in self.drafts:
            document = {"name": _name(text), "kind": Document.Kind.OTHER.value}
            if address:
                document["url"] = address
            self.drafts[public_id] = Draft("document", document, public_id=public_id)
        return public_id


def _name(text: str) -> str:
    bare = text.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return bare[:250] or text[:250]


class Channels:
    """Initiatives by name: those of the register, and drafts of those that it lacks."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self._present = set(Initiative.objects.values_list("public_id", flat=True))
        self.drafts: dict[str, Draft] = {}

    def named_in(self, line: Line, declared: Initiatives) -> tuple[str, list[str]]:
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
