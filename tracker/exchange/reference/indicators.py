"""The World Bank's files of indicators: a line a country and year, or a line a country and a column a year."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tracker.exchange.inbound.choosing_sheet import file_notices, find_table
from tracker.exchange.inbound.conventions import NUMBER, Stated, conventions_of
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn, SheetTable, folded
from tracker.exchange.inbound.workbook_types import Row
from tracker.lib.cells import Cell, CellError, text
from tracker.lib.numbers import Mark
from tracker.lib.reading_cells import number
from tracker.lib.unknown_words import UNKNOWN_WORDS

HEADER = Header(
    (
        # A table of one's own may have a column of codes alone, called country.
        ProfileColumn("code", ("Country Code", "ISO3", "ISO code", "Country ISO3", "Country"), required=True),
        ProfileColumn("name", ("Country Name", "Country")),
        ProfileColumn("year", ("Year", "Time")),
        ProfileColumn("value", ("Value",)),
        ProfileColumn("series", ("Indicator Code", "Series Code")),
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
_YEAR = re.compile(r"(\d{4})(?:\.0)?(?: \[YR\d{4}\])?", re.ASCII)
_SERIES = re.compile(r".* \[([A-Z0-9]+(?:\.[A-Z0-9]+)+)\]")
_NOT_KNOWN = UNKNOWN_WORDS | {".."}
_DESCRIBING = {"indicator name", "series name", "time code"}
"""Headers of columns that say in words what others say by a code."""


class SourceFigure(NamedTuple):
    """A figure of a country or an aggregate for a year, in whole units."""

    code: str
    name: str
    year: int
    value: int


@dataclass
class IndicatorsFile:
    """What a file says: its figures, in its order, and the lines below the table that are none."""

    figures: list[SourceFigure] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    series: str = ""
    """The code of the indicator; empty where the file names none."""
    notices: list[str] = field(default_factory=list)
    """What a person must look at in how the file was read."""


class IndicatorsFileError(ValueError):
    """Lines of the file cannot be read; the message names each, with what was found."""


class _Column(NamedTuple):
    """A column with figures: where it stands, and the year or the series that its head names."""

    place: int
    year: str = ""
    series: str = ""


class _Entry(NamedTuple):
    """A cell with a figure, and what it is a figure of."""

    line: int
    code: str
    name: str
    year: Cell
    series: str
    column: str
    cell: Cell


def read(
    path: Path, scale: int = 1, *, whole: bool = False, known: Collection[str] = (), series: str = "",
    stated: Mapping[str, Stated] | None = None,
) -> IndicatorsFile:  # fmt: skip
    """Return the figures of a file, times `scale`. Countries without a figure for a year are left out.

    `whole`: they count what comes in whole units, such as people. `known` are the codes of the series that is wanted,
    `series` the one to read in spite of them. `stated` is how the numbers are written. Raises FileRefused where it is
    no such file, of another series, or can be read in two ways; and IndicatorsFileError with all lines that are wrong.
    """
    workbook = open_file(path)
    table = find_table(workbook, HEADER).table
    columns = _columns(table, path.name)
    rows = [row for row, _values in table]
    looked_at = [(row, {head: _at(row, one.place) for head, one in columns.items()}) for row in rows]
    conventions = conventions_of(looked_at, dict.fromkeys(columns, NUMBER), workbook.separator, stated)
    conventions.refuse_doubts(path.name)
    unread = [head for head in table.left_out if head not in columns and folded(head) not in _DESCRIBING]
    found = IndicatorsFile(notices=file_notices(workbook, unread, table))
    problems: list[str] = []
    entries = list(_entries(table, rows, columns, found, problems))
    found.series = _series_of(entries, known, series, path.name)
    figures: dict[tuple[str, int], SourceFigure] = {}
    for entry in entries:
        if entry.series and entry.series != found.series:
            continue
        try:
            figure = _figure(entry, conventions.mark(entry.column), scale, whole)
            if figure and figures.setdefault((figure.code, figure.year), figure) != figure:
                raise CellError(f"{figure.code} {figure.year} stands there twice, with another value")
        except CellError as error:
            problems.append(f"line {entry.line}: {error}")
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise IndicatorsFileError(f"{path.name}: {'; '.join(problems[:_SHOWN])}{more}")
    found.figures = list(figures.values())
    return found


def _columns(table: SheetTable, name: str) -> dict[str, _Column]:
    """Return the columns with figures, by their heads: one, one a year, or one a series. Raises FileRefused."""
    heads = {text(cell): place for place, cell in enumerate(table.header.cells)}
    years = {head: _Column(place, match[1]) for head, place in heads.items() if (match := _YEAR.fullmatch(head))}
    if years:
        return years
    if "value" in table.positions and "year" in table.positions:
        return {"Value": _Column(table.positions["value"])}
    many = {head: _Column(at, series=match[1]) for head, at in heads.items() if (match := _SERIES.fullmatch(head))}
    if many and "year" in table.positions:
        return many
    found = ", ".join(f"“{head[:40]}”" for head in heads if head)
    raise FileRefused(
        f"{name}, row {table.header.number} has neither “Year” and “Value” nor years among its headers; it has {found}"
    )


def _at(row: Row, place: int | None) -> Cell:
    return row.cells[place] if place is not None and place < len(row.cells) else None


def _entries(
    table: SheetTable, rows: list[Row], columns: dict[str, _Column], found: IndicatorsFile, problems: list[str]
) -> Iterator[_Entry]:  # fmt: skip
    """Yield the cells with figures, row by row; what is said below the table goes into `found`.

    A row that was cut off, or that has more cells than the header, goes into `problems`.
    """
    places = table.positions
    for row in rows:
        code, year, series = (_at(row, places.get(name)) for name in ("code", "year", "series"))
        words = [cell for cell in row.cells if cell is not None]
        if all(_at(row, one.place) is None for one in columns.values()) and (
            (code is None and year is None) or (len(words) == 1 and not _YEAR.fullmatch(text(words[0])))
        ):
            found.footnotes.append(" ".join(map(text, words))[:200])
            continue
        misfit = table.misfit(row)
        if misfit:
            problems.append(f"line {row.number}: {misfit}")
            continue
        name = text(_at(row, places.get("name")))[:100]
        for head, one in columns.items():
            yield _Entry(
                row.number, text(code).upper(), name, one.year or year, one.series or text(series), head,
                _at(row, one.place),
            )  # fmt: skip


def _series_of(entries: list[_Entry], known: Collection[str], wanted: str, name: str) -> str:
    """Return the code of the series to read; empty where the file names none. Raises FileRefused."""
    present = list(dict.fromkeys(entry.series for entry in entries if entry.series))
    fitting = [series for series in present if series == wanted or (not wanted and series in known)]
    if not present or (len(present) == 1 and not known and not wanted):
        return present[0] if present else ""
    if len(fitting) != 1:
        takes = wanted or " or ".join(sorted(known)) or "one series"
        raise FileRefused(f"{name} has figures of {', '.join(present[:10])}; what is loaded here is {takes}")
    return fitting[0]


def _figure(entry: _Entry, mark: Mark | None, scale: int, whole: bool) -> SourceFigure | None:
    code, year = entry.code, _YEAR.fullmatch(text(entry.year))
    value = number(entry.cell, _NOT_KNOWN, mark)
    if code != UNION and not (len(code) == 3 and code.isascii() and code.isalnum()):
        raise CellError(f"“{code[:20]}” is no country code of three letters")
    if year is None or not FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        raise CellError(f"“{text(entry.year)[:20]}” is no year such as 2024")
    if value is None:
        return None
    if not 0 <= value * scale <= MAX_VALUE:
        raise CellError(f"“{text(entry.cell)[:40]}” is not between 0 and {MAX_VALUE:,}")
    if whole and value != int(value):
        raise CellError(f"“{text(entry.cell)[:40]}” is no whole number; is its point or comma one of thousands?")
    return SourceFigure(code, entry.name, int(year[1]), round(value * scale))
