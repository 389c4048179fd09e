"""The contribution table: contributions added up by any dimensions.

A measure is a stage, a basis, a currency and net or gross; one sum never mixes stages or bases
(docs/methodology.md, "What is never added"). What is unknown is counted beside the sum, never as zero.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, product
from operator import call, getitem
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
from tracker.reporting.tables.table import Lines, Options, Table
from tracker.reporting.tables.totals import column_totals, keep_top, row_totals, run_on

Part = tuple[list[MemberKey], list[MemberKey], TableCell]
"""What counts in each of some rows and columns."""


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
    stages = asked.get("stage") or []
    _fill(table, counted(contributions, measure, asked), down, across, stages[0] if len(stages) == 1 else None)
    never_added = check_mixing(table.stages, asked, [*down, *across], measure.per, moment)
    table.rows = _members(down, table.lines, moment)
    table.columns = _members(across, set[MemberKey]().union(*table.lines.values()), moment)
    if options.top is not None:
        keep_top(table, options.top, never_added, running=options.cumulative)
    if options.cumulative:
        never_added |= run_on(table, names_of(rows), names_of(columns))
    _add_totals(table, never_added)
    return table


def _fill(
    table: Table, contributions: QuerySet[Any], down: list[Dimension], across: list[Dimension], stage: str | None
) -> None:  # fmt: skip
    """Add every group of the ledger that the table distinguishes to its cells, and count it once in the notes.

    `stage` is that of all contributions, where they are known to have the same.
    """
    figures, stages = table.options.figures, set[str]()
    annotate = {name: each for dimension in [*down, *across] for name, each in dimension.annotations().items()}
    needed = [dimension.column for dimension in [*down, *across]]
    by_year = any(dimension.name == "year" for dimension in [*down, *across])
    keys, notes = (AxisKeys(down), AxisKeys(across)), list[TableCell]()
    parts: list[Iterable[Part]] = []
    for rows, shares, columns in figures.portions(contributions, annotate, needed):
        groups = grouped(rows, columns, table.measure, by_year, stage, as_objects=figures.enter)
        stages |= groups.stages
        table.no_date += groups.undated
        table.bundled += groups.bundled
        if figures.enter:
            parts.append(_parts_with_figures(groups, *keys, shares, figures, notes))
        else:
            parts.append(zip(*(each.of(groups) for each in keys), groups.cells, strict=True))
            notes += groups.cells
    table.lines = _placed(chain.from_iterable(parts))
    table.notes = added(notes)._replace(value=None, pledges=frozenset())
    table.stages = stages_of(stages)


class AxisKeys(dict[tuple[Any, ...], list[MemberKey]]):
    """The rows, or columns, in which values of the ledger count, worked out once: one, but for groups that overlap."""

    def __init__(self, dimensions: list[Dimension]) -> None:
        self.dimensions = dimensions
        self._members = [cache(each.members_of) for each in dimensions]
        self.columns = [each.column for each in dimensions]

    def __missing__(self, values: tuple[Any, ...]) -> list[MemberKey]:
        found = self[values] = [*map(key_of, product(*map(call, self._members, values)))]
        return found

    def of(self, groups: GroupsOfRows) -> Iterator[list[MemberKey]]:
        """Return the rows, or columns, of each group."""
        return map(self.__getitem__, groups.values(self.columns))


def _placed(parts: Iterable[Part]) -> Lines:
    """Return lines with each part in its cell: in several, where groups of parties overlap."""
    lines: Lines = defaultdict(dict)
    more: dict[tuple[MemberKey, MemberKey], list[TableCell]] = defaultdict(list)
    for rows, columns, cell in parts:
        for row in rows:
            line = lines[row]
            for column in columns:
                if line.setdefault(column, cell) is not cell:
                    more[row, column].append(cell)
    for (row, column), cells in more.items():
        lines[row][column] = added([lines[row][column], *cells])
    return dict(lines)


def _parts_with_figures(
    groups: GroupsOfRows, down: AxisKeys, across: AxisKeys, shares: Shares, figures: Figures, notes: list[TableCell]
) -> Iterator[Part]:
    """Yield what `figures` make of each group; what counts in the notes is added to `notes`."""
    for values, group in zip(groups.values(groups.by), groups.cells, strict=True):
        raw, note = dict(zip(groups.by, values, strict=True)), group
        for own, share in shares(raw):
            cell = group if share is None else group.times(share).all_are("shared_out")
            cell = figures.apply(cell, own)
            note = group._replace(packed=cell.packed)
            rows, columns = (keys[tuple(own[column] for column in keys.columns)] for keys in (down, across))
            yield rows, columns, cell
        notes.append(note)


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
    return [joined(parts, tuple(map(getitem, members, parts))) for parts in ordered]


def _add_totals(table: Table, never_added: set[str]) -> None:
    """Add up the cells, but across what is never added."""
    across_columns = not never_added & set(names_of(table.column_dimension))
    across_rows = not never_added & set(names_of(table.row_dimension))
    if across_columns and names_of(table.column_dimension):
        table.row_totals = row_totals(table.lines)
    if across_rows:
        table.column_totals = column_totals(table.lines)
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
