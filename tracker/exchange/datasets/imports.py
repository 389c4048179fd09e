"""Imports: a file that was received is planned, and an accepted plan applied, each in one call that can take long."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.callbacks import Watch
from tracker.curation.errors import CurationError
from tracker.curation.importing import applying as importing
from tracker.curation.importing import imports, kept_plans
from tracker.curation.importing.labels import labels_left
from tracker.curation.importing.plans import GoneRecord, Plan
from tracker.curation.importing.twins import decided_before, decided_of_same_file
from tracker.curation.own_files import own_file
from tracker.exchange.datasets.causes import causes_of, changes_of, conflicts_of, evidence_of, reason_of
from tracker.exchange.datasets.planning import PlanError, make_plan
from tracker.exchange.datasets.twins import notices_of_taken_over
from tracker.exchange.inbound.conventions import ColumnQuestion, stated_of
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import HeaderMissing
from tracker.exchange.inbound.workbook_types import shown_rows
from tracker.exchange.profiles import PROFILES
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import (
    ChangeSet,
    Import,
    ImportedFile,
    ImportLabel,
    ImportStep,
    ImportTwin,
    Job,
)
from tracker.records.registry import KINDS


class _Changed(Exception):
    """The register has changed since the plan was looked at."""


def plan(*, imported: Import, at: dt.datetime) -> None:
    """Plan a received file and keep the plan; a file that cannot be planned is refused, with the reason.

    Raises WrongStatus where another run was faster.
    """
    if imported.status != Import.Status.WAITING:
        return
    ground = kept_plans.ground(imported)
    try:
        made = _plan_of(imported)
    except (FileRefused, HeaderMissing, PlanError) as error:
        imports.refuse(imported=imported, problem=str(error))
        return
    keep(imported, made, at, ground)


@transaction.atomic
def plan_again(*, imported: Import, by: User, at: dt.datetime) -> Plan:
    """Plan a file anew, keep that in place of the plan before, and return it.

    Raises NotAllowed, WrongStatus, and what `make_plan` raises.
    """
    imported = imports.plan_again(imported=imported, by=by)
    made = _plan_of(imported)
    keep(imported, made, at)
    return made


def apply(*, imported: Import, at: dt.datetime, watch: Watch) -> None:
    """Apply the accepted plan of an import, all of it or nothing; `watch` is told a hundred times how far that is.

    What is new is worked out before others have to wait. It is the plan that was kept, or made anew where the register
    has changed since; where that makes it another, the new plan is kept for looking at instead. Where a record cannot
    be written, the import goes back to being planned and says why. `settle` follows.
    """
    if imported.status != Import.Status.ACCEPTED:
        return
    try:
        # Before the transaction: others wait for the right to write.
        ground = kept_plans.ground(imported)
        kept = kept_plans.load(imported, ground)
        made = kept or _plan_of(imported)
        made.sha256 = imported.sha256
        new = importing.new_records(made)
        digest = imported.digest if kept else digest_of(made)
        with transaction.atomic():
            standing = imports.locked(imported)
            if standing.status != Import.Status.ACCEPTED:
                return
            if digest != standing.digest:
                raise _Changed
            is_as_it_was = kept_plans.ground(standing) == ground
            write(standing, made, at, _seldom(watch), new if is_as_it_was else None)
    except _Changed:
        problem = _("The register has changed since this was planned: look at the plan again.")
        # Somebody planned and accepted it anew in the meantime, where the one that was kept is not it.
        keep(imported, _plan_of(imported) if kept else made, at, ground, problem)
    except (CurationError, FileRefused, HeaderMissing, PlanError) as error:
        imports.return_to_plan(imported=imported, problem=str(error))


def settle(*, imported: Import, at: dt.datetime) -> None:
    """Keep what the rules of quality find in what an import wrote, once that is committed; nothing before.

    Whoever begins again after the program died calls it again: the findings come to the same.
    """
    change_set = ChangeSet.objects.filter(imports=imported).first()
    if change_set is not None:
        importing.settle(change_set=change_set, at=at)


def write(
    imported: Import, made: Plan, at: dt.datetime, watch: Watch, new: importing.NewRecords | None = None
) -> importing.Applied:  # fmt: skip
    """Apply a plan as it was accepted, and note what became of it. Raises CurationError.

    `new` are the rows of its new records, where they are worked out and the register has not changed since.
    """
    made.sha256 = imported.sha256
    applied = importing.apply(
        plan=made, author=imported.author, at=at, message=imported.message,
        withdraw=_decided(imported, ImportStep.Decision.WITHDRAW), keep=_decided(imported, ImportStep.Decision.KEEP),
        watch=watch, twins=imported.twins.exclude(decision=""), new=new,
    )  # fmt: skip
    imports.note_applied(
        imported=imported, change_set=applied.change_set, ids=applied.ids, at=at, merging=applied.merging
    )
    return applied


def _plan_of(imported: Import) -> Plan:
    if imported.profile not in PROFILES:
        raise PlanError(_("There is no profile “%s”.") % imported.profile)
    with on_disk(imported) as path:
        return make_plan(
            workbook=open_file(path, imported.file_name), profile=PROFILES[imported.profile],
            release=imported.release, sheet=imported.sheet or None, decided=imported.matches,
            sides=imported.sides, likeliest=imported.likeliest,
            stated=stated_of(f"{column}={answer}" for column, answer in imported.conventions.items()),
        )  # fmt: skip


@contextmanager
def on_disk(imported: Import) -> Iterator[Path]:
    """Write the file of an import where programs can read it, for as long as the block runs."""
    with own_file(Path(gettempdir()), "tracker-import-", "file") as path:
        path.write_bytes(ImportedFile.objects.get(imported=imported).content)
        yield path


def _decided(imported: Import, decision: str) -> list[str]:
    return list(imported.steps.filter(decision=decision).values_list("public_id", flat=True))


def digest_of(made: Plan) -> str:
    """Return the SHA-256 of all that a plan would do."""
    steps = (
        [step.outcome, step.draft.kind, step.draft.source_id, step.public_id, step.draft.packed, step.write,
         step.reason]
        for step in made.steps
    )  # fmt: skip
    supporting = ([draft.kind, draft.public_id, draft.packed] for draft in made.supporting)
    gone = (item.public_id for item in made.gone)
    return canonical.digest_of_lists(steps, supporting, gone, (row.outcome for row in made.rows))


def keep(imported: Import, made: Plan, at: dt.datetime, ground: str = "", problem: str = "") -> None:
    """Keep a plan in place of the one before, to be read and applied; `problem` says why it had to be made again.

    `ground` is what it rests on, if it is to be applied later. What the register's own workbook says is planned anew
    then.
    """
    kept = kept_plans.pack(made, ground) if ground and made.in_bulk else ()
    twins, notices = _twins(imported, made)
    imports.note_plan(
        imported=imported, title=made.title, digest=digest_of(made), notices=[*notices, *made.notices],
        questions=[_question(one) for one in made.questions], unread=made.unread,
        renamed=[[item.label, item.public_id, item.name, item.rows] for item in made.renamed],
        twins=twins,
        steps=_steps(imported, made), rows=_rows(imported, made), labels=list(_labels(imported, made)),
        reconciliation=_reconciliation(imported, made), kept=kept, at=at, problem=problem,
    )  # fmt: skip


def _question(asked: ColumnQuestion) -> dict[str, Any]:
    return {"column": asked.column, "head": asked.head, "text": str(asked), "choices": list(asked.choices)}


def _steps(imported: Import, made: Plan) -> Iterator[dict[str, Any]]:
    """Yield the columns of a step for each record of the plan, then of one for each that is gone."""
    for position, step in enumerate(made.steps):
        changes = changes_of(step)
        yield {
            "imported_id": imported.pk, "position": position, "outcome": step.outcome.value,
            "causes": _spaced(causes_of(step, changes)), "kind": step.draft.kind,
            "name": step.draft.name[:250], "source_id": step.draft.source_id,
            "public_id": step.public_id, "recognised_by": step.recognised_by.value, "changes": changes,
            "conflicts": [name for name in changes if name in conflicts_of(step)], "reason": reason_of(step),
            "evidence": evidence_of(step),
            "others": [[other.public_id, other.name, other.score, other.reasons] for other in step.others],
        }  # fmt: skip
    names = _names(made.gone)
    for position, item in enumerate(made.gone, start=len(made.steps)):
        yield {
            "imported_id": imported.pk, "position": position, "outcome": ImportStep.Outcome.GONE.value,
            "causes": _spaced([ImportStep.Cause.GONE, *([ImportStep.Cause.MERGED] if item.became else [])]),
            "kind": item.kind,
            "name": names.get((item.kind, item.public_id), ""), "source_id": item.source_id,
            "public_id": item.public_id,
            "reason": item.obstacle or item.became or _("It was in release %s.") % item.release,
            "is_held": bool(item.obstacle), "was_kept": bool(item.kept_in),
        }  # fmt: skip


def _names(gone: list[GoneRecord]) -> dict[tuple[str, str], str]:
    """Return what the records that are gone are called on the desk, by kind and public id."""
    found: dict[tuple[str, str], str] = {}
    for kind in {item.kind for item in gone}:
        for part in chunked(item.public_id for item in gone if item.kind == kind):
            named = KINDS[kind].model.objects.filter(public_id__in=part).values_list("public_id", "name")
            found |= {(kind, public_id): name for public_id, name in named}
    return found


def _spaced(causes: list[ImportStep.Cause]) -> str:
    """Return causes so that one can be looked for with spaces around it."""
    return f" {' '.join(causes)} " if causes else ""


def _rows(imported: Import, made: Plan) -> Iterator[dict[str, Any]]:
    positions = {id(step): position for position, step in enumerate(made.steps)}
    for position, row in enumerate(made.rows):
        yield {
            "imported_id": imported.pk, "position": position, "sheet": row.sheet, "number": row.number,
            "outcome": row.outcome.value, "step_position": positions.get(id(row.step)), "reason": row.reason,
            "notes": "\n".join(row.notes),
        }  # fmt: skip


def _labels(imported: Import, made: Plan) -> Iterator[ImportLabel]:
    left = labels_left(imported.profile)
    for label in made.labels:
        yield ImportLabel(
            imported=imported, kind=label.kind, label=label.label[:500], rows=label.rows, first_row=label.first_row,
            nearest=[list(pair) for pair in label.nearest], likeness=label.likeness, group=label.group[:500],
            is_left=(label.kind, label.label[:500]) in left,
        )  # fmt: skip


def _twins(imported: Import, made: Plan) -> tuple[list[ImportTwin], list[str]]:
    """Return the likely twins of a plan as they were decided before, and a notice where that is taken over."""
    own = decided_before(imported)
    earlier, numbers = decided_of_same_file(imported)
    twins = [
        ImportTwin(imported=imported, position=position, **asdict(twin)) for position, twin in enumerate(made.twins)
    ]
    taken = 0
    for twin in twins:
        twin.decision = own.get(twin.key) or earlier.get(twin.key, "")
        taken += bool(twin.decision) and twin.key not in own
    return twins, notices_of_taken_over(taken, numbers)


def _reconciliation(imported: Import, made: Plan) -> Iterator[dict[str, Any]]:
    for position, line in enumerate(made.reconciliation):
        yield {
            "imported_id": imported.pk, "position": position, "stage": line.stage, "basis": line.basis,
            "currency": line.currency, "source_id": line.source_id, "public_id": line.public_id,
            "contributor": line.contributor, "aid_type": line.aid_type,
            "rows": shown_rows(line.rows), "in_file": line.in_file, "in_register": line.in_register,
            "difference": line.difference, "cause": line.cause, "reason": line.reason,
        }  # fmt: skip


def _seldom(watch: Watch) -> Watch:
    """Return what tells `watch` a hundred times at most: each time something is written."""

    def tell(done: int, total: int) -> None:
        if done == total or done % max(total // 100, 1) == 0:
            watch(done, total)

    return tell


def progress_of(imported: Import) -> tuple[int, int]:
    """Return how many records are written of how many; zeros where nothing is being applied."""
    job = imported.jobs.filter(kind=Job.Kind.APPLY, status=Job.Status.RUNNING).first()
    return (0, 0) if job is None else job.progress()
