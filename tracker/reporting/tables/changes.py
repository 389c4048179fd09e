"""What became of a contribution table between two moments: each changed cell, by change set and by its cause.

A table is worked out after each publishing in between. What one publishing changed is the difference of the tables
after and before it, so that the parts of a cell add up to its whole difference exactly, whatever they were made of:
amounts, rates, memberships, figures of others.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.models import ChangeSet, Edit, Pledge
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import as_number
from tracker.reporting.tables.members import Member, MemberKey, address_of
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table

MOST_CHANGE_SETS = 200
"""After how many publishings a table is worked out for one answer."""

Number = Decimal | int
"""A sum as it is printed: what is rounded there is rounded before it is subtracted."""

Position = tuple[MemberKey, MemberKey]
Numbers = dict[Position, Number | None]


class TooManyChangeSets(ValueError):
    """More was published between two moments than one answer goes through; `found` says how much."""

    def __init__(self, found: int) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class CellDifference:
    """What one change set changed of a cell; an unknown value adds nothing."""

    change_set: ChangeSet
    difference: Number
    cause: str
    """That of the change set, but of records that it withdraws: withdrawal."""


@dataclass
class CellChange:
    """A cell that changed, also where it changed back. `before` and `after` are None where nothing was known."""

    row: Member
    column: Member
    before: Number | None
    after: Number | None
    parts: list[CellDifference]

    @property
    def difference(self) -> Decimal:
        """What the cell has more afterwards, or, where negative, less: the sum of its parts."""
        return sum((Decimal(part.difference) for part in self.parts), Decimal())

    def by_cause(self) -> dict[str, Decimal]:
        """Return the difference by the cause of the change sets."""
        found: dict[str, Decimal] = defaultdict(Decimal)
        for part in self.parts:
            found[part.cause] += part.difference
        return dict(sorted(found.items()))


@dataclass
class TableChanges:
    """The cells that changed between two moments, the most changed first; and the table after the later one."""

    after: Table
    cells: list[CellChange] = field(default_factory=list)

    @property
    def change_sets(self) -> list[ChangeSet]:
        """The change sets that changed a cell, in the order in which they were published."""
        found = {part.change_set.pk: part.change_set for cell in self.cells for part in cell.parts}
        return sorted(
            found.values(), key=lambda change_set: (change_set.published_at or dt.datetime.max, change_set.pk)
        )


Ask = Callable[[dt.datetime], Question | None]
"""Gives the question as of a moment; None where it asks of what was not published by then."""


def changes_between(ask: Ask, start: dt.datetime, end: dt.datetime) -> TableChanges:
    """Return what changed after `start` up to `end`, both moments of publishings or before the first.

    At `end` there is a question. Raises MixedSum as tables do, and TooManyChangeSets.
    """
    change_sets = list(published.change_sets(end).filter(published_at__gt=start).order_by("published_at"))
    if len(change_sets) > MOST_CHANGE_SETS:
        raise TooManyChangeSets(len(change_sets))
    table = _table(ask, start)
    before = now = _numbers(table)
    parts: dict[Position, list[CellDifference]] = defaultdict(list)
    members: tuple[dict[MemberKey, Member], dict[MemberKey, Member]] = ({}, {})
    _learn(members, table)
    moment = start
    for change_set in change_sets:
        without = _without_withdrawn(ask(moment), change_set)
        if without is not None:
            _note(parts, now, without, change_set, ChangeSet.Cause.WITHDRAWAL)
            now = without
        moment = _published_at(change_set)
        table = _table(ask, moment)
        _learn(members, table)
        then = _numbers(table)
        _note(parts, now, then, change_set, change_set.cause)
        now = then
    # Of `end`: nothing is published after the last of them, and where there is none, `start` is no earlier.
    assert table is not None
    return TableChanges(table, _in_order(parts, members, before, now))


def _note(
    parts: dict[Position, list[CellDifference]], before: Numbers, after: Numbers, change_set: ChangeSet, cause: str
) -> None:  # fmt: skip
    for position, difference in _differences(before, after):
        parts[position].append(CellDifference(change_set, difference, cause))


def _without_withdrawn(question: Question | None, change_set: ChangeSet) -> Numbers | None:
    """Return the cells as they were without the pledges that a change set of another cause withdrew; None for none."""
    if question is None or change_set.cause == ChangeSet.Cause.WITHDRAWAL:
        return None
    gone = list(
        change_set.edits.filter(action=Edit.Action.WITHDRAW, kind=Pledge.kind).values_list("public_id", flat=True)
    )
    return _numbers(question.table(but=gone)) if gone else None


def _published_at(change_set: ChangeSet) -> dt.datetime:
    assert change_set.published_at is not None
    return change_set.published_at


def _table(ask: Ask, moment: dt.datetime) -> Table | None:
    question = ask(moment)
    return None if question is None else question.table()


def _numbers(table: Table | None) -> Numbers:
    """Return the cells of a table as they are printed."""
    return {} if table is None else {key: as_number(cell.value, table.measure) for key, cell in table.cells.items()}


def _learn(members: tuple[dict[MemberKey, Member], ...], table: Table | None) -> None:
    """Note what rows and columns are called; the newest name stays."""
    if table is not None:
        for known, listed in zip(members, (table.rows, table.columns), strict=True):
            known.update((member.id, member) for member in listed)


def _differences(before: Numbers, after: Numbers) -> Iterable[tuple[Position, Number]]:
    """Yield the cells whose known value differs."""
    for position in before.keys() | after.keys():
        difference = (after.get(position) or 0) - (before.get(position) or 0)
        if difference:
            yield position, difference


def _in_order(
    parts: dict[Position, list[CellDifference]], members: tuple[dict[MemberKey, Member], dict[MemberKey, Member]],
    before: Numbers, after: Numbers,
) -> list[CellChange]:  # fmt: skip
    rows, columns = members
    cells = [
        CellChange(rows[row], columns[column], before.get((row, column)), after.get((row, column)), found)
        for (row, column), found in parts.items()
    ]
    return sorted(cells, key=_most_changed_first)


def _most_changed_first(cell: CellChange) -> tuple[Decimal, str, str, str, str]:
    """Return what orders the cells; no two have the same row and column."""
    row, column = cell.row, cell.column
    return -abs(cell.difference), row.name, column.name, address_of(row.id), address_of(column.id)
