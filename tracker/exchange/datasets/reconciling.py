"""Reconciling: the file's own totals beside what the register will hold of the dataset, each difference by name."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.desk import withdrawn
from tracker.curation.importing.plans import Draft, Outcome, Plan, Step
from tracker.curation.importing.reconciled import Difference, Reconciled
from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.drafting.totals import CellAmount
from tracker.exchange.inbound.workbook_types import shown_rows
from tracker.exchange.profiles.base import Amounts, Level, Profile
from tracker.lib import money
from tracker.lib.chunks import chunked
from tracker.models import Pledge, ReconciliationLine, Stage, Valuation
from tracker.records.engine.types import Document
from tracker.reporting.checks.reconciliation import AmountKind, urgency


@dataclass(slots=True)
class _Said:
    """What the cells of one record say of a measure."""

    minor: int | None = None
    unread: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()

    def add(self, cell: CellAmount) -> None:
        self.rows += (cell.row,)
        if cell.amount is None:
            self.unread += (cell.row,)
        else:
            self.minor = (self.minor or 0) + money.to_minor(cell.amount, cell.declared.currency)


_NOTHING = _Said()


@cache
def measure_of(declared: Amounts) -> AmountKind:
    """Return the measure that amounts of a profile are of."""
    return AmountKind(str(declared.stage), str(declared.basis), declared.currency)


def _held(public_ids: Iterable[str], wanted: Container[AmountKind]) -> dict[str, dict[AmountKind, int]]:
    """Return what the desk holds of each record."""
    found: dict[str, dict[AmountKind, int]] = defaultdict(dict)
    for part in chunked(sorted(set(public_ids))):
        rows = Valuation.objects.filter(pledge__public_id__in=part, entry__isnull=False).order_by()
        columns = ("pledge__public_id", "entry__stage", "basis", "currency", "amount")
        for public_id, stage, basis, currency, amount in rows.values_list(*columns):
            measure = AmountKind(stage, basis, currency)
            if measure in wanted:
                sums = found[public_id]
                sums[measure] = sums.get(measure, 0) + money.to_minor(amount, currency)
    return found


def _written(document: Mapping[str, Any], wanted: Container[AmountKind]) -> dict[AmountKind, int]:
    """Return what a record holds once its lines are written as `document` has them."""
    stages = {entry["number"]: entry["stage"] for entry in document.get("entries", ())}
    sums: dict[AmountKind, int] = {}
    for row in document.get("valuations", ()):
        measure = AmountKind(stages.get(row.get("entry"), ""), row["basis"], row.get("currency", ""))
        if measure in wanted:
            sums[measure] = sums.get(measure, 0) + money.to_minor(Decimal(row["amount"]), measure.currency)
    return sums


def _said_last(content: Document, wanted: Container[AmountKind]) -> dict[AmountKind, int]:
    """Return what a dataset said of a record last."""
    _items, entries, valuations = content["lines"]
    return _written({"entries": entries, "valuations": valuations}, wanted)


class Reconciler:
    """Makes a line for each record and measure that the file or the register says something of.

    It is shown each step of the plan, with its document. `known` are the records that the dataset brought before, with
    what it said of each last.
    """

    def __init__(self, profile: Profile, drafted: Drafted, plan: Plan, known: Mapping[str, Document]) -> None:
        self.drafted = drafted
        self.plan = plan
        # Each once, in the order of the profile.
        self.measures = dict.fromkeys(measure_of(declared) for declared in profile.amounts if declared.value)
        self.missing = {measure_of(declared) for declared in drafted.missing}
        conflicting = [step.public_id for step in plan.with_outcome(Outcome.CONFLICTING)]
        self.withdrawn = withdrawn(Pledge.kind, conflicting)
        self.held = _held(known, self.measures)
        self.last = {public_id: _said_last(content, self.measures) for public_id, content in known.items()}
        self.said: dict[tuple[str, AmountKind], _Said] = defaultdict(_Said)
        self.unused: list[CellAmount] = []
        for cell in drafted.cells:
            home = drafted.homes.get(cell.row)
            if home is None:
                self.unused.append(cell)
            else:
                self.said[_record(home, cell.declared), measure_of(cell.declared)].add(cell)
        self._lines: list[Reconciled] = []

    def lines(self) -> list[Reconciled]:
        """Return the lines of all that was shown, of rows that describe nothing, and of what no draft is.

        Those that somebody must look at come first, the largest of each kind first.
        """
        lines = [*self._lines, *self.invalid_rows(), *self.left()]
        return sorted(lines, key=lambda line: (urgency(line.cause), -abs(line.difference), line.source_id, line.stage))

    def look_at(self, step: Step, document: Document) -> None:
        """Make the lines of one step."""
        held = self.held.get(step.public_id, {})
        written: Mapping[str, Any] = document if step.outcome is Outcome.NEW else step.write
        holds = _written(written, self.measures) if _writes_lines(step) else held
        if step.public_id in self.withdrawn or step.is_absorbed:
            holds = {}
        for measure in self.measures:
            said = self.said.get((step.draft.source_id, measure), _NOTHING)
            in_register = holds.get(measure) if step.outcome is not Outcome.INVALID else None
            is_lost = in_register is None and held.get(measure) and step.public_id not in self.withdrawn
            is_lost = is_lost and not step.is_absorbed
            if said.minor is None and in_register is None and not said.unread and not is_lost:
                continue
            line = _line(measure, step.draft.source_id, document, said.rows)
            line.public_id, line.in_file, line.in_register = step.public_id, said.minor, in_register
            if line.difference and measure in self.missing and said.minor is None:
                line.cause = Difference.MISSING
                line.reason = _("The file has no column with it: what the dataset said before stays.")
            elif line.difference:
                last = self.last.get(step.public_id, {})
                line.cause, line.reason = _why(step, said, is_edited=held.get(measure) != last.get(measure))
            elif is_lost:
                line.cause = Difference.BLANK
                line.reason = _("The register has %s, and the file says nothing any more.") % _amount(
                    held[measure], measure.currency
                )
            self._lines.append(line)

    def invalid_rows(self) -> Iterable[Reconciled]:
        """Yield a line for each cell in a row that describes nothing."""
        for cell in self.unused:
            if cell.amount is None:
                continue
            line = Reconciled(*measure_of(cell.declared), rows=[cell.row])
            line.in_file = money.to_minor(cell.amount, line.currency)
            if line.difference:
                line.cause, line.reason = Difference.INVALID, self.drafted.invalid.get(cell.row, "")
            yield line

    def left(self) -> Iterable[Reconciled]:
        """Yield what the register holds of records that no draft is: gone from the file, or in rows of no use."""
        plan = self.plan
        matched = {step.public_id for step in plan.steps}
        gone = {one.public_id: one for one in plan.gone}
        about = _told(gone.keys() | plan.held_back.keys())
        for public_id in sorted(self.held.keys() - matched):
            for measure, minor in sorted(self.held[public_id].items()):
                line = Reconciled(*measure, public_id=public_id, in_register=minor)
                if public_id in gone:
                    line.source_id = gone[public_id].source_id
                    line.cause = Difference.KEPT if gone[public_id].kept_in else Difference.GONE
                    line.reason = gone[public_id].obstacle or _("It was in release %s.") % gone[public_id].release
                elif public_id in plan.held_back:
                    line.source_id = plan.held_back[public_id]
                    line.cause, line.reason = Difference.INVALID, _("The file has it in rows that cannot be used.")
                else:
                    continue
                line.contributor, line.aid_type = about.get(public_id, ("", ""))
                if not line.difference:
                    line.cause = Difference.NONE
                yield line


def _record(home: Draft, declared: Amounts) -> str:
    """Return the id of the draft that counts a cell: what is said of an activity is counted by its umbrella."""
    is_whole = declared.level is Level.ACTIVITY and declared.stage != Stage.DELIVERY
    return home.umbrella if is_whole and home.umbrella else home.source_id


def _writes_lines(step: Step) -> bool:
    return step.outcome is Outcome.NEW or ("lines" in step.fields and not step.is_held)


def _line(measure: AmountKind, source_id: str, document: Document, rows: Iterable[int]) -> Reconciled:
    shares = document.get("shares") or [{}]
    return Reconciled(
        *measure, source_id=source_id, contributor=shares[0].get("contributor", ""),
        aid_type=document.get("aid_type", ""), rows=sorted(set(rows)),
    )  # fmt: skip


def _why(step: Step, said: _Said, *, is_edited: bool) -> tuple[Difference, str]:
    """Return the name of the difference of a record, and what there is to say of it.

    `is_edited` tells whether the desk says something else by now than the dataset said last.
    """
    if step.outcome is Outcome.INVALID:
        return Difference.INVALID, step.reason
    if step.is_absorbed:
        return Difference.CHANGED_HERE, step.reason
    if step.outcome is Outcome.CONFLICTING:
        return Difference.CONFLICT, step.reason
    if said.unread:
        return Difference.UNREADABLE, _("Cells cannot be read in rows %s.") % ", ".join(map(str, said.unread[:20]))
    if not _writes_lines(step) or step.keeps_ours or is_edited:
        return Difference.CHANGED_HERE, _("Its amounts were changed here since they were taken from the file.")
    return Difference.UNNAMED, ""


def _told(public_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return contributor and aid type of records."""
    found: dict[str, tuple[str, str]] = {}
    for part in chunked(sorted(public_ids)):
        rows: Any = Pledge.objects.filter(public_id__in=part).order_by("public_id", "-shares__id")
        for public_id, contributor, aid_type in rows.values_list(
            "public_id", "shares__contributor__public_id", "aid_type"
        ):  # fmt: skip
            found[public_id] = (contributor or "", aid_type)
    return found


def in_words(line: Reconciled | ReconciliationLine) -> str:
    """Return a line for people: which record or rows, at which stage, what the file has and what the register."""
    rows = line.rows if isinstance(line.rows, str) else shown_rows(line.rows)
    who = line.source_id or line.public_id or rows
    if line.cause == Difference.BLANK:
        return _("%(who)s, %(stage)s: %(reason)s") % {
            "who": who, "stage": Stage(line.stage).label, "reason": line.reason,
        }  # fmt: skip
    return _("%(who)s, %(stage)s: the file has %(file)s, the register %(register)s %(currency)s") % {
        "who": f"{who} ({line.public_id})" if line.public_id and line.public_id != who else who,
        "stage": Stage(line.stage).label, "file": _amount(line.in_file, line.currency),
        "register": _amount(line.in_register, line.currency), "currency": line.currency or line.basis.upper(),
    }  # fmt: skip


def _amount(minor: int | None, currency: str) -> str:
    return _("nothing") if minor is None else f"{money.from_minor(minor, currency):,}"
