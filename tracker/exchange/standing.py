"""How records stand on the desk and on the shelf, as far as a plan asks: who holds them, and which are withdrawn."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Edit, Publication
from tracker.records.registry import KINDS


def on_desk(kind: str, public_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of those of the records that are on the desk, as publishing would write them now."""
    documents: list[dict[str, Any]] = canonical.load(canonical.dump(KINDS[kind].documents(public_ids)))
    return {document["id"]: document for document in documents}


def held(kind: str, public_ids: Iterable[str]) -> dict[str, str]:
    """Return who holds which of the records, in words."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(public_ids))):
        edits = Edit.objects.filter(kind=kind, public_id__in=part, released_at__isnull=True)
        for edit in edits.select_related("change_set__author"):
            found[edit.public_id] = _("%(author)s holds %(record)s in change set #%(id)s.") % {
                "author": edit.change_set.author, "record": edit.public_id, "id": edit.change_set_id,
            }  # fmt: skip
    return found


def withdrawn(kind: str, public_ids: Iterable[str]) -> set[str]:
    """Return those of the records that are withdrawn."""
    found: set[str] = set()
    for part in chunked(sorted(set(public_ids))):
        tombstones = Publication.objects.as_of(None).filter(kind=kind, public_id__in=part, is_tombstone=True)
        found |= set(tombstones.values_list("public_id", flat=True))
    return found
