"""Price lists: one line a platform, with what a unit costs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.curation.reference.platforms import Price
from tracker.exchange.drafting.labels import Labels, Unmatched
from tracker.exchange.inbound.choosing_sheet import file_notices, find_table
from tracker.exchange.inbound.conventions import AMOUNT, DATE, Conventions, Stated, conventions_of
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.lib import cells, reading_cells
from tracker.lib.cells import Cell, CellError
from tracker.lib.money import DOLLARS, AmountError, currency_code, is_bare_dollar, unit_problem
from tracker.lib.text import fold
from tracker.models import Basis, PlatformPrice

HEADER = Header(
    (
        ProfileColumn("platform", ("platform", "item", "weapon", "designation"), required=True),
        ProfileColumn("basis"),
        ProfileColumn("amount", ("amount", "unit price", "price", "price per unit"), required=True),
        ProfileColumn("low", ("low price", "minimum")),
        ProfileColumn("high", ("high price", "maximum")),
        ProfileColumn("currency", required=True),
        ProfileColumn("valid_from", ("from", "date")),
        ProfileColumn("source"),
    )
)
HOLDS = dict.fromkeys(("amount", "low", "high"), AMOUNT) | {"valid_from": DATE}
"""What the columns hold that can be read in two ways."""
SHEETS = ("Price List, Weapons & Items",)
"""Names of sheets to look for, before the first is taken."""
_BASES = {fold(word): value for value, label in Basis.choices for word in (value, str(label))}
_SOURCE_LENGTH = PlatformPrice._meta.get_field("source").max_length


@dataclass
class PriceList:
    """What a price list says. Every row is in one of the first four, but for those that a row before it repeats."""

    prices: list[Price] = field(default_factory=list)
    invalid: list[tuple[int, str]] = field(default_factory=list)
    """Row number and reason."""
    without_price: int = 0
    without_platform: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What a person must look at in how the file was read."""


@dataclass(frozen=True)
class _Line:
    number: int
    price: Price


def read(
    path: Path, *, sheet: str | None, valid_from: dt.date | None, stated: Mapping[str, Stated] | None = None
) -> PriceList:
    """Return what a price list says; `valid_from` is the day of the rows that give none.

    A basis that is not given is the market price. `stated` are conventions of its columns. Raises FileRefused where it
    is no price list, or has a column that can be read in two ways.
    """
    workbook = open_file(path)
    table = find_table(workbook, HEADER, sheet=sheet, preferred=SHEETS).table
    if "valid_from" in table.absent and valid_from is None:
        raise FileRefused(_("%s has no column “valid from”: say from which day its prices hold") % path.name)
    rows = list(table)
    conventions = conventions_of(rows, HOLDS, workbook.separator, stated)
    conventions.refuse_doubts(path.name)
    platforms, found = Labels.load("platform"), PriceList(notices=file_notices(workbook, table.left_out, table))
    lines: dict[tuple[str, str, dt.date], list[_Line]] = {}
    for row, values in rows:
        label = cells.text(values["platform"])
        misfit = table.misfit(row)
        if not misfit and (not label or cells.is_unknown(values["amount"])):
            found.without_price += 1
            continue
        try:
            if misfit:
                raise CellError(misfit)
            public_id = platforms.resolve(label, row.number)
            price = _price(values, public_id or "", valid_from, path.name, conventions)
        except CellError as error:
            found.invalid.append((row.number, f"{label[:60]}: {error}"))
            continue
        if public_id is None:
            found.without_platform += 1
        else:
            lines.setdefault((price.platform, price.basis, price.valid_from), []).append(_Line(row.number, price))
    _settle(found, lines)
    found.unmatched = platforms.unmatched()
    return found


def _settle(found: PriceList, lines: dict[tuple[str, str, dt.date], list[_Line]]) -> None:
    """Take one price a platform, basis and day; where rows contradict each other, none of them."""
    for (platform, _basis, _day), own in lines.items():
        if len({(line.price.amount, line.price.low, line.price.high, line.price.currency) for line in own}) == 1:
            found.prices.append(own[0].price)
            continue
        rows = ", ".join(str(line.number) for line in own)
        reason = _("rows %(rows)s give %(platform)s different prices: leave one of them") % {
            "rows": rows, "platform": platform}  # fmt: skip
        found.invalid += [(line.number, reason) for line in own]
    found.invalid.sort()


def _price(
    values: dict[str, Cell], platform: str, valid_from: dt.date | None, name: str, conventions: Conventions
) -> Price:
    """Return what a row says; raises CellError with the column and what was found."""
    read = [reading_cells.money_in(values[one], mark=conventions.mark(one)) for one in ("amount", "low", "high")]
    amount, low, high = (found for found, _currency in read)
    assert amount is not None
    below = next((one for one in (low, amount, high) if one is not None and one < 0), None)
    if below is not None:
        raise CellError(_("%s is below zero; a price is zero or more") % below)
    if not (0 if low is None else low) <= amount <= (amount if high is None else high):
        raise CellError(_("low %(low)s, amount %(amount)s, high %(high)s are not in this order from 0 on") % {
            "low": low, "amount": amount, "high": high})  # fmt: skip
    texts = [cells.text(values[one]) for one in ("amount", "low", "high") if values[one] is not None]
    named = {named for _amount, named in read} - {""}
    currency = _currency(values["currency"], conventions)
    if named == {"USD"} and currency in DOLLARS and all(map(is_bare_dollar, texts)):
        named = set()
    doubt = "" if currency else next(filter(None, map(conventions.dollar_problem, texts)), "")
    if doubt:
        raise CellError(_("amount: %s") % doubt)
    currency = _settled(currency, named)
    problem = next(filter(None, (unit_problem(one, currency) for one in (amount, low, high) if one is not None)), "")
    if problem:
        raise CellError(problem)
    word = cells.text(values["basis"])
    basis = _BASES.get(fold(word)) if word else Basis.MARKET_PRICE.value
    if basis is None or basis in (Basis.STATED, Basis.TIV):
        raise CellError(_("basis: “%s” is none that a price can have, such as “market price”") % word[:20])
    return Price(
        platform, basis, _day(values["valid_from"], valid_from, conventions), amount, low, high, currency,
        (cells.text(values["source"]).strip(". ") or name)[:_SOURCE_LENGTH],
    )  # fmt: skip


def _currency(cell: Cell, conventions: Conventions) -> str:
    """Return the currency that a row names in its own cell; empty where that is. Raises CellError."""
    text = cells.text(cell)
    try:
        currency = currency_code(text) if text else ""
    except AmountError as error:
        raise CellError(_("currency: %s") % error) from None
    doubt = conventions.dollar_problem(text)
    if doubt:
        raise CellError(_("currency: %s") % doubt)
    return currency


def _settled(currency: str, named: set[str]) -> str:
    """Return the currency of a row; raises CellError where there is none, or its amounts name another."""
    currency = currency or (named.pop() if len(named) == 1 else "")
    if not currency:
        raise CellError(_("currency: “%s” is not an ISO 4217 code such as USD") % "")
    if named - {currency}:
        raise CellError(_("the amount says %(named)s and the currency %(currency)s: which is it?") % {
            "named": ", ".join(sorted(named)), "currency": currency})  # fmt: skip
    return currency


def _day(cell: Cell, otherwise: dt.date | None, conventions: Conventions) -> dt.date:
    found = reading_cells.date(cell, conventions.order("valid_from"))
    if "/" in found.edtf:
        raise CellError(_("valid from: “%s” is a span of time; a price holds from one day on") % cells.text(cell)[:40])
    day = found.earliest or otherwise
    if day is None:
        raise CellError(_("valid from: a price needs the day from which it holds"))
    return day
