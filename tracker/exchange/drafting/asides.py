"""Asides: lines of a table that describe no record: totals, and notes such as “Source: …” below the last row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from django.utils.translation import gettext as _

from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.totals import CellAmount, amounts_in, counted_once
from tracker.exchange.inbound.workbook_types import cell_name
from tracker.exchange.profiles.base import Amounts
from tracker.lib.cells import Cell, is_error
from tracker.lib.text import fold

_TOTAL = re.compile(
    r"(grand |over ?all )?(sub-? ?)?totals?( .*)?|sum|sums|sum (of|total)\b.*|(gesamt|zwischen)?summe( .*)?"
    r"|(ins)?gesamt|total general|всього|усього|разом|итого"
)
"""Words that head a line of totals, folded."""
_NOTE = re.compile(
    r"(sources?|notes?|quellen?|anmerkung(en)?|hinweis|remarks?|legend|disclaimer|copyright|last updated?|updated|data"
    r"|stand|as of)\b|[*†‡§©¹²³\[(]|https?:"
)
"""How a note begins, folded."""
_NAMED = 5
"""How many cells with errors are named."""


def total_in(line: FileLine, cells: list[Cell]) -> str:
    """Return the word by which a row says that it is a total; empty where it does not.

    It stands where the id or the contributor would; or in the first of its `cells`, where one of these is missing.
    """
    profile = line.profile
    named = [line.values.get(name) for name in (profile.activity, profile.contributor or profile.supplier)]
    named += [next((cell for cell in cells if cell is not None), None)] if None in named else []
    return next((word for cell in named if isinstance(cell, str) and (word := _word_of_total(cell))), "")


@lru_cache(maxsize=5_000)
def _word_of_total(cell: str) -> str:
    """Return the text of a cell, cut short, where that heads a line of totals; empty where it does not."""
    word = " ".join(cell.split())[:60]
    return word if _TOTAL.fullmatch(fold(word).strip(" :")) else ""


def is_bare_sum(line: FileLine) -> bool:
    """Tell whether a row has nothing but the dataset's own amounts: a sum below a column, without a word."""
    amounts = line.profile.values
    return 0 < len(line.values) <= len(amounts) and line.values.keys() <= amounts


def note_in(cells: list[Cell]) -> str:
    """Return the text of a row that has nothing else, where it reads like a note; empty where it does not."""
    filled = list(islice((cell for cell in cells if cell is not None), 2))
    if len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    words = " ".join(filled[0].split())
    return words if _NOTE.match(fold(words)) or len(words.split()) > 2 else ""


def errors_in(line: FileLine, cells: list[Cell]) -> str:
    """Return that a row has nothing but errors such as `#N/A`, and in which cells; empty where it says anything."""
    if not all(map(is_error, line.values.values())):
        return ""
    filled = [(place, cell) for place, cell in enumerate(cells, start=1) if cell is not None]
    if not all(is_error(cell) for _place, cell in filled):
        return ""
    named = [f"{cell_name(line.number, place)} “{cell}”" for place, cell in filled[:_NAMED]]
    return _("It has nothing but errors that a program shows: %s.") % ", ".join(named)


def counted(drafted: Drafted, totals: dict[int, tuple[str, FileLine]]) -> list[FileLine]:
    """Return the lines that are no totals. Of `totals`, those without a word are some where the rows come to them."""
    for number, (word, line) in list(totals.items()):
        if not word and not _adds_up(line, [one for one in drafted.lines if one.number < number], totals):
            del totals[number]
    for number in totals:
        drafted.invalid.pop(number, None)
    return [line for line in drafted.lines if line.number not in totals]


def _adds_up(line: FileLine, above: list[FileLine], totals: dict[int, tuple[str, FileLine]]) -> bool:
    said = [declared for declared in line.profile.amounts if line.values.get(declared.value) is not None]
    cells: list[CellAmount] = []
    for one in above:
        if one.number not in totals:
            cells += amounts_in(one)
            one.put_away()
    sums: dict[Amounts, Decimal] = defaultdict(Decimal)
    for cell in counted_once(cells):
        sums[cell.declared] += cell.amount or 0
    return bool(above) and all(line.amount(declared.value) == sums[declared] for declared in said)


def pass_over(drafted: Drafted, totals: dict[int, tuple[str, FileLine]], notes: dict[int, str]) -> None:
    """Take totals, and the notes below the last row that can be used, for what they are.

    A text alone among the rows stays a row that cannot be used. How columns are written is settled by then.
    """
    for number, (word, line) in totals.items():
        drafted.asides[number] = _("It is a total, “%s”, and no record.") % (word or "Σ")
        read = [(declared, line.amount(declared.value)) for declared in line.profile.amounts if declared.value]
        drafted.totals[number] = (word, [(declared, amount) for declared, amount in read if amount is not None])
    used = (line.number for line in drafted.lines if line.number not in drafted.invalid | drafted.asides)
    last = max(used, default=0)
    for number, words in notes.items():
        if number > last:
            drafted.asides[number] = _("It is a note below the table: “%s”.") % words[:200]
            del drafted.invalid[number]


def notices(drafted: Drafted) -> Iterator[str]:
    """Yield what is said of lines of totals: whether the rows come to what they say; and that notes are passed over."""
    for number, (word, amounts) in drafted.totals.items():
        told = [_compared(declared, amount, number, drafted) for declared, amount in amounts]
        words = _("Row %(row)s, “%(word)s”, is a total and no record") % {"row": number, "word": word or "Σ"}
        yield f"{words}: {'; '.join(told)}." if told else f"{words}."
    notes = [number for number in drafted.asides if number not in drafted.totals]
    if notes:
        yield _("Notes that are passed over: %s.") % _shown(drafted.asides[number] for number in notes)


def _compared(declared: Amounts, amount: Decimal, number: int, drafted: Drafted) -> str:
    """Return what a total says of a stage, beside what all rows above it, but for other totals, come to."""
    rows = (cell.amount for cell in drafted.cells if cell.declared is declared and cell.row < number and cell.amount)
    above = sum(rows, Decimal(0))
    words = {"stage": declared.stage, "said": f"{amount:,}", "above": f"{above:,}"}
    if amount == above:
        return _("%(stage)s %(said)s, as the rows above it come to") % words
    return _("%(stage)s %(said)s, where the rows above it come to %(above)s") % words


def _shown(reasons: Iterable[str]) -> str:
    listed = list(reasons)
    return " ".join(listed[:3]) + (" …" if len(listed) > 3 else "")
