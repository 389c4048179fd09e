"""Imports: what happens to a file between its arrival and the change set that it becomes.

A plan is kept as rows, so that it can be read page by page, and packed, so that it can be applied. Where anything
changed since, what is applied is made anew from the file, and must have the digest of the plan that was looked at.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, NotAllowed, WrongStatus
from tracker.lib.chunks import chunked
from tracker.models import (
    ChangeSet,
    Import,
    ImportedFile,
    ImportLabel,
    ImportRow,
    ImportStep,
    ImportTwin,
    KeptPlan,
    ReconciliationLine,
)
from tracker.models.inserting import insert_columns, insert_plain, update_rows

_STATUS = Import.Status
_OF_GONE = (ReconciliationLine.Cause.GONE, ReconciliationLine.Cause.KEPT)
_SETTLED: dict[str, dict[str, Any]] = {
    ImportStep.Decision.ASK: {"cause": ReconciliationLine.Cause.GONE},
    ImportStep.Decision.KEEP: {"cause": ReconciliationLine.Cause.KEPT},
    ImportStep.Decision.WITHDRAW: {"cause": ReconciliationLine.Cause.NONE, "in_register": None, "difference": 0},
}
"""What a line of a record that is gone from the file says once that is decided."""


@transaction.atomic
def receive(
    *, author: User, profile: str, release: str, sheet: str, file_name: str, content: bytes, at: dt.datetime
) -> Import:
    """Keep a file for planning. Raises CurationError where it is empty."""
    if not content:
        raise CurationError(_("%s is empty: choose another file.") % file_name)
    imported = Import.objects.create(
        author=author, profile=profile, release=release.strip()[:40], sheet=sheet.strip()[:100],
        file_name=file_name[-200:], size=len(content), sha256=hashlib.sha256(content).hexdigest(), received_at=at,
    )  # fmt: skip
    ImportedFile.objects.create(imported=imported, content=content)
    return imported


@transaction.atomic
def note_plan(
    *, imported: Import, title: str, digest: str, notices: list[str],
    questions: list[dict[str, Any]], unread: list[str], renamed: list[list[Any]], twins: Iterable[ImportTwin],
    steps: Iterable[dict[str, Any]], rows: Iterable[dict[str, Any]], labels: Iterable[ImportLabel],
    reconciliation: Iterable[dict[str, Any]], kept: Iterable[KeptPlan], at: dt.datetime, problem: str = "",
) -> None:  # fmt: skip
    """Keep the plan of an import in place of the one before; `problem` says why it had to be made again.

    `steps`, `rows` and `reconciliation` are given by column; `kept` are the pieces of what it would write.
    """
    imported = locked(imported)
    require_status(imported, _STATUS.WAITING, _STATUS.ACCEPTED)
    _forget_plan(imported)
    insert_columns(ImportStep, steps)
    insert_columns(ImportRow, rows)
    insert_plain(labels)
    insert_columns(ReconciliationLine, reconciliation)
    insert_plain(twins)
    for piece in kept:
        piece.imported = imported
        piece.save()
    imported.status, imported.title, imported.digest, imported.problem = _STATUS.PLANNED, title[:250], digest, problem
    imported.notices, imported.unread, imported.renamed, imported.planned_at = notices, unread, renamed, at
    # What was answered can be answered otherwise.
    imported.questions = questions + [one for one in imported.questions if one["column"] in imported.conventions]
    imported.save(
        update_fields=[
            "status", "title", "digest", "problem", "notices", "questions", "unread", "renamed", "planned_at",
        ]
    )  # fmt: skip


@transaction.atomic
def refuse(*, imported: Import, problem: str) -> None:
    """Note that a file cannot be planned, and why. Raises WrongStatus where it does not wait for that."""
    imported = locked(imported)
    require_status(imported, _STATUS.WAITING)
    _forget_plan(imported)
    imported.status, imported.problem, imported.digest = _STATUS.REFUSED, problem, ""
    imported.save(update_fields=["status", "problem", "digest"])


@transaction.atomic
def plan_again(*, imported: Import, by: User) -> Import:
    """Have the file planned anew, as after a label was mapped. Raises NotAllowed or WrongStatus."""
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED, _STATUS.REFUSED, _STATUS.WAITING)
    imported.status, imported.problem = _STATUS.WAITING, ""
    imported.save(update_fields=["status", "problem"])
    return imported


@transaction.atomic
def accept(
    *, imported: Import, by: User, message: str = "", gone: str = ImportStep.Decision.ASK,
    exceptions: Mapping[int, str] | None = None,
) -> Import:  # fmt: skip
    """Accept the plan that was shown; its application follows.

    `gone` is what becomes of the records that are gone from the file; `exceptions` decide otherwise about some of them,
    by the positions of their steps. What was kept before stays so, unless it is withdrawn; what is held is not
    withdrawn with all. An import that was being applied when its program died can be accepted again. Raises NotAllowed,
    WrongStatus, or CurationError where a step is not one of a record that is gone.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED, _STATUS.ACCEPTED)
    asked = [question["head"] for question in imported.questions if question["column"] not in imported.conventions]
    if asked:
        raise CurationError(_("Say first how these columns are written: %s.") % ", ".join(asked))
    ties = ties_of(imported)
    if ties:
        raise CurationError(_("Say first which records these are: %s.") % ", ".join(ties[:10]))
    _decide(imported, gone, exceptions or {})
    imported.status, imported.message, imported.problem = _STATUS.ACCEPTED, message.strip()[:300], ""
    imported.save(update_fields=["status", "message", "problem"])
    return imported


def _decide(imported: Import, gone: str, exceptions: Mapping[int, str]) -> None:
    """Note what becomes of each record that is gone from the file. One that is held cannot be withdrawn by all."""
    steps = imported.steps.filter(outcome=ImportStep.Outcome.GONE)
    strange = exceptions.keys() - set(steps.values_list("position", flat=True))
    if strange:
        raise CurationError(_("Step %s is of no record that is gone from the file.") % min(strange))
    unknown = {gone, *exceptions.values()} - set(ImportStep.Decision.values)
    if unknown:
        raise CurationError(_("“%s” is no decision about what is gone.") % min(unknown))
    steps.update(decision=gone)
    if gone == ImportStep.Decision.WITHDRAW:
        steps.filter(is_held=True).update(decision=ImportStep.Decision.ASK)
    if gone == ImportStep.Decision.ASK:
        steps.filter(was_kept=True).update(decision=ImportStep.Decision.KEEP)
    for decision in ImportStep.Decision.values:
        for part in chunked(sorted(position for position, chosen in exceptions.items() if chosen == decision)):
            steps.filter(position__in=part).update(decision=decision)


@transaction.atomic
def note_applied(
    *, imported: Import, change_set: ChangeSet | None, ids: dict[str, str], at: dt.datetime,
    merging: ChangeSet | None = None,
) -> None:  # fmt: skip
    """Note what became of an import, and the ids that its new records were given, by their ids in the file.

    `merging` is where some of them were merged into others.
    """
    imported = locked(imported)
    require_status(imported, _STATUS.ACCEPTED)
    imported.status, imported.change_set, imported.applied_at = _STATUS.APPLIED, change_set, at
    imported.merging = merging
    imported.save(update_fields=["status", "change_set", "merging", "applied_at"])
    KeptPlan.objects.filter(imported=imported).delete()
    fresh = imported.steps.filter(public_id="").order_by().values_list("source_id", "pk")
    update_rows(ImportStep, ["public_id"], [(ids[source_id], key) for source_id, key in fresh if source_id in ids])
    _settle_reconciliation(imported, ids)


def _settle_reconciliation(imported: Import, ids: dict[str, str]) -> None:
    """Say of each line which record it became, and what was decided about those that are gone."""
    fresh = imported.reconciliation.filter(public_id="").order_by().values_list("source_id", "pk")
    update_rows(
        ReconciliationLine, ["public_id"], [(ids[source_id], key) for source_id, key in fresh if source_id in ids]
    )
    gone = imported.steps.filter(outcome=ImportStep.Outcome.GONE)
    decided = dict(gone.values_list("public_id", "decision"))
    lines = imported.reconciliation.filter(cause__in=_OF_GONE).order_by()
    named = [(public_id, key) for public_id, key in lines.values_list("public_id", "pk") if public_id in decided]
    for decision, columns in _SETTLED.items():
        for part in chunked(key for public_id, key in named if decided[public_id] == decision):
            ReconciliationLine.objects.filter(pk__in=part).update(**columns)


@transaction.atomic
def return_to_plan(*, imported: Import, problem: str) -> None:
    """Note why an accepted plan could not be applied; nothing of it was written."""
    imported = locked(imported)
    require_status(imported, _STATUS.ACCEPTED)
    imported.status, imported.problem = _STATUS.PLANNED, problem
    imported.save(update_fields=["status", "problem"])


@transaction.atomic
def drop(*, imported: Import, by: User) -> None:
    """Forget a file that was not applied, with its plan. Raises NotAllowed or WrongStatus."""
    imported = locked(imported)
    require_author(imported, by)
    if imported.status == _STATUS.APPLIED:
        raise WrongStatus(_("It is applied: discard or withdraw by its change set instead."))
    imported.delete()


def ties_of(imported: Import) -> list[str]:
    """Return the ids in the file that could be several records, and that nobody has chosen for yet."""
    if imported.likeliest:
        return []
    doubtful = imported.steps.filter(causes__contains=f" {ImportStep.Cause.COULD_BE_OTHERS} ").order_by("position")
    return list(doubtful.values_list("source_id", flat=True))


def locked(imported: Import) -> Import:
    """Return the import as it stands now, kept from others until the transaction ends.

    Raises WrongStatus where it was dropped.
    """
    standing = Import.objects.select_for_update(of=("self",)).select_related("author").filter(pk=imported.pk).first()
    if standing is None:
        raise WrongStatus(_("Import #%s is not there any more.") % imported.pk)
    return standing


def require_author(imported: Import, by: User) -> None:
    """Raise NotAllowed where somebody else brought the file."""
    if imported.author_id != by.pk:
        raise NotAllowed(_("Only %s, who brought the file, can do this.") % imported.author)


def require_status(imported: Import, *allowed: str) -> None:
    """Raise WrongStatus where the import has come further, or not so far."""
    if imported.status not in allowed:
        raise WrongStatus(
            _("Import #%(id)s is %(status)s; this can no longer be done.")
            % {"id": imported.pk, "status": imported.get_status_display()}
        )


def _forget_plan(imported: Import) -> None:
    for rows in (imported.rows, imported.steps, imported.labels, imported.reconciliation, imported.twins):
        rows.all().delete()
    KeptPlan.objects.filter(imported=imported).delete()
