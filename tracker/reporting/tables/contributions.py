"""The contribution table: contributions added up by any dimensions.

A measure is a stage, a basis, a currency and net or gross; one sum never mixes stages or bases
(docs/methodology.md, "What is never added"). What is unknown is counted beside the sum, never as zero.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from operator import getitem, itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.reporting.tables.dimension_labels import MEMBER_LABELS
from tracker.reporting.tables.dimensions import Dimension, dimension
from tracker.reporting.tables.figures import Figures, Shares
from tracker.reporting.tables.groups_of_rows import GroupsOfRows, grouped
from tracker.reporting.tables.measures import (
    COUNT,
    PLEDGES,
    QUANTITY,
    VALUE,
    Measure,
    TableCell,
    added,
    basis_in_words,
    counted,
    counting_in_words,
    in_unit,
)
from tracker.reporting.tables.members import Member, MemberKey, joined, key_of, parts_of
from tracker.reporting.tables.refused_sums import check_mixing, stages_of
from tracker.reporting.tables.table import Options, Table
from tracker.reporting.tables.totals import keep_top, run_on, totals

CellParts = dict[tuple[MemberKey, MemberKey], list[TableCell]]
"""What adds up to each cell, by row and column."""


def names_of(text: str) -> list[str]:
    """Return the dimensions that `rows` or `columns` name: several, separated by commas; none for `none`."""
    return [] if text == "none" else text.split(",")


def dimensions_of(text: str, asked: dict[str, Any], moment: dt.datetime) -> list[Dimension]:
    """Return the dimensions that `rows` or `columns` name."""
    return [dimension(name, asked.get("group") or [], moment) for name in names_of(text)]


def make_table(
    contributions: QuerySet[Any], *, rows: str, columns: str, measure: Measure, asked: dict[str, Any],
    moment: dt.datetime, options: Options | None = None,
) -> Table:  # fmt: skip
    """Return the table of `contributions`, filtered already by what was `asked`, as of `moment`.

    Raises MixedSum where a sum would mix stages or bases, deployments with aid, or groups that overlap.
    """
    options = options or Options()
    down, across = dimensions_of(rows, asked, moment), dimensions_of(columns, asked, moment)
    basis = asked.get("basis") or ["headline"]
    measure = in_unit(measure, basis)
    table = Table([], [], rows, columns, measure, [], basis, options=options)
    _fill(table, counted(contributions, measure, asked), down, across)
    never_added = check_mixing(table.stages, asked, [*down, *across], measure.per, moment)
    table.rows = _members(down, {row for row, _column in table.cells}, moment)
    table.columns = _members(across, {column for _row, column in table.cells}, moment)
    if options.top is not None:
        keep_top(table, options.top, never_added, running=options.cumulative)
    if options.cumulative:
        never_added |= run_on(table, names_of(rows), names_of(columns))
    _add_totals(table, never_added)
    return table


def _fill(table: Table, contributions: QuerySet[Any], down: list[Dimension], across: list[Dimension]) -> None:
    """Add every group of the ledger that the table distinguishes to its cells, and count it once in the notes."""
    figures, stages = table.options.figures, set[str]()
    annotate = {name: each for dimension in [*down, *across] for name, each in dimension.annotations().items()}
    needed = [dimension.column for dimension in [*down, *across]]
    by_year = any(dimension.name == "year" for dimension in [*down, *across])
    keys, notes = (AxisKeys(down), AxisKeys(across)), list[TableCell]()
    parts: CellParts = defaultdict(list)
    for rows, shares, columns in figures.portions(contributions, annotate, needed):
        groups = grouped(rows, columns, table.measure, by_year, as_objects=figures.enter)
        stages |= groups.stages
        table.no_date += groups.undated
        table.bundled += groups.bundled
        if figures.enter:
            notes += _place_with_figures(parts, groups, *keys, shares, figures)
        else:
            _place(parts, groups, *keys)
            notes += groups.cells
    table.cells = {position: cells[0] if len(cells) == 1 else added(cells) for position, cells in parts.items()}
    table.notes = added(notes)._replace(value=None, pledges=frozenset())
    table.stages = stages_of(stages)


class AxisKeys(dict[tuple[Any, ...], list[MemberKey]]):
    """The rows, or columns, in which values of the ledger count, worked out once: one, but for groups that overlap."""

    def __init__(self, dimensions: list[Dimension]) -> None:
        self.dimensions = dimensions
        self._members = [cache(each.members_of) for each in dimensions]
        self.columns = [each.column for each in dimensions]

    def __missing__(self, values: tuple[Any, ...]) -> list[MemberKey]:
        members = [of(value) for of, value in zip(self._members, values, strict=True)]
        found = self[values] = [key_of(parts) for parts in product(*members)]
        return found

    def places_in(self, by: list[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """Return what takes the values of the columns out of those of `by`, as a tuple of any length."""
        places = [by.index(column) for column in self.columns]
        if len(places) > 1:
            return itemgetter(*places)
        first, end = (places[0], places[0] + 1) if places else (0, 0)
        return lambda values: values[first:end]


def _place(parts: CellParts, groups: GroupsOfRows, down: AxisKeys, across: AxisKeys) -> None:
    """Add each group to its cell: to several, where groups of parties overlap."""
    row_of, column_of = down.places_in(groups.by), across.places_in(groups.by)
    for values, cell in zip(groups.values, groups.cells, strict=True):
        for row in down[row_of(values)]:
            for column in across[column_of(values)]:
                parts[row, column].append(cell)


def _place_with_figures(
    parts: CellParts, groups: GroupsOfRows, down: AxisKeys, across: AxisKeys, shares: Shares, figures: Figures
) -> Iterator[TableCell]:
    """Do as `_place` with what `figures` make of each group; yields what counts in the notes."""
    for values, group in zip(groups.values, groups.cells, strict=True):
        raw, note = dict(zip(groups.by, values, strict=True)), group
        for own, share in shares(raw):
            cell = group if share is None else group.times(share)._replace(shared_out=group.contributions)
            cell = figures.apply(cell, own)
            if cell is not group:
                note = group._replace(no_figure=cell.no_figure, shared_out=cell.shared_out)
            rows, columns = (keys[tuple(own[column] for column in keys.columns)] for keys in (down, across))
            for position in product(rows, columns):
                parts[position].append(cell)
        yield note


def _members(dimensions: list[Dimension], keys: Iterable[MemberKey], moment: dt.datetime) -> list[Member]:
    """Return the rows or columns in order, by the first dimension, then by the next."""
    present = set(map(parts_of, keys))
    if not dimensions:
        # Also of nothing: which columns a table has never depends on what is in it.
        return [Member((), _("total"))]
    named = [each.named({parts[at] for parts in present}, moment) for at, each in enumerate(dimensions)]
    if len(dimensions) == 1:
        return named[0]
    members = [{member.id: member for member in each} for each in named]
    places = [{member.id: place for place, member in enumerate(each)} for each in named]
    ordered = sorted(present, key=lambda parts: [*map(getitem, places, parts)])
    return [joined(tuple(map(getitem, members, parts))) for parts in ordered]


def _add_totals(table: Table, never_added: set[str]) -> None:
    """Add up the cells, but across what is never added."""
    across_columns = not never_added & set(names_of(table.column_dimension))
    across_rows = not never_added & set(names_of(table.row_dimension))
    if across_columns and names_of(table.column_dimension):
        table.row_totals = totals(table.cells, itemgetter(0))
    if across_rows:
        table.column_totals = totals(table.cells, itemgetter(1))
    if across_columns and across_rows:
        table.total = added([*(table.column_totals or {}).values()])


def spelled_out(table: Table) -> str:
    """Return the measure of a table in a sentence."""
    measure = table.measure
    what = {
        VALUE: _("value in %s") % measure.currency,
        QUANTITY: _("quantity in units"),
        COUNT: _("number of contributions"),
        PLEDGES: _("number of pledges"),
    }[measure.measure]
    stages = ", ".join(str(MEMBER_LABELS["stage"][stage]) for stage in table.stages) or _("none")
    text = _("%(what)s; stage: %(stages)s") % {"what": what[:1].upper() + what[1:], "stages": stages}
    valued = [basis_in_words(table.basis)] if measure.measure == VALUE else []
    running = [_("running sums")] if table.options.cumulative else []
    return "; ".join([text, *valued, counting_in_words(measure.counting), *table.options.figures.text, *running])
