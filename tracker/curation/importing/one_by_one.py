"""Writing the records of an import one at a time, and trying again those that failed.

A record may fail only because another is not written yet: one that it refers to, or one that gives up its place.
"""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import database_errors
from tracker.curation.desk import public_ids, records
from tracker.curation.desk.aliases import refuse_names_of_others
from tracker.curation.errors import CurationError
from tracker.curation.evidence import settling
from tracker.curation.importing.plans import Outcome, Step
from tracker.records.engine.base import RecordSerializer
from tracker.records.registry import KINDS

Write = Callable[[Step], str]
"""Writes one record and returns its public id."""

Failure = serializers.ValidationError | CurationError
"""What keeps a record from being written: ValidationError names its fields."""


def write_all(steps: list[Step], write: Write) -> tuple[dict[str, str], list[tuple[Step, Failure]]]:
    """Write each step in a transaction of its own; try those that failed again, for as long as any of them succeeds.

    Returns the public ids by the ids in the file, and the steps that cannot be written, with the reason.
    """
    ids: dict[str, str] = {}
    failed: list[tuple[Step, Failure]] = []
    while steps:
        failed = []
        for step in steps:
            try:
                with transaction.atomic():
                    ids[step.draft.source_id] = write(step)
            except (serializers.ValidationError, CurationError) as error:
                failed.append((step, error))
            except IntegrityError as error:
                failed.append((step, CurationError(database_errors.in_words(error))))
        if len(failed) == len(steps):
            break
        steps = [step for step, _error in failed]
    return ids, failed


@transaction.atomic
def rehearse(steps: list[Step]) -> list[tuple[Step, Failure]]:
    """Return which of the steps cannot be written, and why. All are written as by `write_all`, and taken back."""
    _ids, failed = write_all(steps, _save)
    transaction.set_rollback(True)
    return failed


def serializer_for(step: Step) -> RecordSerializer:
    """Return the serializer that writes a step, with valid data. Raises ValidationError or CurationError."""
    kind = KINDS[step.draft.kind]
    record = None
    if step.outcome is Outcome.CHANGED or step.follows:
        record = kind.queryset().filter(public_id=step.public_id).first()
        if record is None:
            raise CurationError(_("%s is no longer on the desk.") % step.public_id)
    data = step.draft.document if record is None else step.write
    serializer = kind.serializer(record, data=data, partial=record is not None)
    serializer.is_valid(raise_exception=True)
    refuse_names_of_others(serializer)
    return serializer


def _save(step: Step) -> str:
    """Save a step as an edit would, but without anybody who edits."""
    serializer = serializer_for(step)
    record = serializer.instance or records.draft(serializer)
    is_new = record.pk is None
    if is_new:
        public_ids.give(record=record)
    key = (record.kind, record.public_id)
    stood = settling.Before() if is_new else settling.before(key)
    serializer.save(public_id=record.public_id)
    try:
        settling.settle_edit(key, stood)
    except settling.ClaimsRefused as error:
        raise records.refused_claims(error, serializer) from error
    return str(record.public_id)
