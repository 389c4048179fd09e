"""Examples of how the register counts, taken from what is published: so that a rule can be seen at work."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from tracker.filters.fields import found_by
from tracker.lib import canonical, money
from tracker.models import Basis, Claim, Contribution, Stage
from tracker.records import words
from tracker.reporting.shelf import published
from tracker.web.english import english, filled, party_named
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest


@dataclass(frozen=True)
class Example:
    """A sentence about a published record, and where that stands."""

    name: str
    address: str
    text: str


def examples(asked: PageRequest) -> dict[str, Example]:
    """Return an example for each step of counting that the register has one for, by the name of the step."""
    found = {
        "claim": _rejected(asked),
        "price": _of_row(asked, Q(basis=Basis.MARKET_PRICE, is_headline=True, eur_cents__gt=0), _price),
        "rate": _of_row(asked, _CONVERTED, _rate),
        "joint": _of_row(asked, Q(is_estimated=True, is_headline=True, eur_cents__gt=0), partial(_joint, asked)),
        "netted": _of_row(asked, Q(is_netted=True, eur_cents__gt=0), _netted),
        "unknown": _of_row(asked, Q(gap=Contribution.Gap.NO_VALUE, is_headline=True), _unknown),
    }
    return {step: example for step, example in found.items() if example is not None}


_CONVERTED = Q(rate_currency__isnull=False, is_headline=True, eur_cents__gt=0, basis=Basis.STATED) & ~Q(currency="EUR")


def _of_row(asked: PageRequest, condition: Q, said: Any) -> Example | None:
    """Return the example that the largest row of the ledger gives that fulfils a condition."""
    rows = published.contributions(asked.moment).filter(condition)
    # What went further than a promise shows it best.
    row = rows.order_by(Case(When(stage=Stage.PLEDGE, then=1), default=0), "-eur_cents", "public_id").first()
    if row is None:
        return None
    name = published.names("pledge", [row.pledge], asked.moment).get(row.pledge, row.pledge)
    return Example(name_of("pledge", row.pledge, name), asked.record("pledge", row.pledge), said(row))


def _eur(row: Contribution) -> str:
    return words.money(money.from_minor(row.eur_cents or 0, "EUR"), "EUR")


def _own(row: Contribution) -> str:
    return words.money(money.from_minor(row.amount_minor or 0, row.currency), row.currency)


def _price(row: Contribution) -> str:
    quantity = words.number(Decimal(row.quantity_millionths or 0) / 10**6) if row.quantity_millionths else ""
    texts = {"quantity": quantity, "own": _own(row), "eur": _eur(row)}
    if not quantity:
        return _("nobody states an amount; at market prices it is %(own)s, %(eur)s.") % texts
    return _("nobody states an amount; %(quantity)s units at their market price are %(own)s, %(eur)s.") % texts


def _rate(row: Contribution) -> str:
    texts = {
        "own": _own(row), "eur": _eur(row), "rate": words.number((row.rate_currency or Decimal(1)).normalize()),
        "currency": row.currency, "start": words.day(row.rate_from) if row.rate_from else "",
        "end": words.day(row.rate_to) if row.rate_to else "",
    }  # fmt: skip
    return _("%(own)s are %(eur)s, at EUR 1 = %(rate)s %(currency)s, the mean from %(start)s to %(end)s.") % texts


def _joint(asked: PageRequest, row: Contribution) -> str:
    names = published.names("party", [row.contributor], asked.moment)
    party = party_named({"id": row.contributor, "name": names.get(row.contributor, row.contributor)})
    said = _("the parts are not disclosed; %(party)s is given an equal one, %(eur)s, marked as estimated.")
    return filled(said, party=party, eur=_eur(row))


def _netted(row: Contribution) -> str:
    return _("its %s are part of another pledge, and counted there alone.") % _eur(row)


def _unknown(row: Contribution) -> str:
    return _("no source says what it is worth, and there is no price: tables count it beside their sums.")


def _rejected(asked: PageRequest) -> Example | None:
    """Return a claim that was rejected, with the reason."""
    rows = published.records("claim", asked.moment).filter(found_by("verdict", [Claim.Verdict.REJECTED]))
    claims = [canonical.load(text) for text in rows.order_by("public_id").values_list("document", flat=True)[:50]]
    if not claims:
        return None
    claim = next((each for each in claims if each["quote"]), claims[0])
    kind, public_id = claim["record"]["kind"], claim["record"]["id"]
    name = published.names(kind, [public_id], asked.moment).get(public_id, public_id)
    said = _("a source says “%(said)s”; that is kept, and rejected: %(reason)s")
    text = filled(said, said=english(claim["quote"] or claim["value"]), reason=english(claim["reason"]))
    return Example(name_of(kind, public_id, name), asked.record(kind, public_id), text)
