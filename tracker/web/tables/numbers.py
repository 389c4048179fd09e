"""How the numbers of a table are written: in one unit, rounded for the eye, the exact ones beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.reporting.tables.measures import COUNT, PLEDGES, QUANTITY, TIV, VALUE, Measure, TableCell, as_number

MILLION = 10**6
LARGE = Decimal(10**8)
"""From this amount on, a table is in millions."""


@dataclass(frozen=True)
class Unit:
    """What the numbers of a table are in: divided by `scale`, with `places` behind the point."""

    name: str
    scale: int = 1
    places: int | None = None

    def written(self, value: Decimal | int) -> str:
        """Return a number in this unit, rounded half to even."""
        shown = Decimal(value) / self.scale
        if self.places is None and abs(shown) > 1:
            # Parts of a thing come of joint pledges that are divided: two places tell them apart.
            return words.number(round(shown, 2).normalize())
        if self.places is not None and shown and not round(shown, self.places):
            # What is known and small is never written as zero.
            smallest = words.number(Decimal(1).scaleb(-self.places), self.places)
            return f"<{words.NBSP}{smallest}" if shown > 0 else f">{words.NBSP}−{smallest}"
        return words.number(shown, self.places)


def unit_for(measure: Measure, cells: Iterable[TableCell | None]) -> Unit:
    """Return the unit for a table with such cells: millions where one of them is large."""
    if measure.per == "gdp":
        return Unit(_("% of GDP"), places=3)
    if measure.measure == VALUE and measure.per:
        return Unit(_("%s per head") % measure.currency, places=2)
    if measure.measure == VALUE and measure.currency == TIV:
        return Unit(_("millions of TIV"), places=2)
    if measure.measure == VALUE:
        values = [as_number(cell.value, measure) for cell in cells if cell is not None and cell.value is not None]
        if max((abs(Decimal(value or 0)) for value in values), default=Decimal(0)) >= LARGE:
            return Unit(_("million %s") % measure.currency, MILLION, 1)
        return Unit(measure.currency, places=0)
    return Unit({QUANTITY: _("units"), COUNT: _("contributions"), PLEDGES: _("pledges")}[measure.measure])


@dataclass(frozen=True)
class Number:
    """A number as it is written, the exact one, and where it leads. `text` is empty where there is nothing."""

    text: str = ""
    exact: str = ""
    address: str = ""
    is_unknown: bool = False
    is_number: bool = False
    mark: str = ""
    """`+?` where something in it is unknown, `≈` where something in it is estimated or inexact."""


def number_of(cell: TableCell | None, measure: Measure, unit: Unit, address: str = "") -> Number:
    """Return a cell as it is written."""
    if cell is None or not cell.counts.contributions:
        return Number()
    if cell.value is None:
        return Number(_("unknown"), "", address, is_unknown=True)
    value = as_number(cell.value, measure)
    assert value is not None
    exact = format(Decimal(value), "f")
    return Number(unit.written(value), exact, address, mark=_mark(cell, measure))


def _mark(cell: TableCell, measure: Measure) -> str:
    if measure.measure in (COUNT, PLEDGES):
        return ""
    counts, is_quantity = cell.counts, measure.measure == QUANTITY
    unknown = counts.unknown_quantity if is_quantity else counts.no_value + counts.no_rate + counts.no_figure
    if unknown:
        return "+?"
    inexact = counts.inexact if is_quantity else counts.estimated + counts.provisional
    return "≈" if inexact else ""
