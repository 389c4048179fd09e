"""The World Bank's files of indicators: one line a country and year."""

from pathlib import Path
from typing import NamedTuple

from tracker.exchange.inbound.files import open_file
from tracker.exchange.inbound.headers import Column, Header
from tracker.lib.cells import Cell, CellError, number, text

HEADER = Header(
    (
        Column("name", ("Country Name",), required=True),
        Column("code", ("Country Code",), required=True),
        Column("year", ("Year",), required=True),
        Column("value", ("Value",), required=True),
    )
)
UNION = "EU"
"""The one code that is shorter."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
MILLIONTHS = 10**6
"""By what a price index is multiplied, to be whole."""
MAX_VALUE = 10**18
"""What a column of 64 bits holds, rounded down."""
_SHOWN = 20


class SourceFigure(NamedTuple):
    """A figure of a country or an aggregate for a year, in whole units."""

    code: str
    name: str
    year: int
    value: int


class IndicatorsFileError(ValueError):
    """Lines of the file cannot be read; the message names each, with what was found."""


def read(path: Path, scale: int = 1) -> list[SourceFigure]:
    """Return the figures of a file, times `scale`. Countries without a figure for a year are left out.

    Raises FileRefused where it is no such file, and IndicatorsFileError with all lines that are wrong.
    """
    problems: list[str] = []
    figures: dict[tuple[str, int], SourceFigure] = {}
    for row, cells in HEADER.find(open_file(path).rows(), path.name):
        try:
            figure = _figure(cells, scale)
            if figure and figures.setdefault((figure.code, figure.year), figure) != figure:
                raise CellError(f"{figure.code} {figure.year} stands there twice, with another value")
        except CellError as error:
            problems.append(f"line {row.number}: {error}")
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise IndicatorsFileError(f"{path.name}: {'; '.join(problems[:_SHOWN])}{more}")
    return list(figures.values())


def _figure(cells: dict[str, Cell], scale: int) -> SourceFigure | None:
    code, year = text(cells["code"]).upper(), number(cells["year"])
    value = number(cells["value"], {"", "..", "na", "n/a"})
    if code != UNION and not (len(code) == 3 and code.isascii() and code.isalnum()):
        raise CellError(f"“{code[:20]}” is no country code of three letters")
    if year is None or year != int(year) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"“{text(cells['year'])[:20]}” is no year such as 2024")
    if value is None:
        return None
    if not 0 <= value * scale <= MAX_VALUE:
        raise CellError(f"“{text(cells['value'])[:40]}” is not between 0 and {MAX_VALUE:,}")
    return SourceFigure(code, text(cells["name"])[:100], int(year), round(value * scale))
