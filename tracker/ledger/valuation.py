"""Lines: what of a pledge is counted at each entry, and what it is worth on each basis.

An entry that names an item counts that item; one that names none counts the only item, or, where
there are several, posts its amount undivided, with a line beside it for each item's quantity. An
entry of a stage that promises takes its quantity from the item where it states none; a contract,
disbursement or delivery counts only what it states itself. An item's own quantity, and what the
whole of it is worth, are counted once a stage; where an entry states an amount and no units, the
worth of the units beside it is inside that amount.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from tracker.ledger.errors import PostingError
from tracker.lib import money, partial_dates, quantities
from tracker.lib.quantities import Quantity
from tracker.models import Basis, RatePolicy, Stage
from tracker.records.engine.types import Document
from tracker.records.sum_of_shares import shared_total

PROMISED = (Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION)
HEADLINE_ORDER = (Basis.STATED, Basis.DATASET, Basis.MARKET_PRICE)

FindPlatform = Callable[[str], Document | None]


@dataclass
class EntryCount:
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
    return partial_dates.stored(own["edtf"]) if own else partial_dates.UNKNOWN


def year_of(document: Document) -> int | None:
    """Return the one year in which the pledge was announced, or the deal made; None where no one year is said."""
    announced = document["announced"]
    return partial_dates.stored(announced["edtf"]).year if announced else None


def rate_date_of(document: Document, entry: Document) -> partial_dates.PartialDate:
    """Return the date whose exchange rate holds: when the amount was announced.

    A promise with a date of its own was announced then, such as what was added to a package two years
    later. What follows a promise is converted as that was, so that the stages of an amount compare.
    """
    own_first = (entry["date"], document["announced"])
    announced = next(filter(None, own_first if entry["stage"] in PROMISED else reversed(own_first)), None)
    return partial_dates.stored(announced["edtf"]) if announced else partial_dates.UNKNOWN


def rate_policy_of(document: Document) -> str:
    """Return the policy that was chosen; documents of before there was a choice have the mean of the month."""
    return str(document.get("rate_policy", RatePolicy.MONTH_MEAN.value))


class _Lines:
    """The lines of one pledge, built entry by entry."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.valuations = _valuations(document, "entry")
        self.items = {item["number"]: item for item in document["items"]}
        # What is within the number of another item is not counted again beside it.
        self.wholes = {number: item for number, item in self.items.items() if not item.get("part_of")}
        self.named = {(entry["stage"], entry["item"]) for entry in document["entries"]}
        # The stages and items whose units an entry states, or a line has counted.
        self.counted = {
            (entry["stage"], item["number"])
            for entry in document["entries"]
            if entry["quantity"] and (item := self.item_of(entry))
        }

    def refuse_parts_beside_wholes(self) -> None:
        """Raise PostingError where entries of one stage count an item and what is part of it: twice the same."""
        for entry in self.document["entries"]:
            item = self.item_of(entry)
            whole = item.get("part_of") if item else None
            if whole and any(self.item_of(other) is self.items[whole] for other in self._of_stage(entry["stage"])):
                raise PostingError(
                    _("Entry %(entry)s counts item %(part)s, which is part of item %(whole)s, and another entry of its "
                      "stage counts that: leave one of them.")
                    % {"entry": entry["number"], "part": item and item["number"], "whole": whole}
                )  # fmt: skip

    def _of_stage(self, stage: str) -> list[Document]:
        return [entry for entry in self.document["entries"] if entry["stage"] == stage]

    def item_of(self, entry: Document) -> Document | None:
        """Return the item that the entry names, or the only one."""
        if entry["item"]:
            return self.items.get(entry["item"])
        return next(iter(self.wholes.values())) if len(self.wholes) == 1 else None

    def quantity(self, entry: Document, item: Document | None) -> Quantity | None:
        """Return what the entry counts; an item's own quantity only where no entry of the stage states one."""
        if entry["quantity"]:
            return quantities.stored(entry["quantity"]["text"])
        if item is None:
            return None
        key = (entry["stage"], item["number"])
        if key in self.counted:
            return None
        self.counted.add(key)
        if entry["stage"] in PROMISED:
            return quantities.stored(item["quantity"]["text"])
        return Quantity(quantities.UNKNOWN)

    def of(self, entry: Document) -> list[EntryCount]:
        """Return the lines of one entry."""
        item = self.item_of(entry)
        own = EntryCount(entry, item, self.quantity(entry, item), values=_own_values(entry, self.valuations))
        if item is not None or not self.items or entry["stage"] not in PROMISED:
            return [own]
        bundled = self.bundled(entry)
        if bundled and not own.values and own.quantity is None:
            return bundled
        for line in bundled:
            line.is_bundled = bool(own.values)
            if own.quantity is not None and line.quantity is not None and line.quantity.counted is not None:
                raise PostingError(
                    _("Entry %(entry)s counts %(quantity)s and names no item, and item %(item)s counts %(own)s: name "
                      "the item of the entry, or leave the quantity to the items.")
                    % {"entry": entry["number"], "quantity": own.quantity, "item": line.item and line.item["number"],
                       "own": line.quantity}
                )  # fmt: skip
        return [own, *bundled]

    def bundled(self, entry: Document) -> list[EntryCount]:
        """Return a line for each item that no entry of this stage names or has counted."""
        lines = []
        for number, item in self.wholes.items():
            key = (entry["stage"], number)
            if key in self.named or key in self.counted:
                continue
            self.counted.add(key)
            lines.append(EntryCount(entry, item, quantities.stored(item["quantity"]["text"])))
        return lines


_Valuations = Mapping[int, list[Document]]
"""By the number of what they value."""


def _valuations(document: Document, of: str) -> _Valuations:
    """Return the valuations of entries or of items: gone through once, and not for each of them."""
    found: dict[int, list[Document]] = defaultdict(list)
    for valuation in document["valuations"]:
        found[valuation[of]].append(valuation)
    return found


def _own_values(entry: Document, valuations: _Valuations) -> dict[str, tuple[Fraction, str]]:
    """Return what the entry states, and the valuations of the entry."""
    values: dict[str, tuple[Fraction, str]] = {}
    if entry["amount"] is not None:
        values[Basis.STATED] = (money.exact(entry["amount"]), entry["currency"])
    for valuation in valuations.get(entry["number"], ()):
        values[valuation["basis"]] = (money.exact(valuation["amount"]), valuation["currency"])
    return values


def _bundle(lines: list[EntryCount], inside: Collection[str]) -> None:
    """Mark the lines of items whose worth is inside an amount that another entry of the stage states.

    Such an amount is for the pledge, or for the item, as a whole: it counts no units of its own. Else a
    delivery with its value, beside the units that it brought, would count twice once these have a price.
    `inside` are the stages at which such an amount stands with another pledge, as with an umbrella.
    """
    whole = {
        (line.entry["stage"], line.item and line.item["number"])
        for line in lines
        if line.headline and (line.quantity is None or line.quantity.counted is None)
    }
    whole |= {(stage, None) for stage in inside}
    for line in lines:
        if line.item is not None and line.headline is None:
            stage = line.entry["stage"]
            line.is_bundled = line.is_bundled or bool({(stage, None), (stage, line.item["number"])} & whole)


def _add_item_values(lines: list[EntryCount], valuations: _Valuations) -> None:
    """Value the whole of each item, once a stage and basis, on the first of its lines.

    Not where entries of the item have valuations of their own on that basis: those say it in parts.
    """
    valued = {(line.entry["stage"], line.item["number"], basis) for line in lines if line.item for basis in line.values}
    for line in lines:
        if line.item is None or line.entry["stage"] not in PROMISED:
            continue
        for valuation in valuations.get(line.item["number"], ()):
            key = (line.entry["stage"], line.item["number"], valuation["basis"])
            if key not in valued:
                valued.add(key)
                line.values[valuation["basis"]] = (money.exact(valuation["amount"]), valuation["currency"])


def _add_prices(
    line: EntryCount, document: Document, valuations: _Valuations, find_platform: FindPlatform
) -> None:  # fmt: skip
    """Value a line by its platform's prices × quantity, where nothing else says what it is worth on a basis."""
    counted = line.quantity.counted if line.quantity else None
    if line.item is None or not line.item["platform"] or counted is None:
        return
    platform = find_platform(line.item["platform"]["id"])
    if platform is None:
        return
    whole = set()
    if line.entry["stage"] in PROMISED:
        whole = {valuation["basis"] for valuation in valuations.get(line.item["number"], ())}
    for price in prices_on(platform, date_of(document, line.entry)):
        if price["basis"] not in whole:
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


def lines_of(document: Document, find_platform: FindPlatform, inside: Collection[str] = ()) -> list[EntryCount]:
    """Return the lines of a pledge's document; `find_platform` gives a published platform by id.

    At the stages `inside`, the worth of units is part of an amount that another pledge counts.
    """
    document = _with_shared_total(document)
    builder = _Lines(document)
    builder.refuse_parts_beside_wholes()
    lines = [line for entry in document["entries"] for line in builder.of(entry)]
    _bundle(lines, inside)
    of_items = _valuations(document, "item")
    _add_item_values(lines, of_items)
    # What a price makes of the units is money, which counts as somebody's.
    if document["shares"]:
        for line in lines:
            _add_prices(line, document, of_items, find_platform)
    return lines


def _with_shared_total(document: Document) -> Document:
    """Return the document with the sum of the shares as amount, where only they state amounts."""
    total = shared_total(document)
    if total is None or any(entry["amount"] is not None for entry in document["entries"]):
        return document
    amount, currency = total
    first = min(document["entries"], key=lambda entry: Stage.values.index(entry["stage"]))
    stated = first | {"amount": str(Decimal(amount)), "currency": currency}
    return document | {"entries": [stated if entry is first else entry for entry in document["entries"]]}
