"""The report of an import: every row of the file with what becomes of it, as CSV."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from tracker.curation.importing.plans import Outcome, Plan, PlannedTwin, RowAccount
from tracker.curation.importing.reconciled import Difference, Reconciled
from tracker.exchange.datasets.reconciling import in_words
from tracker.exchange.outbound.formulas import defuse
from tracker.lib.chunks import chunked
from tracker.models import Import, ImportRow, ImportStep, ReconciliationLine
from tracker.reporting.checks.reconciliation import AmountKind, Reconciliation, amount

COLUMNS = ("row", "outcome", "source_id", "record", "recognised_by", "reason", "sheet")

_WHY = dict(ReconciliationLine.Cause.choices)
_SHOWN = 20
"""How many differences are spelled out."""
_REASONS = 5
"""How many reasons are given why rows are invalid."""
_READ = 2_000
"""How many rows of a stored plan are read at once."""


def write_report(plan: Plan, file: IO[str], ids: Mapping[str, str]) -> int:
    """Write a line for each row, then one for each record that the file no longer has; returns how many rows.

    `ids` are the public ids that were given, by id in the dataset. No cell can run as a formula.
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for account in plan.rows:
        writer.writerow([account.number, *map(defuse, _columns(account, ids)), defuse(account.sheet)])
    for gone in plan.gone:
        reason = f"in release {defuse(gone.release)}"
        writer.writerow(["", "gone", defuse(gone.source_id), gone.public_id, "", reason, ""])
    return len(plan.rows)


def stored_report(imported: Import) -> Iterator[list[str]]:
    """Yield the lines of the report of a stored plan, first the names of the columns.

    One for each row of the file, in its order, then one for each record that the file no longer has. No cell can
    run as a formula. Reads some hundred rows at a time.
    """
    yield list(COLUMNS)
    rows = imported.rows.order_by("position")
    for part in chunked(rows.iterator(chunk_size=_READ)):
        named = imported.steps.filter(position__in=[row.step_position for row in part if row.step_position is not None])
        steps: dict[int | None, ImportStep] = {step.position: step for step in named.defer("changes")}
        for row in part:
            yield [str(row.number), *map(defuse, _stored(row, steps.get(row.step_position)))]
    gone = imported.steps.filter(outcome=ImportStep.Outcome.GONE).order_by("position").defer("changes")
    for step in gone.iterator(chunk_size=_READ):
        yield ["", step.outcome, defuse(step.source_id), step.public_id, "", defuse(step.reason), ""]


def _stored(row: ImportRow, step: ImportStep | None) -> list[str]:
    reason = "; ".join(text for text in (row.reason, *row.notes.splitlines()) if text)
    about = ["", "", ""] if step is None else [step.source_id, step.public_id, step.recognised_by]
    return [row.outcome, *about, reason, row.sheet]


def _columns(account: RowAccount, ids: Mapping[str, str]) -> list[str]:
    step = account.step
    reason = "; ".join(text for text in (account.reason, *account.notes) if text)
    if step is None:
        return [account.outcome.value, "", "", "", reason]
    source_id = step.draft.source_id
    record = step.public_id or ids.get(source_id, "")
    return [account.outcome.value, source_id, record, step.recognised_by.value, reason]


def summary(plan: Plan, leave_below: int = 0, decisions: Mapping[str, str] | None = None) -> list[str]:
    """Return what the plan comes to, in lines for people; labels that no name reads like by so much are left.

    `decisions` are what becomes of records that are gone from the file, by public id; the others stay.
    """
    rows = Counter(account.outcome for account in plan.rows)
    steps = Counter(step.outcome for step in plan.steps)
    what = "pledges" if plan.in_bulk else "records"
    lines = [f"! {notice}" for notice in plan.notices]
    lines.append(f"{plan.title}: {len(plan.rows)} rows, {len(plan.steps)} {what}.")
    for outcome in Outcome:
        if rows[outcome] or steps[outcome]:
            lines.append(f"  {outcome.value:12} {rows[outcome]:>7} rows, {steps[outcome]:>6} {what}")
    lines += _invalid(plan)
    noted = sum(1 for account in plan.rows if account.notes)
    brought = Counter(draft.kind for draft in plan.supporting)
    kinds = ", ".join(f"{count} {kind}s" for kind, count in sorted(brought.items()))
    if kinds:
        lines.append(f"  with {kinds} that they refer to")
    if noted:
        lines.append(f"  {noted} rows have a cell that could not be read, or was read otherwise than written")
    labels = [label for label in plan.labels if label.likeness >= leave_below]
    if len(labels) < len(plan.labels):
        lines.append(f"  {len(plan.labels) - len(labels)} labels are left as descriptions, as no name reads like them")
    if labels:
        lines.append(f"  {len(labels)} labels match no record, the most used first:")
        lines += [f"    {_label(label)}" for label in labels[:5]]
    if plan.renamed:
        names = ", ".join(f"“{item.label}” is {item.name}" for item in plan.renamed[:8])
        lines.append(f"  {len(plan.renamed)} parties are called otherwise: {names}")
    if plan.twins:
        lines.append(f"  {len(plan.twins)} pairs with a new pledge are likely to be one pledge, the most alike first:")
        lines += [f"    {_twin(twin)}" for twin in plan.twins[:_SHOWN]]
    if plan.gone:
        lines.append(f"  {len(plan.gone)} {what} are no longer in the file")
    return lines + planned_totals(plan, decisions or {})


def _invalid(plan: Plan) -> list[str]:
    """Return why records, and rows that make none, are invalid: the first reasons, in lines for people."""
    told = [f"{step.draft.source_id}: {step.reason}" for step in plan.steps if step.outcome == Outcome.INVALID]
    told += [
        f"row {account.number}: {account.reason}" for account in plan.rows
        if account.outcome == Outcome.INVALID and account.step is None
    ]  # fmt: skip
    lines = [f"    {reason}" for reason in told[:_REASONS]]
    if len(told) > _REASONS:
        lines.append(f"    and {len(told) - _REASONS} others: the report has the reasons of all rows")
    return lines


def _twin(twin: PlannedTwin) -> str:
    rows, other_rows = (", ".join(map(str, found[:5])) for found in (twin.rows, twin.other_rows))
    beside = f"{twin.other or twin.other_source_id} “{twin.other_name}”"
    where = f", rows {other_rows}" if other_rows else ""
    return f"{twin.source_id} “{twin.name}”, rows {rows} – {beside}{where}: {twin.score}, {', '.join(twin.reasons)}"


def planned_totals(plan: Plan, decisions: Mapping[str, str]) -> list[str]:
    """Return what the file and the register will come to, in lines for people; see `summary`."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    planned = [_decided(line, decisions) for line in plan.reconciliation]
    for line in planned:
        total = sums.setdefault((line.stage, line.basis, line.currency), [0, 0])
        total[0] += line.in_file or 0
        total[1] += line.in_register or 0
    named = Counter((line.cause, line.stage) for line in planned if line.cause)
    lines = [
        _total(AmountKind(*measure), in_file, in_register) for measure, (in_file, in_register) in sorted(sums.items())
    ]  # fmt: skip
    lines += [f"    {count} at {stage}: {_WHY[cause]} ({cause})" for (cause, stage), count in named.items()]
    lines += [f"      {in_words(line)}" for line in planned[:_SHOWN] if line.cause]
    return ["The file's own totals, and the register's if this is applied:", *lines] if lines else []


def _decided(line: Reconciled, decisions: Mapping[str, str]) -> Reconciled:
    """Return a line as it will be once it is decided about a record that is gone from the file."""
    decision = decisions.get(line.public_id) if line.cause in (Difference.GONE, Difference.KEPT) else None
    if decision == ImportStep.Decision.WITHDRAW:
        return replace(line, in_register=None, cause=Difference.NONE)
    return replace(line, cause=Difference.KEPT) if decision == ImportStep.Decision.KEEP else line


def reconciled(found: Reconciliation, shown: int = 20) -> list[str]:
    """Return a reconciliation in lines for people: totals, differences by name, then record by record."""
    lines = [f"{found.imported.title}: the file's own totals, and the register's:"]
    lines += [_total(measure, total.in_file, total.in_register) for measure, total in found.totals.items()]
    for (cause, measure), named in found.by_name():
        sign = f"{amount(named.difference, measure):+,}"
        lines.append(f"    {sign} {measure.stage}: {named.lines} lines, {_WHY[cause]} ({cause})")
    lines += [f"      {in_words(line)}" for line in found.lines[:shown]]
    if len(found.lines) > shown:
        lines.append(f"      and {len(found.lines) - shown} more lines")
    if not found.lines:
        lines.append("    Every record comes to what the file says, to the cent.")
    return lines


def _total(measure: AmountKind, in_file: int, in_register: int) -> str:
    unit = measure.currency or measure.basis.upper()
    both = f"file {amount(in_file, measure):>22,} {unit}, register {amount(in_register, measure):>22,}"
    return f"  {measure.stage:12} {both}, difference {amount(in_register - in_file, measure):,}"


def _label(label: object) -> str:
    near = ", ".join(name for _id, name in getattr(label, "nearest", ()))
    text = f"{getattr(label, 'kind', '')} “{getattr(label, 'label', '')}” in {getattr(label, 'rows', 0)} rows"
    return f"{text}; nearest: {near}" if near else text
