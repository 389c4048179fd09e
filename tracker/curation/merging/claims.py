"""The claims of two records that become one: all stay, and say of what they were."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Claim
from tracker.models.base import Record
from tracker.records.engine import places
from tracker.records.engine.merging import RECORD, Merged, is_said, path_of_claim
from tracker.records.engine.row_cells import line_of, renamed
from tracker.records.engine.types import Document

_LONGEST = Claim._meta.get_field("field").max_length or 0


def move(*, into: Record, documents: Mapping[str, Document], found: Merged, serializer: Any) -> None:
    """Make the claims of both sides those of `into`, each about the place where its value stands now.

    An adopted claim whose value was not chosen is rejected, with that as its reason; nothing else of a claim changes.
    """
    for side, document in documents.items():
        lines = _lines(side, found)
        for claim in Claim.objects.filter(record_kind=into.kind, record_id=document["id"]).order_by("pk"):
            _settle(claim, side, documents, found, serializer)
            claim.cells = renamed(claim.cells, lines)
            claim.record_id = into.public_id
            claim.save()


def _lines(side: str, found: Merged) -> dict[str, str | None]:
    """Return what each line of a side is called in the merged document, by its name in cells; None: left out."""
    named: dict[str, str | None] = {}
    for line in found.lines:
        if line.side == side:
            part, kept = line.path.partition("[")[0], found.went[side, line.path]
            named[line_of(part, line.row)] = line_of(part, kept) if kept is not None else None
    return named


def _settle(claim: Claim, side: str, documents: Mapping[str, Document], found: Merged, serializer: Any) -> None:
    was = claim.field
    now = path_of_claim(serializer, side, documents, found, was)
    is_kept = not was or (now is not None and is_said(serializer, side, documents, found, was, now))
    claim.field = now if now is not None and len(now) <= _LONGEST else ""
    if is_kept or claim.verdict != Claim.Verdict.ADOPTED:
        return
    claim.verdict = Claim.Verdict.REJECTED
    claim.reason = f"{claim.reason} {_why(side, documents, found, serializer, was, claim.field)}".strip()


def _why(side: str, documents: Mapping[str, Document], found: Merged, serializer: Any, was: str, now: str) -> str:
    """Return why a claim is rejected, in a sentence that is public with it."""
    words = {"field": was, "record": documents[side]["id"], "other": documents[RECORD]["id"]}
    place = places.find(serializer, found.document, now) if now else None
    kept = str(place.field.in_words(place.value))[:80] if place is not None and hasattr(place.field, "in_words") else ""
    if not kept:
        return _("It said %(field)s of %(record)s, which was left out when %(other)s was merged.") % words
    kept_words = words | {"kept": kept}
    return _("It said %(field)s of %(record)s; “%(kept)s” was kept when %(other)s was merged.") % kept_words
