"""What goes with a record when it is merged into another, and comes back with it: claims, ids, names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.errors import WrongStatus
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Claim, Edit, ExternalId, Party, Publication
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.fields import Aliases
from tracker.records.engine.types import Key, by_kind
from tracker.records.registry import KINDS


@dataclass(frozen=True)
class PublishedMerge:
    """That a record is another one by now, as a published change set says that merged it into that."""

    public_id: str
    into: str
    change_set_id: int

    def __str__(self) -> str:
        return _(
            "%(record)s was merged into %(into)s in change set #%(id)s: revert that change set to have it back."
        ) % {"record": self.public_id, "into": self.into, "id": self.change_set_id}


def published_merges(*, kind: str, public_ids: Iterable[str]) -> dict[str, PublishedMerge]:
    """Return those of the records that stand merged into another since that was published, by public id.

    One that was public has a tombstone that says so. One that never was left nothing on the shelf, and stands there
    once it is two again.
    """
    found: dict[str, PublishedMerge] = {}
    for part in chunked(sorted(set(public_ids))):
        edits = Edit.objects.filter(
            kind=kind, public_id__in=part, action=Edit.Action.MERGE, change_set__status=ChangeSet.Status.PUBLISHED
        ).order_by("change_set__published_at")
        merges = {
            public_id: PublishedMerge(public_id, into, number)
            for public_id, into, number in edits.values_list("public_id", "merged_into", "change_set_id")
        }
        parted = _shelved_otherwise(kind, merges) if merges else set()
        found |= {public_id: merge for public_id, merge in merges.items() if public_id not in parted}
    return found


def _shelved_otherwise(kind: str, public_ids: Iterable[str]) -> set[str]:
    """Return those of the records whose newest publication is anything but a tombstone of a merge."""
    # In no order: SQLite would go through all publications of the kind.
    newest = Publication.objects.as_of(None).filter(kind=kind, public_id__in=public_ids).order_by()
    return {
        public_id
        for public_id, is_gone, document in newest.values_list("public_id", "is_tombstone", "document")
        if not (is_gone and "merged_into" in canonical.load(document))
    }


def waiting_in_words(edit: Edit) -> str:
    """Return by which change set a record is to be merged into another, once that is published."""
    return _("%(record)s was merged into %(into)s in change set #%(id)s: discard that to have it back.") % {
        "record": edit.public_id, "into": edit.merged_into, "id": edit.change_set_id,
    }  # fmt: skip


def refuse_published(*, kind: str, public_ids: Iterable[str], reverts: int | None = None) -> None:
    """Raise WrongStatus where one of the records stands merged into another: an edit would publish it again.

    What the change set number `reverts` merged is passed over: whoever takes that back edits it.
    """
    for merge in published_merges(kind=kind, public_ids=public_ids).values():
        if merge.change_set_id != reverts:
            raise WrongStatus(str(merge))


def taken_back(change_set: ChangeSet) -> Edit | None:
    """Return the first of the merges that a change set takes back; None where it takes none back."""
    reverted = Edit.objects.filter(change_set=change_set.reverts_id, action=Edit.Action.MERGE)
    return reverted.order_by("pk").first() if change_set.reverts_id else None


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
    """Put those of the edited records that stand merged into others back into these; returns which these are."""
    again: set[Key] = set()
    for kind, public_ids in by_kind((edit.kind, edit.public_id) for edit in edits).items():
        for public_id, merge in published_merges(kind=kind, public_ids=public_ids).items():
            record: Any = KINDS[kind].model.named(public_id)
            if record is None:
                continue
            free_unique(record)
            Claim.objects.filter(record_kind=kind, record_id=public_id).update(record_id=merge.into)
            move_ids(kind=kind, public_id=public_id, into=merge.into)
            again.add((kind, public_id))
    return again
