"""Names of pledges that come from a file: made of what each is, so that two are told apart in a list."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tracker.curation.importing.plans import Draft
from tracker.lib import quantities
from tracker.lib.text import fold
from tracker.records.engine.types import Document

LONGEST = 120
_ITEMS = 2
"""How many items a name spells out."""
_ITEM_LENGTH = 40
_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def name_of(document: Document, contributor: str, initiative: str) -> str:
    """Return a name: contributor, amount or items, kind, initiative, date; the file's own words where it has no more.

    It is English whoever imports, so that the same file makes the same names.
    """
    what = [*_items(document.get("items", ())), *_amounts(document.get("entries", ()))]
    kind = document.get("aid_kind") or document.get("aid_type", "")
    parts = [*(what or [_without_amount(document)]), kind, initiative, document.get("announced", "")]
    name = ", ".join(part for part in parts if part)
    return _short(f"{contributor}: {name}" if contributor else name, LONGEST)


def tell_apart(drafts: Iterable[Draft]) -> None:
    """Add the id in the dataset to names that several drafts have, as parts of one package often do.

    Without the running number of an id that stands there twice, which the order of the rows decides.
    """
    same: dict[str, list[Draft]] = {}
    for draft in drafts:
        same.setdefault(fold(draft.name), []).append(draft)
    for draft in (draft for together in same.values() if len(together) > 1 for draft in together):
        told = f", {draft.source_id.partition('#')[0]}"
        document = draft.document
        draft.document = document | {"name": _short(document["name"], LONGEST - len(told)) + told}


def _items(items: Any) -> list[str]:
    """Return the items in alphabetical order: rows of a file come in any."""
    told = sorted((_item(item) for item in items), key=lambda words: words.rpartition(" × ")[2].casefold())
    more = len(told) - _ITEMS
    return [*told[:_ITEMS], f"{more} more"] if more > 0 else told


def _item(item: Document) -> str:
    words = _short(str(item.get("description") or item.get("platform") or ""), _ITEM_LENGTH)
    quantity = str(item.get("quantity") or "")
    return words if not quantity or quantity == quantities.UNKNOWN else f"{quantity} × {words}"


def _amounts(entries: Any) -> list[str]:
    """Return the largest amount that is stated: the others are later steps of it, or parts."""
    stated = [(Decimal(entry["amount"]), entry.get("currency", "")) for entry in entries if entry.get("amount")]
    if not stated:
        return []
    amount, currency = max(stated)
    return [f"{currency} {compact(amount)}".strip()]


def compact(amount: Decimal) -> str:
    """Return an amount to the tenth of its unit in English: `1.5 million`. As Babel does, in a tenth of the time."""
    for unit, word in _UNITS:
        if abs(amount) >= unit:
            return f"{round(amount / unit, 1):f} {word}".replace(".0 ", " ")
    return f"{amount.normalize():f}"


def _without_amount(document: Document) -> str:
    return _short(document.get("description", ""), LONGEST // 2)


def _short(text: str, longest: int) -> str:
    """Return the text in one line, cut between words where it is too long."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 2].rpartition(" ")[0] or words[: longest - 2]
    return cut.rstrip(",;:.") + " …"
