"""How far the cells of a table would differ if what open claims say were adopted instead.

A claim that is open says otherwise than the register, and nobody decided against it. Of those of an entry's amount or
an item's quantity the lowest and the highest count; one in a currency that the entry's own rate does not convert, and
one that cannot be read as a number, is on the page of its pledge alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tracker.filters.fields import has_facet
from tracker.lib import canonical, money, quantities
from tracker.models import Claim, Contribution
from tracker.records.engine import places
from tracker.records.registry import KINDS
from tracker.reporting.shelf import published
from tracker.reporting.tables.contributions import AxisKeys, dimensions_of
from tracker.reporting.tables.figures import Figures
from tracker.reporting.tables.measures import QUANTITY, VALUE, Measure, as_number, counted, summed_column
from tracker.reporting.tables.members import REST, MemberKey, parts_of
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table
from tracker.reporting.tables.totals import along_time

Document = dict[str, Any]

_FIELDS = {VALUE: ("entries", "amount"), QUANTITY: ("items", "quantity")}
"""Which field of which list a measure adds up."""

_PLACE = re.compile(r"(\w+)\[(.+)\]\.(\w+)")


class Spread(NamedTuple):
    """How much less, and how much more, a cell could be: never above, and never below zero."""

    less: Decimal
    more: Decimal


@dataclass(frozen=True)
class _Contested:
    """A line of a pledge that open claims contest: which rows of the ledger are its, and what each could be times."""

    rows: dict[str, Any]
    lowest: Fraction
    highest: Fraction

    def has(self, row: Contribution) -> bool:
        """Tell whether a row of the ledger is one of it."""
        return all(getattr(row, name) == value for name, value in self.rows.items())


Spreads = dict[tuple[MemberKey, MemberKey], Spread]


def spreads(question: Question, table: Table) -> Spreads:
    """Return by row and column how far those cells could differ that open claims contest; `table` is the answer.

    Of what is beyond the first rows the rest has that of all in it, and a running sum that of all up to its time. There
    are none of aid of the EU's institutions that is counted as its members' (see `are_left_out`).
    """
    if question.measure.measure not in _FIELDS or question.share_out:
        return {}
    found = _of_cells(question, table)
    found = _in_rest(found, table) if question.top is not None else found
    return along_time(table, found, _added) if question.cumulative and found else found


def are_left_out(question: Question) -> bool:
    """Tell whether open claims contest cells of whose spread nothing is known: each of them changes many others."""
    if not question.share_out or question.measure.measure not in _FIELDS:
        return False
    return question.contributions().filter(pledge__in=_open_claims(question)).exists()


def _added(each: list[Spread]) -> Spread:
    return Spread(sum((one.less for one in each), Decimal()), sum((one.more for one in each), Decimal()))


def _in_rest(found: Spreads, table: Table) -> Spreads:
    """Put what is in rows beyond the first ones where a table puts them: into the rest."""
    kept = {row.id for row in table.rows}
    rest = next((row for row in kept if REST in parts_of(row)), None)
    placed: dict[tuple[MemberKey, MemberKey], list[Spread]] = defaultdict(list)
    for (row, column), spread in found.items():
        if row in kept or rest is not None:
            placed[row if row in kept or rest is None else rest, column].append(spread)
    return {position: _added(each) for position, each in placed.items()}


def _of_cells(question: Question, table: Table) -> Spreads:
    by_pledge = _open_claims(question)
    contested = list(_contested(question, by_pledge)) if by_pledge else []
    if not contested:
        return {}
    measure, figures = table.measure, table.options.figures
    values: dict[tuple[int, MemberKey, MemberKey], int | Fraction] = defaultdict(int)
    sides = [
        AxisKeys(dimensions_of(text, question.asked, question.moment)) for text in (question.rows, question.columns)
    ]
    pledges = {each.rows["pledge"] for each in contested}
    for row in _rows(question, measure, sides, pledges):
        value = _value(figures, measure, row)
        lines = [at for at, each in enumerate(contested) if each.has(row)] if value is not None else []
        downs, acrosses = (
            each[tuple(getattr(row, column) for column in each.columns)] if lines else [] for each in sides
        )
        for at in lines:
            for down, across in product(downs, acrosses):
                values[at, down, across] += value or 0
    found: dict[tuple[MemberKey, MemberKey], list[Spread]] = defaultdict(list)
    for (at, down, across), value in values.items():
        found[down, across].append(_spread(Fraction(as_number(value, measure) or 0), contested[at]))
    return {position: _added(each) for position, each in found.items() if any(map(any, each))}


def _rows(question: Question, measure: Measure, sides: list[AxisKeys], pledges: set[str]) -> QuerySet[Contribution]:
    """Return the rows of the ledger behind a question that are of these pledges, with what says where they count."""
    annotate = {name: made for side in sides for each in side.dimensions for name, made in each.annotations().items()}
    return counted(question.contributions(), measure, question.asked).filter(pledge__in=pledges).annotate(**annotate)


def _value(figures: Figures, measure: Measure, row: Contribution) -> int | Fraction | None:
    """Return what a row adds, in the unit of a cell of a table; None where it is unknown."""
    value: int | Fraction | None = getattr(row, summed_column(measure))
    factor = figures.of(row.__dict__)
    return None if value is None or factor is None else value * factor


def _spread(value: Fraction, contested: _Contested) -> Spread:
    zero = Fraction(0)
    ends = [value * (times - 1) for times in (contested.lowest, contested.highest)]
    less, more = (Decimal(end.numerator) / end.denominator for end in (min(*ends, zero), max(*ends, zero)))
    return Spread(less, more)


def _open_claims(question: Question) -> dict[str, list[Document]]:
    """Return the open claims of what a question adds up, by their pledges."""
    wanted = has_facet("verdict", [str(Claim.Verdict.OPEN)]) & has_facet("record_kind", ["pledge"])
    rows = published.records("claim", question.moment).filter(wanted).order_by("public_id")
    found: dict[str, list[Document]] = defaultdict(list)
    for claim in map(canonical.load, rows.values_list("document", flat=True)):
        match = _PLACE.fullmatch(claim["field"])
        if match and (match[1], match[3]) == _FIELDS[question.measure.measure]:
            found[claim["record"]["id"]].append(claim)
    return found


def _contested(question: Question, by_pledge: dict[str, list[Document]]) -> Iterator[_Contested]:
    """Yield the lines behind a question that open claims contest, and how."""
    rows = question.contributions().filter(pledge__in=by_pledge).order_by()
    rates = {
        (pledge, entry): (rate, usd)
        for pledge, entry, rate, usd in rows.values_list("pledge", "entry", "rate_currency", "rate_usd").distinct()
    }
    of_pledges = published.records("pledge", question.moment).filter(public_id__in={pledge for pledge, _entry in rates})
    documents = of_pledges.order_by("public_id").values_list("document", flat=True)
    listed, field = _FIELDS[question.measure.measure]
    for document in map(canonical.load, documents):
        pledge = document["id"]
        for key, line in places.named_rows(KINDS["pledge"].published(), document, listed):
            place = f"{listed}[{key}].{field}"
            said = [claim["value"] for claim in by_pledge[pledge] if claim["field"] == place]
            if field == "quantity":
                times, own = _times_quantity(line, said), {"item": line["number"]}
            else:
                at = rates.get((pledge, line["number"]), (None, None))
                times, own = _times_amount(line, said, *at), {"entry": line["number"]}
            if times:
                yield _Contested({"pledge": pledge, **own}, min(*times, Fraction(1)), max(*times, Fraction(1)))


def _times_amount(line: Document, said: list[str], rate: Decimal | None, usd: Decimal | None) -> list[Fraction]:
    """Return what times an entry's amount each text says it is, at the rates of the entry: units for one euro."""
    amount = Fraction(line["amount"] or 0)
    per_unit = {"EUR": Fraction(rate)} if rate else {}
    if rate and usd:
        per_unit["USD"] = Fraction(rate) / Fraction(usd)
    per_unit[line["currency"]] = Fraction(1)
    found = []
    for text in said if amount else ():
        try:
            rival, currency = money.parse_amount(text)
        except money.AmountError:
            continue
        if currency in per_unit:
            found.append(Fraction(rival) * per_unit[currency] / amount)
    return found


def _times_quantity(line: Document, said: list[str]) -> list[Fraction]:
    """Return what times an item's quantity each text says it is, at least and at most."""
    counted = (line["quantity"] or {}).get("low")
    found = []
    for text in said if counted else ():
        try:
            rival = quantities.parse(text)
        except quantities.QuantityError:
            continue
        found += [Fraction(end) / Fraction(str(counted)) for end in (rival.low, rival.high) if end is not None]
    return found
