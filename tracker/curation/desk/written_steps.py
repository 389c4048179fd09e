"""Writing files of records, one change set a file, as a person would who enters them one after the other."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.serializers import ValidationError

from tracker.curation import refusals
from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.publishing import tasks
from tracker.curation.publishing.effect import Effect
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Claim
from tracker.records.registry import KINDS, document_of


@transaction.atomic
def publish_file(*, path: Path, author: User, by: User, message: str, at: dt.datetime) -> tuple[int, Effect]:
    """Write the records of a file of steps, and publish them as one change set.

    Returns how many there are, and what that did to the sums.

    A step has a `kind` and a new record's `document`; or the `id` of a record that there is, the fields of it that
    change in `document`, further `claims`, and in `retire` the claims, by field, that a change puts aside, with the
    reason. Raises CurationError, naming the record of the step that cannot be written.
    """
    change_set = change_sets.open_change_set(
        author=author, message=message, cause=ChangeSet.Cause.NEW_INFORMATION, at=at
    )
    steps: list[dict[str, Any]] = json.loads(path.read_text())
    for step in steps:
        try:
            _write(step, change_set, author, at)
        except ValidationError as error:
            named = step.get("id") or step["document"].get("id", "")
            raise CurationError(f"{step['kind']} {named}: {refusals.in_words(error.detail)}") from error
    return len(steps), tasks.submit_and_publish(change_set=change_set, by=by, at=at)


def _write(step: dict[str, Any], change_set: ChangeSet, author: User, at: dt.datetime) -> None:
    kind = KINDS[step["kind"]]
    data, record = dict(step.get("document", {})), None
    if "id" in step:
        record = kind.model.named(step["id"])
        if record is None:
            raise CurationError(f"{step['kind']} {step['id']}: there is no such record.")
        standing = document_of(record).get("claims", [])
        data["claims"] = [*(_retired(claim, step.get("retire", {})) for claim in standing), *step.get("claims", [])]
    serializer = kind.serializer(record, data=data, partial=record is not None)
    serializer.is_valid(raise_exception=True)
    records.write(serializer=serializer, by=author, at=at, change_set=change_set)


def _retired(claim: dict[str, Any], reasons: dict[str, str]) -> dict[str, Any]:
    """Return a claim as it is written back; one whose field goes is rejected with the reason, of no field."""
    plain = {name: value for name, value in claim.items() if name in _WRITTEN} | {"document": claim["document"]["id"]}
    reason = reasons.get(claim["field"])
    return plain if reason is None else plain | {"field": "", "verdict": Claim.Verdict.REJECTED, "reason": reason}


_WRITTEN = ("id", "field", "value", "passage_start", "passage_end", "locator", "quote", "verdict", "reason")
