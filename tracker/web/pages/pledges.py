"""The page of a pledge: what was promised in a sentence, its steps as a ledger, and how it counts."""

from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.lib import money
from tracker.models import Contribution, Pledge, Stage
from tracker.records import words
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import MixedSum
from tracker.web.english import english, filled, joined, party_named
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document, claims_on
from tracker.web.pages.places import to_whom, where_hosted
from tracker.web.pages.records import RecordPage
from tracker.web.tables.table_on_page import TableShown, table_shown

NAMED = 4
"""How many parties, or things, a sentence names."""

MOST_ROWS = 30
"""How many rows of the ledger the page of a pledge shows."""


def listed(names: list[str]) -> SafeString:
    """Return names, which may be marked, as a sentence lists them; of many, the first few and how many more."""
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], _("%s others") % words.number(len(names) - NAMED + 1)]
    if len(names) < 2:
        return joined(names)
    return filled(_("%(first)s and %(last)s"), first=joined(names[:-1], ", "), last=names[-1])


def contributors(pledge: Document) -> str:
    """Return who makes a pledge."""
    return listed([party_named(share["contributor"]) for share in pledge["shares"]]) or _("A party that is not named")


def item_in_words(item: Document, has_amount: bool = False) -> SafeString:
    """Return one item: `4 × Eurofighter Typhoon`; beside an amount nothing is said of a number that is unknown."""
    category = item["category"]["name"] if item["category"] else ""
    what = english(item["platform"]["name"] if item["platform"] else item["description"] or category)
    if has_amount and item["quantity"]["qualifier"] == "unknown":
        return what
    return filled(words.of_quantity(item["quantity"], "%(what)s"), what=what)


def amount_of(pledge: Document) -> str:
    """Return the amount that a pledge names at its furthest promise; empty where it names none."""
    for stage in (Stage.ALLOCATION, Stage.COMMITMENT, Stage.PLEDGE, Stage.CONTRACT, Stage.DISBURSEMENT):
        found = [entry for entry in pledge["entries"] if entry["stage"] == stage and entry["amount"] is not None]
        if found and len({entry["currency"] for entry in found}) == 1:
            total = next((entry["amount"] for entry in found if entry["is_total"]), None)
            total = total or sum((Decimal(entry["amount"]) for entry in found), Decimal(0))
            return words.money(total, found[0]["currency"])
    return ""


def things_of(pledge: Document) -> str:
    """Return what is promised: an amount, and items."""
    amount = amount_of(pledge)
    items = [item_in_words(item, bool(amount)) for item in pledge["items"]]
    return listed([*([amount] if amount else []), *items]) or _("support of an unstated kind")


def sentence(pledge: Document) -> SafeString:
    """Return what was promised, in a sentence or two."""
    many, texts = max(1, len(pledge["shares"])), {"who": contributors(pledge), "what": things_of(pledge)}
    if pledge["nature"] == Pledge.Nature.DEPLOYMENT:
        name = pledge["initiative"]["name"] if pledge["initiative"] else ""
        texts["under"] = filled(_(" under %(initiative)s"), initiative=english(name)) if name else ""
        texts["where"] = where_hosted(pledge["host"]) if pledge["host"] else ""
        said = ngettext(
            "%(who)s deploys own forces%(where)s%(under)s: %(what)s.",
            "%(who)s deploy own forces%(where)s%(under)s: %(what)s.", many,
        )  # fmt: skip
    else:
        texts["beneficiary"] = to_whom(pledge["beneficiary"])
        said = _("%(who)s to %(beneficiary)s: %(what)s.")
        if pledge["nature"] == Pledge.Nature.FINANCING:
            said = ngettext(
                "%(who)s finances, for %(beneficiary)s: %(what)s.", "%(who)s finance, for %(beneficiary)s: %(what)s.",
                many,
            )  # fmt: skip
    return joined([filled(said, **texts), _announced(pledge)])


def _announced(pledge: Document) -> str:
    when, meeting = pledge["announced"], pledge["meeting"]
    if not when:
        return _("When it was announced is unknown.")
    said = _("Announced %(when)s, at “%(meeting)s”.") if meeting else _("Announced %(when)s.")
    return filled(said, when=words.partial_date(when), meeting=english(meeting["name"] if meeting else ""))


def _ledger(asked: PageRequest, pledge: Document) -> list[dict[str, Any]]:
    """Return the rows of the ledger that were posted from a pledge, by stage, with how each came by its value."""
    rows = (
        published.contributions(asked.moment).filter(pledge=pledge["id"]).order_by("entry", "contributor", "public_id")
    )
    names = {share["contributor"]["id"]: share["contributor"]["name"] for share in pledge["shares"]}
    stages = list(Stage.values)
    found = sorted(rows, key=lambda row: (not row.is_headline, stages.index(row.stage), row.entry))
    return [_posted(row, names) for row in found[:MOST_ROWS]]


def _posted(row: Contribution, names: dict[str, str]) -> dict[str, Any]:
    return {
        "stage": row.get_stage_display(), "date": words.partial_date({"edtf": row.date} if row.date else None),
        "contributor": {"id": row.contributor, "name": names.get(row.contributor, row.contributor)},
        "amount": _amount(row), "eur": _cents(row.eur_cents, "EUR"), "usd": _cents(row.usd_cents, "USD"),
        "quantity": None if row.quantity_millionths is None else words.number(Decimal(row.quantity_millionths) / 10**6),
        "basis": row.get_basis_display() if row.basis else "", "gap": row.get_gap_display() if row.gap else "",
        "rate": _rate(row), "row": row, "is_headline": row.is_headline, "is_netted": row.is_netted,
        "is_estimated": row.is_estimated, "entry": row.entry,
    }  # fmt: skip


def _amount(row: Contribution) -> str:
    if row.amount_minor is None:
        return ""
    currency = row.currency or "TIV millions"
    return words.money(money.from_minor(row.amount_minor, currency), currency)


def _cents(cents: int | None, currency: str) -> str:
    return "" if cents is None else words.money(money.from_minor(cents, currency), currency)


def _rate(row: Contribution) -> str:
    """Return the rate of a row in words: what one euro was worth, over which days, by whom."""
    if row.rate_currency is None or row.rate_from is None or row.rate_to is None or row.currency == "EUR":
        return ""
    texts = {
        "rate": words.number(row.rate_currency.normalize()), "currency": row.currency,
        "source": words.publisher(row.rate_source),
        "start": words.day(row.rate_from), "end": words.day(row.rate_to),
    }  # fmt: skip
    if row.rate_from == row.rate_to:
        return _("EUR 1 = %(rate)s %(currency)s, %(source)s, %(start)s") % texts
    return _("EUR 1 = %(rate)s %(currency)s, mean of %(source)s from %(start)s to %(end)s") % texts


def _counts(asked: PageRequest, pledge: Document) -> TableShown | None:
    """Return how the pledge counts in the tables; None where its stages alone say so."""
    params = {"pledge": pledge["id"], "rows": "contributor", "columns": "stage"}
    if pledge["nature"] == Pledge.Nature.DEPLOYMENT:
        params |= {"nature": "deployment", "measure": "quantity"}
    try:
        return table_shown(asked, _("How it counts in the tables"), params)
    except MixedSum:
        return None


def _more(asked: PageRequest, pledge: Document) -> dict[str, Any]:
    for share in pledge["shares"]:
        share["text"] = _share(pledge, share)
        share["claims"] = claims_on(pledge, f"shares[{share['contributor']['id']}]")
    return {
        "ledger": _ledger(asked, pledge),
        "ledger_count": published.contributions(asked.moment).filter(pledge=pledge["id"]).count(),
        "has_undisclosed": not all(share["text"] for share in pledge["shares"]),
        "counts": _counts(asked, pledge),
        "is_deployment": pledge["nature"] == Pledge.Nature.DEPLOYMENT,
        "nature": Pledge.Nature(pledge["nature"]).label,
        "aid_type": Pledge.AidType(pledge["aid_type"]).label if pledge["aid_type"] else "",
    }


def _share(pledge: Document, share: Document) -> str:
    """Return which part of a pledge a contributor bears, in words; empty where nobody disclosed it."""
    if share["fraction"] is not None:
        return _("%s %% of it") % words.number(Decimal(share["fraction"]) * 100)
    if share["amount"] is not None:
        return words.money(share["amount"], share["currency"])
    if len(pledge["shares"]) == 1:
        return _("all of it")
    return ""


PLEDGE = RecordPage("pledge", sentence, _more, "web/pledge.html", apart=("shares",))
