"""Lines: the rows of a table as a profile means them, with notes on what could not be read."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from tracker.exchange.drafting.said_of_cells import why_unread
from tracker.exchange.drafting.table_reading import IN_MEMORY, TableReading, clean
from tracker.exchange.inbound.conventions import Conventions
from tracker.exchange.inbound.files import Row
from tracker.exchange.inbound.number_formats import CellFormat, Says
from tracker.exchange.profiles.base import Profile, Words
from tracker.lib import canonical, cells, money, partial_dates, quantities, reading_cells
from tracker.lib.cells import Cell, CellError
from tracker.lib.partial_dates import PartialDate
from tracker.lib.quantities import UNKNOWN as UNKNOWN_QUANTITY
from tracker.lib.quantities import Quantity
from tracker.lib.text import fold
from tracker.records.engine.spilled import Place

T = TypeVar("T")
_MARKED = re.compile(r"\((.+?)\??\)|(.+?) ?\?")

_NOTHING: frozenset[str] = frozenset()
_PLAIN: Mapping[str, CellFormat] = {}
_UNKNOWN = Quantity(UNKNOWN_QUANTITY)

_date = lru_cache(maxsize=5_000, typed=True)(reading_cells.date)
_quantity = lru_cache(maxsize=5_000, typed=True)(reading_cells.quantity)
_money_read = lru_cache(maxsize=5_000, typed=True)(reading_cells.money_read)


class FileLine:
    """One row. What it says wrongly is unknown, and noted: nothing here raises.

    The parties and `aid_type` are found when it is drafted.
    """

    __slots__ = (
        "_place", "activity", "aid_type", "beneficiary", "contributor", "formats", "is_whole", "notes", "number",
        "part", "reading", "supplier", "unread", "values",
    )  # fmt: skip

    values: dict[str, Cell]
    """The cells that are not empty, by column."""

    def __init__(self, row: Row, values: dict[str, Cell], reading: TableReading) -> None:
        self.number = row.number
        self.values = {name: cell for name, cell in values.items() if cell is not None}
        self._place: Place | None = None
        self.reading = reading
        # Nearly every row has none of these: one that is empty takes no memory.
        self.notes: tuple[str, ...] = ()
        self.formats = reading.formats_of(row) if row.formats else _PLAIN
        """What cells show by their number format and their number does not say, by column."""
        self.unread = _NOTHING
        """Columns whose cell says something that could not be read."""
        profile = reading.profile
        self.contributor = self.supplier = ""
        self.beneficiary = profile.beneficiary
        self.aid_type = ""
        self.activity = self._identifier(profile.activity) if profile.activity in reading.columns else self._told()
        self.part = self._identifier(profile.part)
        self.is_whole = bool(profile.is_whole) and self.word(profile.is_whole) == "yes"

    def __getattr__(self, name: str) -> Any:
        # Asked for what it has not: its cells, where they are put away.
        if name != "values":
            raise AttributeError(name)
        self.values = self.reading.cells_at(self._place) if self._place else {}
        return self.values

    def put_away(self) -> None:
        """Keep the cells outside of the memory until the next look: all lines are held until the last is read.

        Those of the first lines, which a file mostly has no more than, stay where they are.
        """
        if self._place is None:
            self._place = self.reading.put_away(self.values)
        if self._place != IN_MEMORY:
            self.let_go()

    def let_go(self) -> None:
        """Take the cells out of the memory: those that were not put away in a file are not to be asked for again."""
        with suppress(AttributeError):
            del self.values

    @property
    def profile(self) -> Profile:
        """What its columns mean."""
        return self.reading.profile

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the sheet has."""
        return self.reading.columns

    @property
    def conventions(self) -> Conventions:
        """How its columns are written."""
        return self.reading.conventions

    def _told(self) -> str:
        """Return an id made of what tells a row from others, where the sheet has none; empty where it is blank."""
        texts = [fold(self.text(column)) for column in self.profile.told_by]
        return f"~{canonical.digest(canonical.dump(texts))[:20]}" if any(texts) else ""

    @property
    def lead(self) -> str:
        """The party whose pledge this is in the first place."""
        return self.contributor or self.supplier or self.beneficiary

    def note(self, message: str) -> None:
        """Remember what was odd in the row, once."""
        if message not in self.notes:
            self.notes = (*self.notes, message)

    def _identifier(self, column: str) -> str:
        if not column or not self.is_known(column):
            return ""
        try:
            found = cells.identifier(self.values.get(column))
        except CellError as error:
            self._cannot_read(column, error)
            return ""
        if found.note:
            self.note(f"{column}: {found.note}")
        return found.matched[:70]

    def is_known(self, column: str) -> bool:
        """Tell whether the row says something in `column`."""
        cell = self.values.get(column)
        return self.reading.known[cell] if isinstance(cell, str) else cell is not None

    def text(self, column: str) -> str:
        """Return one line of text; empty where nothing is known, and for an error such as `#REF!`, which is noted."""
        cell = self.values.get(column)
        if not isinstance(cell, str):
            return cells.text(cell)
        found = self.reading.texts[cell]
        if found is None:
            self._note_error(column)
        return found or ""

    def first_text(self, columns: Iterable[str]) -> str:
        """Return the text of the first of `columns` that has one; empty where none has."""
        return next((text for column in columns if (text := self.text(column))), "")

    def prose(self, column: str) -> str:
        """Return text that keeps its lines; empty where nothing is known, and for an error, which is noted."""
        return clean(cells.prose(self.values.get(column))) if self.text(column) else ""

    def _note_error(self, column: str) -> None:
        self._cannot_read(column, _("“%s” is an error that a program shows") % cells.text(self.values.get(column)))

    def amount(self, column: str, currency: str = "") -> Decimal | None:
        """Return an amount to the cent; None where it is unknown, is none or names another currency, which is noted.

        One below zero is noted, too: as a correction of a stage, and as none in a price.
        """
        if column not in self.values:
            return None
        found, named = self._money(column)
        if named == "USD" and currency in money.DOLLARS and money.is_bare_dollar(self._naming(column)):
            named = currency
        if named and currency and named != currency:
            if column in self.formats:
                self.reading.said.note_format(column, self.formats[column], self.number)
            self._cannot_read(column, _("it names %(named)s, and is in %(currency)s") % {
                "named": named, "currency": currency})  # fmt: skip
            return None
        problem = money.unit_problem(found, currency) if found is not None and currency else ""
        if found is not None and found < 0 and column not in self.profile.corrected:
            problem = _("“%s” is negative") % cells.text(self.values.get(column))[:40]
        if problem:
            self._cannot_read(column, problem)
            return None
        if found is not None and found < 0:
            self.note(_("%(column)s: %(found)s is below zero, a correction.") % {
                "column": self.conventions.heads.get(column, column), "found": found})  # fmt: skip
        return found

    def _money(self, column: str) -> tuple[Decimal | None, str]:
        mark = self.conventions.mark(column)
        unknown: tuple[Decimal | None, str, bool] = (None, "", False)
        found, named, is_rounded = self._read(column, unknown, _money_read, self.profile.sentinels, mark)
        if column in self.formats and found is not None:
            if not self._shows_its_number(column):
                return None, ""
            named = self._shown_currency(self.formats[column])
        if is_rounded:
            self.reading.said.note_rounded(column, self.number)
        return found, named

    def _shows_its_number(self, column: str, *, is_money: bool = True) -> bool:
        """Tell whether the number in a cell is what the cell says; where it shows something else, that is noted."""
        shown = self.formats.get(column)
        problem = why_unread(shown, cells.text(self.values.get(column)), is_money=is_money) if shown else ""
        if shown and (problem or shown.says is not Says.CURRENCY):
            self.reading.said.note_format(column, shown, self.number)
        if problem:
            self._cannot_read(column, problem)
        return not problem

    @staticmethod
    def _shown_currency(shown: CellFormat) -> str:
        return money.currency_code(shown.words) if shown.says is Says.CURRENCY else ""

    def _naming(self, column: str) -> str:
        """Return what names the currency of an amount: the text of its cell, or what its format shows."""
        shown = self.formats.get(column)
        return shown.words if shown is not None else cells.text(self.values.get(column))

    def currency_named(self, column: str) -> str:
        """Return the currency that the cell of an amount names; empty where it names none, or a `$` in doubt."""
        named = self._money(column)[1] if column else ""
        problem = self.conventions.dollar_problem(self._naming(column), self.lead) if named else ""
        if problem:
            self._cannot_read(column, problem)
        return "" if problem else named

    def quantity(self, column: str) -> Quantity:
        """Return a number of units; unknown where the row does not say it, or says it wrongly, which is noted."""
        if column not in self.values and not self.profile.estimates:
            return _UNKNOWN
        mark = self.conventions.mark(column)
        if self.formats and not self._shows_its_number(column, is_money=False):
            return _UNKNOWN
        found = self._read(column, _UNKNOWN, _quantity, mark)
        return quantities.estimated(found) if self._is_estimate(column) else found

    def date(self, column: str) -> str:
        """Return an EDTF date; empty where it is unknown, or no date, which is noted."""
        return self._date(column).edtf

    def date_of_step(self, column: str) -> str:
        """Return the EDTF date of what follows from the announcement: where it is unknown, some day since then."""
        return (self.date(column) or partial_dates.since(self._date(self.profile.announced)).edtf) if column else ""

    def _date(self, column: str) -> PartialDate:
        order = self.conventions.order(column)
        found = self._read(column, partial_dates.UNKNOWN, _date, order)
        if found.fiscal_year:
            self.note(_("%(column)s: “%(year)s” is a fiscal year; it is kept as the two calendar years.") % {
                "column": self.conventions.heads.get(column, column), "year": found.fiscal_year})  # fmt: skip
        return partial_dates.approximate(found) if self._is_estimate(column) else found

    def _cell(self, column: str) -> tuple[Cell, bool]:
        """Return what can be an estimate without the mark of one, `(40)` or `40?`, and whether it had that."""
        cell = self.values.get(column)
        marked = _MARKED.fullmatch(cell.strip()) if isinstance(cell, str) else None
        return (marked[1] or marked[2], True) if marked else (cell, False)

    def _is_estimate(self, column: str) -> bool:
        """Tell whether a mark, or another column, says that what stands in `column` is an estimate."""
        said_in = self.profile.estimates.get(column, "")
        if not said_in:
            return False
        if self._cell(column)[1]:
            return True
        if cells.text(self.values.get(said_in)) == "?":
            return True
        return self._read(said_in, None, reading_cells.yes_no, self.profile.sentinels) is True

    def currency(self, column: str) -> str:
        """Return a currency code; empty where there is none, or an unknown one or a `$` in doubt, which is noted."""
        named = self.text(column)
        try:
            code = money.currency_code(named) if named else ""
        except money.AmountError as error:
            self._cannot_read(column, error)
            return ""
        problem = self.conventions.dollar_problem(named, self.lead)
        if problem:
            self._cannot_read(column, problem)
        return "" if problem else code

    def word(self, words: Words | None) -> str | None:
        """Return what the word in a column stands for; None where it stands for nothing and there is no default."""
        if words is None:
            return ""
        return self.reading.meanings(words)[self.text(words.column)]

    def _read(self, column: str, unknown: T, read: Callable[..., T], *how: Any) -> T:
        """Return what a cell says, read by `how`; `unknown` where it cannot be read, which is noted."""
        try:
            return read(self._cell(column)[0] if column in self.profile.estimates else self.values.get(column), *how)
        except CellError as error:
            self._cannot_read(column, error)
            return unknown

    def _cannot_read(self, column: str, error: object) -> None:
        head = self.conventions.heads.get(column, column)
        self.note(_("%(column)s: %(error)s; it cannot be read.") % {"column": head, "error": error})
        self.unread |= {column}
