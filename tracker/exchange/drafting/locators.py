"""Where in a file a record stands: its rows and columns, in words."""

from collections.abc import Mapping

from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.inbound.workbook_types import shown_columns, shown_rows

_LONGEST_LOCATOR = 250


class Locators:
    """Says where lines stand in a table whose columns are at `places`; few lines differ in which columns they fill."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._shown: dict[frozenset[str], str] = {}

    def of(self, lines: list[FileLine]) -> str:
        """Return the rows, and the columns that say anything in them and are read: `rows 2–3, columns A–D, G`."""
        rows = shown_rows([line.number for line in lines])
        names = frozenset().union(*(line.values for line in lines))
        if names not in self._shown:
            self._shown[names] = shown_columns(self._places[name] for name in names if name in self._places)
        whole = ", ".join(filter(None, (rows, self._shown[names])))
        return whole if len(whole) <= _LONGEST_LOCATOR else rows
