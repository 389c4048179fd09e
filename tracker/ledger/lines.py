"""Lines: what of a pledge is counted at each entry, and what it is worth on each basis.

An entry that names an item counts that item; one that names none counts the only item, or, where
there are several, posts its amount undivided, with a line beside it for each item's quantity. An
entry of a stage that promises takes its quantity from the item where it states none; a contract,
disbursement or delivery counts only what it states itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tracker.ledger.attribution import shared_total
from tracker.lib import partial_dates, quantities
from tracker.lib.quantities import Quantity
from tracker.models import Basis, Stage

PROMISED = (Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION)
HEADLINE_ORDER = (Basis.STATED, Basis.DATASET, Basis.MARKET_PRICE)

Document = dict[str, Any]
FindPlatform = Callable[[str], Document | None]


@dataclass
class Line:
    """One entry's count of one item, or of the pledge as a whole.

    `quantity` is None where the line counts no units. `values` are exact amounts and currencies by
    basis. `is_bundled` says that the item's worth is inside an amount for several items.
    """

    entry: Document
    item: Document | None
    quantity: Quantity | None
    is_bundled: bool = False
    values: dict[str, tuple[Fraction, str]] = field(default_factory=dict)

    @property
    def headline(self) -> str | None:
        """The basis that lists and tables show unless asked for another, or None."""
        if self.is_bundled:
            return None
        return next((basis for basis in HEADLINE_ORDER if basis in self.values), None)


def date_of(document: Document, entry: Document) -> partial_dates.PartialDate:
    """Return when the entry happened: its own date, else the pledge's announcement."""
    own = entry["date"] or document["announced"]
    return partial_dates.parse(own["edtf"]) if own else partial_dates.UNKNOWN


def rate_date_of(document: Document, entry: Document) -> partial_dates.PartialDate:
    """Return the date whose exchange rate holds: the announcement, else the entry's own date."""
    announced = document["announced"] or entry["date"]
    return partial_dates.parse(announced["edtf"]) if announced else partial_dates.UNKNOWN


class _Lines:
    """The lines of one pledge, built entry by entry."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.items = {item["number"]: item for item in document["items"]}
        self.named = {(entry["stage"], entry["item"]) for entry in document["entries"]}
        self.counted: set[tuple[str, int]] = set()

    def quantity(self, entry: Document, item: Document | None) -> Quantity | None:
        """Return what the entry counts; an item's own quantity is counted once a stage."""
        if entry["quantity"]:
            return quantities.parse(entry["quantity"]["text"])
        if item is None:
            return None
        key = (entry["stage"], item["number"])
        if key in self.counted:
            return None
        self.counted.add(key)
        if entry["stage"] in PROMISED:
            return quantities.parse(item["quantity"]["text"])
        return Quantity(quantities.UNKNOWN)

    def of(self, entry: Document) -> list[Line]:
        """Return the lines of one entry."""
        item = self.items.get(entry["item"]) if entry["item"] else None
        if item is None and len(self.items) == 1:
            item = next(iter(self.items.values()))
        own = Line(entry, item, self.quantity(entry, item), values=_own_values(entry, self.document))
        if item is not None or not self.items or entry["stage"] not in PROMISED:
            return [own]
        bundled = self.bundled(entry)
        if bundled and not own.values and own.quantity is None:
            return bundled
        for line in bundled:
            line.is_bundled = bool(own.values)
        return [own, *bundled]

    def bundled(self, entry: Document) -> list[Line]:
        """Return a line for each item that no entry of this stage names or has counted."""
        lines = []
        for number, item in self.items.items():
            if (entry["stage"], number) in self.named | self.counted:
                continue
            self.counted.add((entry["stage"], number))
            lines.append(Line(entry, item, quantities.parse(item["quantity"]["text"])))
        return lines


def _own_values(entry: Document, document: Document) -> dict[str, tuple[Fraction, str]]:
    """Return what the entry states, and the valuations of the entry."""
    values: dict[str, tuple[Fraction, str]] = {}
    if entry["amount"] is not None:
        values[Basis.STATED] = (Fraction(entry["amount"]), entry["currency"])
    for valuation in document["valuations"]:
        if valuation["entry"] == entry["number"]:
            values[valuation["basis"]] = (Fraction(valuation["amount"]), valuation["currency"])
    return values


def _add_item_values(line: Line, document: Document, find_platform: FindPlatform) -> None:
    """Value a line by the valuations of its item, else by its platform's prices × quantity."""
    if line.item is None:
        return
    if line.entry["stage"] in PROMISED:
        for valuation in document["valuations"]:
            if valuation["item"] == line.item["number"]:
                line.values.setdefault(valuation["basis"], (Fraction(valuation["amount"]), valuation["currency"]))
    platform = find_platform(line.item["platform"]["id"]) if line.item["platform"] else None
    counted = line.quantity.counted if line.quantity else None
    if platform is None or counted is None:
        return
    for price in prices_on(platform, date_of(document, line.entry)):
        amount = Fraction(price["amount"]) * Fraction(counted)
        line.values.setdefault(price["basis"], (amount, price["currency"]))


def prices_on(platform: Document, date: partial_dates.PartialDate) -> list[Document]:
    """Return one price a basis: the newest in force on the first day of `date`, else the first ever."""
    day = date.earliest.isoformat() if date.earliest else ""
    chosen: dict[str, Document] = {}
    for price in sorted(platform["prices"], key=lambda price: price["valid_from"]):
        if price["basis"] not in chosen or price["valid_from"] <= day:
            chosen[price["basis"]] = price
    return list(chosen.values())


def lines_of(document: Document, find_platform: FindPlatform) -> list[Line]:
    """Return the lines of a pledge's document; `find_platform` gives a published platform by id."""
    document = _with_shared_total(document)
    builder = _Lines(document)
    lines = [line for entry in document["entries"] for line in builder.of(entry)]
    for line in lines:
        _add_item_values(line, document, find_platform)
    return lines


def _with_shared_total(document: Document) -> Document:
    """Return the document with the sum of the shares as amount, where only they state amounts."""
    total = shared_total(document)
    if total is None or any(entry["amount"] is not None for entry in document["entries"]):
        return document
    amount, currency = total
    first, *others = document["entries"]
    stated = {"amount": str(Decimal(amount)), "currency": currency}
    return document | {"entries": [first | stated, *others]}
