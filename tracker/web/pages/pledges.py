"""The page of a pledge: what was promised in a sentence, its steps as a ledger, and how it counts."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import money
from tracker.models import Contribution, Pledge, Stage
from tracker.records import words
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import MixedSum
from tracker.web.names import of_party
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document, claims_on
from tracker.web.pages.records import RecordPage
from tracker.web.tables.shown import TableShown, table_shown

NAMED = 4
"""How many parties, or things, a sentence names."""

MOST_ROWS = 30
"""How many rows of the ledger the page of a pledge shows."""


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them; of many, the first few and how many more."""
    if len(names) > NAMED:
        names = [*names[: NAMED - 1], _("%s others") % words.number(len(names) - NAMED + 1)]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def contributors(pledge: Document) -> str:
    """Return who makes a pledge."""
    return listed([of_party(share["contributor"]) for share in pledge["shares"]]) or _("A party that is not named")


def item_in_words(item: Document) -> str:
    """Return one item: `4 × Eurofighter Typhoon`."""
    category = item["category"]["name"] if item["category"] else ""
    what = item["platform"]["name"] if item["platform"] else item["description"] or category
    return words.of_quantity(item["quantity"], what)


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
    items = [item_in_words(item) for item in pledge["items"]]
    amount = amount_of(pledge)
    return listed([*([amount] if amount else []), *items]) or _("support of an unstated kind")


def sentence(pledge: Document) -> str:
    """Return what was promised, in a sentence or two."""
    texts = {"who": contributors(pledge), "what": things_of(pledge)}
    texts |= {name: of_party(pledge[name]) for name in ("beneficiary", "host")}
    texts["initiative"] = pledge["initiative"]["name"] if pledge["initiative"] else ""
    if pledge["nature"] == Pledge.Nature.DEPLOYMENT:
        where = _(" in %(host)s") % texts if texts["host"] else ""
        under = _(" under %(initiative)s") % texts if texts["initiative"] else ""
        texts |= {"where": where, "under": under}
        first = _("%(who)s deploys own forces%(where)s%(under)s: %(what)s.") % texts
    elif pledge["nature"] == Pledge.Nature.FINANCING:
        first = _("%(who)s finances, for %(beneficiary)s: %(what)s.") % texts
    else:
        first = _("%(who)s to %(beneficiary)s: %(what)s.") % texts
    return f"{first} {_announced(pledge)}".strip()


def _announced(pledge: Document) -> str:
    when, meeting = pledge["announced"], pledge["meeting"]
    texts = {"when": words.partial_date(when), "meeting": meeting["name"] if meeting else ""}
    if when and meeting:
        return _("Announced %(when)s, at “%(meeting)s”.") % texts
    return _("Announced %(when)s.") % texts if when else _("When it was announced is unknown.")


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
        "rate": words.number(row.rate_currency.normalize()), "currency": row.currency, "source": row.rate_source,
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
        "counts": _counts(asked, pledge),
        "is_deployment": pledge["nature"] == Pledge.Nature.DEPLOYMENT,
        "nature": Pledge.Nature(pledge["nature"]).label,
        "aid_type": Pledge.AidType(pledge["aid_type"]).label if pledge["aid_type"] else "",
    }


def _share(pledge: Document, share: Document) -> str:
    """Return which part of a pledge a contributor bears, in words."""
    if share["fraction"] is not None:
        return _("%s %% of it") % words.number(Decimal(share["fraction"]) * 100)
    if share["amount"] is not None:
        return words.money(share["amount"], share["currency"])
    if len(pledge["shares"]) == 1:
        return _("all of it")
    return _("a part that was not disclosed; tables divide what is left equally, and mark it as estimated")


PLEDGE = RecordPage("pledge", sentence, _more, "web/pledge.html", apart=("shares",))
