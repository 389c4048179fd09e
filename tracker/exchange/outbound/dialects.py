"""Dialects of CSV: the standard's, and those that a spreadsheet opens right, for those who ask for one."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.exchange.outbound.formulas import defuse
from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that a file is UTF-8; without it names such as Türkiye come in broken."""


def plain(value: Any) -> str:
    """Return a number in all of its digits, without an exponent."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Dialect:
    """How a file separates values and writes decimals, and what it begins with."""

    separator: str = ","
    decimal_mark: str = "."
    start: str = ""

    def writers(self) -> dict[str, Callable[[Any], str]]:
        """Return what writes a value, by the type of its column: amounts to their last digit, never rounded."""
        return {
            TEXT: lambda value: defuse(str(value)), INTEGER: str, DATE: dt.date.isoformat,
            DECIMAL: lambda value: plain(value).replace(".", self.decimal_mark), MOMENT: dt.datetime.isoformat,
            BOOLEAN: lambda value: "true" if value else "false",
        }  # fmt: skip


STANDARD = Dialect()
"""As RFC 4180 has it, which programs read."""

DIALECTS = {
    "excel": Dialect(start=BYTE_ORDER_MARK),
    "excel-eu": Dialect(separator=";", decimal_mark=",", start=BYTE_ORDER_MARK),
}
"""By the values of the parameter `dialect`: for spreadsheets that write 0.5, and for those that write 0,5."""
