"""The named tables of how promises become deliveries: by stage, by platform, by source and by mechanism."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.db.models import F, Max, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from tracker.models import Pledge, Stage
from tracker.reporting import grids, shelf
from tracker.reporting.contributions import grouped
from tracker.reporting.measures import QUANTITY, counted
from tracker.reporting.readings import (
    Reading,
    Sums,
    counted_note,
    dimension_columns,
    dimension_values,
    in_order,
    money,
    number,
    whole,
)
from tracker.reporting.summaries import Made

FUNNEL = (Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION, Stage.CONTRACT, Stage.DELIVERY)
PURL = "purl"
"""The public id of the mechanism that buys American equipment."""

_STOCK, _BOUGHT = ("stock_transfer",), ("procurement", "financed_purchase")
SOURCES = ("stock", "procurement", PURL, "unspecified")


def stage_funnel(reading: Reading) -> Made:
    """Return what each contributor pledged, committed, allocated, contracted and delivered, with the lags between."""
    sums = Sums(reading.table("contributor", "stage", stages=FUNNEL))
    steps = list(pairwise(FUNNEL))
    lags = _lags(reading)
    columns = dimension_columns("contributor")
    columns += [money(str(stage), str(stage.label), reading.currency) for stage in FUNNEL]
    for first, then in steps:
        words = {"first": first.label, "then": then.label}
        columns.append(number(f"lag_{first}_{then}", _("from %(first)s to %(then)s") % words, "days"))
        columns.append(whole(f"lag_{first}_{then}_pledges", _("pledges with both"), "pledges"))
    rows: list[list[grids.Value]] = []
    for member in sums.table.rows:
        row = dimension_values(member, "contributor")
        row += [sums.shown(sums.exact(member.id, str(stage))) for stage in FUNNEL]
        for step in steps:
            row += _mean(lags[member.id, *step])
        rows.append(row)
    return columns, rows, counted_note([sums.table])


def _lags(reading: Reading) -> dict[tuple[Any, ...], list[int]]:
    """Return the days between the first dates of two stages, of each pledge of a contributor that has both."""
    dated = reading.filters.qs.filter(stage__in=FUNNEL).exclude(month="").exclude(nature=Pledge.Nature.DEPLOYMENT)
    firsts = dated.order_by().values_list("contributor", "pledge", "stage").annotate(Min("earliest"))
    by_pledge: dict[tuple[str, str], dict[str, dt.date]] = defaultdict(dict)
    for contributor, pledge, stage, day in firsts.iterator():
        by_pledge[contributor, pledge][stage] = day
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for (contributor, _pledge), days in by_pledge.items():
        for first, then in pairwise(FUNNEL):
            if first in days and then in days:
                found[contributor, first, then].append((days[then] - days[first]).days)
    return found


def _mean(days: list[int]) -> list[grids.Value]:
    """Return the mean, to a tenth of a day, and of how many; nothing of none."""
    if not days:
        return [None, None]
    return [Decimal(round(Fraction(sum(days) * 10, len(days)))).scaleb(-1), len(days)]


def platforms_by_contributor(reading: Reading) -> Made:
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
        number("outstanding", _("outstanding"), "units", _("Promised less delivered, where both are known.")),
        whole("unknown_quantity", _("promises of an unknown number"), "contributions"),
        money("value", _("value"), reading.currency),
    ]  # fmt: skip
    rows: list[list[grids.Value]] = []
    for member in in_order([units.table, worth.table]):
        promised, delivered = units.exact(member.id, reading.stage), units.exact(member.id, str(Stage.DELIVERY))
        cell = units.cells.get((member.id, reading.stage))
        left = None if promised is None or _is_unknown(units, member.id) else promised - (delivered or 0)
        rows.append([
            *dimension_values(member, *by), units.shown(promised), units.shown(delivered), units.shown(left),
            cell.unknown_quantity if cell else 0, worth.shown(worth.exact(member.id)),
        ])  # fmt: skip
    return columns, rows, counted_note([units.table])


def _is_unknown(units: Sums, row: Any) -> bool:
    """Tell whether something was delivered, nobody knows how much."""
    cell = units.cells.get((row, str(Stage.DELIVERY)))
    return cell is not None and (cell.value is None or cell.unknown_quantity > 0)


def source_of_equipment(reading: Reading) -> Made:
    """Return the military aid of each month by where it came from: stock, procurement, PURL, or not said."""
    military = {"aid_type": Pledge.AidType.MILITARY}
    sums = Sums(reading.table("month", stages=(reading.stage,), where=military))
    rows_of = counted(reading.filters.qs.filter(stage=reading.stage, **military), reading.measure, {})
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    by = ["month", "initiative", "source"]
    for (month, initiative, modality), cell in grouped(
        rows_of.annotate(source=_modality(reading)), by, sums.table.measure
    ):
        source = PURL if initiative == PURL else _source(modality)
        if cell.value is not None:
            found[month or None][source] = found[month or None].get(source, 0) + cell.value
    labels = (_("from stock"), _("from procurement"), _("through PURL"), _("unspecified"))
    columns = dimension_columns("month")
    columns += [money(source, label, reading.currency) for source, label in zip(SOURCES, labels, strict=True)]
    columns.append(money("total", _("total"), reading.currency))
    rows = [
        [
            *dimension_values(month, "month"), *(sums.shown(found[month.id].get(source)) for source in SOURCES),
            sums.shown(sums.exact(month.id)),
        ]
        for month in sums.table.rows
    ]  # fmt: skip
    return columns, rows, counted_note([sums.table])


def _modality(reading: Reading) -> Coalesce:
    """Return the modality of a line: its own, or that of all items of its pledge where they have the same."""
    items = shelf.contributions(reading.moment).filter(
        pledge=OuterRef("pledge"), stage=OuterRef("stage"), item__isnull=False
    )
    ends = items.order_by().values("pledge").annotate(first=Min("modality"), last=Max("modality"))
    return Coalesce(NullIf("modality", Value("")), Subquery(ends.filter(first=F("last")).values("first")), Value(""))


def _source(modality: str | None) -> str:
    return "stock" if modality in _STOCK else "procurement" if modality in _BOUGHT else "unspecified"


def initiatives(reading: Reading) -> Made:
    """Return each mechanism by package: who financed it, who supplied it, and what was delivered."""
    by = ("initiative", "package", "contributor", "supplier")
    stages = (Stage.COMMITMENT, Stage.ALLOCATION, Stage.CONTRACT, Stage.DISBURSEMENT, Stage.DELIVERY)
    sums = Sums(reading.table(",".join(by), "stage", stages=stages, where={"initiative__gt": ""}))
    columns = [*dimension_columns(*by), *(money(str(stage), str(stage.label), reading.currency) for stage in stages)]
    rows = [
        [*dimension_values(row, *by), *(sums.shown(sums.exact(row.id, str(stage))) for stage in stages)]
        for row in sums.table.rows
    ]  # fmt: skip
    return columns, rows, counted_note([sums.table])
