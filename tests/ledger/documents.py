"""Documents of pledges as the shelf holds them, and what posting looks up, all without a database."""

from decimal import Decimal
from typing import Any

from tracker.ledger.posting import Shelf, post
from tracker.ledger.rates import MONTH_MEAN, Rate, span_of
from tracker.lib.partial_dates import PartialDate
from tracker.models import Contribution
from tracker.records.engine.fields import describe_date, describe_quantity

RATES = {"EUR": Decimal(1), "USD": Decimal("1.16314286"), "JPY": Decimal("171.84"), "GBP": Decimal("0.8654321")}


class FixedRates:
    """One rate a currency, whatever the date; none without a date but for the euro itself."""

    def find(self, currency: str, date: PartialDate, policy: str = MONTH_MEAN) -> Rate | None:
        span = span_of(date, policy)
        if span is None:
            return Rate(Decimal(1), None, "", None, None, "", False) if currency == "EUR" else None
        if currency not in RATES:
            return None
        return Rate(RATES[currency], RATES["USD"], *span, "ECB", False)


def share(contributor: str = "DEU", fraction: Any = None, amount: Any = None, currency: str = "") -> dict[str, Any]:
    """Return a share: undisclosed, unless a fraction or an amount is given."""
    return {
        "contributor": {"id": contributor, "name": f"Party {contributor}"},
        "fraction": None if fraction is None else str(fraction),
        "amount": None if amount is None else str(amount),
        "currency": currency or ("" if amount is None else "EUR"),
    }


def entry(number: int = 1, amount: Any = None, currency: str = "", **changes: Any) -> dict[str, Any]:
    """Return an entry: a commitment, unless another stage is given. `date` and `quantity` are as people write them."""
    quantity = changes.pop("quantity", None)
    return {
        "number": number, "stage": "commitment", "item": None,
        "amount": None if amount is None else str(amount),
        "currency": currency or ("" if amount is None else "EUR"),
        "date": describe_date(changes.pop("date", "")),
        "quantity": describe_quantity(quantity) if quantity else None,
        "is_total": False, "note": "",
    } | changes  # fmt: skip


def item(number: int = 1, quantity: str = "unknown", platform: str = "", **changes: Any) -> dict[str, Any]:
    """Return an item: a platform in the category fighters, or a description."""
    category = {"id": "fighters", "name": "Fighters", "path": ["aircraft", "fighters"]}
    return {
        "number": number, "description": "" if platform else "something", "category": None,
        "platform": {"id": platform, "name": platform, "category": category} if platform else None,
        "quantity": describe_quantity(quantity), "quantity_words": "", "modality": "unknown",
        "supplier": None, "stock_owner": None, "requirement": None,
    } | changes  # fmt: skip


def valuation(basis: str, amount: Any, currency: str = "EUR", **of: int) -> dict[str, Any]:
    """Return a valuation of `entry=` or `item=`, by number."""
    return {"entry": None, "item": None, "basis": basis, "amount": str(amount), "currency": currency} | of


def platform(*prices: tuple[str, Any], basis: str = "market_price") -> dict[str, Any]:
    """Return a platform with prices in euros, each with the day from which it holds."""
    rows = [{"basis": basis, "valid_from": day, "amount": str(amount), "currency": "EUR"} for day, amount in prices]
    return {"manufacturer": {"id": "MAKER", "name": "Maker"}, "prices": rows}


def pledge(*, announced: str = "2025-08", **changes: Any) -> dict[str, Any]:
    """Return a pledge by Germany to Ukraine of one commitment, a million euros."""
    return {
        "id": "DEU-2025-0001", "name": "A pledge", "nature": "financing", "aid_type": "military", "aid_kind": "",
        "beneficiary": {"id": "UKR", "name": "Ukraine"}, "host": None, "initiative": None, "package": None,
        "meeting": None, "announced": describe_date(announced), "shares": [share()], "items": [],
        "entries": [entry(amount="1000000.00")], "valuations": [], "links": [],
    } | changes  # fmt: skip


def tranche_of(target: str) -> dict[str, Any]:
    """Return a link of that kind."""
    return {"link": "tranche_of", "target": {"id": target, "name": target}, "note": ""}


def posted(
    document: dict[str, Any], platforms: dict[str, Any] | None = None, pledges: dict[str, Any] | None = None
) -> list[Contribution]:
    """Return the rows of a pledge, at fixed rates."""
    return post(document, Shelf((platforms or {}).get, (pledges or {}).get, FixedRates()))


def headlines(rows: list[Contribution]) -> list[Contribution]:
    """Return the rows that tables show."""
    return [row for row in rows if row.is_headline]
