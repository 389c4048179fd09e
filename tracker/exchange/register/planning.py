"""Planning the import of the register's own workbook: the file, what was exported, and the desk, side by side."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing import one_by_one, three_way
from tracker.curation.importing.desk import documents, obstacles
from tracker.curation.importing.plans import Draft, GoneRecord, Outcome, Plan, RecognisedBy, RowAccount, Step
from tracker.exchange.inbound.workbook_types import Workbook
from tracker.exchange.register.comparing import Comparison, compare, is_equal, on_side, settled
from tracker.exchange.register.errors import explain
from tracker.exchange.register.layouts import Fields, layouts_of
from tracker.exchange.register.parsing import FileRow, RegisterFile, join, read_register
from tracker.exchange.register.workbook import exported_ids, exported_records
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ExternalId
from tracker.records.engine.source_form import LINES

Exported = dict[str, dict[str, tuple[int, Fields]]]
"""Version and document of each record as it was exported, by kind and public id."""


def plan_register(
    *, workbook: Workbook, dataset: str, sheet: str | None = None, sides: Mapping[str, str] | None = None
) -> Plan:  # fmt: skip
    """Return the plan of importing a workbook that the register wrote, or one sheet of it.

    `sides` says by the id of a record, or by nothing for all others, whose fields stay that both sides changed. What is
    planned has been written once and taken back, so that it can be written. Raises FileRefused.
    """
    found, sides = read_register(workbook, sheet), sides or {}
    ids = {kind: exported_ids(kind, found.moment) for kind in found.kinds}
    records = join(found, ids)
    # Of a register with very many records, a file may have a few rows.
    exported = {
        kind: exported_records(kind, found.moment, (one.public_id for one in records if one.kind == kind))
        for kind in found.kinds
    }
    cases = [compare(found, record, exported[record.kind].get(record.public_id, (0, None))[1]) for record in records]
    plan = Plan(dataset, found.moment.isoformat(), _title(found), unread=found.unread, in_bulk=False)
    steps = _Steps(found, exported, plan, sides).of(cases)
    problems = _rehearse(steps)
    plan.steps = list(steps.values())
    plan.gone = list(_gone(found, ids, plan.release))
    plan.rows = list(_accounts(found, steps, problems))
    return plan


def _title(found: RegisterFile) -> str:
    return _("The register as of %s, edited") % f"{found.moment:%Y-%m-%d %H:%M} UTC"


class _Steps:
    """Says what becomes of each record of a file."""

    def __init__(self, found: RegisterFile, exported: Exported, plan: Plan, sides: Mapping[str, str]) -> None:
        self.sides = sides
        self.found = found
        self.exported = exported
        self.plan = plan
        self.seen: Counter[str] = Counter()

    def of(self, cases: list[Comparison]) -> dict[Comparison, Step]:
        """Return a step for each record, in their order."""
        asked: dict[str, set[str]] = defaultdict(set)
        for case in cases:
            if case.changed and case.record.public_id:
                asked[case.record.kind].add(case.record.public_id)
        desk = {kind: documents(kind, ids) for kind, ids in asked.items()}
        reasons = {kind: obstacles(kind, ids) for kind, ids in asked.items()}
        steps = {case: self._step(case) for case in cases}
        for case, step in steps.items():
            kind, public_id = case.record.kind, case.record.public_id
            own = desk.get(kind, {}).get(public_id)
            if case.record.row in self.found.refused:
                step.outcome, step.reason = Outcome.INVALID, self.found.refused[case.record.row]
            elif own is not None:
                self._beside_desk(case, step, own)
                if step.outcome is Outcome.CHANGED or step.follows:
                    self._refuse(case, step, reasons[kind].get(public_id))
            elif case.changed and case.exported is not None:
                three_way.refuse(step, _("%s is no longer on the desk.") % public_id)
            elif case.changed:
                step.outcome = Outcome.NEW
        self._recognise([step for step in steps.values() if step.outcome is Outcome.NEW and not step.is_noted])
        return steps

    def _step(self, case: Comparison) -> Step:
        """Return the step of a record of which nothing is known but what the file says."""
        record = case.record
        document: Fields = {"id": record.public_id} if record.public_id else {}
        if case.exported is not None:
            document["name"] = case.exported["name"]
        document |= case.fields
        source_id = f"{record.kind} {record.public_id}"
        if not record.public_id:
            digest = canonical.digest(canonical.dump([record.kind, document]))[:24]
            self.seen[digest] += 1
            source_id = f"{record.kind} new {digest}-{self.seen[digest]}"
        draft = Draft(record.kind, document, source_id[:150], rows=[row.number for row in record.rows()])
        known = record.public_id if case.exported is not None else ""
        step = Step(draft, Outcome.UNCHANGED, known, RecognisedBy.ID if known else RecognisedBy.NOTHING)
        # What has an id of the register needs none of the file.
        step.is_noted = bool(record.public_id)
        return step

    def _beside_desk(self, case: Comparison, step: Step, own: Fields) -> None:
        """Compare the fields that the file changes with the desk, and say what is written: field by field."""
        names, kind = case.changed, case.record.kind
        layouts = self.found.layouts(kind)
        desk = on_side(layouts, own, names)
        last = on_side(layouts, case.exported, names) if case.exported is not None else None
        for layout in layouts:
            if layout.part in names:
                case.fields[layout.part] = settled(layout, case.fields[layout.part], desk[layout.part])
        fresh = case.fields
        conflict = _("It is on the desk already, was not in the export, and differs in: %s.") if last is None else _(
            "Changed both here and in the file since the export: %s."
        )  # fmt: skip
        three_way.compare(step, names, three_way.Sides(last, desk, fresh), conflict=conflict, is_equal=is_equal)
        step.public_id, step.recognised_by = case.record.public_id, RecognisedBy.ID
        step.after = {name: fresh[name] for name in (*step.fields, *step.conflicts)}
        if step.conflicts:
            three_way.settle(step, three_way.side_of(step, self.sides), list(step.conflicts), step.reason)
        if step.outcome is Outcome.CHANGED and not step.fields:
            step.outcome = Outcome.UNCHANGED
        step.write = {name: fresh[name] for name in step.fields}
        # Entries name items, and valuations name both: where numbers come or go, the others are written along.
        if any(name in LINES and _numbers(fresh, name) != _numbers(desk, name) for name in step.fields):
            step.write = on_side(list(layouts_of(kind)), own, list(LINES)) | step.write

    def _refuse(self, case: Comparison, step: Step, obstacle: str | None) -> None:
        """Leave alone what somebody holds, what is withdrawn, and rows of another export."""
        version = self.exported[case.record.kind].get(step.public_id, (0, None))[0]
        row = case.record.row
        if obstacle is not None:
            three_way.refuse(step, obstacle)
        elif row is not None and row.version not in ("", str(version)):
            words = _("version: the row says %(found)s, but %(version)s was exported: it is of another file.")
            three_way.refuse(step, words % {"found": row.version[:20], "version": version})

    def _recognise(self, steps: list[Step]) -> None:
        """Find the records that an import of the same file made of rows without an id."""
        noted: dict[tuple[str, str], str] = {}
        for part in chunked(sorted({step.draft.source_id for step in steps})):
            rows = ExternalId.objects.filter(dataset=self.plan.dataset, release=self.plan.release, source_id__in=part)
            noted |= {(row.record_kind, row.source_id): row.public_id for row in rows.order_by("id")}
        kinds = {kind for kind, _source_id in noted}
        desk = {kind: documents(kind, [noted[key] for key in noted if key[0] == kind]) for kind in kinds}
        for step in steps:
            public_id = noted.get((step.draft.kind, step.draft.source_id), "")
            if public_id in desk.get(step.draft.kind, {}):
                step.outcome, step.public_id, step.recognised_by = Outcome.UNCHANGED, public_id, RecognisedBy.CONTENT
                step.is_noted = True


def _numbers(fields: Fields, name: str) -> set[Any]:
    """Return the numbers of the rows of a list; None stands for one that is still to be given."""
    return {row.get("number") for row in fields.get(name, ())}


def _rehearse(steps: dict[Comparison, Step]) -> dict[FileRow, str]:
    """Make what cannot be written invalid; returns what is wrong with which rows."""
    wrong: dict[FileRow, str] = {}
    cases = {id(step): case for case, step in steps.items()}
    planned = [step for step in steps.values() if step.outcome in (Outcome.NEW, Outcome.CHANGED) or step.follows]
    for step, error in one_by_one.rehearse(planned) if planned else ():
        step.outcome = Outcome.INVALID
        step.reason, found = explain(cases[id(step)].record, error)
        wrong |= found
    return wrong


def _gone(found: RegisterFile, exported: dict[str, set[str]], release: str) -> Iterator[GoneRecord]:
    """Yield the records that were exported and whose rows were taken out."""
    for kind in found.kinds:
        if (kind, "") in found.columns:
            listed = {row.public_id for row in found.rows if row.kind == kind and not row.part}
            for public_id in sorted(exported[kind] - listed):
                yield GoneRecord(release, f"{kind} {public_id}", public_id, kind)


def _accounts(
    found: RegisterFile, steps: dict[Comparison, Step], problems: dict[FileRow, str]
) -> Iterator[RowAccount]:  # fmt: skip
    """Yield what becomes of each row, in the order of the file."""
    homes = {row: case for case in steps for row in case.record.rows()}
    for row in found.rows:
        case = homes.get(row)
        if row in found.refused or case is None:
            step = steps[case] if case else None
            yield RowAccount(row.number, Outcome.INVALID, step, found.refused[row], sheet=row.sheet)
            continue
        outcome, reason = _row(row, case, steps[case])
        reason = problems.get(row, reason)
        yield RowAccount(row.number, outcome, steps[case], reason, case.notes.get(row, ()), row.sheet)


def _row(row: FileRow, case: Comparison, step: Step) -> tuple[Outcome, str]:
    """Return what becomes of one row of a record: of a changed record only some rows are."""
    if step.outcome is not Outcome.CHANGED:
        return step.outcome, step.reason
    edited: list[str] | None = case.edited.get(row, [])
    if not row.part:
        return Outcome.CHANGED, _("changes: %s") % ", ".join(step.fields)
    if row.part not in step.fields or edited == []:
        return Outcome.UNCHANGED, ""
    return (Outcome.NEW, "") if edited is None else (Outcome.CHANGED, _("changes: %s") % ", ".join(edited))
