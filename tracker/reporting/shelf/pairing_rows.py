"""The rows of a list before and after, matched: which is which, also where rows were numbered anew."""

from collections import defaultdict
from typing import Any

from tracker.lib import canonical

NUMBER = ("number",)
"""What tells rows apart that have nothing but a number: it moves when rows are put in between."""

Row = dict[str, Any]


def matched(identity: tuple[str, ...], before: list[Row], after: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """Return the rows of two lists in pairs, as they stand afterwards; None where one was added or removed.

    `identity` names the fields that tell rows apart. Numbered rows that say the same under another number are one
    row that moved; of the others, those with the same identity are one.
    """
    pairs: dict[int, int] = {}
    left = dict(enumerate(before))
    for same in (_everything, _all_but_number) if identity == NUMBER else (_everything,):
        _pair(pairs, left, after, same)
    _pair(pairs, left, after, lambda row: _identity(identity, row))
    found: list[tuple[Row | None, Row | None]] = [
        (before[pairs[position]] if position in pairs else None, row) for position, row in enumerate(after)
    ]
    for position, row in left.items():
        found.insert(min(position, len(found)), (row, None))
    return found


def _pair(pairs: dict[int, int], left: dict[int, Row], after: list[Row], said: Any) -> None:
    """Pair rows of which `said` gives the same, in order; what has a pair is left alone, and None has none."""
    waiting = defaultdict(list)
    for position, row in left.items():
        waiting[said(row)].append(position)
    for position, row in enumerate(after):
        key = said(row)
        if position not in pairs and key is not None and waiting[key]:
            pairs[position] = waiting[key].pop(0)
            del left[pairs[position]]


def _everything(row: Row) -> str:
    return canonical.dump(row)


def _all_but_number(row: Row) -> str | None:
    rest = {name: value for name, value in row.items() if name != "number"}
    return canonical.dump(rest) if rest else None


def _identity(identity: tuple[str, ...], row: Row) -> str:
    """Return what tells a row apart; rows that say nothing of it are matched in their order."""
    said = [row.get(name) for name in identity]
    words = [value["id"] if isinstance(value, dict) and "id" in value else value for value in said]
    return canonical.dump(words) if any(words) else ""
