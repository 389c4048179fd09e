"""Finding the sheet that is meant: the one whose header fits, among all that are shown, whatever it is called."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.exchange.inbound.headers import Header, HeaderMissing, SheetTable
from tracker.exchange.inbound.workbook_types import FileRefused, Workbook
from tracker.lib.text import fold


@dataclass
class FoundTable:
    """The table that was found, on which sheet, and the sheets that are not read."""

    table: SheetTable
    sheet: str
    others: list[str] = field(default_factory=list)
    """Sheets that are shown, in the order of the file."""
    hidden: list[str] = field(default_factory=list)
    notice: str = ""
    """What was guessed about the file; empty where nothing was."""


def find_table(
    workbook: Workbook, header: Header, *, sheet: str | None = None, preferred: Iterable[str] = ()
) -> FoundTable:  # fmt: skip
    """Return the table under `header`: on the sheet that is named, even a hidden one; else on the one where it stands.

    Sheets called as in `preferred` are looked at first, and the first of them with the header is taken. Raises
    HeaderMissing where no sheet that is shown has the header, and FileRefused where several have it.
    """
    if sheet is not None:
        return _found(workbook, header.find(workbook.rows(sheet), workbook.name), sheet)
    shown = [name for name in workbook.sheet_names if name not in workbook.hidden]
    if not shown or len(workbook.sheet_names) < 2:
        # The workbook says what is wrong where it shows none.
        return _found(workbook, header.find(workbook.rows(), workbook.name), *shown[:1])
    wanted = [fold(name) for name in preferred]
    first = sorted((name for name in shown if fold(name) in wanted), key=lambda name: wanted.index(fold(name)))
    problems: list[HeaderMissing] = []
    for name in first:
        table = _try(workbook, header, name, problems)
        if table is not None:
            return _found(workbook, table, name)
    fitting = [name for name in shown if name not in first and _has(workbook, header, name, problems)]
    if len(fitting) == 1:
        return _found(workbook, header.find(workbook.rows(fitting[0]), workbook.name), fitting[0])
    if fitting:
        raise FileRefused(
            _("%(file)s has the header on several sheets: %(sheets)s; name the one that is meant.")
            % {"file": workbook.name, "sheets": _quoted(fitting)}
        )
    raise HeaderMissing(_none_fits(workbook, shown, problems))


def file_notices(workbook: Workbook, unread: Iterable[str], table: SheetTable) -> list[str]:
    """Return what a person must look at in how a file was read, a sentence each; when its rows are read."""
    names = list(unread)
    cut = [table.cut_notice, workbook.notice]
    columns = _("Columns that are not read: %s.") % _quoted(names) if names else ""
    return [notice for notice in (*table.hidden_notices, *cut, columns) if notice]


def _found(workbook: Workbook, table: SheetTable, sheet: str) -> FoundTable:
    hidden = [name for name in workbook.sheet_names if name in workbook.hidden]
    table.hidden_columns, table.merged = workbook.hidden_columns, workbook.merged
    same = fold(sheet)
    others = [name for name in workbook.sheet_names if name not in hidden and fold(name) != same]
    return FoundTable(table, sheet, others, [name for name in hidden if fold(name) != same], workbook.notice)


def _try(workbook: Workbook, header: Header, sheet: str, problems: list[HeaderMissing]) -> SheetTable | None:
    """Return the table of a sheet, or None where it does not have the header, which is noted."""
    rows: Any = workbook.rows(sheet)
    try:
        return header.find(rows, f"{workbook.name}, sheet “{sheet}”")
    except HeaderMissing as error:
        problems.append(error)
        _close(rows)
        return None


def _has(workbook: Workbook, header: Header, sheet: str, problems: list[HeaderMissing]) -> bool:
    rows: Any = workbook.rows(sheet)
    try:
        header.find(rows, f"{workbook.name}, sheet “{sheet}”")
    except HeaderMissing as error:
        problems.append(error)
        return False
    finally:
        _close(rows)
    return True


def _close(rows: Generator[Any]) -> None:
    """End the parser of a sheet of which no more is read."""
    rows.close()


def _none_fits(workbook: Workbook, shown: list[str], problems: list[HeaderMissing]) -> str:
    """Return what the sheet that comes nearest lacks, and which sheets there are."""
    nearest = max(problems, key=lambda problem: problem.nearness)
    more = _(" Hidden sheets are read only when they are named: %s.") % _quoted(workbook.hidden)
    return _("%(problem)s. No sheet that is shown has the header; they are: %(sheets)s.%(hidden)s") % {
        "problem": nearest, "sheets": _quoted(shown), "hidden": more if workbook.hidden else "",
    }  # fmt: skip


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name[:60]}”" for name in list(names)[:40])
