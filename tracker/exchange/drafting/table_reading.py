"""What all lines of one table share, so that each text is looked at once."""

import pickle
from collections.abc import Callable, Mapping
from typing import TypeVar

from tracker.exchange.drafting.said_of_cells import SaidOfCells
from tracker.exchange.inbound.conventions import Conventions
from tracker.exchange.inbound.number_formats import CellFormat
from tracker.exchange.inbound.workbook_types import Row
from tracker.exchange.profiles.base import Profile, Words
from tracker.lib import cells
from tracker.lib.cells import Cell
from tracker.lib.text import fold
from tracker.records.engine.spilled import Place, Spilled

T = TypeVar("T")

_SHORT = 40
"""Texts up to this length come again and again in a column; to keep longer ones would fill the memory."""


IN_MEMORY: Place = -1
"""In place of a place: the cells stay in memory."""
ROOM = 50_000
"""Of how many lines they do: most files have no more, and those of one take 2 KiB until it is drafted."""


class _Once(dict[str, T]):
    """What is worked out of each text: of short ones, which come again and again, once."""

    def __init__(self, work_out: Callable[[str], T]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, text: str) -> T:
        found = self._work_out(text)
        if len(text) <= _SHORT:
            self[text] = found
        return found


class TableReading:
    """What all lines of one table share, and what is worked out once of each text that stands in them.

    `places` says where the sheet has which column, and `conventions` how they are written, which is settled before the
    first cell is read.
    """

    def __init__(self, profile: Profile, places: Mapping[str, int], conventions: Conventions) -> None:
        self.profile = profile
        self.columns = frozenset(places)
        self.conventions = conventions
        self.said = SaidOfCells()
        self._places = places
        self.known = _Once(lambda cell: not cells.is_unknown(cell, profile.sentinels))
        """Whether a text says something."""
        self.texts = _Once(self._text)
        """A text in one line; empty where nothing is known, None for an error such as `#REF!`."""
        self._order = tuple(places)
        self._away = Spilled()
        self._room = ROOM
        self._meanings: dict[Words, _Once[str | None]] = {}

    def formats_of(self, row: Row) -> dict[str, CellFormat]:
        """Return what cells of a row show by their number format and their number does not say, by column."""
        found = row.formats or {}
        return {name: found[place] for name, place in self._places.items() if place in found}

    def put_away(self, values: Mapping[str, Cell]) -> Place:
        """Keep the cells of a line in a temporary file; returns their place, or IN_MEMORY while there is room."""
        if self._room:
            self._room -= 1
            return IN_MEMORY
        return self._away.put(pickle.dumps([values.get(name) for name in self._order], pickle.HIGHEST_PROTOCOL))

    def cells_at(self, place: Place) -> dict[str, Cell]:
        """Return the cells that were put away, by column, without those that are empty."""
        cells = pickle.loads(self._away.get(place))
        return {name: cell for name, cell in zip(self._order, cells, strict=True) if cell is not None}

    def _text(self, cell: str) -> str | None:
        if cells.is_error(cell):
            return None
        return clean(cells.text(cell)) if self.known[cell] else ""

    def meanings(self, words: Words) -> Mapping[str, str | None]:
        """Return what each text of a column stands for: None where it stands for nothing and there is no default."""
        if words not in self._meanings:
            self._meanings[words] = _Once(lambda text: words.meanings.get(fold(text), words.default))
        return self._meanings[words]


def clean(text: str) -> str:
    """Return `text` without NUL, which no database keeps."""
    return text.replace("\0", "")
