"""What is said of the cells of a column: that they show something else than their number, or had parts of a cent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.exchange.inbound.number_formats import CellFormat, Says
from tracker.exchange.inbound.workbook_types import shown_rows
from tracker.lib import money

_SHOWN = 8
"""How many rows are named."""


class SaidOfCells:
    """The rows of which something is said, by column. Cells are read more than once, and told once."""

    def __init__(self) -> None:
        self._formats: dict[tuple[str, CellFormat], dict[int, None]] = defaultdict(dict)
        self._rounded: dict[str, dict[int, None]] = defaultdict(dict)

    def note_format(self, column: str, shown: CellFormat, row: int) -> None:
        """Note that a cell shows by its format what its number does not say."""
        self._formats[column, shown][row] = None

    def note_rounded(self, column: str, row: int) -> None:
        """Note that an amount had parts of a cent."""
        self._rounded[column][row] = None

    def of_formats(self, heads: Mapping[str, str]) -> Iterator[str]:
        """Yield a sentence for each column and format."""
        for (column, shown), rows in self._formats.items():
            words = {"column": heads.get(column, column), "rows": _first(rows), "count": len(rows),
                     "format": shown.code[:60], "shown": shown.words}  # fmt: skip
            yield _sentence(shown, len(rows)) % words

    def of_rounding(self, heads: Mapping[str, str]) -> Iterator[str]:
        """Yield a sentence for each column with parts of a cent."""
        for column, rows in self._rounded.items():
            yield ngettext(
                "%(column)s: %(count)s amount has parts of a cent, which are rounded: %(rows)s.",
                "%(column)s: %(count)s amounts have parts of a cent, which are rounded: %(rows)s.",
                len(rows),
            ) % {"column": heads.get(column, column), "count": len(rows), "rows": _first(rows)}  # fmt: skip


def _first(rows: Iterable[int]) -> str:
    """Return the first of some rows in words."""
    listed = list(rows)
    return shown_rows(listed[:_SHOWN]) + (" …" if len(listed) > _SHOWN else "")


def why_unread(shown: CellFormat, text: str, *, is_money: bool) -> str:
    """Return why the number in a cell is not what the cell says; empty where it is."""
    words = {"number": text[:40], "shown": shown.words, "format": shown.code[:60]}
    if shown.says is Says.PERCENT:
        return _("%(number)s is shown as a percentage (%(format)s)") % words
    if shown.says is Says.SCALE:
        return _("%(number)s is shown with “%(shown)s” (%(format)s), and can be so many, or so many times more") % words
    if shown.says is Says.CURRENCY and not is_money:
        return _("%(number)s is shown in %(shown)s (%(format)s), and counts units") % words
    if shown.says is Says.CURRENCY:
        return money.sign_problem(shown.words)
    return _("%(number)s is shown as “%(shown)s”") % words if shown.says is Says.WORDS else ""


def _sentence(shown: CellFormat, count: int) -> str:
    """Return what is said of cells with a format, to be filled in."""
    if shown.says is Says.PERCENT:
        return ngettext(
            "%(column)s: %(count)s cell is shown as a percentage (%(format)s) and is not read: %(rows)s. Write the"
            " amount or number itself.",
            "%(column)s: %(count)s cells are shown as percentages (%(format)s) and are not read: %(rows)s. Write the"
            " amounts or numbers themselves.",
            count,
        )  # fmt: skip
    if shown.says is Says.SCALE:
        return ngettext(
            "%(column)s: %(count)s cell is shown with “%(shown)s” (%(format)s), for which its number is not divided,"
            " and is not read: %(rows)s. Write the whole number, or take the word out of the format.",
            "%(column)s: %(count)s cells are shown with “%(shown)s” (%(format)s), for which their numbers are not"
            " divided, and are not read: %(rows)s. Write the whole numbers, or take the word out of the format.",
            count,
        )  # fmt: skip
    if shown.says is Says.WORDS:
        return ngettext(
            "%(column)s: %(count)s cell shows “%(shown)s” in place of its number (%(format)s) and is not read:"
            " %(rows)s. Empty it, or let it show its number.",
            "%(column)s: %(count)s cells show “%(shown)s” in place of their numbers (%(format)s) and are not read:"
            " %(rows)s. Empty them, or let them show their numbers.",
            count,
        )  # fmt: skip
    if shown.says is Says.NOTHING:
        return ngettext(
            "%(column)s: %(count)s cell does not show its number (%(format)s) and is read like the others: %(rows)s.",
            "%(column)s: %(count)s cells do not show their numbers (%(format)s) and are read like the others:"
            " %(rows)s.",
            count,
        )  # fmt: skip
    if shown.says is Says.LOCAL_CURRENCY:
        return ngettext(
            "%(column)s: %(count)s cell is shown in the currency of whatever computer opens the file, and is read in"
            " that of its column: %(rows)s.",
            "%(column)s: %(count)s cells are shown in the currency of whatever computer opens the file, and are read in"
            " that of their column: %(rows)s.",
            count,
        )  # fmt: skip
    return ngettext(
        "%(column)s: %(count)s cell is shown in %(shown)s (%(format)s), which is not what is meant there, and is not"
        " read: %(rows)s. Write the amount in the right currency, or give it a format without another.",
        "%(column)s: %(count)s cells are shown in %(shown)s (%(format)s), which is not what is meant there, and are not"
        " read: %(rows)s. Write the amounts in the right currency, or give them a format without another.",
        count,
    )  # fmt: skip
