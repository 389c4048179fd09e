"""Writing the records of an import one at a time, and trying again those that failed.

A record may fail only because another gives up its place later. One that refers to a record that is still to be
written waits for that.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import database_errors
from tracker.curation.desk import public_ids, records
from tracker.curation.desk.aliases import refuse_names_of_others
from tracker.curation.errors import CurationError
from tracker.curation.evidence import settling
from tracker.curation.importing.plans import Outcome, Step
from tracker.models.base import Record
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.document_field import KeyPath
from tracker.records.engine.parts import LEFT_TO_DATABASE
from tracker.records.engine.references import READ_ONCE
from tracker.records.engine.types import Document, Key
from tracker.records.registry import KINDS

Write = Callable[[Step], str]
"""Writes one record and returns its public id; nothing of it is written where it raises."""

Failure = serializers.ValidationError | CurationError
"""What keeps a record from being written: ValidationError names its fields."""


def write_all(steps: list[Step], write: Write) -> tuple[dict[str, str], list[tuple[Step, Failure]]]:
    """Write each step; try those that failed again, for as long as any of them succeeds.

    Returns the public ids by the ids in the file, and the steps that cannot be written, with the reason.
    """
    ids: dict[str, str] = {}
    failed: list[tuple[Step, Failure]] = []
    needs, unwritten = _needs(steps)
    is_stuck = False
    while steps:
        failed, put_off = [], []
        for step in steps:
            if not is_stuck and needs[id(step)] & unwritten:
                put_off.append(step)
                continue
            try:
                ids[step.draft.source_id] = write(step)
            except (serializers.ValidationError, CurationError) as error:
                failed.append((step, error))
            except IntegrityError as error:
                failed.append((step, CurationError(database_errors.in_words(error))))
            else:
                unwritten.discard(_key(step))
        left = {id(step) for step in put_off} | {id(step) for step, _error in failed}
        if len(left) == len(steps):
            if is_stuck or not put_off:
                break
            # What they wait for cannot be written, or waits for them: each says what is wrong.
            is_stuck = True
        else:
            is_stuck = False
        steps = [step for step in steps if id(step) in left]
    return ids, failed


def _needs(steps: list[Step]) -> tuple[dict[int, set[Key]], set[Key]]:
    """Return which of the new records each of the steps refers to, and all those with an id of their own."""
    new = {_key(step) for step in steps if step.outcome is Outcome.NEW and step.draft.document.get("id")}
    needs: dict[int, set[Key]] = {}
    for step in steps:
        data = _said(step)
        named = {
            (kind, public_id) for path, kind in KINDS[step.draft.kind].references for public_id in _ids(data, path)
        }
        needs[id(step)] = (named & new) - {_key(step)}
    return needs, new


def _key(step: Step) -> Key:
    return step.draft.kind, step.public_id or str(step.draft.document.get("id", ""))


def _ids(value: Any, path: KeyPath) -> Iterator[str]:
    """Yield the ids at a path of what is to be written, where references are ids or objects with one."""
    if not path:
        found = value.get("id") if isinstance(value, dict) else value
        if isinstance(found, str):
            yield found
    elif path[0] == "*":
        for row in value if isinstance(value, list) else ():
            yield from _ids(row, path[1:])
    elif isinstance(value, dict):
        yield from _ids(value.get(path[0]), path[1:])


@transaction.atomic
def rehearse(steps: list[Step]) -> list[tuple[Step, Failure]]:
    """Return which of the steps cannot be written, and why. All are written as by `write_all`, and taken back."""
    saving = Saving()
    _ids, failed = write_all(steps, lambda step: saving.save(step).public_id)
    transaction.set_rollback(True)
    return failed


def _said(step: Step) -> Document:
    """Return what is to be written."""
    return dict(step.write) if _is_changed(step) else step.draft.document


def _is_changed(step: Step) -> bool:
    return step.outcome is Outcome.CHANGED or step.follows


class Saving:
    """Saves records of any kind, by one serializer for each, which reads what they refer to once; nobody holds them.

    `unsettled` are the records whose support is still to be worked out, as none of their claims can be refused.
    """

    def __init__(self) -> None:
        self.unsettled: list[Key] = []
        self._serializers: dict[tuple[str, bool], RecordSerializer] = {}
        self._known: dict[Any, Any] = {}
        self._failed: set[int] = set()

    def save(self, step: Step) -> Record:
        """Save a step and return its record. Raises ValidationError or CurationError, and nothing is saved then."""
        if id(step) not in self._failed:
            try:
                with transaction.atomic():
                    return self._save(step, self._serializer(step))
            except (serializers.ValidationError, CurationError, IntegrityError):
                self._failed.add(id(step))
        # Asked for one by one, constraints say which field is wrong.
        with transaction.atomic():
            return self._save(step, KINDS[step.draft.kind].serializer(partial=_is_changed(step)))

    def _serializer(self, step: Step) -> RecordSerializer:
        key = (step.draft.kind, _is_changed(step))
        if key not in self._serializers:
            context = {LEFT_TO_DATABASE: True, READ_ONCE: self._known}
            self._serializers[key] = KINDS[step.draft.kind].serializer(partial=key[1], context=context)
        return self._serializers[key]

    def _save(self, step: Step, serializer: RecordSerializer) -> Record:
        serializer.take(_standing(step) if _is_changed(step) else None, _said(step))
        serializer.is_valid(raise_exception=True)
        refuse_names_of_others(serializer)
        is_new = serializer.instance is None
        record: Record = serializer.instance or records.draft(serializer)
        shares = serializer.validated_data.get("shares")
        if is_new:
            public_ids.give(record=record, lead=shares[0]["contributor"] if shares else None)
        key = (record.kind, record.public_id)
        stood = settling.Before() if is_new else settling.before(key)
        saved: Record = serializer.save(public_id=record.public_id)
        # It may be called otherwise now.
        self._known.pop((type(record), record.public_id), None)
        if settling.can_fail(stood, serializer.validated_data.get("attached_claims") or ()):
            try:
                settling.settle_edit(key, stood)
            except settling.ClaimsRefused as error:
                raise records.refused_claims(error, serializer) from error
        else:
            self.unsettled.append(key)
        return saved


def _standing(step: Step) -> Record:
    record: Record | None = KINDS[step.draft.kind].queryset().filter(public_id=step.public_id).first()
    if record is None:
        raise CurationError(_("%s is no longer on the desk.") % step.public_id)
    return record
