"""What is added up in a table: the measure, a sum with what it leaves out, and how it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Aggregate, BigIntegerField, Count, QuerySet, Sum, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from tracker.filters.contributions import HEADLINE
from tracker.lib import money
from tracker.models import Basis, Contribution, Pledge, marks

VALUE, QUANTITY, COUNT, PLEDGES = "value", "quantity", "count", "pledges"
MEASURES = (VALUE, QUANTITY, COUNT, PLEDGES)
CURRENCIES = ("EUR", "USD")
TIV = "TIV millions"
"""What values on the basis `tiv` are in, in place of a currency."""
MILLION = 10**6
PERCENT_PLACES = 6
_GAP = Contribution.Gap
_BITS = 32
"""How many of a whole number each of the counts of a cell takes."""


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


class Counts(NamedTuple):
    """What is counted beside a sum: contributions, and how many of them lack something or are marked.

    `no_figure` counts those that lack a figure of another source, `shared_out` those of institutions, shared out among
    their members.
    """

    contributions: int = 0
    no_value: int = 0
    no_rate: int = 0
    unknown_quantity: int = 0
    estimated: int = 0
    provisional: int = 0
    inexact: int = 0
    no_figure: int = 0
    shared_out: int = 0

    def packed(self) -> int:
        """Return all counts as one whole number, so that adding two of them adds each count."""
        return sum(count << at * _BITS for at, count in enumerate(self))


COUNTED = Counts._fields
"""What is counted beside a sum."""


@lru_cache(maxsize=10_000)
def counts_in(packed: int) -> Counts:
    """Return the counts that are packed into a number."""
    return Counts._make(packed >> at * _BITS & (1 << _BITS) - 1 for at in range(len(COUNTED)))


class TableCell(NamedTuple):
    """A sum and what it leaves out. `value` is None where nothing in it is known.

    Values are whole minor units, millionths of units, or numbers; a fraction where figures of other
    sources enter, so that what is added stays exact. `packed` are its counts. `pledges` are those
    that a number of pledges counts.
    """

    # A tuple with all counts in one number, as a table has tens of thousands, each of which enters two totals.
    value: int | Fraction | None = None
    packed: int = 0
    pledges: frozenset[str] = frozenset()

    @property
    def counts(self) -> Counts:
        """What is counted beside the sum."""
        return counts_in(self.packed)

    def all_are(self, name: str) -> "TableCell":
        """Return the cell with all its contributions counted under `name`, too."""
        return self._replace(packed=self.counts._replace(**{name: self.counts.contributions}).packed())

    def times(self, factor: Fraction | None) -> "TableCell":
        """Return the cell with its value multiplied; without a factor the value is unknown, and counted as such."""
        if factor is None:
            return self._replace(value=None).all_are("no_figure")
        return self if self.value is None else self._replace(value=self.value * factor)


def added(cells: Sequence[TableCell]) -> TableCell:
    """Return the sum of cells: an unknown value adds nothing, and a pledge counts once."""
    if len(cells) == 1:
        return cells[0]
    if not cells:
        return TableCell()
    values, packed, pledges = zip(*cells, strict=True)
    if any(pledges):
        counted_once = frozenset[str]().union(*pledges)
        return TableCell(len(counted_once), sum(packed), counted_once)
    if None in values:
        values = tuple(value for value in values if value is not None)
    return TableCell(sum(values) if values else None, sum(packed))


def summed_column(measure: Measure) -> str:
    """Return the column of the ledger that a measure adds up."""
    if measure.measure == QUANTITY:
        return "quantity_millionths"
    return {"USD": "usd_cents", TIV: "amount_minor"}.get(measure.currency, "eur_cents")


def basis_in_words(basis: Sequence[str]) -> str:
    """Return where values are taken from, in the reader's language."""
    if list(basis) == [HEADLINE]:
        return _("valued as stated, else by its dataset or at market price")
    labels = {HEADLINE: _("what counts in tables"), **dict(Basis.choices)}
    return _("valued by: %s") % ", ".join(str(labels[one]) for one in basis)


def counting_in_words(counting: str) -> str:
    """Return how what overlaps counts, in the reader's language."""
    return _("overlaps counted once") if counting == "net" else _("overlaps counted in full")


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


class JoinedIds(Aggregate):
    """The public ids in a column, which have no commas, each once, as one text with commas between them."""

    function = "GROUP_CONCAT"
    allow_distinct = True
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the same for PostgreSQL, which calls it otherwise and wants the comma told."""
        template = "STRING_AGG(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


class JoinedMarks(Aggregate):
    """The marks in a column, one behind the other, as one text."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the same for PostgreSQL, which calls it otherwise."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def aggregates(measure: Measure) -> dict[str, Any]:
    """Return what one GROUP BY over the ledger tells of each group.

    The sum, or the ids of the pledges to count; how many rows it has; and their marks: to count each by itself takes a
    database half as long again as adding up.
    """
    summed = {COUNT: Count("*"), PLEDGES: JoinedIds("pledge", distinct=True)}
    return {
        # PostgreSQL adds up to decimals.
        "sum": summed.get(measure.measure) or Cast(Sum(summed_column(measure)), BigIntegerField()),
        "number": Count("*"),
        "marks": JoinedMarks("marks"),
    }


class PackedMarks(dict[str, int]):
    """What the marks of rows count of a `measure`, packed, by their text: most groups of rows have the same few."""

    def __init__(self, measure: Measure) -> None:
        # What is in TIV has no rate to lack.
        unrated = {"USD": marks.NO_DOLLARS, TIV: ""}.get(measure.currency, marks.NO_EUROS)
        self._letters = {
            "no_value": marks.NO_VALUE, "no_rate": unrated, "unknown_quantity": marks.UNKNOWN_QUANTITY,
            "estimated": marks.ESTIMATED, "provisional": marks.PROVISIONAL, "inexact": marks.INEXACT,
        }  # fmt: skip

    def __missing__(self, text: str) -> int:
        counts = {name: text.count(letter) for name, letter in self._letters.items() if letter}
        packed = self[text] = Counts(**counts).packed()
        return packed


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
    if value is not None and measure.measure == VALUE and measure.per != "gdp":
        return money.minor_as_text(round(value), measure.currency)
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
