"""Posting: from the document of a pledge to its rows in the ledger.

Everything here is computed from documents on the shelf and from rates, so that a row can be
recomputed later and compared with what was posted.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tracker.ledger.errors import PostingError
from tracker.ledger.posted import Posted
from tracker.ledger.rates import Rate, Rates
from tracker.ledger.valuation import (
    Document,
    EntryCount,
    FindPlatform,
    date_of,
    lines_of,
    rate_date_of,
    rate_policy_of,
    year_of,
)
from tracker.lib import money
from tracker.models import Condition, Contribution
from tracker.models.marks import marks_of
from tracker.records.sum_of_shares import ContributorPart, SharesError, parts_of, shared_total

MILLION = 10**6
MAX_WORTH = 10**14
"""A hundred trillion: in minor units, sums of hundreds are still within the 64-bit integers of SQLite."""
_GAP = Contribution.Gap


@dataclass(frozen=True)
class Shelf:
    """What posting looks up: platforms and other pledges as published, and exchange rates."""

    platform: FindPlatform
    pledge: FindPlatform
    rates: Rates


def post(document: Document, shelf: Shelf) -> list[Posted]:
    """Return the rows of the ledger for a pledge, in a fixed order.

    Raises PostingError where the pledge cannot be counted.
    """
    if not document["entries"]:
        raise PostingError(_("Add at least one entry: a pledge without a dated step cannot be counted."))
    try:
        parts = parts_of(document)
    except SharesError as error:
        raise PostingError(str(error)) from error
    netted, money_only = _netted_stages(document, shelf)
    about = _pledge_columns(document).values()
    rows = []
    for line in lines_of(document, shelf.platform, inside=money_only):
        # Units whose worth is inside the other pledge's amount are counted here, where they are stated.
        is_netted = line.entry["stage"] in netted and not (line.entry["stage"] in money_only and line.is_bundled)
        of_line = _line_columns(document, line, shelf)
        shared = (*about, *of_line.values(), is_netted)
        units, headline = _units(line, parts), line.headline
        for basis, amounts in _valued(document, line, headline, parts, shelf.rates):
            of_basis = _basis_columns(basis, amounts, is_headline=basis == (headline or ""))
            shown = (*shared, *of_basis.values())
            for at, part in enumerate(parts):
                public_id, own = _public_id(document, line, part, basis), _part_columns(part, amounts, units, at)
                marks = marks_of(
                    of_basis["gap"], of_line["quantity_qualifier"], own[2], own[3], own[4], part.is_estimated,
                    of_basis["is_provisional"], of_line["year"], of_line["month"],
                )  # fmt: skip
                rows.append(Posted._make((*shown, public_id, *own, marks)))
    return rows


def _public_id(document: Document, line: EntryCount, part: ContributorPart, basis: str) -> str:
    item = line.item["number"] if line.item else 0
    return f"{document['id']}.{line.entry['number']}.{item}.{part.contributor or '0'}.{basis or 'unvalued'}"


def is_conditional(document: Document) -> bool:
    """Tell whether a pledge depends on a condition that is open; documents of before there were any have none."""
    return any(condition["state"] == Condition.State.OPEN for condition in document.get("conditions", ()))


def _netted_stages(document: Document, shelf: Shelf) -> tuple[set[str], set[str]]:
    """Return the stages at which a pledge that this one overlaps with is counted, and those where only its money is."""
    _refuse_circle(document, shelf)
    stages: set[str] = set()
    with_units: set[str] = set()
    for link in document["links"]:
        other = shelf.pledge(link["target"]["id"])
        if other is not None:
            stages |= {entry["stage"] for entry in other["entries"] if _states_something(entry, other)}
            with_units |= {entry["stage"] for entry in other["entries"] if entry["quantity"] or other["items"]}
    return stages, stages - with_units


def _states_something(entry: Document, document: Document) -> bool:
    """Tell whether an entry counts money or units, so that what overlaps with it would count twice."""
    valued = any(valuation["entry"] == entry["number"] for valuation in document["valuations"])
    stated = entry["amount"] is not None or entry["quantity"] is not None
    return stated or valued or bool(document["items"]) or shared_total(document) is not None


def _refuse_circle(document: Document, shelf: Shelf) -> None:
    """Raise PostingError where links lead back to the pledge: each would be netted, and none counted."""
    seen: set[str] = set()
    ahead = [link["target"]["id"] for link in document["links"]]
    while ahead:
        public_id = ahead.pop()
        if public_id == document["id"]:
            raise PostingError(
                _("Its links lead back to it by way of %s, so that none of them would count: remove one link.")
                % ", ".join(sorted(seen))
            )
        if public_id not in seen:
            seen.add(public_id)
            other = shelf.pledge(public_id)
            ahead += [link["target"]["id"] for link in other["links"]] if other else []


def _id(reference: dict[str, Any] | None) -> str:
    return reference["id"] if reference else ""


def _pledge_columns(document: Document) -> dict[str, Any]:
    """Return the columns that all rows of a pledge have in common, in the order of `Posted`, as below."""
    return {
        "pledge": document["id"],
        "beneficiary": _id(document["beneficiary"]),
        "host": _id(document["host"]),
        "nature": document["nature"],
        "aid_type": document["aid_type"],
        "aid_kind": document["aid_kind"],
        "initiative": _id(document["initiative"]),
        "package": _id(document["package"]),
        "meeting": _id(document["meeting"]),
        "announced_year": year_of(document),
        "is_conditional": is_conditional(document),
    }


def _line_columns(document: Document, line: EntryCount, shelf: Shelf) -> dict[str, Any]:
    """Return the columns that all rows of a line have in common."""
    item: dict[str, Any] = line.item or {}
    platform = item.get("platform")
    category = platform["category"] if platform else item.get("category")
    published = shelf.platform(platform["id"]) if platform else None
    date = date_of(document, line.entry)
    return {
        "entry": line.entry["number"],
        "item": item.get("number"),
        "supplier": _id(item.get("supplier")),
        "stock_owner": _id(item.get("stock_owner")),
        "manufacturer": _id(published["manufacturer"]) if published else "",
        "modality": item.get("modality", ""),
        # Items of documents from before there were conditions have none.
        "condition": item.get("condition", ""),
        "category": _id(category),
        "category_path": f"/{'/'.join(category['path'])}/" if category else "",
        "platform": _id(platform),
        "stage": line.entry["stage"],
        "date": date.edtf,
        "earliest": date.earliest,
        "latest": date.latest,
        "year": date.year,
        "month": date.earliest.isoformat()[:7] if date.is_dated and date.earliest else "",
        "quantity_qualifier": line.quantity.qualifier if line.quantity else "",
    }


class _Amounts(NamedTuple):
    """A line's worth on one basis, split among the parts; None is unknown."""

    currency: str = ""
    minor: list[int] | None = None
    eur: list[int] | None = None
    usd: list[int] | None = None
    rate: Rate | None = None
    gap: str = _GAP.NONE


def _valued(
    document: Document, line: EntryCount, headline: str | None, parts: list[ContributorPart], rates: Rates
) -> list[tuple[str, _Amounts]]:
    """Return each basis of a line with its amounts; without a headline, a row says why there is none."""
    date, policy = rate_date_of(document, line.entry), rate_policy_of(document)
    valued = [
        (basis, _amounts(amount, currency, parts, rates.find(currency, date, policy) if currency else None))
        for basis, (amount, currency) in sorted(line.values.items())
    ]
    # Where nobody is said to bear the cost, no money is missing beside what counts without it.
    if headline is None and not (valued and not parts[0].contributor):
        gap = _GAP.BUNDLED if line.is_bundled else _GAP.NO_VALUE
        valued.insert(0, ("", _Amounts(gap=gap)))
    return valued


def _amounts(amount: Fraction, currency: str, parts: list[ContributorPart], rate: Rate | None) -> _Amounts:
    weights = [part.weight for part in parts]
    numerator, denominator = amount.as_integer_ratio()
    if abs(numerator) > MAX_WORTH * denominator:
        raise PostingError(
            _("%(amount)s %(currency)s is more than the ledger can count; check the price and the quantity.")
            % {"amount": f"{float(amount):.3g}", "currency": currency}
        )
    minor = money.split(money.ratio_to_minor(numerator, denominator, currency), weights)
    if not currency:
        # SIPRI's values, in hundredths of a million: no money, and so without a rate.
        return _Amounts(minor=minor)
    if rate is None:
        return _Amounts(currency, minor, usd=minor if currency == "USD" else None, gap=_GAP.NO_RATE)
    euros, dollars = rate.in_cents(amount)
    eur = minor if currency == "EUR" else money.split(euros, weights)
    usd = minor if currency == "USD" else None
    if usd is None and dollars is not None:
        usd = money.split(dollars, weights)
    return _Amounts(currency, minor, eur, usd, rate)


def _units(line: EntryCount, parts: list[ContributorPart]) -> list[int] | None:
    """Return the line's quantity in millionths, split among the parts; None is unknown."""
    counted = line.quantity.counted if line.quantity else None
    if counted is None:
        return None
    return money.split(int(counted * MILLION), [part.weight for part in parts])


def _basis_columns(basis: str, amounts: _Amounts, *, is_headline: bool) -> dict[str, Any]:
    """Return the columns that all rows of a line on one basis have in common."""
    rate = amounts.rate
    return {
        "basis": basis,
        "is_headline": is_headline,
        "gap": amounts.gap,
        "currency": amounts.currency,
        "rate_currency": rate.currency if rate else None,
        "rate_usd": rate.usd if rate else None,
        "rate_policy": rate.policy if rate else "",
        "rate_from": rate.first if rate else None,
        "rate_to": rate.last if rate else None,
        "rate_source": rate.source if rate else "",
        "is_provisional": rate.is_provisional if rate else False,
    }


def _part_columns(part: ContributorPart, amounts: _Amounts, units: list[int] | None, at: int) -> tuple[Any, ...]:
    """Return the last columns of a row, which no other has in common with it: those of the part at `at`."""
    return (
        part.contributor,
        part.is_estimated,
        amounts.minor[at] if amounts.minor else None,
        amounts.eur[at] if amounts.eur else None,
        amounts.usd[at] if amounts.usd else None,
        units[at] if units else None,
    )
