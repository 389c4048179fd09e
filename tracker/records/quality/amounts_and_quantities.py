"""Rules of amounts and quantities: what cannot be meant, or does not add up, within one record."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import get_territory_currencies
from django.utils.translation import gettext as _

from tracker.lib.numbers_in_text import numbers_in
from tracker.models import Pledge, Stage
from tracker.records import words
from tracker.records.engine.types import Document
from tracker.records.quality.dates import days
from tracker.records.quality.referred import MoneyStep, Referred
from tracker.records.quality.rows_of_lists import place_of
from tracker.records.quality.rule import Found

_REDUCING = (Stage.LAPSE, Stage.CANCELLATION)
_INTERNATIONAL = {"EUR", "USD"}
"""What any party pledges in."""


def shares(document: Document, referred: Referred) -> Iterator[Found]:
    """Find pledges that name nobody who bears them; items without money may come from a supplier alone."""
    amounts = [entry["amount"] for entry in document["entries"] if entry["amount"] is not None]
    if not document["shares"] and (document["nature"] != Pledge.Nature.TRANSFER or amounts):
        yield Found("shares", _("Nobody is named who bears this pledge."), [document["nature"], amounts])


def allocated(document: Document, referred: Referred) -> Iterator[Found]:
    """Find pledges that allocate more of a currency, with their tranches, than they commit, less what fell away."""
    own = [MoneyStep(row["currency"], row["stage"], row["amount"]) for row in document["entries"] if row["amount"]]
    if not any(step.stage == Stage.COMMITMENT for step in own):
        return
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for step in (*own, *referred.tranches.get(document["id"], ())):
        sums[step.currency][step.stage] += Decimal(step.amount)
    for currency, stages in sums.items():
        committed = stages[Stage.COMMITMENT] - sum(stages[stage] for stage in _REDUCING)
        allocation = stages[Stage.ALLOCATION]
        if stages[Stage.COMMITMENT] and allocation > committed:
            told = _("%(allocated)s are allocated, and %(committed)s committed.") % {
                "allocated": words.money(allocation, currency), "committed": words.money(committed, currency),
            }  # fmt: skip
            yield Found("entries", told, [currency, str(committed), str(allocation)])


def delivered(document: Document, referred: Referred) -> Iterator[Found]:
    """Find items of which more is delivered than the pledge has."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for entry in document["entries"]:
        if entry["stage"] == Stage.DELIVERY and entry["item"] and (entry["quantity"] or {}).get("low"):
            sums[entry["item"]] += Decimal(str(entry["quantity"]["low"]))
    for item in document["items"] if sums else ():
        quantity, delivery = item["quantity"], sums.get(item["number"], Decimal(0))
        if quantity["high"] is not None and delivery > Decimal(str(quantity["high"])):
            told = _("%(delivered)s are delivered, of %(quantity)s.") % {
                "delivered": f"{delivery:f}", "quantity": quantity["text"],
            }  # fmt: skip
            place = place_of(referred.kind, document, "items", item, "quantity")
            yield Found(place, told, [quantity["text"], str(delivery)])


def zero(document: Document, referred: Referred) -> Iterator[Found]:
    """Find quantities and amounts of nothing: what is not known is left empty, and never zero."""
    for name in ("items", "entries"):
        for row in document.get(name, ()):
            if row.get("quantity") and row["quantity"]["high"] == 0:
                told = _("The quantity is zero: leave it out if it is unknown.")
                place = place_of(referred.kind, document, name, row, "quantity")
                yield Found(place, told, row["quantity"]["text"])
            if row.get("amount") is not None and Decimal(row["amount"]) == 0:
                told = _("The amount is zero: leave it out if it is unknown.")
                yield Found(place_of(referred.kind, document, name, row, "amount"), told, row["amount"])


def other_words(document: Document, referred: Referred) -> Iterator[Found]:
    """Find quantities beside which the words of the source have other numbers: five, and “four”.

    Words that state no number, and quantities that are not known, contradict nothing.
    """
    if document.get("quantity_words"):
        yield from _other_words(document, "quantity_words")
    for item in document.get("items", ()):
        if item.get("quantity_words"):
            place = place_of(referred.kind, document, "items", item, "quantity_words")
            yield from _other_words(item, place)


def _other_words(row: Document, place: str) -> Iterator[Found]:
    quantity, said = row["quantity"], row["quantity_words"]
    stated = {number for language in ("en", "de") for number in numbers_in(said, language)}
    own = {Decimal(str(quantity[end])).normalize() for end in ("low", "high") if quantity[end] is not None}
    if own and stated and not own & stated:
        told = _(
            "The quantity is %(quantity)s, and the words of the source are “%(words)s”: which of the two is right?"
        )
        yield Found(place, told % {"quantity": quantity["text"], "words": said}, [quantity["text"], said])


def currency(document: Document, referred: Referred) -> Iterator[Found]:
    """Find amounts in a currency that is no contributor's own, nor the euro, nor the dollar."""
    contributors = [share["contributor"]["id"] for share in document["shares"]]
    countries = [referred.countries.get(contributor, "") for contributor in contributors]
    day = days(document["announced"])[1] or referred.today
    joint = _currencies(tuple(countries), day.year)
    for name in ("shares", "entries"):
        for row in document[name]:
            if row["amount"] is None or row["currency"] in _INTERNATIONAL:
                continue
            own = joint
            if name == "shares":
                own = _currencies((referred.countries.get(row["contributor"]["id"], ""),), day.year)
            if own is not None and row["currency"] not in own:
                told = _("%(currency)s is not what the contributor pays in (%(own)s).") % {
                    "currency": row["currency"], "own": ", ".join(sorted(own)),
                }  # fmt: skip
                place = place_of(referred.kind, document, name, row, "currency")
                yield Found(place, told, [row["currency"], contributors])


@cache
def _currencies(countries: tuple[str, ...], year: int) -> set[str] | None:
    """Return what countries paid in during a year, by Unicode CLDR, with the euro and the dollar.

    None where one of them is no country, or there is none.
    """
    if not countries or not all(countries):
        return None
    begin, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    found: list[Any] = [code for country in countries for code in get_territory_currencies(country, begin, end)]
    return _INTERNATIONAL | set(found) if found else None
