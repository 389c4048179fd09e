"""The contribution table: contributions added up by two dimensions.

A measure is a stage, a basis, a currency and net or gross; one sum never mixes stages or bases
(design, section 4). What is unknown is counted beside the sum, never as zero.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from tracker.lib import money
from tracker.models import Contribution, Pledge, Stage
from tracker.reporting import shelf

VALUE, QUANTITY, COUNT = "value", "quantity", "count"
MEASURES = (VALUE, QUANTITY, COUNT)
CURRENCIES = ("EUR", "USD")
COUNTINGS = ("net", "gross")
MILLION = 10**6
_GAP = Contribution.Gap

KINDS = {
    "contributor": "party", "beneficiary": "party", "category": "category", "platform": "platform",
    "initiative": "initiative", "meeting": "meeting",
}  # fmt: skip
"""The dimensions whose members are records, and the kind of each."""

LABELS: dict[str, dict[str, Any]] = {
    "aid_type": dict(Pledge.AidType.choices),
    "stage": dict(Stage.choices),
}
DIMENSIONS = (
    "contributor", "beneficiary", "aid_type", "category", "platform", "initiative", "meeting", "stage", "year", "month",
)  # fmt: skip


class MixedSum(ValueError):
    """A sum that would mix what must not be added; the message says why and what to ask instead."""


@dataclass(frozen=True)
class Measure:
    """What is added up: `value` in EUR or USD, `quantity` in units, or the `count` of contributions."""

    measure: str = VALUE
    currency: str = "EUR"
    counting: str = "net"


@dataclass(frozen=True)
class Member:
    """One row or column: the id and the name of its record, or of its stage, year or month.

    The id is None where contributions name none.
    """

    id: str | None
    name: str


@dataclass
class Cell:
    """A sum and what it leaves out. `value` is None where nothing in it is known."""

    value: int | None = None
    contributions: int = 0
    no_value: int = 0
    no_rate: int = 0
    unknown_quantity: int = 0
    estimated: int = 0
    provisional: int = 0
    inexact: int = 0

    def add(self, other: "Cell") -> None:
        """Add another cell to this one; an unknown value adds nothing."""
        if other.value is not None:
            self.value = (self.value or 0) + other.value
        for name in (
            "contributions", "no_value", "no_rate", "unknown_quantity", "estimated", "provisional", "inexact",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Table:
    """A contribution table: members of rows and columns, cells by both, totals.

    A total is None where it would mix stages. `no_date` counts contributions that a time series
    by year, where that is a dimension, else by month, leaves undated.
    """

    rows: list[Member]
    columns: list[Member]
    row_dimension: str
    column_dimension: str
    measure: Measure
    stages: list[str]
    basis: list[str]
    cells: dict[tuple[str | None, str | None], Cell] = field(default_factory=dict)
    row_totals: dict[str | None, Cell] | None = None
    column_totals: dict[str | None, Cell] | None = None
    total: Cell | None = None
    no_date: int = 0
    bundled: int = 0


def _value_sum(measure: Measure) -> Sum:
    if measure.measure == QUANTITY:
        return Sum("quantity_millionths")
    return Sum("usd_cents" if measure.currency == "USD" else "eur_cents")


def _aggregates(measure: Measure) -> dict[str, Any]:
    """Return the sum and the counts of each cell, for one GROUP BY."""
    cents = "usd_cents" if measure.currency == "USD" else "eur_cents"
    return {
        "sum": _value_sum(measure),
        "n": Count("pk"),
        "no_value": Count("pk", filter=Q(gap=_GAP.NO_VALUE)),
        "no_rate": Count("pk", filter=Q(amount_minor__isnull=False, **{f"{cents}__isnull": True})),
        "unknown_quantity": Count("pk", filter=Q(quantity_qualifier__in=("unknown", "withheld"))),
        "estimated": Count("pk", filter=Q(is_estimated=True)),
        "provisional": Count("pk", filter=Q(is_provisional=True)),
        "inexact": Count("pk", filter=Q(quantity_qualifier__in=("about", "at least", "up to", "range"))),
    }


def counted(contributions: QuerySet[Contribution], measure: Measure, asked: dict[str, Any]) -> QuerySet[Contribution]:
    """Return the contributions that a table counts: no deployments unless asked for, net of overlaps.

    Raises MixedSum where deployments were to be added to aid.
    """
    natures = asked.get("nature") or []
    if Pledge.Nature.DEPLOYMENT in natures and len(natures) > 1:
        raise MixedSum(
            _("Deployments are own forces under a mission and never enter aid totals: ask for nature=deployment alone.")
        )
    if not natures:
        contributions = contributions.exclude(nature=Pledge.Nature.DEPLOYMENT)
    if measure.counting == "net":
        contributions = contributions.filter(is_netted=False)
    if measure.measure == COUNT:
        # A line that only carries an item's quantity is part of the line that carries the amount.
        contributions = contributions.exclude(gap=_GAP.BUNDLED)
    return contributions


def make_table(
    contributions: QuerySet[Contribution], *, rows: str, columns: str, measure: Measure, asked: dict[str, Any],
    moment: dt.datetime,
) -> Table:  # fmt: skip
    """Return the table of `contributions`, filtered already by what was `asked`, as of `moment`.

    Raises MixedSum where a sum would mix stages or bases, or deployments with aid.
    """
    basis = asked.get("basis") or ["headline"]
    if len(basis) > 1:
        raise MixedSum(
            _("Contributions on different bases are never added, as one entry can have several: ask for one basis, "
              "such as basis=headline.")
        )  # fmt: skip
    contributions = counted(contributions, measure, asked)
    stages = sorted(contributions.order_by().values_list("stage", flat=True).distinct(), key=list(Stage.values).index)
    mixes_stages = len(stages) > 1
    by_stage = "stage" in (rows, columns)
    if mixes_stages and not by_stage:
        raise MixedSum(
            _("Mixed stages are never added, and here are %(stages)s: ask for one, such as stage=%(first)s, or make "
              "stage the rows or columns.") % {"stages": ", ".join(stages), "first": stages[0]}
        )  # fmt: skip
    table = Table([], [], rows, columns, measure, stages, basis)
    _fill(table, contributions)
    table.rows = _members(rows, (row for row, _column in table.cells), moment)
    table.columns = _members(columns, (column for _row, column in table.cells), moment)
    if not mixes_stages or rows == "stage":
        table.row_totals = _totals(table.cells, lambda key: key[0])
    if not mixes_stages or columns == "stage":
        table.column_totals = _totals(table.cells, lambda key: key[1])
    if not mixes_stages:
        table.total = _totals(table.cells, lambda key: "").get("", Cell())
    return table


def _fill(table: Table, contributions: QuerySet[Contribution]) -> None:
    """Read the cells in one query, and what the notes count."""
    rows, columns = table.row_dimension, table.column_dimension
    groups = contributions.order_by().values_list(rows, columns)
    aggregates = _aggregates(table.measure)
    for row, column, *numbers in groups.annotate(**aggregates).values_list(rows, columns, *aggregates):
        key = (_member_id(row), _member_id(column))
        value, n, *counts = numbers
        cell = Cell(n if table.measure.measure == COUNT else value, n, *counts)
        table.cells[key] = cell
    undated = Q(year__isnull=True) if "year" in (rows, columns) else Q(month="")
    table.no_date = contributions.filter(undated).count()
    table.bundled = contributions.filter(gap=_GAP.BUNDLED).count()


def _member_id(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _totals(
    cells: dict[tuple[str | None, str | None], Cell], key: Callable[[tuple[str | None, str | None]], Any]
) -> dict[str | None, Cell]:
    totals: dict[str | None, Cell] = {}
    for position, cell in cells.items():
        totals.setdefault(key(position), Cell()).add(cell)
    return totals


def _members(dimension: str, ids: Iterable[str | None], moment: dt.datetime) -> list[Member]:
    """Return the members in order: records by name, stages as they follow, time as it passes; none last."""
    present = set(ids)
    known = {member for member in present if member is not None}
    if dimension in KINDS:
        names = shelf.names(KINDS[dimension], known, moment)
        members = [Member(member, names.get(member, member)) for member in known]
        members.sort(key=lambda member: (member.name.casefold(), member.id or ""))
    elif dimension in LABELS:
        labels = LABELS[dimension]
        members = [Member(member, str(labels[member])) for member in labels if member in known]
    else:
        members = [Member(member, member) for member in sorted(known)]
    if None in present:
        undated = dimension in ("year", "month")
        members.append(Member(None, _("undated") if undated else _("unspecified")))
    return members


def shown(value: int | None, measure: Measure) -> str | int | float | None:
    """Return a sum as it is printed: money as exact decimal text, units and counts as a number."""
    if value is None:
        return None
    if measure.measure == VALUE:
        return format(money.from_minor(value, measure.currency), "f")
    if measure.measure == QUANTITY:
        units = Decimal(value) / MILLION
        return int(units) if units == int(units) else float(units)
    return value


def spelled_out(table: Table) -> str:
    """Return the measure of a table in a sentence."""
    measure = table.measure
    what = {
        VALUE: _("value in %s") % measure.currency,
        QUANTITY: _("quantity in units"),
        COUNT: _("number of contributions"),
    }[measure.measure]
    stages = ", ".join(str(LABELS["stage"][stage]) for stage in table.stages) or _("none")
    counting = _("net of overlaps") if measure.counting == "net" else _("gross")
    return _("%(what)s; stage: %(stages)s; basis: %(basis)s; %(counting)s") % {
        "what": what[:1].upper() + what[1:], "stages": stages, "basis": ", ".join(table.basis), "counting": counting,
    }  # fmt: skip
