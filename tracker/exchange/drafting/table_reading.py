"""What all lines of one table share, so that each text is looked at once."""

import pickle
from collections.abc import Mapping

from tracker.exchange.inbound.conventions import Conventions
from tracker.exchange.profiles.base import Profile, Words
from tracker.lib import cells
from tracker.lib.cells import Cell
from tracker.lib.text import fold
from tracker.records.engine.spilled import Place, Spilled

_SHORT = 40
"""Texts up to this length come again and again in a column; to keep longer ones would fill the memory."""


class TableReading:
    """What all lines of one table share, and what is worked out once of each text that stands in them.

    `columns` are the columns that the sheet has, and `conventions` how they are written, which is settled before the
    first cell is read.
    """

    def __init__(self, profile: Profile, columns: frozenset[str], conventions: Conventions) -> None:
        self.profile = profile
        self.columns = columns
        self.conventions = conventions
        self._order = tuple(columns)
        self._away = Spilled()
        self._known: dict[str, bool] = {}
        self._texts: dict[str, str | None] = {}
        self._meanings: dict[tuple[Words, str], str | None] = {}

    def put_away(self, values: Mapping[str, Cell]) -> Place:
        """Keep the cells of a line in a temporary file; returns their place."""
        return self._away.put(pickle.dumps([values.get(name) for name in self._order], pickle.HIGHEST_PROTOCOL))

    def cells_at(self, place: Place) -> dict[str, Cell]:
        """Return the cells that were put away, by column, without those that are empty."""
        cells = pickle.loads(self._away.get(place))
        return {name: cell for name, cell in zip(self._order, cells, strict=True) if cell is not None}

    def is_known(self, cell: Cell) -> bool:
        """Tell whether a cell says something."""
        if not isinstance(cell, str):
            return cell is not None
        if len(cell) > _SHORT:
            return not cells.is_unknown(cell, self.profile.sentinels)
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = not cells.is_unknown(cell, self.profile.sentinels)
        return found

    def text(self, cell: Cell) -> str | None:
        """Return one line of text; empty where nothing is known, None for an error such as `#REF!`."""
        if not isinstance(cell, str):
            return "" if cell is None else cells.text(cell)
        if len(cell) > _SHORT:
            return self._text(cell)
        if cell not in self._texts:
            self._texts[cell] = self._text(cell)
        return self._texts[cell]

    def _text(self, cell: str) -> str | None:
        if cells.is_error(cell):
            return None
        return clean(cells.text(cell)) if self.is_known(cell) else ""

    def meaning(self, words: Words, text: str) -> str | None:
        """Return what a word stands for; None where it stands for nothing and there is no default."""
        if len(text) > _SHORT:
            return words.meanings.get(fold(text), words.default)
        key = (words, text)
        if key not in self._meanings:
            self._meanings[key] = words.meanings.get(fold(text), words.default)
        return self._meanings[key]


def clean(text: str) -> str:
    """Return `text` without NUL, which no database keeps."""
    return text.replace("\0", "")
