"""What is added up in a table: the measure, a sum with what it leaves out, and how it is printed."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from tracker.ledger.roll_ups import INEXACT_QUANTITY, UNKNOWN_QUANTITY, no_rate
from tracker.lib import money
from tracker.models import Basis, Contribution, Pledge

VALUE, QUANTITY, COUNT, PLEDGES = "value", "quantity", "count", "pledges"
MEASURES = (VALUE, QUANTITY, COUNT, PLEDGES)
CURRENCIES = ("EUR", "USD")
TIV = "TIV millions"
"""What values on the basis `tiv` are in, in place of a currency."""
COUNTINGS = ("net", "gross")
MILLION = 10**6
PERCENT_PLACES = 6
WeightedRows = tuple[QuerySet[Any], int]
"""Rows of the ledger or of a roll-up, and their weight: 1 where they are added, -1 where they are taken away."""
_GAP = Contribution.Gap


class MixedSum(ValueError):
    """A sum that would mix what must not be added; the message says why and what to ask instead."""


@dataclass(frozen=True)
class Measure:
    """What is added up: a `value`, a `quantity` in units, the `count` of contributions, or of their `pledges`.

    Values are in EUR, USD or millions of TIV; `currency` is empty where none was asked for. `per` is
    `gdp` or `population` where a value is held against one of them, else empty.
    """

    measure: str = VALUE
    currency: str = "EUR"
    counting: str = "net"
    per: str = ""


@dataclass(slots=True)
class TableCell:
    """A sum and what it leaves out. `value` is None where nothing in it is known.

    Values are whole minor units, millionths of units, or numbers; a fraction where figures of other
    sources enter, so that what is added stays exact. `no_figure` counts contributions that lack such
    a figure, `shared_out` those of institutions, shared out among their members.
    """

    value: int | Fraction | None = None
    contributions: int = 0
    no_value: int = 0
    no_rate: int = 0
    unknown_quantity: int = 0
    estimated: int = 0
    provisional: int = 0
    inexact: int = 0
    no_figure: int = 0
    shared_out: int = 0
    pledges: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def add(self, other: "TableCell") -> None:
        """Add another cell to this one; an unknown value adds nothing, and a pledge counts once."""
        if other.pledges:
            self.pledges |= other.pledges
            self.value = len(self.pledges)
        elif other.value is not None:
            self.value = other.value if self.value is None else self.value + other.value
        self.add_counts(other)

    def add_counts(self, other: "TableCell") -> None:
        """Add what is counted beside the sum of another cell."""
        # One by one: a table of tens of thousands of cells is added up three times.
        self.contributions += other.contributions
        self.no_value += other.no_value
        self.no_rate += other.no_rate
        self.unknown_quantity += other.unknown_quantity
        self.estimated += other.estimated
        self.provisional += other.provisional
        self.inexact += other.inexact
        self.no_figure += other.no_figure
        self.shared_out += other.shared_out

    def times(self, factor: Fraction | None) -> "TableCell":
        """Return the cell with its value multiplied; without a factor the value is unknown, and counted as such."""
        if factor is None:
            return replace(self, value=None, no_figure=self.contributions)
        return self if self.value is None else replace(self, value=self.value * factor)

    def counts(self) -> dict[str, int]:
        """Return what is counted beside the sum."""
        return {
            "contributions": self.contributions, "no_value": self.no_value, "no_rate": self.no_rate,
            "unknown_quantity": self.unknown_quantity, "estimated": self.estimated, "provisional": self.provisional,
            "inexact": self.inexact, "no_figure": self.no_figure, "shared_out": self.shared_out,
        }  # fmt: skip


def summed_column(measure: Measure) -> str:
    """Return the column of the ledger that a measure adds up."""
    if measure.measure == QUANTITY:
        return "quantity_millionths"
    return {"USD": "usd_cents", TIV: "amount_minor"}.get(measure.currency, "eur_cents")


def in_unit(measure: Measure, basis: list[str]) -> Measure:
    """Return `measure` in what values on `basis` are in.

    Raises MixedSum where TIV was asked for in a currency, or beside money.
    """
    if Basis.TIV not in basis:
        return replace(measure, currency=measure.currency or "EUR")
    if measure.currency or measure.per:
        raise MixedSum(
            _("SIPRI's trend-indicator values are no money and never converted: ask for basis=tiv without currency.")
        )
    if len(basis) > 1:
        raise MixedSum(_("SIPRI's trend-indicator values and money never stand in one table: ask for basis=tiv alone."))
    return replace(measure, currency=TIV)


def aggregates(measure: Measure, rows: type[Model], by_year: bool) -> dict[str, Any]:
    """Return what one GROUP BY over rows of the ledger, or of a roll-up, adds up and counts of each group.

    The sum and the counts of a `TableCell`, in its order; then how many rows a time series leaves undated, `by_year` or
    else by month, and of how many the worth is inside an amount for several items.
    """
    return _of_ledger(measure, by_year) if rows is Contribution else _of_roll_up(measure, by_year)


def _of_ledger(measure: Measure, by_year: bool) -> dict[str, Any]:
    return {
        "sum": Sum(summed_column(measure)),
        "n": Count("pk"),
        "no_value": Count("pk", filter=Q(gap=_GAP.NO_VALUE)),
        "no_rate": Count("pk", filter=no_rate(summed_column(replace(measure, measure=VALUE)))),
        "unknown_quantity": Count("pk", filter=UNKNOWN_QUANTITY),
        "estimated": Count("pk", filter=Q(is_estimated=True)),
        "provisional": Count("pk", filter=Q(is_provisional=True)),
        "inexact": Count("pk", filter=INEXACT_QUANTITY),
        "undated": Count("pk", filter=Q(year__isnull=True) if by_year else Q(month="")),
        "bundled": Count("pk", filter=Q(gap=_GAP.BUNDLED)),
    }


def _of_roll_up(measure: Measure, by_year: bool) -> dict[str, Any]:
    summed, currency = summed_column(measure), measure.currency.lower()

    def contributions(**which: Any) -> Sum:
        return Sum("contributions", filter=Q(**which), default=0)

    return {
        # A sum of nothing that is known is unknown.
        "sum": Sum(summed, filter=Q(**{f"{summed.partition('_')[0]}_known__gt": 0})),
        "n": Sum("contributions"),
        "no_value": contributions(gap=_GAP.NO_VALUE),
        "no_rate": Sum(f"{currency}_no_rate"),
        "unknown_quantity": Sum("unknown_quantity"),
        "estimated": Sum("estimated"),
        "provisional": Sum("provisional"),
        "inexact": Sum("inexact"),
        "undated": contributions(year__isnull=True) if by_year else Sum("no_month"),
        "bundled": contributions(gap=_GAP.BUNDLED),
    }


def known(measure: Measure, rows: type[Model]) -> Any:
    """Return what counts the rows of each group of which the value is known, or of a roll-up those that it adds up."""
    column = summed_column(measure)
    return Count(column) if rows is Contribution else Sum(f"{column.partition('_')[0]}_known")


def counted(contributions: QuerySet[Contribution], measure: Measure, asked: dict[str, Any]) -> QuerySet[Contribution]:
    """Return the contributions that a table counts: no deployments unless asked for, net of overlaps."""
    if not asked.get("nature"):
        contributions = contributions.exclude(nature=Pledge.Nature.DEPLOYMENT)
    if measure.counting == "net":
        contributions = contributions.filter(is_netted=False)
    if measure.measure in (COUNT, PLEDGES):
        # A line that only carries an item's quantity is part of the line that carries the amount.
        contributions = contributions.exclude(gap=_GAP.BUNDLED)
    return contributions


def as_number(value: int | Fraction | None, measure: Measure) -> Decimal | int | None:
    """Return a sum in the unit of its measure: euros, per cent, pieces. Fractions are rounded, half to even."""
    if value is None:
        return None
    if measure.measure in (COUNT, PLEDGES):
        return int(value)
    if measure.measure == QUANTITY:
        units = Decimal(int(value)) / MILLION
        return int(units) if units == int(units) else units
    if measure.per == "gdp":
        return Decimal(round(value * 10**PERCENT_PLACES)).scaleb(-PERCENT_PLACES)
    return money.from_minor(round(value), measure.currency)


def shown(value: int | Fraction | None, measure: Measure) -> str | int | float | None:
    """Return a sum as JSON has it: money and shares as exact decimal text, units and counts as a number."""
    number = as_number(value, measure)
    if isinstance(number, Decimal):
        return float(number) if measure.measure == QUANTITY else format(number, "f")
    return number


def unit_of(measure: Measure) -> str:
    """Return what the numbers of a measure count."""
    if measure.per == "gdp":
        return "% of GDP"
    if measure.measure == VALUE:
        return f"{measure.currency} per head" if measure.per else measure.currency
    return {QUANTITY: "units", COUNT: "contributions", PLEDGES: "pledges"}[measure.measure]
