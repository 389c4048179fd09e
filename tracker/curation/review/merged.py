"""What goes with a record when it is merged into another, and comes back with it: claims, ids, names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.errors import WrongStatus
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Claim, Edit, ExternalId, Party, Publication
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.fields import Aliases
from tracker.records.engine.types import Key
from tracker.records.registry import KINDS


@dataclass(frozen=True)
class ShelvedMerge:
    """That a record stands merged into another on the shelf, and by which change set."""

    public_id: str
    into: str
    change_set_id: int

    def __str__(self) -> str:
        return _(
            "%(record)s was merged into %(into)s in change set #%(id)s: revert that change set to have it back."
        ) % {"record": self.public_id, "into": self.into, "id": self.change_set_id}


def shelved_merges(*, kind: str, public_ids: Iterable[str]) -> dict[str, ShelvedMerge]:
    """Return those of the records that stand merged into another on the shelf, by public id."""
    found: dict[str, ShelvedMerge] = {}
    for part in chunked(sorted(set(public_ids))):
        # In no order: SQLite would go through all publications of the kind.
        gone = Publication.objects.as_of(None).filter(kind=kind, public_id__in=part, is_tombstone=True).order_by()
        for public_id, document, change_set_id in gone.values_list("public_id", "document", "change_set_id"):
            if into := canonical.load(document).get("merged_into"):
                found[public_id] = ShelvedMerge(public_id, into, change_set_id)
    return found


def refuse_shelved(*, kind: str, public_ids: Iterable[str], reverts: int | None = None) -> None:
    """Raise WrongStatus where one of the records stands merged on the shelf: an edit would publish it again.

    What the change set number `reverts` merged is passed over: whoever takes that back edits it.
    """
    for merge in shelved_merges(kind=kind, public_ids=public_ids).values():
        if merge.change_set_id != reverts:
            raise WrongStatus(str(merge))


def merged_into(*, kind: str, public_id: str) -> list[str]:
    """Return a record, those that were merged into it, and those that were merged into these."""
    found = [public_id]
    for known in found:
        edits = Edit.objects.filter(kind=kind, action=Edit.Action.MERGE, merged_into=known)
        merged = edits.exclude(change_set__status=ChangeSet.Status.DISCARDED).order_by("pk")
        found += [other for other in merged.values_list("public_id", flat=True) if other not in found]
    return found


def move_ids(*, kind: str, public_id: str, into: str) -> None:
    """Let datasets find the record `into` by the ids that stood for another, which they go on naming."""
    rows = ExternalId.objects.filter(record_kind=kind, public_id=public_id)
    rows.filter(merged_from="").update(merged_from=public_id)
    rows.update(public_id=into)


def free_unique(record: Any) -> None:
    """Take from a record that is merged what only one record can have: its other names, and the code of a state."""
    for declared in fields_of(KINDS[record.kind].published()).values():
        if isinstance(declared, Aliases):
            getattr(record, str(declared.source)).all().delete()
    if isinstance(record, Party):
        Party.objects.filter(pk=record.pk).update(iso_alpha2="")


def give_back(edit: Edit, document: str) -> None:
    """Give a record back what went into another with `edit`: the ids that datasets know it by, and its claims.

    Where the record itself is gone from the desk, its claims go as well: they come back with its `document`. One that
    came with the change set has none: it was nothing before, and its claims go with the record that they went into.
    """
    if not document:
        return
    own = merged_into(kind=edit.kind, public_id=edit.public_id)
    ExternalId.objects.filter(record_kind=edit.kind, public_id=edit.merged_into, merged_from__in=own).update(
        public_id=edit.public_id
    )
    ExternalId.objects.filter(record_kind=edit.kind, public_id=edit.public_id, merged_from=edit.public_id).update(
        merged_from=""
    )
    named = [claim["id"] for claim in canonical.load(document).get("claims", ())]
    claims = Claim.objects.filter(public_id__in=named)
    if KINDS[edit.kind].model.named(edit.public_id) is None:
        claims.delete()
    else:
        claims.update(record_id=edit.public_id)


def take_again(edits: Iterable[Edit]) -> set[Key]:
    """Put those of the edited records that stand merged on the shelf back into the others; returns which these are."""
    again: set[Key] = set()
    for edit in _published_merges(edits):
        record: Any = KINDS[edit.kind].model.named(edit.public_id)
        if record is None:
            continue
        free_unique(record)
        Claim.objects.filter(record_kind=edit.kind, record_id=edit.public_id).update(record_id=edit.merged_into)
        move_ids(kind=edit.kind, public_id=edit.public_id, into=edit.merged_into)
        again.add((edit.kind, edit.public_id))
    return again


def _published_merges(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits by which the edited records were merged into others and stand merged."""
    wanted = {(edit.kind, edit.public_id) for edit in edits}
    for part in chunked(sorted({public_id for _kind, public_id in wanted})):
        merges = Edit.objects.filter(action=Edit.Action.MERGE, public_id__in=part).order_by("pk")
        for kind, public_id in sorted(set(merges.values_list("kind", "public_id")) & wanted):
            edit = published_merge(kind=kind, public_id=public_id)
            if edit is not None:
                yield edit


def published_merge(*, kind: str, public_id: str) -> Edit | None:
    """Return the edit by which a record was merged into another; None where it was not, or stands again since."""
    published = Edit.objects.filter(kind=kind, public_id=public_id, change_set__status=ChangeSet.Status.PUBLISHED)
    edit = published.order_by("-change_set__published_at").first()
    return edit if edit is not None and edit.action == Edit.Action.MERGE else None
