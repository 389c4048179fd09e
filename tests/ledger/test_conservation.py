"""Whatever a pledge says, its rows add up to what it says: to the cent, and to the millionth of a unit."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from hypothesis import given, settings

from tests.examples import examples
from tests.ledger.documents import RATES, headlines, posted
from tests.ledger.strategies import pledges
from tracker.lib import quantities
from tracker.models import Contribution
from tracker.records.sum_of_shares import parts_of

PROMISED = ("pledge", "commitment", "allocation")


def by_line(rows: list[Contribution]) -> dict[tuple[Any, ...], list[Contribution]]:
    lines = defaultdict(list)
    for row in rows:
        lines[row.entry, row.item, row.basis].append(row)
    return lines


@settings(max_examples=examples(150))
@given(pledges())
def test_the_rows_of_a_line_add_up_to_it(document: dict[str, Any]) -> None:
    rows = posted(document)
    weights = [part.weight for part in parts_of(document)]
    assert sum(weights) == 1
    stated = {row["number"]: row for row in document["entries"] if row["amount"] is not None}
    counted = set()
    for (number, _item, basis), line in by_line(rows).items():
        assert [row.contributor for row in line] == [row["contributor"]["id"] for row in document["shares"]]
        if basis == "stated":
            counted.add(number)
            assert_amounts(line, Fraction(stated[number]["amount"]), stated[number]["currency"], weights)
    assert counted == set(stated), "every stated amount is posted, and once"
    assert len(by_line(headlines(rows))) == len({(row.entry, row.item) for row in rows}), "one headline a line"


def assert_amounts(line: list[Contribution], amount: Fraction, currency: str, weights: list[Fraction]) -> None:
    minor = amount if currency == "JPY" else amount * 100
    assert sum(row.amount_minor for row in line) == minor
    for row, weight in zip(line, weights, strict=True):
        assert abs(row.amount_minor - minor * weight) < 1
    if line[0].gap:
        assert {row.eur_cents for row in line} == {None}
        assert {row.gap for row in line} == {"no_rate"}
        return
    euros = amount / Fraction(RATES[currency])
    assert sum(row.eur_cents for row in line) == round(euros * 100)
    dollars = minor if currency == "USD" else round(euros * Fraction(RATES["USD"]) * 100)
    if line[0].rate_usd is not None:
        assert sum(row.usd_cents for row in line) == dollars


def units(rows: list[Contribution]) -> int | None:
    """Return the millionths of the rows together, or None where they count none that is known."""
    known = [row.quantity_millionths for row in rows if row.quantity_millionths is not None]
    return sum(known) if known else None


def millionths(text: str) -> int | None:
    number = quantities.parse(text).counted
    return None if number is None else int(number * 10**6)


@settings(max_examples=examples(150))
@given(pledges())
def test_the_units_of_an_item_are_counted_once_a_stage(document: dict[str, Any]) -> None:
    rows = headlines(posted(document))
    for thing in document["items"]:
        for stage in PROMISED:
            lines = [row for row in rows if (row.stage, row.item) == (stage, thing["number"])]
            if not lines:
                continue
            only = len(document["items"]) == 1
            own = [
                row["quantity"]["text"]
                for row in document["entries"]
                if row["stage"] == stage
                and row["quantity"]
                and (row["item"] == thing["number"] or (only and not row["item"]))
            ]
            texts = own or [thing["quantity"]["text"]]
            known = [number for text in texts if (number := millionths(text)) is not None]
            assert units(lines) == (sum(known) if known else None), "and what is unknown is not zero"
            assert {row.quantity_qualifier for row in lines} - {""}, "what is unknown is marked as such"
