"""The named tables of contributions: what each has in its columns, and how that is read."""

from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from tracker.lib.column_types import Column, Value
from tracker.models import Pledge, Stage
from tracker.reporting.named.base import (
    NamedTableOptions,
    Sums,
    counted_note,
    dimension_columns,
    dimension_values,
    in_order,
    less,
    money,
    percent,
    rank,
    ranks,
)
from tracker.reporting.tables.figures import Figures, PerFigure
from tracker.reporting.tables.measures import as_number
from tracker.reporting.tables.members import MemberKey

Made = tuple[list[Column], list[list[Value]], list[str]]
"""Columns, rows and notes."""

AID_TYPES = [str(value) for value in Pledge.AidType.values]
COMMITTED = (Stage.COMMITMENT, Stage.ALLOCATION, Stage.LAPSE, Stage.CANCELLATION)
_C, _A, _L, _X = (str(stage) for stage in COMMITTED)


def _aid_label(aid_type: str) -> str:
    return str(Pledge.AidType(aid_type).label)


def _ended_columns(currency: str, committed: str, allocated: str) -> list[Column]:
    """Return the columns of what is no longer to be allocated, and of what still is."""
    sentence = _("Committed less allocated, lapsed and cancelled; an unknown value takes nothing away.")
    of = (committed, allocated, _L, _X)
    return [
        money(_L, str(Stage.LAPSE.label), currency), money(_X, str(Stage.CANCELLATION.label), currency),
        money("to_be_allocated", _("to be allocated"), currency, sentence, of),
    ]  # fmt: skip


def _ended(sums: Sums, row: MemberKey) -> list[Value]:
    committed, *others = (sums.exact(row, stage) for stage in (_C, _A, _L, _X))
    return [sums.shown(value) for value in (*others[1:], less(committed, *others))]


def country_summary(reading: NamedTableOptions) -> Made:
    """Return each contributor's commitments and allocations by aid type, with shares, ratios and ranks."""
    by_type = Sums(reading.table("contributor", "aid_type,stage", stages=(_C, _A)))
    by_stage = Sums(reading.table("contributor", "stage", stages=COMMITTED))
    shared = reading.shared_out([_A])
    with_eu = Sums(reading.table("contributor", stages=(_A,), figures=Figures(shared_out=shared)))
    gdp = PerFigure("gdp", reading.currency_of_gdp, reading.year, reading.moment)
    heads = PerFigure("population", reading.currency, reading.year, reading.moment)
    per_gdp, per_head = (replace(by_stage.table.measure, per=per) for per in ("gdp", "population"))
    members = in_order([by_stage.table, with_eu.table])
    rows: list[list[Value]] = []
    for member in members:
        raw = {"contributor": member.id, "year": reading.year}
        own = by_stage.exact(member.id, _A)
        joint = None if shared.lacks(member.id) else with_eu.exact(member.id)
        part = None if joint is None or joint == (own or 0) else joint - (own or 0)
        of_gdp, joint_of_gdp = (as_number(_held(value, gdp.of(raw)), per_gdp) for value in (own, joint))
        rows.append([
            *dimension_values(member, "contributor"),
            *(by_type.shown(by_type.exact(member.id, kind, stage)) for kind in AID_TYPES for stage in (_C, _A)),
            by_stage.shown(by_stage.exact(member.id, _C)), by_stage.shown(own),
            *_ended(by_stage, member.id), by_stage.shown(part), by_stage.shown(joint),
            of_gdp, joint_of_gdp, None if part is None or joint_of_gdp is None else joint_of_gdp - (of_gdp or 0),
            as_number(_held(own, heads.of(raw)), per_head),
        ])  # fmt: skip
    names = ["allocation", "pct_gdp", "pct_gdp_with_eu"]
    columns = _summary_columns(reading)
    places = [[column.name for column in columns].index(name) for name in names]
    ranked = [ranks([row[place] for row in rows]) for place in places]
    for position, row in enumerate(rows):
        row += [each[position] for each in ranked]
    asked = [member.id for member in members if member.id is not None]
    missing = [*gdp.missing(_("GDP"), asked), *heads.missing(_("population"), asked)]
    if shared.without_key:
        missing.append(shared.in_words())
    return columns, rows, [*counted_note([by_stage.table]), *missing]


def _held(value: int | Fraction | None, factor: Fraction | None) -> Fraction | None:
    return None if value is None or factor is None else value * factor


def _summary_columns(reading: NamedTableOptions) -> list[Column]:
    unit, gdp, year = reading.currency, f"GDP {reading.year}", {"year": reading.year}
    columns = dimension_columns("contributor")
    for kind in AID_TYPES:
        for stage in (_C, _A):
            columns.append(money(f"{kind}_{stage}", f"{_aid_label(kind)}, {Stage(stage).label}", unit))
    return [
        *columns,
        money("commitment", _("commitments"), unit),
        money("allocation", _("allocations"), unit),
        *_ended_columns(unit, "commitment", "allocation"),
        money(
            "eu_share", _("share in the EU institutions' allocations"), unit,
            _("Allocations with the share less those without; empty where there is no share."),
            ["total_with_eu", "allocation"],
        ),
        money(
            "total_with_eu", _("allocations with the share in the EU's"), unit,
            _("Allocations, and the member's share in those of the EU's institutions, by the key of their year."),
        ),
        percent(
            "pct_gdp", _("allocations in % of GDP"), gdp,
            _("Allocations over the contributor's GDP of %(year)s, whose source the rows behind name.") % year,
        ),
        percent(
            "pct_gdp_with_eu", _("allocations with the share in the EU's, in % of GDP"), gdp,
            _("Allocations with the share in the EU's over the contributor's GDP of %(year)s.") % year,
        ),
        percent(
            "eu_share_pct_gdp", _("share in the EU institutions' allocations, in % of GDP"), gdp,
            _("Per cent with the share less those without, as they are shown; empty where there is no share."),
            ["pct_gdp_with_eu", "pct_gdp"],
        ),
        money(
            "per_head", _("allocations per head"), f"{unit} per head",
            _("Allocations over the contributor's population of %(year)s, whose source the rows behind name.") % year,
        ),
        rank("rank", _("rank by allocations"), "allocation"),
        rank("rank_pct_gdp", _("rank by % of GDP"), "pct_gdp"),
        rank("rank_pct_gdp_with_eu", _("rank by % of GDP with the share in the EU's"), "pct_gdp_with_eu"),
    ]  # fmt: skip


def by_month(reading: NamedTableOptions) -> Made:
    """Return each month's total and aid types at one stage, plain and as running sums."""
    plain = Sums(reading.table("month", "aid_type", stages=(reading.stage,)))
    running = Sums(reading.table("month", "aid_type", stages=(reading.stage,), cumulative=True))
    values = [money("total", _("total"), reading.currency)]
    values += [money(kind, _aid_label(kind), reading.currency) for kind in AID_TYPES]
    runs = [replace(each, name=f"{each.name}_cumulative", label=_("%s, running sum") % each.label) for each in values]
    rows = []
    for month in plain.table.rows:
        row = dimension_values(month, "month")
        for sums in (plain, running):
            dated = sums is plain or month.id is not None
            row += [sums.shown(sums.all(month.id)) if dated else None]
            row += [sums.shown(sums.exact(month.id, kind)) if dated else None for kind in AID_TYPES]
        rows.append(row)
    return [*dimension_columns("month"), *values, *runs], rows, counted_note([plain.table])


def by_contributor_and_month(reading: NamedTableOptions) -> Made:
    """Return each contributor's months: allocations by aid type, commitments, what is left, and % of GDP."""
    types = Sums(reading.table("contributor,month", "aid_type", stages=(_A,)))
    stages = Sums(reading.table("contributor,month", "stage", stages=COMMITTED))
    gdp = PerFigure("gdp", reading.currency_of_gdp, reading.year, reading.moment)
    per_gdp = replace(stages.table.measure, per="gdp")
    columns = [
        *dimension_columns("contributor", "month"), money("total", _("allocations"), reading.currency),
        *(money(kind, _aid_label(kind), reading.currency) for kind in AID_TYPES),
        money("commitments", _("commitments"), reading.currency),
        *_ended_columns(reading.currency, "commitments", "total"),
        money(
            "gdp", _("GDP"), reading.currency,
            _("The contributor's of the year, a figure of another source, which the rows behind `pct_gdp` name."),
            ["contributor_id"],
        ),
        percent("pct_gdp", _("allocations in % of GDP"), f"GDP {reading.year}"),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for member in in_order([stages.table]):
        raw = {"contributor": member.each[0].id, "year": reading.year}
        total, figure = stages.exact(member.id, _A), gdp.figures(raw)
        rows.append([
            *dimension_values(member, "contributor", "month"), stages.shown(total),
            *(types.shown(types.exact(member.id, kind)) for kind in AID_TYPES),
            stages.shown(stages.exact(member.id, _C)),
            *_ended(stages, member.id), stages.shown(figure[0].value * 100) if figure else None,
            as_number(_held(total, gdp.of(raw)), per_gdp),
        ])  # fmt: skip
    return columns, rows, counted_note([stages.table])


def by_group(reading: NamedTableOptions) -> Made:
    """Return what each group gave at one stage, by aid type, and its part of all; the rest of the world last."""
    types = Sums(reading.table("group", "aid_type", stages=(reading.stage,)))
    everyone = Sums(reading.table("stage", stages=(reading.stage,), every_group=True)).exact(reading.stage)
    columns = [*dimension_columns("group"), money("total", _("total"), reading.currency)]
    columns += [money(kind, _aid_label(kind), reading.currency) for kind in AID_TYPES]
    columns += [
        money("all", _("all contributions, whatever the group"), reading.currency),
        percent(
            "pct_of_all", _("part of all contributions"), _("all contributions"), _("The total in % of all."),
            ["total", "all"],
        ),
    ]  # fmt: skip
    in_percent = replace(types.table.measure, per="gdp")
    rows = []
    for group in types.table.rows:
        total = types.all(group.id)
        part = Fraction(total) * 100 / everyone if total is not None and everyone else None
        rows.append([
            *dimension_values(group, "group"), types.shown(total),
            *(types.shown(types.exact(group.id, kind)) for kind in AID_TYPES), types.shown(everyone),
            as_number(part, in_percent),
        ])  # fmt: skip
    return columns, rows, counted_note([types.table])
