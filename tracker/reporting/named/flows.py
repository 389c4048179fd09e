"""The named tables of how promises become deliveries: by stage, by platform, by source and by mechanism."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField, Min, Q, QuerySet
from django.utils.translation import gettext as _

from tracker.filters.fields import ShelfFilterSet
from tracker.models import Pledge, Stage
from tracker.reporting.named.base import (
    NamedTableOptions,
    Sums,
    counted_note,
    dimension_columns,
    dimension_values,
    in_order,
    money,
    number,
    whole,
)
from tracker.reporting.named.summaries import Made
from tracker.reporting.tables import grids
from tracker.reporting.tables.dimension_labels import MEMBER_LABELS, PURL
from tracker.reporting.tables.measures import QUANTITY

FUNNEL = (Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION, Stage.CONTRACT, Stage.DELIVERY)
UNSPECIFIED = "unspecified"
SOURCES = ("stock", "procurement", PURL, None)


def stage_funnel(reading: NamedTableOptions) -> Made:
    """Return what each contributor pledged, committed, allocated, contracted and delivered, with the lags between."""
    sums = Sums(reading.table("contributor", "stage", stages=FUNNEL))
    steps = list(pairwise(FUNNEL))
    lags = _lags(reading)
    columns = dimension_columns("contributor")
    columns += [money(str(stage), str(stage.label), reading.currency) for stage in FUNNEL]
    columns += [column for step in steps for column in _lag_columns(*step)]
    rows: list[list[grids.Value]] = []
    for member in sums.table.rows:
        row = dimension_values(member, "contributor")
        row += [sums.shown(sums.exact(member.id, str(stage))) for stage in FUNNEL]
        for step in steps:
            row += _mean(*lags.get((member.id, *step), (0, 0)))
        rows.append(row)
    return columns, rows, counted_note([sums.table])


def _lag_columns(first: Stage, then: Stage) -> list[grids.Column]:
    """Return the columns of the lag between two stages."""
    words, of = {"first": first.label, "then": then.label}, (str(first), str(then))
    sentence = _(
        "Mean days from the first day of a pledge at the one stage to its first at the other, over the pledges behind "
        "both columns, overlapping ones too, that are dated within a month at both."
    )
    return [
        number(f"lag_{first}_{then}", _("from %(first)s to %(then)s") % words, "days", sentence, of),
        whole(f"lag_{first}_{then}_pledges", _("pledges with both"), "pledges", _("How many pledges that are."), of),
    ]


class _DayNumber(Func):
    """A day as a whole number, of which any two differ by the days between them."""

    template = "(%(expressions)s - DATE '2000-01-01')"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return it for SQLite, where days are text."""
        return super().as_sql(compiler, connection, template="CAST(julianday(%(expressions)s) AS INTEGER)", **context)


@dataclass(frozen=True)
class Lag:
    """How long pledges took from one stage to the next that they have: median days, and of how many pledges."""

    first: Stage
    then: Stage
    days: Decimal
    pledges: int


def median_lags(filters: ShelfFilterSet) -> list[Lag]:
    """Return how long pledges took between stages, over those dated within a month at both, a joint one counted once.

    A stage that a pledge does not have, such as a contract, is passed over.
    """
    found: dict[tuple[Stage, Stage], list[int]] = defaultdict(list)
    stages = _dated_stages(filters)
    for _pledge, *days in _first_days(filters, stages, "pledge") if len(stages) > 1 else ():
        for (first, start), (then, end) in pairwise(
            (stage, day) for stage, day in zip(stages, days, strict=True) if day is not None
        ):
            found[first, then].append(end - start)
    order = sorted(found.items(), key=lambda each: [FUNNEL.index(stage) for stage in each[0]])
    return [Lag(*step, Decimal(str(median(days))), len(days)) for step, days in order]


def _dated(filters: ShelfFilterSet) -> QuerySet[Any]:
    """Return what is dated within a month, of aid alone."""
    return filters.qs.exclude(month="").exclude(nature=Pledge.Nature.DEPLOYMENT).order_by()


def _dated_stages(filters: ShelfFilterSet) -> list[Stage]:
    """Return the stages of the funnel that have dates: of the others, nobody needs to look for days."""
    return [stage for stage in FUNNEL if _dated(filters).filter(stage=stage).exists()]


def _first_days(filters: ShelfFilterSet, stages: Collection[Stage], *by: str) -> Any:
    """Return the first day of each of some stages, as a number or None, of what is grouped by some columns."""
    days = {f"day_{stage}": Min(_DayNumber("earliest"), filter=Q(stage=stage)) for stage in stages}
    return _dated(filters).filter(stage__in=stages).values_list(*by).annotate(**days)


def _lags(reading: NamedTableOptions) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Return the days between the first dates of two stages, added up, and of how many pledges, by contributor."""
    dated = _dated_stages(reading.filters)
    steps = [step for step in pairwise(FUNNEL) if {*step} <= {*dated}]
    if not steps:
        return {}
    stages = [stage for stage in dated if any(stage in step for step in steps)]
    query, params = _first_days(reading.filters, stages, "contributor", "pledge").query.sql_with_params()
    lags = [f"pledges.day_{then} - pledges.day_{first}" for first, then in steps]
    sums = ", ".join(f"SUM({lag}), COUNT({lag})" for lag in lags)
    with connection.cursor() as cursor:
        # No ORM groups what is grouped; nothing in the text comes from a reader.
        cursor.execute(f"SELECT contributor, {sums} FROM ({query}) AS pledges GROUP BY contributor", params)
        return {
            (contributor, *step): (int(numbers[2 * place] or 0), numbers[2 * place + 1])
            for contributor, *numbers in cursor
            for place, step in enumerate(steps)
        }


def _mean(days: int, pledges: int) -> list[grids.Value]:
    """Return the mean, to a tenth of a day, and of how many; nothing of none."""
    if not pledges:
        return [None, None]
    return [Decimal(round(Fraction(days * 10, pledges))).scaleb(-1), pledges]


def platforms_by_contributor(reading: NamedTableOptions) -> Made:
    """Return the units of each platform that a contributor promised and delivered, and what they are worth."""
    by = ("contributor", "category", "platform")
    rows_by = ",".join(by)
    equipment = {"quantity_qualifier__gt": ""}
    units = Sums(
        reading.table(rows_by, "stage", stages=(reading.stage, Stage.DELIVERY), measure=QUANTITY, where=equipment)
    )
    worth = Sums(reading.table(rows_by, stages=(reading.stage,), where=equipment))
    columns = [
        *dimension_columns(*by), number("pledged", _("promised"), "units", str(Stage(reading.stage).label)),
        number("delivered", _("delivered"), "units"),
        number(
            "outstanding", _("outstanding"), "units", _("Promised less delivered, where both are known."),
            ["pledged", "delivered"],
        ),
        whole(
            "unknown_quantity", _("promises of an unknown number"), "contributions",
            _("How many of the rows behind the column state no number; the cell counts them, too."), ["pledged"],
        ),
        money("value", _("value"), reading.currency),
    ]  # fmt: skip
    rows: list[list[grids.Value]] = []
    for member in in_order([units.table, worth.table]):
        promised, delivered = units.exact(member.id, reading.stage), units.exact(member.id, str(Stage.DELIVERY))
        cell = units.cells.get((member.id, reading.stage))
        left = None if promised is None or _is_unknown(units, member.id) else promised - (delivered or 0)
        rows.append([
            *dimension_values(member, *by), units.shown(promised), units.shown(delivered), units.shown(left),
            cell.counts.unknown_quantity if cell else 0, worth.shown(worth.exact(member.id)),
        ])  # fmt: skip
    return columns, rows, counted_note([units.table])


def _is_unknown(units: Sums, row: Any) -> bool:
    """Tell whether something was delivered, nobody knows how much."""
    cell = units.cells.get((row, str(Stage.DELIVERY)))
    return cell is not None and (cell.value is None or cell.counts.unknown_quantity > 0)


def source_of_equipment(reading: NamedTableOptions) -> Made:
    """Return the military aid of each month by where it came from: stock, procurement, PURL, or not said."""
    military = {"aid_type": Pledge.AidType.MILITARY}
    sums = Sums(reading.table("month", "source", stages=(reading.stage,), where=military))
    columns = dimension_columns("month")
    columns += [
        money(source or UNSPECIFIED, str(MEMBER_LABELS["source"].get(source or "", _("unspecified"))), reading.currency)
        for source in SOURCES
    ]
    columns.append(money("total", _("total"), reading.currency))
    rows = [
        [
            *dimension_values(month, "month"), *(sums.shown(sums.exact(month.id, source)) for source in SOURCES),
            sums.shown(sums.all(month.id)),
        ]
        for month in sums.table.rows
    ]  # fmt: skip
    return columns, rows, counted_note([sums.table])


def initiatives(reading: NamedTableOptions) -> Made:
    """Return each mechanism by package: who financed it, who supplied it, and what was delivered."""
    by = ("initiative", "package", "contributor", "supplier")
    # Most money of PURL is pledged, and nobody says what became of it later.
    stages = (*FUNNEL[:-1], Stage.DISBURSEMENT, Stage.DELIVERY)
    sums = Sums(reading.table(",".join(by), "stage", stages=stages, where={"initiative__gt": ""}))
    columns = [*dimension_columns(*by), *(money(str(stage), str(stage.label), reading.currency) for stage in stages)]
    rows = [
        [*dimension_values(row, *by), *(sums.shown(sums.exact(row.id, str(stage))) for stage in stages)]
        for row in sums.table.rows
    ]  # fmt: skip
    return columns, rows, counted_note([sums.table])
