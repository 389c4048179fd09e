"""By which convention each column of a table is written: found before a cell is read, or asked about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.exchange.inbound.workbook_types import FileRefused, Row
from tracker.lib import cells, money, reading_cells
from tracker.lib.cells import Cell
from tracker.lib.conventions import Evidence, Seen, elsewhere, settle
from tracker.lib.numbers import Mark, written
from tracker.lib.partial_dates import DayOrder

AMOUNT, NUMBER, QUANTITY, DATE = "amount", "number", "quantity", "date"
"""What a column holds that can be read in two ways."""
UNREAD = "unread"
"""Said in place of a convention: leave what can be read in two ways unread."""
AS_WRITTEN = "as written"
"""Said of figures that can hardly be meant: they are right."""
Stated = Mark | DayOrder | str
"""A convention that somebody has said, or UNREAD."""
_READINGS: dict[str, Any] = {
    AMOUNT: reading_cells.amount_readings, NUMBER: reading_cells.number_readings,
    QUANTITY: reading_cells.quantity_readings, DATE: reading_cells.date_readings,
}  # fmt: skip
_LOCAL_SEPARATOR = ";"
"""Between cells where the comma is taken, as it stands before decimals. Programs write commas everywhere."""


@dataclass(frozen=True)
class ColumnQuestion:
    """A column whose cells can be read in two ways: the first of them, how many, and why nothing tells."""

    column: str
    head: str
    """How the file calls it."""
    holds: str
    seen: tuple[Seen, ...]
    count: int
    reason: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered: the conventions, and to leave the cells unread."""
        return (*(one.value for one in (DayOrder if self.holds == DATE else Mark)), UNREAD)

    def __str__(self) -> str:
        shown = "; ".join(self._shown(one) for one in self.seen[:3])
        more = _(" and %s more") % (self.count - 3) if self.count > 3 else ""
        return f"{self.head}: {shown}{more}. {self.reason}"

    def _shown(self, seen: Seen) -> str:
        both = " or ".join(_written(value) for value in _READINGS[self.holds](seen.text).values())
        return _("“%(text)s” in row %(row)s can be %(both)s") % {"text": seen.text[:60], "row": seen.row, "both": both}


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{written(value[0])} {value[1]}".strip()
    return written(value) if isinstance(value, Decimal) else str(getattr(value, "edtf", value))


@dataclass
class Conventions:
    """The conventions of the columns of one table.

    `holds` says of each column that can be read in two ways what it holds. `stated` are conventions that somebody has
    said, by column, or by `number` and `date` for all, or UNREAD. `heads` are how the file calls the columns. Every row
    is shown to it, then `settle` is called; what comes after that changes nothing.
    """

    holds: Mapping[str, str]
    separator: str = ""
    usual: DayOrder | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    questions: list[ColumnQuestion] = field(default_factory=list)
    mixed: dict[str, dict[Any, Seen]] = field(default_factory=dict)
    """Columns whose cells are written by different conventions, and a cell of each."""
    dollars: set[str] = field(default_factory=set)
    """Dollars other than the American that the table names anywhere."""
    is_settled: bool = False

    def __post_init__(self) -> None:
        self._evidence: dict[str, Evidence[Any]] = {column: Evidence() for column in self.holds}

    def look_at(self, row: int, values: Mapping[str, Cell]) -> None:
        """Take the cells of a row into account."""
        if self.is_settled:
            return
        currency = values.get("currency")
        if isinstance(currency, str):
            self.dollars.add(money.other_dollar_in(currency))
        for column, holds in self.holds.items():
            cell = values.get(column)
            if holds == AMOUNT and isinstance(cell, str):
                self.dollars.add(money.other_dollar_in(cell))
            if isinstance(cell, str) and not cells.is_unknown(cell):
                self._evidence[column].note(row, cell, _READINGS[holds](cell))

    def settle(self) -> None:
        """Decide by which convention each column is read, and which are asked about."""
        if self.is_settled:
            return
        self.is_settled = True
        for is_date in (False, True):
            columns = {name: own for name, own in self._evidence.items() if (self.holds[name] == DATE) is is_date}
            for name, own in columns.items():
                self._settle(name, own, elsewhere(other for other in columns.values() if other is not own), is_date)

    def _settle(self, name: str, own: Evidence[Any], others: Counter[Any], is_date: bool) -> None:
        hint = None if is_date or self.separator != _LOCAL_SEPARATOR else Mark.COMMA
        usual = self.usual if is_date else None
        stated = self.stated.get(name, self.stated.get(DATE if is_date else NUMBER))
        found = None if stated == UNREAD else stated
        self.found[name] = found or settle(own, others=others, hint=hint, usual=usual)
        if own.is_mixed and not stated:
            self.mixed[name] = own.witnesses
        if own.doubtful and self.found[name] is None and not stated:
            reason = _reason(own, others, hint, usual)
            head, seen = self.heads.get(name, name), tuple(own.doubtful)
            self.questions.append(ColumnQuestion(name, head, self.holds[name], seen, own.doubtful_count, reason))

    def refuse_doubts(self, place: str) -> None:
        """Raise FileRefused, naming each column that nothing tells how to read, or that is written in two ways."""
        asked = [str(question) for question in self.questions]
        named = {question.column for question in self.questions}
        asked += [
            f"{self.heads.get(name, name)}: {both_ways(seen)}" for name, seen in self.mixed.items() if name not in named
        ]
        if asked:
            dates = {self.holds[name] == DATE for name in {*self.mixed, *named}}
            options = {False: "--decimal point or comma", True: "--dates day-first or month-first"}
            raise FileRefused(
                _("%(place)s: %(asked)s Say it by %(options)s.")
                % {
                    "place": place,
                    "asked": " ".join(asked),
                    "options": ", or ".join(options[one] for one in sorted(dates)),
                }
            )

    def dollar_problem(self, text: str, country: str = "") -> str:
        """Return why the `$` of an amount is not read as the American dollar; empty where it is, or has none.

        `country` is who pays, by its ISO 3166 code: its own dollar can be meant, as can any that the table names.
        """
        own = money.dollar_of(country)
        others = {own} if own else self.dollars
        meant = sorted(others - {"", "USD"})
        if not meant or not money.is_bare_dollar(text):
            return ""
        words = {"text": text.strip()[:40], "codes": ", ".join(meant)}
        return _("“%(text)s” can be in USD or in %(codes)s: write the code of the currency") % words

    def mark(self, column: str) -> Mark | None:
        """Return what stands before decimals in a column of numbers; None where a cell is read alone."""
        found = self.found.get(column)
        return found if isinstance(found, Mark) else None

    def order(self, column: str) -> DayOrder | None:
        """Return which comes first in a column of dates; None where a cell is read alone."""
        found = self.found.get(column)
        return found if isinstance(found, DayOrder) else None


def both_ways(witnesses: Mapping[Any, Seen]) -> str:
    """Return that cells of one column are written by different conventions, with a cell of each."""
    found = (
        _("“%(text)s” in row %(row)s (%(how)s)") % {"text": seen.text[:40], "row": seen.row, "how": one.value}
        for one, seen in witnesses.items()
    )
    return _("Its cells are written in both ways: %s.") % ", ".join(found)


def _reason(own: Evidence[Any], others: Counter[Any], hint: Any, usual: Any) -> str:
    """Return why nothing tells how a column is read."""
    if own.is_mixed:
        return both_ways(own.witnesses)
    said = [
        (_("the column itself"), own.convention), *((_("other columns"), one) for one in others),
        (_("the separator"), hint), (_("the publisher's way"), usual),
    ]  # fmt: skip
    told = [f"{who} – {one.value}" for who, one in said if one is not None]
    if len(told) < 2:
        return _("Nothing in the file tells which.")
    return _("What could tell which contradicts itself: %s.") % ", ".join(told)


def conventions_of(
    rows: Iterable[tuple[Row, Mapping[str, Cell]]], holds: Mapping[str, str], separator: str = "",
    stated: Mapping[str, Stated] | None = None,
) -> Conventions:  # fmt: skip
    """Return the conventions of a table, settled from all its rows. See `Conventions`."""
    conventions = Conventions(holds, separator, stated=stated or {})
    for row, values in rows:
        conventions.look_at(row.number, values)
    conventions.settle()
    return conventions


def stated_of(said: Iterable[str]) -> dict[str, Stated]:
    """Return what `comma`, `price=point` or `announced=day first` state, by column, or for all. Raises ValueError."""
    found: dict[str, Stated] = {}
    known: dict[str, Stated] = {one.value: one for one in (*Mark, *DayOrder)} | {UNREAD: UNREAD, AS_WRITTEN: AS_WRITTEN}
    for text in said:
        column, _equals, word = text.rpartition("=")
        one = known.get(word.strip().lower().replace("-", " "))
        if one is None or (one in (UNREAD, AS_WRITTEN) and not column.strip()):
            raise ValueError(
                _("“%(said)s” says no convention; say one of %(known)s, or of one column: COLUMN=comma.")
                % {"said": text[:60], "known": ", ".join(known)}
            )
        found[column.strip() or (NUMBER if isinstance(one, Mark) else DATE)] = one
    return found
