"""What sources say of the fields of a record: the quote and the place of each claim, by the path of the field."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Claim
from tracker.records.engine import places
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS
from tracker.reporting.shelf.comparing import row_label

_IN_ROW = re.compile(r"(\w+)\[.+\]")


@dataclass(frozen=True)
class Passage:
    """What a document says of a field: a few words of it, where they stand, and how far they hold."""

    claim: str
    document_id: str
    document: str
    quote: str
    value: str
    place: str
    support: str
    verdict: str


def passages(kind: str, document: Document) -> dict[str, list[Passage]]:
    """Return the passages behind a document of a kind, by the paths that a comparison of documents uses.

    A claim on a whole row, such as `items[patriot]`, stands under the path of the row.
    """
    claims = [claim for claim in document.get("claims") or [] if claim.get("field")]
    if not claims:
        return {}
    serializer = KINDS[kind].published()
    known = places.places(serializer, document)
    found: dict[str, list[Passage]] = {}
    for claim in claims:
        place = places.find(serializer, document, claim["field"])
        if place is not None:
            found.setdefault(_compared(kind, document, known, place.path), []).append(_passage(claim))
    return found


def of_path(found: dict[str, list[Passage]], path: str) -> list[Passage]:
    """Return the passages on a field, and those on the whole row that it stands in."""
    row, dot, _inner = path.rpartition(".")
    return [*found.get(path, ()), *(found.get(row, ()) if dot else ())]


def _compared(kind: str, document: Document, known: dict[str, places.Place], path: str) -> str:
    """Return a path of a claim as comparisons write it: with what tells rows apart in place of their names."""
    match = _IN_ROW.match(path)
    if match is None:
        return path
    name, row = match[1], known[match[0]].value
    position = next((at for at, each in enumerate(document[name]) if each is row), 0)
    identity = KINDS[kind].identities.get(name, ("id",))
    return f"{name}[{row_label(identity, row, position)}]{path[match.end() :]}"


def _passage(claim: dict[str, Any]) -> Passage:
    place = claim.get("locator") or ""
    if not place and claim.get("passage_start") is not None:
        place = _("characters %(start)s–%(end)s") % {"start": claim["passage_start"], "end": claim["passage_end"]}
    return Passage(
        claim["id"], claim["document"]["id"], claim["document"]["name"], claim.get("quote") or "",
        claim.get("value") or "", place, str(dict(Claim.Support.choices).get(claim.get("support", ""), "")),
        str(dict(Claim.Verdict.choices).get(claim.get("verdict", ""), "")),
    )  # fmt: skip
