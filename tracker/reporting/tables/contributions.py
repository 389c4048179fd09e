"""The contribution table: contributions added up by any dimensions.

A measure is a stage, a basis, a currency and net or gross; one sum never mixes stages or bases
(design, section 4). What is unknown is counted beside the sum, never as zero.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product, repeat
from operator import add
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.reporting.tables.dimensions import LABELS, Dimension, dimension
from tracker.reporting.tables.figures import Portion
from tracker.reporting.tables.measures import (
    COUNT,
    PLEDGES,
    QUANTITY,
    VALUE,
    Measure,
    TableCell,
    WeightedRows,
    aggregates,
    counted,
    in_unit,
    known,
)
from tracker.reporting.tables.members import Member, MemberKey, joined, key_of, parts_of
from tracker.reporting.tables.refused_sums import check_mixing, stages_of
from tracker.reporting.tables.table import Options, Table, TableCells
from tracker.reporting.tables.totals import keep_top, run_on, totals


def names_of(text: str) -> list[str]:
    """Return the dimensions that `rows` or `columns` name: several, separated by commas; none for `none`."""
    return [] if text == "none" else text.split(",")


def dimensions_of(text: str, asked: dict[str, Any], moment: dt.datetime) -> list[Dimension]:
    """Return the dimensions that `rows` or `columns` name."""
    return [dimension(name, asked.get("group") or [], moment) for name in names_of(text)]


def make_table(
    contributions: QuerySet[Any], *, rows: str, columns: str, measure: Measure, asked: dict[str, Any],
    moment: dt.datetime, options: Options | None = None, changes: Iterable[WeightedRows] = (),
) -> Table:  # fmt: skip
    """Return the table of `contributions`, filtered already by what was `asked`, as of `moment`.

    They are rows of the ledger, or of a roll-up, which `changes` bring to what stood at `moment`. Raises MixedSum
    where a sum would mix stages or bases, deployments with aid, or groups that overlap.
    """
    options = options or Options()
    down, across = dimensions_of(rows, asked, moment), dimensions_of(columns, asked, moment)
    basis = asked.get("basis") or ["headline"]
    measure = in_unit(measure, basis)
    table = Table([], [], rows, columns, measure, [], basis, options=options)
    annotate = {name: each for dimension in [*down, *across] for name, each in dimension.annotations().items()}
    needed = [dimension.column for dimension in [*down, *across]]

    weighted = [(counted(found, measure, asked), weight) for found, weight in ((contributions, 1), *changes)]
    _fill(table, options.figures.portions(weighted, annotate, needed), down, across)
    never_added = check_mixing(table.stages, asked, [*down, *across], measure.per, moment)
    table.rows = _members(down, (row for row, _column in table.cells), moment)
    table.columns = _members(across, (column for _row, column in table.cells), moment)
    if options.top is not None:
        keep_top(table, options.top, never_added, running=options.cumulative)
    if options.cumulative:
        never_added |= run_on(table, names_of(rows), names_of(columns))
    _add_totals(table, never_added)
    return table


def _groups(
    rows: list[WeightedRows], columns: list[str], measure: Measure, by_year: bool
) -> Iterable[tuple[dict[str, Any], TableCell, int, int]]:  # fmt: skip
    """Yield groups of rows of the ledger or of a roll-up, from one GROUP BY for each of `rows`.

    Each is the values of `columns` and the stage, its cell, and how many of its rows are undated and bundled.
    """
    by = list(dict.fromkeys([*columns, "stage", *(["pledge"] if measure.measure == PLEDGES else [])]))
    [(only, _weight), *more] = rows
    groups = _merged(rows, by, measure, by_year) if more else _sums(only, by, aggregates(measure, only.model, by_year))
    for values in groups:
        raw = dict(zip(by, values, strict=False))
        *counts, without_date, inside = values[len(by) :]
        cell = TableCell(*counts)
        if measure.measure == PLEDGES:
            cell.pledges, cell.value = frozenset([raw["pledge"]]), 1
        elif measure.measure == COUNT:
            cell.value = cell.contributions
        yield raw, cell, without_date, inside


def _sums(rows: QuerySet[Any], by: list[str], sums: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    """Return the values of `by` of each group, and its sums."""
    # An alias that is the name of a column would hide it.
    named = {f"sum_{name}": each for name, each in sums.items()}
    # All at once: for a cursor on the server, PostgreSQL plans as if few rows were read, and on one processor.
    return rows.order_by().values_list(*by).annotate(**named).values_list(*by, *named)


def _merged(rows: list[WeightedRows], by: list[str], measure: Measure, by_year: bool) -> Iterator[tuple[Any, ...]]:
    """Yield groups as `_sums` does, of rows that are added and rows that are taken away, but those of which none stay.

    Only numbers that are added up may be asked for: nothing is known of which pledges stay.
    """

    def sums(queryset: QuerySet[Any]) -> Iterable[tuple[Any, ...]]:
        both = aggregates(measure, queryset.model, by_year) | {"known": known(measure, queryset.model)}
        return _sums(queryset, by, both)

    [(first, _weight), *more] = rows
    changes: dict[tuple[Any, ...], list[int]] = {}
    for queryset, weight in more:
        for values in sums(queryset):
            # An unknown sum adds nothing.
            numbers = [weight * (number or 0) for number in values[len(by) :]]
            before = changes.get(values[: len(by)])
            changes[values[: len(by)]] = numbers if before is None else [*map(add, before, numbers)]
    for values in sums(first):
        change = changes.pop(values[: len(by)], None)
        if change is None:
            yield values[:-1]
        else:
            total, *counts = values[len(by) :]
            yield from _that_stay(values[: len(by)], [total or 0, *counts], change)
    for key, change in changes.items():
        yield from _that_stay(key, repeat(0), change)


def _that_stay(key: tuple[Any, ...], before: Iterable[int], change: list[int]) -> Iterator[tuple[Any, ...]]:
    """Yield a group after a change, unless none of its rows stay."""
    total, contributions, *counts, known_rows = map(add, before, change)
    if contributions:
        yield (*key, total if known_rows else None, contributions, *counts)


def _fill(table: Table, portions: list[Portion], down: list[Dimension], across: list[Dimension]) -> None:
    """Add every group of the ledger that the table distinguishes to its cells, and count it once in the notes."""
    figures, stages = table.options.figures, set[str]()
    by_year = any(dimension.name == "year" for dimension in (*down, *across))
    keys_of_row, keys_of_column = _keys(down), _keys(across)
    for rows, shares, columns in portions:
        for values, group, without_date, inside in _groups(rows, columns, table.measure, by_year):
            stages.add(values["stage"])
            table.no_date += without_date
            table.bundled += inside
            note = group
            for raw, share in shares(values):
                cell = group if share is None else replace(group.times(share), shared_out=group.contributions)
                cell = figures.apply(cell, raw)
                if cell is not group:
                    note = replace(group, no_figure=cell.no_figure, shared_out=cell.shared_out)
                _place(table.cells, product(keys_of_row(raw), keys_of_column(raw)), cell)
            table.notes.add_counts(note)
    table.stages = stages_of(stages)


def _place(cells: TableCells, positions: Iterable[tuple[MemberKey, MemberKey]], cell: TableCell) -> None:
    """Add a cell, which nobody changes any more, at each of its positions: several, where groups overlap."""
    for number, position in enumerate(positions):
        found = cells.get(position)
        if found is not None:
            found.add(cell)
        else:
            # The first takes the cell itself: most have one position, and copies take time.
            cells[position] = replace(cell) if number else cell


def _keys(dimensions: list[Dimension]) -> Callable[[dict[str, Any]], list[MemberKey]]:
    """Return what finds the rows or columns of a group of the ledger: one, but for groups that overlap."""
    columns = [each.column for each in dimensions]

    @cache
    def found(*values: Any) -> list[MemberKey]:
        members = (each.members_of(value) for each, value in zip(dimensions, values, strict=True))
        return [key_of(parts) for parts in product(*members)]

    return lambda raw: found(*[raw[column] for column in columns])


def _members(dimensions: list[Dimension], keys: Iterable[MemberKey], moment: dt.datetime) -> list[Member]:
    """Return the rows or columns in order, by the first dimension, then by the next."""
    present = {parts_of(key) for key in keys}
    if not dimensions:
        return [Member((), _("total"))] if present else []
    named = [
        {
            member.id: (place, member)
            for place, member in enumerate(each.named({parts[at] for parts in present}, moment))
        }
        for at, each in enumerate(dimensions)
    ]
    if len(dimensions) == 1:
        return [member for _at, member in named[0].values()]
    ordered = sorted(present, key=lambda parts: [each[part][0] for each, part in zip(named, parts, strict=True)])
    return [joined([each[part][1] for each, part in zip(named, parts, strict=True)]) for parts in ordered]


def _add_totals(table: Table, never_added: set[str]) -> None:
    """Add up the cells, but across what is never added."""
    across_columns = not never_added & set(names_of(table.column_dimension))
    across_rows = not never_added & set(names_of(table.row_dimension))
    if across_columns and names_of(table.column_dimension):
        table.row_totals = totals(table.cells, lambda key: key[0])
    if across_rows:
        table.column_totals = totals(table.cells, lambda key: key[1])
    if across_columns and across_rows:
        table.total = TableCell()
        for cell in (table.column_totals or {}).values():
            table.total.add(cell)


def spelled_out(table: Table) -> str:
    """Return the measure of a table in a sentence."""
    measure = table.measure
    what = {
        VALUE: _("value in %s") % measure.currency,
        QUANTITY: _("quantity in units"),
        COUNT: _("number of contributions"),
        PLEDGES: _("number of pledges"),
    }[measure.measure]
    stages = ", ".join(str(LABELS["stage"][stage]) for stage in table.stages) or _("none")
    counting = _("net of overlaps") if measure.counting == "net" else _("gross")
    text = _("%(what)s; stage: %(stages)s; basis: %(basis)s; %(counting)s") % {
        "what": what[:1].upper() + what[1:], "stages": stages, "basis": ", ".join(table.basis), "counting": counting,
    }  # fmt: skip
    more = [*table.options.figures.text, *([_("running sums")] if table.options.cumulative else [])]
    return "; ".join([text, *more])
