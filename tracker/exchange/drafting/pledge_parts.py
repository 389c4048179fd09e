"""Makes the items, entries and valuations of one pledge from the lines of a file that are about it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Document
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.sources import Platforms
from tracker.exchange.profiles.base import Amounts, Items, Profile
from tracker.lib import cells, quantities
from tracker.models import Basis, Item, Stage

STAGE = "stage "
"""What the path of something unread begins with that stands for all amounts of a stage."""
_MARKET_PRICE, _DELIVERY = str(Basis.MARKET_PRICE), str(Stage.DELIVERY)
_WORTH = f"value ({_MARKET_PRICE})"
"""What an item is worth is called as a value of it."""


@dataclass
class Parts:
    """The parts of one pledge, as its serializer accepts them."""

    items: list[Document] = field(default_factory=list)
    entries: list[Document] = field(default_factory=list)
    valuations: list[Document] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    """The number of the item that a line names, by the number of the line."""
    unread: list[str] = field(default_factory=list)
    """The fields whose cells could not be read, such as `entries[2].value`."""
    told: list[tuple[str, FileLine, dict[str, str]]] = field(default_factory=list)
    """Which fields of a part, or by no name of the pledge itself, a line tells, each in which column; where no column
    does, the line as a whole."""

    def tell(self, part: str, line: FileLine, columns: dict[str, str]) -> None:
        """Note the columns that tell fields of a part, or of the pledge itself."""
        self.told.append((part, line, columns))

    def add_item(self, item: Document, *, repeated: bool) -> tuple[int, bool]:
        """Add an item, unless rows are `repeated` and it is there; returns its number, and whether it is new."""
        for row in self.items if repeated else ():
            if row == {"number": row["number"]} | item:
                return row["number"], False
        self.items.append({"number": len(self.items) + 1} | item)
        return len(self.items), True

    def add_entry(self, **columns: Any) -> Document:
        """Add an entry with the next number."""
        entry = {"number": len(self.entries) + 1} | {name: value for name, value in columns.items() if value}
        self.entries.append(entry)
        return entry

    def value(self, source: str, basis: str, amount: Any, currency: str, **of: int) -> None:
        """Value an entry or an item."""
        unit = {"currency": currency} if currency else {}
        self.valuations.append({**of, "basis": basis, "amount": f"{amount:f}", **unit, "source": source})


class Writer:
    """Writes the parts of pledges for one profile; `title` is what valuations name as their source."""

    def __init__(self, profile: Profile, title: str, platforms: Platforms) -> None:
        self.profile = profile
        self.title = title
        self.platforms = platforms

    def items(self, lines: list[FileLine], parts: Parts) -> None:
        """Add an item for each line that names one, with what it comes to at the price for a unit."""
        declared = self.profile.items
        if declared is None:
            return
        for line in lines:
            name = line.first_text(declared.names)
            is_unread = not line.unread.isdisjoint(declared.names)
            if not name and not is_unread:
                continue
            name = name or _("What it is cannot be read")
            item = self._item(line, declared, name)
            number, is_new = parts.add_item(item, repeated=declared.repeated)
            parts.numbers[line.number] = number
            parts.tell(f"items[{number}]", line, self._told_of_item(line, declared, item))
            if is_unread:
                parts.unread.append(f"items[{number}].description")
            _note_unread(line, parts, f"items[{number}]", {"quantity": declared.quantity, "value": declared.worth})
            worth = line.amount(declared.worth, declared.currency)
            if worth is not None and is_new:
                source = self._source(line, declared.price, declared.currency)
                parts.value(source, _MARKET_PRICE, worth, declared.currency, item=number)

    def _item(self, line: FileLine, declared: Items, name: str) -> Document:
        item: Document = {"description": name[:500].strip()} | self.platforms.named_in(line, declared, name)
        if line.supplier:
            item["supplier"] = line.supplier
        condition = line.word(declared.condition)
        if condition:
            item["condition"] = str(condition)
        quantity = line.quantity(declared.quantity)
        item["quantity"] = str(quantity)
        is_read = declared.quantity not in line.unread and line.is_known(declared.quantity)
        if quantity.qualifier != quantities.EXACT and is_read:
            words = cells.text(line.values.get(declared.quantity)).replace("\0", "")
            if words:
                item["quantity_words"] = words[:120].strip()
        modality = next((word for words in declared.modality if (word := line.word(words))), Item.Modality.UNKNOWN)
        return item | {"modality": str(modality)}

    def _told_of_item(self, line: FileLine, declared: Items, item: Document) -> dict[str, str]:
        """Return which column tells each field of an item."""
        name = next((column for column in declared.names if line.text(column)), "")
        category = item.get("category")
        kinds = (
            column for column in (declared.categories if category else ())
            if self.platforms.categories.find(line.text(column)) == category
        )  # fmt: skip
        words = next((words.column for words in declared.modality if line.word(words)), "")
        return {
            "description": name, "platform": name, "category": next(kinds, name), "quantity": declared.quantity,
            "supplier": self.profile.supplier, "condition": declared.condition.column if declared.condition else "",
            "modality": words, _WORTH: declared.worth,
        }  # fmt: skip

    def _source(self, line: FileLine, price: str, unit: str) -> str:
        """Return what a valuation names as its source, with the price of a unit where the row has one."""
        found = line.amount(price)
        return self.title if found is None else f"{self.title}; {found:f} {unit} a unit"

    def amounts(self, lines: list[FileLine], parts: Parts, declared: Amounts) -> bool:
        """Add an entry for each line that says something of the stage; tell whether there was one."""
        said: list[Any] = []
        for line in lines:
            value = line.amount(declared.value, declared.currency)
            columns = self._step(line, parts, declared)
            says = line.is_known(declared.date) or line.is_known(declared.quantity)
            says = says or bool(line.unread and line.unread & ({declared.value} | self._makes_stated(declared)))
            if value is None and "amount" not in columns and not says:
                continue
            if declared.repeated and (value, columns) in said:
                continue
            said.append((value, columns))
            entry = parts.add_entry(stage=str(declared.stage), **columns)
            parts.tell(f"entries[{entry['number']}]", line, self._told_of_step(line, declared))
            self._note_unread(line, parts, declared, entry)
            if value is not None:
                source = self._source(line, declared.unit, declared.currency or declared.basis.upper())
                parts.value(source, str(declared.basis), value, declared.currency, entry=entry["number"])
        return bool(said)

    def _told_of_step(self, line: FileLine, declared: Amounts) -> dict[str, str]:
        """Return which column tells each field of an entry."""
        day = declared.date if declared.date and line.date(declared.date) else self.profile.announced
        return {"date": day, **declared.told}

    def _step(self, line: FileLine, parts: Parts, declared: Amounts) -> Document:
        """Return when a line says that a stage was reached, and in what."""
        stated, currency = self._stated(line, declared)
        columns: Document = {"date": line.date_of_step(declared.date) or line.date(self.profile.announced)}
        if stated is not None:
            columns |= {"amount": f"{stated:f}", "currency": currency}
        if declared.quantity:
            columns |= {"item": parts.numbers.get(line.number), "quantity": str(line.quantity(declared.quantity))}
        return columns

    def unvalued(self, line: FileLine, parts: Parts, declared: Amounts) -> None:
        """Add an entry that says that the stage was reached and its value is unknown."""
        entry = parts.add_entry(stage=str(declared.stage), date=line.date(self.profile.announced))
        parts.tell(f"entries[{entry['number']}]", line, {"stage": declared.value, "date": self.profile.announced})
        self._note_unread(line, parts, declared, entry)

    def _note_unread(self, line: FileLine, parts: Parts, declared: Amounts, entry: Document) -> None:
        if not line.unread and (not declared.stated or declared.stated in line.columns):
            return
        day = declared.date if declared.date in line.unread else self.profile.announced
        columns = {"value": declared.value, "amount": declared.stated, "quantity": declared.quantity}
        columns |= {} if entry.get("date") else {"date": day}
        part = f"entries[{entry['number']}]"
        _note_unread(line, parts, part, columns)
        # An amount is lost with its currency, too, and with the word that says whose it is.
        is_lost = (
            line.is_known(declared.stated) and not entry.get("amount") and line.unread & self._makes_stated(declared)
        )
        if is_lost and f"{part}.amount" not in parts.unread:
            parts.unread.append(f"{part}.amount")

    def _makes_stated(self, declared: Amounts) -> set[str]:
        """Return the columns of which an amount that the source states is made."""
        said_by = self.profile.stated_if.column if self.profile.stated_if else ""
        return {declared.stated, declared.stated_currency, said_by} - {""} if declared.stated else set()

    def _stated(self, line: FileLine, declared: Amounts) -> tuple[Any, str]:
        if not declared.stated:
            return None, ""
        is_stated = self.profile.stated_if is None or line.word(self.profile.stated_if) == "yes"
        if not is_stated or not line.is_known(declared.stated):
            return None, ""
        currency = line.currency(declared.stated_currency) or line.currency_named(declared.stated)
        amount = line.amount(declared.stated, currency)
        return (amount, currency) if amount is not None and currency else (None, "")

    def deliveries(self, lines: list[FileLine], parts: Parts) -> None:
        """Add the units delivered of each item. What they are worth is the publisher's to say, of the whole."""
        declared = self.profile.items
        if declared is None or not declared.delivered:
            return
        for line in lines:
            number = parts.numbers.get(line.number)
            delivered = line.quantity(declared.delivered)
            if number is None or delivered.counted is None:
                continue
            entry = self._only_delivery(parts)
            if entry is not None:
                entry |= {"item": number, "quantity": str(delivered)}
            else:
                entry = parts.add_entry(stage=_DELIVERY, item=number, quantity=str(delivered))
            parts.tell(f"entries[{entry['number']}]", line, {"quantity": declared.delivered})

    @staticmethod
    def _only_delivery(parts: Parts) -> Document | None:
        """Return the entry with the value of all that was delivered, where that is a single item."""
        entries = [entry for entry in parts.entries if entry["stage"] == _DELIVERY]
        return entries[0] if len(parts.items) == len(entries) == 1 and "item" not in entries[0] else None


def _note_unread(line: FileLine, parts: Parts, part: str, columns: dict[str, str]) -> None:
    """Note which fields of a part stand in cells that could not be read, or are amounts without a column."""
    parts.unread += [
        f"{part}.{name}"
        for name, column in columns.items()
        if column in line.unread or (name == "amount" and column and column not in line.columns)
    ]
