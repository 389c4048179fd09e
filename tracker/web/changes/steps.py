"""A change of a number as steps from what it was to what it is: one for each cause, and they add up."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.models import ChangeSet
from tracker.records import words
from tracker.records.words import first_capital
from tracker.reporting.shelf import moments
from tracker.web.changes.between import Between, was_nothing
from tracker.web.tables.numbers import Number, Unit, unit_for

MORE, LESS, SUM = "more", "less", "sum"


@dataclass(frozen=True)
class WaterfallBar:
    """A bar of the waterfall from `start` to `end`, and the row of the table under it."""

    title: str
    number: Number
    start: Decimal
    end: Decimal
    kind: str
    change_sets: tuple[ChangeSet, ...] = ()
    is_nothing: bool = False
    """Whether nothing was registered yet: it adds up like a zero, and is not called one."""


def unit_of(found: Between) -> Unit:
    """Return the unit of the numbers of a change."""
    table = found.table
    return unit_for(table.measure, [*table.cells.values(), table.total])


def steps_of(found: Between, unit: Unit) -> list[WaterfallBar]:
    """Return what stood before, what each cause added or took, and what stands afterwards."""
    by_cause: dict[str, list[tuple[ChangeSet, Decimal]]] = defaultdict(list)
    for change_set, cause, added in found.by_change_set:
        by_cause[cause].append((change_set, added))
    at = found.before
    steps = [_sum(found, unit, at, is_before=True)]
    for cause, parts in sorted(by_cause.items()):
        added = sum((each for _set, each in parts), Decimal())
        title = first_capital(str(ChangeSet.Cause(cause).label))
        number = signed(added, unit, f"#cause-{cause}")
        change_sets = tuple(each for each, _added in parts)
        steps.append(WaterfallBar(title, number, at, at + added, MORE if added >= 0 else LESS, change_sets))
        at += added
    return [*steps, _sum(found, unit, found.after, is_before=False)]


def _sum(found: Between, unit: Unit, value: Decimal, *, is_before: bool) -> WaterfallBar:
    moment = found.start if is_before else found.end
    asked = found.asking.asked
    title = _("Before anything was published")
    if moment > moments.NEVER:
        title = (_("Before: %s") if is_before else _("Afterwards: %s")) % words.moment(moment)
    address = ""
    if moment > moments.NEVER:
        params = found.asking.params | {"row": found.row, "column": found.column, "as_of": moment.isoformat()}
        address = asked.address("cell", **params)
    if is_before and was_nothing(found):
        return WaterfallBar(title, Number(_("nothing registered"), "0"), Decimal(), value, SUM, is_nothing=True)
    return WaterfallBar(title, Number(unit.written(value), format(value, "f"), address), Decimal(), value, SUM)


def plain(value: Decimal | int | None, unit: Unit) -> Number:
    """Return a number as it is written; nothing where there is none."""
    return Number() if value is None else Number(unit.written(value), format(Decimal(value), "f"))


def signed(value: Decimal, unit: Unit, address: str = "") -> Number:
    """Return a difference as it is written: with its sign, `+1.5` or `−1.5`."""
    text = unit.written(abs(value))
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return Number(f"{sign}{text}", format(value, "f"), address)
