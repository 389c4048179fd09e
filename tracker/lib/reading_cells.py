"""What a cell of a table says: a number, an amount, a quantity, a date, or yes or no.

Every function is pure. Where a cell says that something is not known, it returns None (or the
unknown date or quantity): unknown is never zero. Where it cannot be read, it raises CellError.
"""

import datetime as dt
from collections.abc import Callable, Collection
from contextlib import suppress
from decimal import Decimal
from typing import TypeVar

from tracker.lib import money, numbers, partial_dates, quantities
from tracker.lib.cells import MAX_LENGTH, SENTINELS, Ambiguous, Cell, CellError, is_unknown, text
from tracker.lib.money import MAX_AMOUNT
from tracker.lib.numbers import Mark
from tracker.lib.partial_dates import DateError, DayOrder, PartialDate
from tracker.lib.quantities import Quantity, QuantityError

T = TypeVar("T")

_FLOAT_NOISE, _FLOAT_PART = Decimal("1e-9"), Decimal("1e-15")
"""What a sum of floats can be wrong by: so much, or so much of a large number."""


def number(cell: Cell, sentinels: Collection[str] = SENTINELS, mark: Mark | None = None) -> Decimal | None:
    """Return the number in a cell, exactly; None where it is not known.

    `mark` is the convention of its column. Raises Ambiguous where a text can be two numbers, and CellError where it is
    none, or not by `mark`, for a date and for yes or no.
    """
    if is_unknown(cell, sentinels):
        return None
    if isinstance(cell, str):
        try:
            return numbers.parse(cell, mark)
        except numbers.NumberError as error:
            raise _as_cell_error(error) from None
    return _typed(cell)


def _typed(cell: Cell) -> Decimal:
    """Return the number that a program typed as one."""
    if isinstance(cell, bool):
        raise CellError(f"“{text(cell)}” is not a number, but yes or no")
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    raise CellError(f"“{text(cell)}” is not a number; is the cell formatted as a date?")


def _as_cell_error(error: ValueError) -> CellError:
    """Return the error about a text as one about its cell; where both of its readings are possible, Ambiguous."""
    return Ambiguous(str(error)) if hasattr(error, "readings") else CellError(str(error))


def amount(cell: Cell, sentinels: Collection[str] = SENTINELS, mark: Mark | None = None) -> Decimal | None:
    """Return an amount of money rounded to the smallest unit, half to even; None where not known.

    A publisher's conversions have as many decimals as a float; the register keeps cents. Raises as `number`, and
    CellError where it is larger than the register keeps, or has part of the smallest unit of a currency without cents.
    """
    return money_in(cell, sentinels, mark)[0]


def money_in(
    cell: Cell, sentinels: Collection[str] = SENTINELS, mark: Mark | None = None
) -> tuple[Decimal | None, str]:
    """Do as `amount`, and return the code of the currency that the cell names, too; empty where it names none."""
    return money_read(cell, sentinels, mark)[:2]


def money_read(
    cell: Cell, sentinels: Collection[str] = SENTINELS, mark: Mark | None = None
) -> tuple[Decimal | None, str, bool]:
    """Do as `money_in`, and tell whether parts of the smallest unit were rounded: what floats come to is none."""
    if is_unknown(cell, sentinels):
        return None, "", False
    try:
        found, currency = money.parse_exact(cell, mark) if isinstance(cell, str) else (_typed(cell), "")
        if found.copy_abs() > MAX_AMOUNT:
            raise CellError(f"“{text(cell)[:60]}” is larger than {MAX_AMOUNT:,}")
        problem = money.unit_problem(found, currency)
    except money.AmountError as error:
        raise _as_cell_error(error) from None
    if problem:
        raise CellError(f"“{text(cell)[:60]}”: {problem}")
    rounded = money.to_unit(found, currency)
    return rounded, currency, rounded != found and not _is_noise(rounded - found, found)


def _is_noise(difference: Decimal, number: Decimal) -> bool:
    """Tell whether a program that works with floats can have made a difference."""
    return difference.copy_abs() <= max(_FLOAT_NOISE, number.copy_abs() * _FLOAT_PART)


def quantity(cell: Cell, mark: Mark | None = None) -> Quantity:
    """Return a number of units; unknown or withheld where the cell says so.

    A joint gift that is split gives fractions, of which six decimals are kept. Raises Ambiguous where a text can be
    two numbers, CellError for anything else, and below zero.
    """
    if isinstance(cell, str):
        try:
            return quantities.rounded(quantities.parse_exact(cell, mark))
        except QuantityError as error:
            if is_unknown(cell):
                return Quantity(quantities.UNKNOWN)
            raise _as_cell_error(error) from None
    units = number(cell)
    if units is None:
        return Quantity(quantities.UNKNOWN)
    if not 0 <= units <= quantities.MAX_QUANTITY:
        raise CellError(f"“{text(cell)[:60]}” is no number of units between 0 and {quantities.MAX_QUANTITY:,}")
    return quantities.rounded(Quantity(quantities.EXACT, units, units))


def date(cell: Cell, order: DayOrder | None = None) -> PartialDate:
    """Return the date in a cell, `partial_dates.UNKNOWN` where there is none.

    `order` is the convention of its column, and decides on 06/02/2024. A number is a year, a day as spreadsheets
    count them, or 20240206. Raises Ambiguous where it can be two dates, and CellError for a day that does not exist,
    and for anything that is no date.
    """
    if is_unknown(cell):
        return partial_dates.UNKNOWN
    if isinstance(cell, dt.date):
        written = f"{cell:%Y-%m-%d}"
    elif isinstance(cell, bool):
        raise CellError(f"“{text(cell)}” is not a date")
    else:
        written = text(cell)
    try:
        return partial_dates.parse(written, order)
    except DateError as error:
        raise _as_cell_error(error) from None


def _readings(read: Callable[[str, Mark], T], cell: Cell) -> dict[Mark, T]:
    """Return what a text can be, by the mark before decimals; nothing for digits alone, which tell nothing."""
    found: dict[Mark, T] = {}
    if isinstance(cell, str) and not cell.strip().isdigit():
        for mark in Mark:
            with suppress(ValueError):
                found[mark] = read(cell, mark)
    return found


def number_readings(cell: Cell) -> dict[Mark, Decimal]:
    """Return the numbers that a text can be, by the mark before decimals."""
    return _readings(numbers.parse, cell)


def amount_readings(cell: Cell) -> dict[Mark, tuple[Decimal, str]]:
    """Return the amounts and currencies that a text can be, by the mark before decimals."""
    return _readings(money.parse_exact, cell)


def quantity_readings(cell: Cell) -> dict[Mark, Quantity]:
    """Return the quantities that a text can be, by the mark before decimals."""
    return _readings(quantities.parse_exact, cell)


def date_readings(cell: Cell) -> dict[DayOrder, PartialDate]:
    """Return the dates that a text can be, by the order of day and month."""
    return partial_dates.readings(cell) if isinstance(cell, str) else {}


def yes_no(cell: Cell, sentinels: Collection[str] = SENTINELS) -> bool | None:
    """Return what `Yes`, `No`, 1 or 0 say; None where not known. Raises CellError for anything else."""
    if is_unknown(cell, sentinels):
        return None
    said = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
    word = text(cell)[:MAX_LENGTH].casefold()
    if word not in said:
        raise CellError(f"“{text(cell)[:60]}” is neither yes nor no, 1 nor 0")
    return said[word]
