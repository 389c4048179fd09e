"""Writing records that an import changes: each by its serializer, and what is asked around that for many at once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.errors import CurationError, HeldByAnother, Stale
from tracker.curation.evidence import settling
from tracker.curation.importing import row_claims
from tracker.curation.importing.plans import Document, Step
from tracker.curation.review.holding import hold, hold_saved
from tracker.lib import canonical
from tracker.lib.chunks import CHUNK
from tracker.models import ChangeSet, Edit, PledgeLink, Publication
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.parts import LEFT_TO_DATABASE
from tracker.records.engine.references import READ_ONCE
from tracker.records.registry import KINDS


def write_changed(
    steps: Sequence[Step], ids: dict[str, str], change_set: ChangeSet, at: dt.datetime, sha256: str
) -> Iterator[Step]:
    """Write the fields of records that change, as edits in `change_set`; yields each step when it is written.

    `ids` are those of records, by their ids in the dataset; `sha256` is that of the file, whose rows stand behind the
    records from now on. Raises Stale where a record is gone or held by another by now, and CurationError, naming the
    record, where one cannot be written.
    """
    saving = _Saving()
    for part in _parts(steps):
        kind = part[0].draft.kind
        public_ids = [step.public_id for step in part]
        refuse_held(kind, public_ids, change_set, at)
        standing = {document["id"]: document for document in KINDS[kind].documents(public_ids)}
        for step in part:
            _write(step, standing, ids, saving)
            yield step
        befores = {public_id: canonical.dump(standing[public_id]) for public_id in _fresh(kind, standing)}
        hold_saved(kind=kind, public_ids=public_ids, change_set=change_set, at=at, befores=befores)
        row_claims.renew(kind, part, sha256)
        # What an import claims anew has neither field nor quote, so that none of it can be refused.
        settling.settle(((kind, public_id) for public_id in public_ids), standing)


def _parts(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield steps in their order, those together that one query can name: of one kind, and each of another record."""
    part: dict[str, Step] = {}
    for step in steps:
        first = next(iter(part.values()), step)
        if step.public_id in part or step.draft.kind != first.draft.kind or len(part) == CHUNK:
            yield list(part.values())
            part = {}
        part[step.public_id] = step
    if part:
        yield list(part.values())


def _fresh(kind: str, public_ids: Iterable[str]) -> set[str]:
    """Return which of the records were never published."""
    published = Publication.objects.filter(kind=kind, public_id__in=list(public_ids))
    return set(public_ids) - set(published.values_list("public_id", flat=True))


def never_published(kind: str, public_ids: Iterable[str]) -> dict[str, str]:
    """Return the documents of those of the records that were never published, as they stand, by id."""
    documents = KINDS[kind].documents(_fresh(kind, public_ids))
    return {document["id"]: canonical.dump(document) for document in documents}


def refuse_held(kind: str, public_ids: list[str], change_set: ChangeSet, at: dt.datetime) -> None:
    """Raise Stale where another change set holds one of the records by now."""
    others = Edit.objects.filter(kind=kind, public_id__in=public_ids, released_at__isnull=True)
    for public_id in others.exclude(change_set=change_set).order_by("pk").values_list("public_id", flat=True)[:1]:
        try:
            hold(kind=kind, public_id=public_id, change_set=change_set, at=at)
        except HeldByAnother as error:
            raise Stale(str(error)) from error


class _Saving:
    """Saves what changes of many records, by one serializer for each kind, which reads what they refer to once."""

    def __init__(self) -> None:
        self._serializers: dict[str, RecordSerializer] = {}

    @transaction.atomic
    def save(self, step: Step, data: Document, *, asked: bool = False) -> None:
        """Save some fields of a record; constraints are asked one by one where they are `asked`, else of the database.

        Raises serializers.ValidationError or IntegrityError.
        """
        kind = KINDS[step.draft.kind]
        record = kind.queryset().get(public_id=step.public_id)
        if asked:
            serializer = kind.serializer(record, data=data, partial=True)
        else:
            serializer = self._serializers.setdefault(
                kind.name, kind.serializer(partial=True, context={LEFT_TO_DATABASE: True, READ_ONCE: {}})
            )
            serializer.take(record, data)
        serializer.is_valid(raise_exception=True)
        serializer.save()


def _write(step: Step, standing: dict[str, Document], ids: dict[str, str], saving: _Saving) -> None:
    """Write the fields of one record that change; `standing` are the documents before, by id."""
    if step.public_id not in standing:
        raise Stale(_("%s is gone since this was planned: plan again.") % step.public_id)
    data: Document = dict(step.write)
    if "claims" in data:
        data["claims"] = _with_claims(standing[step.public_id]["claims"], data["claims"], step.after["claims"])
    if step.is_moved:
        data["links"] = _with_umbrella(standing[step.public_id]["links"], step, ids)
    try:
        try:
            saving.save(step, data)
        except IntegrityError:
            # Asked for one by one, constraints say which field is wrong.
            saving.save(step, data, asked=True)
    except serializers.ValidationError as error:
        raise CurationError(
            _("%(record)s cannot be changed: %(problems)s")
            % {"record": step.public_id, "problems": canonical.dump(error.detail)}
        ) from error


def _with_claims(standing: list[Document], named: list[Document], documents: list[str]) -> list[Document]:
    """Return the claims of a record that are from `documents`: those that stand, and what is named of the others."""
    kept = [claim for claim in standing if claim["document"]["id"] in documents]
    known = {claim["document"]["id"] for claim in kept}
    return kept + [claim for claim in named if claim["document"] in set(documents) - known]


def _with_umbrella(standing: list[Document], step: Step, ids: dict[str, str]) -> list[Document]:
    """Return the links of a pledge, of which the one to its umbrella is what the dataset says now."""
    tranche_of = PledgeLink.Link.TRANCHE_OF.value
    others = [
        link for link in standing if (link["link"], link["target"]["id"]) != (tranche_of, step.umbrella_before)
    ]  # fmt: skip
    if not step.draft.umbrella:
        return others
    return [*others, {"link": tranche_of, "target": ids[step.draft.umbrella]}]
