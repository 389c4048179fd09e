"""Editing records of the desk: every edit belongs to a change set."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from tracker.curation import search_texts
from tracker.curation.desk import public_ids
from tracker.curation.desk.aliases import refuse_names_of_others
from tracker.curation.errors import CurationError, HeldByAnother, WrongStatus
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.curation.review import naming, restoring
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.holding import hold, holder, next_revision, working_set
from tracker.curation.review.merged import refuse_published
from tracker.curation.review.standing import held_in_words
from tracker.curation.review.statuses import require_editable
from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, Party, Publication
from tracker.models.base import Record
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS


def _working_set(
    record: Record, by: User, change_set: ChangeSet | None, at: dt.datetime,
    cause: str = ChangeSet.Cause.NEW_INFORMATION,
) -> ChangeSet:  # fmt: skip
    """Return the change set for an edit of `record` by `by`.

    The one named; else the one of theirs that holds the record; else a new one, named after the record, of that
    `cause`. What else they have open is another piece of work, and takes no edit that does not name it.
    """
    held = [record] if record.pk else []
    return working_set(held, by=by, change_set=change_set) or open_change_set(
        author=by, message=naming.title_of(record), cause=cause, at=at, named=ChangeSet.Naming.RECORDS
    )


@contextmanager
def edit(
    *, record: Record, by: User, at: dt.datetime, change_set: ChangeSet | None = None, lead: Party | None = None,
    one_of_many: bool = False,
) -> Iterator[Edit]:  # fmt: skip
    """Check `record` out for an edit by `by`; the caller saves it and its parts inside the block.

    A new record (without a primary key) gets its public id here; `lead` is a new pledge's first contributor. All of it
    is one transaction; at its end it is worked out what supports the record's claims; and by which words pledges are
    found, and what the rules of quality find, which whoever writes `one_of_many` does for all of them together. Raises
    HeldByAnother, WrongStatus, NotAllowed or CurationError before anything is written, and ClaimsRefused where a claim
    does not hold.
    """
    with transaction.atomic():
        working = _working_set(record, by, change_set, at)
        is_new = record.pk is None
        if is_new:
            public_ids.give(record=record, lead=lead)
        key = (record.kind, record.public_id)
        stood, before = ([], "") if is_new else _as_it_stands(record, one_of_many)
        claims = settling.Before() if is_new else settling.before(key, stood)
        with nullcontext() if one_of_many else search_texts.kept([key]):
            held = hold(kind=record.kind, public_id=record.public_id, change_set=working, at=at, before=before)
            yield held
        if one_of_many:
            settling.settle_edit(key, claims)
        else:
            stands = KINDS[record.kind].documents([record.public_id])
            settling.settle_edit(key, claims, stands)
            keeping.settle_edit(key, stood=stood, stands=stands, at=at)
            naming.follow(held.change_set)


def _as_it_stands(record: Record, one_of_many: bool) -> tuple[list[Document], str]:
    """Return the document of a record before an edit; and what the edit keeps of it, for none was published.

    One of many that was published is not read here, as nobody looks at its document.
    """
    is_published = Publication.objects.filter(kind=record.kind, public_id=record.public_id).exists()
    if is_published and one_of_many:
        return [], ""
    documents = KINDS[record.kind].documents([record.public_id])
    return documents, "" if is_published else canonical.dump(documents[0])


@transaction.atomic
def write(
    *, serializer: RecordSerializer, by: User, at: dt.datetime, change_set: ChangeSet | None = None,
    one_of_many: bool = False,
) -> Any:  # fmt: skip
    """Save what a valid `serializer` holds, a new record or a changed one, as an edit by `by`; returns the record.

    Raises what `edit` raises, and rest_framework's ValidationError, with the paths of fields, for what
    only shows when the parts are saved. Nothing is written then.
    """
    refuse_names_of_others(serializer)
    record = serializer.instance or draft(serializer)
    shares = serializer.validated_data.get("shares")
    lead = shares[0]["contributor"] if shares else None
    try:
        with edit(record=record, by=by, at=at, change_set=change_set, lead=lead, one_of_many=one_of_many):
            return serializer.save(public_id=record.public_id)
    except settling.ClaimsRefused as error:
        raise refused_claims(error, serializer) from error


def refused_claims(error: settling.ClaimsRefused, serializer: RecordSerializer) -> ValidationError:
    """Return the refusal of claims with the path of each: its position among the claims that were written."""
    rows = serializer.validated_data.get("attached_claims") or []
    details: list[dict[str, list[str]]] = [{} for _row in rows]
    for problem in error.problems:
        for row, detail in zip(rows, details, strict=True):
            said = (row["document"].pk, row.get("quote", ""), row.get("value", ""))
            if row.get("public_id", problem.claim) == problem.claim and said == problem.said:
                detail[problem.field] = [problem.message]
    return ValidationError({"claims": details})


def draft(serializer: RecordSerializer) -> Record:
    """Return a new record with what it says of itself, as far as an id is made from that."""
    model: type[Record] = serializer.Meta.model
    columns = {field.name for field in model._meta.concrete_fields}
    return model(**{name: value for name, value in serializer.validated_data.items() if name in columns})


@transaction.atomic
def withdraw(
    *, record: Record, by: User, at: dt.datetime, reason: str, change_set: ChangeSet | None = None
) -> Edit | None:  # fmt: skip
    """Take a record back: a published one leaves the shelf when the change set is published, with a public `reason`.

    One that was never published is removed from the desk at once, and None is returned; its public
    id stays given. Raises CurationError without a reason where it was; HeldByAnother, StillReferredTo or WrongStatus.
    """
    newest = Publication.objects.as_of(None).filter(kind=record.kind, public_id=record.public_id).first()
    refuse_published(kind=record.kind, public_ids=[record.public_id])
    if newest is not None and newest.is_tombstone:
        raise WrongStatus(_("%s is withdrawn already.") % record.name)
    if newest is not None:
        working = _working_set(record, by, change_set, at, ChangeSet.Cause.WITHDRAWAL)
        held = hold(
            kind=record.kind, public_id=record.public_id, change_set=working, at=at, action=Edit.Action.WITHDRAW,
            reason=reason.strip(),
        )  # fmt: skip
        # Whoever may not withdraw it at all is told that first.
        if not held.reason:
            raise CurationError(_("Say why %s is withdrawn: the reason is public.") % record.name)
        naming.follow(held.change_set)
        return held
    holding = holder(kind=record.kind, public_id=record.public_id)
    if holding and holding.change_set.author_id != by.pk:
        raise HeldByAnother(held_in_words(_("this record"), holding.change_set))
    if holding:
        require_editable(holding.change_set)
        holding.delete()
        next_revision(holding.change_set)
        naming.left(holding.change_set)
    restoring.remove(record=record)
    return None
