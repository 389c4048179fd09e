"""Quotes of a CSV file that do not close where they should: found, and said where they open."""

import csv
from collections.abc import Iterable, Sequence

_QUOTE = '"'


def open_quote(lines: Iterable[str], separator: str, first: int) -> int:
    """Return the number of the line in which the last quote opens, where lines are numbered from `first`.

    A quote opens at the beginning of a cell; a second one closes it, two together stand for one.
    """
    is_open, at_start, opened = False, True, first
    pending = False
    for number, line in enumerate(lines, start=first):
        for letter in line:
            if pending and letter != _QUOTE:
                is_open = pending = False
                at_start = letter == separator
                if letter in "\r\n":
                    at_start = True
            elif letter == _QUOTE and is_open:
                pending = not pending
            elif not is_open:
                if letter == _QUOTE and at_start:
                    is_open, opened = True, number
                at_start = letter == separator or letter in "\r\n"
    return opened


def swallows_rows(record: Sequence[str], separator: str, width: int) -> bool:
    """Tell whether a cell spans lines that would be rows of `width` cells by themselves.

    Then a quote was opened by mistake, and closes with another in a row below.
    """
    for place, text in enumerate(record):
        lines = text.splitlines()
        if width < 3 or len(lines) < 2:
            continue
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        if len(counts) != len(lines):
            continue
        first, last = place + counts[0], counts[-1] + len(record) - place - 1
        if width in counts[1:-1] or (first == width and counts[0] > 1 and (last == width or len(record) != width)):
            return True
    return False
