"""What is behind a number: the rows of the ledger, what each adds, and what sources say of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.exchange.outbound.lineage import as_lineage
from tracker.filters.parameters import refuse
from tracker.models import Contribution, Stage
from tracker.records import words
from tracker.reporting.named.rules import RULES, rules_of
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Order, page_of
from tracker.reporting.tables.lineage import Lineage, NoSuchCell, lineage_of, rule_of
from tracker.reporting.tables.measures import summed_column
from tracker.reporting.tables.members import ALL, MOST_ADDRESS, REST, Member, key_from
from tracker.web.answering import ShownPage
from tracker.web.cell_claims import read_in
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.page_request import PageRequest
from tracker.web.tables.figures_behind import figures_behind
from tracker.web.tables.narrowed import records_named
from tracker.web.tables.numbers import Number, Unit, number_of, unit_for
from tracker.web.tables.questions import Asking, check_table, of_address
from tracker.web.tables.table_on_page import member_name, spelled

LIMIT = 30
MOST_CLAIMS = 3
"""How many claims stand beside a row."""


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger behind a number."""

    pledge: dict[str, str]
    contributor: dict[str, str]
    stage: str
    date: str
    amount: str
    rate: str
    marks: list[str]
    adds: str
    field: str
    claims: list[dict[str, Any]]


def cell(asked: PageRequest) -> ShownPage:
    """Show the rows behind a cell, or a total, with their sum at the foot.

    Raises ValidationError for a row or column that the table has not, and MixedSum.
    """
    check_table(asked, "row", "column", "cursor")
    params = asked.params
    row, column = params.get("row"), params.get("column")
    for name, address in (("row", row), ("column", column)):
        if address and len(address) > MOST_ADDRESS:
            refuse(name, _("At most %s characters.") % MOST_ADDRESS)
    asking = Asking(asked, of_address(asked))
    try:
        lineage = lineage_of(asking.question(), row, column)
    except NoSuchCell as error:
        raise ValidationError({error.parameter: [str(error)]}) from error
    page = page_of(
        lineage.contributions, orders={"size": _by_size(lineage)}, ordering="-size", unique="public_id", limit=LIMIT,
        moment=asked.moment, cursor=asked.cursor,
    )  # fmt: skip
    document = as_lineage(lineage, page.rows, asked.moment, {}, row, column)
    rows = [_row(one) for one in document["results"]]
    sources = {claim["document"]["id"] for one in rows for claim in one.claims}
    table = lineage.table
    unit = unit_for(table.measure, [lineage.cell])
    names = [_named(table.row_dimension, table.rows, row), _named(table.column_dimension, table.columns, column)]
    place = " · ".join(name for name in names if name) or _("All of it")
    whose = records_named(asked, asking.params)
    about = f"{whose}: {place}" if whose else place
    return ShownPage(
        "web/cell.html",
        {
            "title": about, "number": number_of(lineage.cell, table.measure, unit), "unit": unit,
            "exact": _exact(lineage, unit), "figures_behind": figures_behind(asked, document["results"]),
            "measure": spelled(table, lineage.question),
            "rule": rule_of(lineage),
            "rules": [RULES[name] for name in rules_of(table)], "rows": rows,
            "source_languages": published.languages(sources, asked.moment),
            "changes": _changes(asking, row, column), "feed": asking.feed,
            "count": document["count"], "sum": _sum(document["results"]), "asking": asking,
            "unit_exact": _whole(unit), "is_all": document["count"] == len(page.rows),
            "next": asked.here(cursor=page.next) if page.next else "",
            "previous": asked.here(cursor=page.previous) if page.previous else "",
        },
        forms=file_links(
            asked, "cell", asking.params | {"row": row, "column": column}, ALL_FORMS
        ),
    )  # fmt: skip


def _changes(asking: Asking, row: str | None, column: str | None) -> str:
    """Return the address of what changed of a number; of the whole table for one of all beyond the largest."""
    params = {name: value for name, value in asking.params.items() if name != "top"}
    place = {} if REST in (row, column) else {"row": row, "column": column}
    return asking.asked.address("table-changes", **params, **place)


def _by_size(lineage: Lineage) -> Order:
    """Return the order in which what adds most comes first, and what is unknown last."""
    return Order(summed_column(lineage.table.measure), empty=-1)


def _whole(unit: Unit) -> str:
    """Return the unit without its scale: `EUR`, not `million EUR`."""
    return unit.name.rpartition(" ")[2] if unit.scale != 1 else unit.name


def _exact(lineage: Lineage, unit: Unit) -> str:
    number: Number = number_of(lineage.cell, lineage.table.measure, unit)
    return words.number(Decimal(number.exact)) if number.exact else number.text


def _named(dimension: str, members: list[Member], address: str | None) -> str:
    if address is None or address == ALL:
        return ""
    key = key_from(address)
    return next((member_name(dimension, member) for member in members if member.id == key), "")


def _row(one: dict[str, Any]) -> LedgerRow:
    marks = []
    if one["estimated"]:
        marks.append(_("share estimated"))
    if one["rate"] and one["rate"]["provisional"]:
        marks.append(_("rate provisional"))
    if one["gap"] and one["adds"] is None:
        marks.append(str(Contribution.Gap(one["gap"]).label))
    amount = words.money(one["amount"], one["currency"] or "TIV") if one["amount"] is not None else ""
    if not amount and one["quantity"] is not None:
        amount = words.number(Decimal(str(one["quantity"])))
    return LedgerRow(
        {"id": one["pledge"], "name": one["pledge_name"] or one["pledge"]},
        (one["share_stated"] or {}).get("contributor") or {"id": one["contributor"], "name": one["contributor"]},
        words.first_capital(str(Stage(one["stage"]).label)), words.partial_date(one["date"]), amount, _rate(one), marks,
        _added(one["adds"]) if one["adds"] is not None else "", f"entries[{one['entry']}]",
        _claims(one),
    )  # fmt: skip


def _claims(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the claims that a row rests on: those on its entry and its item first, and of a file, the cells."""
    adopted = [claim for claim in one["claims"] if claim["verdict"] == "adopted"]
    item = "" if one["item"] is None else rf"|items\[{one['item']}\]"
    read = list(read_in(adopted, re.compile(rf"(entries\[{one['entry']}\]{item})\.(amount|quantity|value)\b")))
    plain = [claim for claim in adopted if not claim.get("cells")]
    return [*read, *sorted(plain, key=lambda claim: _near(claim["field"]))][:MOST_CLAIMS] or adopted[:MOST_CLAIMS]


def _near(field: str) -> int:
    """Return how near to its number a field is that a claim is on: entries and items first, the whole record last."""
    lists = ("entries", "items", "valuations", "shares")
    return next((at for at, name in enumerate(lists) if field.startswith(name)), len(lists) + (not field))


def _rate(one: dict[str, Any]) -> str:
    rate = one["rate"]
    if not rate or not one["currency"] or one["currency"] == "EUR":
        return ""
    texts = {
        "rate": words.number(Decimal(rate["currency"])),
        "currency": one["currency"],
        "source": words.publisher(rate["source"]),
    }
    return _("EUR 1 = %(rate)s %(currency)s (%(source)s)") % texts


def _sum(rows: list[dict[str, Any]]) -> str:
    """Return what the rows of this page add up to."""
    return _added(sum((Decimal(one["adds"]) for one in rows if one["adds"] is not None), Decimal(0)))


def _added(value: Any) -> str:
    """Return a number of a column that is added up: what has cents has two of them."""
    exact = Decimal(value)
    return words.number(exact, 2 if exact == round(exact, 2) != round(exact) else None)
