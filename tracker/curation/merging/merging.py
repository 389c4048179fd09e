"""Merging a record into another of its kind: both sides beforehand, and the one edit that makes them one."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation import search_texts
from tracker.curation.errors import CurationError, WrongStatus
from tracker.curation.evidence import settling
from tracker.curation.merging import claims
from tracker.curation.merging.referring import repoint
from tracker.curation.quality import keeping
from tracker.curation.review import naming, restoring
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.holding import hold, working_set
from tracker.curation.review.merged import free_unique, move_ids
from tracker.curation.review.standing import State, standing_of
from tracker.lib import canonical
from tracker.lib.text import fold
from tracker.models import ChangeSet, Document, Edit, Indicator, Party, Text
from tracker.models.base import Record
from tracker.records.engine.merging import INTO, RECORD, Merged, merge, unknown_paths
from tracker.records.engine.types import Document as RecordDocument
from tracker.records.registry import KINDS, document_of

LeaveOut = Mapping[str, Collection[str]]
NOTHING: LeaveOut = {}


@dataclass(frozen=True)
class Sides:
    """Two records beside each other, and what they become."""

    documents: dict[str, RecordDocument]
    found: Merged
    serializer: Any

    @property
    def document(self) -> RecordDocument:
        """The whole document of the merged record, but for its claims."""
        return self.documents[INTO] | self.found.document


def compare(
    *, record: Record, into: Record, take: Collection[str] = (), leave_out: LeaveOut = NOTHING
) -> Sides:  # fmt: skip
    """Return both records as they stand, and what they become by these choices; writes nothing.

    `take` are the paths of fields, and of lines that both have, of which the value of `record` is kept; `leave_out`
    the paths of lines that are not, by side. Raises CurationError or WrongStatus where the two cannot be merged, or a
    path names nothing.
    """
    _require_mergeable(record, into)
    serializer = KINDS[into.kind].published()
    sides = {INTO: into, RECORD: record}
    documents = {side: canonical.load(canonical.dump(document_of(one))) for side, one in sides.items()}
    found = merge(serializer, documents[INTO], documents[RECORD], take=take, leave_out=leave_out)
    odd = unknown_paths(found, take, leave_out)
    if odd:
        raise CurationError(_("There is nothing to choose, and no line, that is called %s.") % ", ".join(odd[:5]))
    _keep_name(found, record, into)
    return Sides(documents, found, serializer)


@transaction.atomic
def merge_record(
    *, record: Record, into: Record, by: User, at: dt.datetime, reason: str = "", take: Collection[str] = (),
    leave_out: LeaveOut = NOTHING, change_set: ChangeSet | None = None,
) -> Edit:  # fmt: skip
    """Merge `record` into `into`: what it says besides, its claims and its ids become those of `into`.

    What refers to it refers to `into`. Once the change set is published, its address leads to that of `into`, and
    `reason` is public. `change_set` must be one of `by`; without one, that of theirs which holds either record, or a
    new one of cause *merging*. A record that was never published is removed at once; discarding brings it back. Raises
    CurationError, HeldByAnother, WrongStatus or NotAllowed, and rest_framework's ValidationError with the paths of
    fields that cannot stand together; nothing is written then.
    """
    sides = compare(record=record, into=into, take=take, leave_out=leave_out)
    is_new = standing_of(record).state is State.NEVER_PUBLISHED
    stood = {side: canonical.dump(document) for side, document in sides.documents.items()}
    into_is_new = standing_of(into).state is State.NEVER_PUBLISHED
    working = _working_set(record, into, by, change_set, at)
    hold(kind=into.kind, public_id=into.public_id, change_set=working, at=at, before=stood[INTO] if into_is_new else "")
    edit = hold(
        kind=record.kind, public_id=record.public_id, change_set=working, at=at, action=Edit.Action.MERGE,
        before=stood[RECORD] if is_new else "", merged_into=into.public_id,
        reason=reason.strip() or _("It is the same as %s.") % into.public_id,
    )  # fmt: skip
    both = [(into.kind, into.public_id), (record.kind, record.public_id)]
    with keeping.kept(both, at=at), search_texts.kept(both):
        free_unique(record)
        _write(into, record, sides)
        repoint(record=record, into=into, change_set=working, at=at)
        claims.move(into=into, documents=sides.documents, found=sides.found, serializer=sides.serializer)
        settling.settle([(into.kind, into.public_id)])
        move_ids(kind=record.kind, public_id=record.public_id, into=into.public_id)
        if is_new:
            restoring.remove(record=record)
    naming.follow(working)
    return edit


def _require_mergeable(record: Record, into: Record) -> None:
    if record.kind != into.kind:
        raise CurationError(_("Only records of one kind can be merged."))
    if record.public_id == into.public_id:
        raise CurationError(_("A record cannot be merged into itself."))
    for one in (record, into):
        found = standing_of(one)
        if found.merge is not None:
            raise WrongStatus(str(found.merge))
        if found.state is State.WITHDRAWN or (found.edit is not None and found.edit.action in Edit.GOING):
            raise WrongStatus(_("%s is withdrawn, or about to be.") % one.public_id)
    if isinstance(record, Party) and Indicator.objects.filter(party_id=record.pk).exists():
        raise CurationError(
            _("Figures such as GDP are told of %(record)s: merge %(into)s into it instead, or have them loaded anew.")
            % {"record": record.name, "into": into.name}
        )


def _working_set(record: Record, into: Record, by: User, change_set: ChangeSet | None, at: dt.datetime) -> ChangeSet:
    working = working_set([into, record], by=by, change_set=change_set)
    if working is not None:
        return working
    message = naming.merge_title(record.public_id, into.public_id)
    return open_change_set(
        author=by, message=message, cause=ChangeSet.Cause.MERGING, at=at, named=ChangeSet.Naming.RECORDS
    )


def _keep_name(found: Merged, record: Record, into: Record) -> None:
    """Add the name of the old record to the other names, by which sources go on calling it."""
    names = found.document.get("aliases")
    if names is None:
        return
    taken = {fold(name) for name in (*names, found.document["name"])}
    for name in (record.name, into.name):
        if fold(name) not in taken:
            names.append(name)
            taken.add(fold(name))
    names.sort()


def _write(into: Record, record: Record, sides: Sides) -> None:
    """Write the merged document; raises rest_framework's ValidationError."""
    serializer = KINDS[into.kind].published(into, data=sides.found.document, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    if record.note.strip():
        into.note = "\n".join(filter(None, (into.note.strip(), f"[{record.public_id}] {record.note.strip()}")))
        into.save(update_fields=["note"])
    if isinstance(into, Document) and isinstance(record, Document):
        _copy_texts(record, into)


def _copy_texts(record: Document, into: Document) -> None:
    """Give the texts of one source to the other as well: a text is never altered, also not in whose it is."""
    held = set(Text.objects.filter(document=into).values_list("sha256", flat=True))
    version = Text.objects.filter(document=into).count()
    for text in Text.objects.filter(document=record).exclude(sha256__in=held).order_by("version"):
        version += 1
        text.pk, text.document, text.version = None, into, version
        text._state.adding = True
        text.save()
