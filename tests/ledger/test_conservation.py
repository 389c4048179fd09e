"""Whatever a pledge says, its rows add up to what it says: to the cent, and to the millionth of a unit."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.documents import RATES, entry, headlines, item, pledge, posted, share
from tracker.ledger.attribution import parts_of
from tracker.lib import quantities
from tracker.models import Contribution, Stage

CODES = ["DEU", "NLD", "FRA", "DNK", "CZE"]
PROMISED = ("pledge", "commitment", "allocation")
CENTS = st.integers(0, 10**15 - 1)
WRITTEN = st.one_of(
    st.just("unknown"),
    st.just("withheld"),
    st.decimals(0, 999_999_999, places=6).map(lambda number: f"{number:f}"),
    st.integers(1, 10**6).map("about {}".format),
    st.integers(1, 10**6).map(lambda number: f"{number} to {number * 2}"),
)


def decimal(minor: int, currency: str) -> str:
    """Return an amount of `minor` units as documents write it."""
    return str(minor // 100) if currency == "JPY" else f"{Decimal(minor) / 100:.2f}"


@st.composite
def entries(draw: Any, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        currency = draw(st.sampled_from(["EUR", "USD", "JPY", "GBP", "UAH", ""]))
        named = draw(st.sampled_from([None, *(row["number"] for row in items)]))
        # What counts units for several items that count their own is refused; see test_lines.
        own = draw(st.one_of(st.none(), WRITTEN)) if named or len(items) < 2 else None
        stage, date = draw(st.sampled_from(Stage.values)), draw(st.sampled_from(["", "2025", "2024-02-29"]))
        amount = decimal(draw(CENTS), currency) if currency else None
        rows.append(entry(number, amount, currency, item=named, quantity=own, stage=stage, date=date))
    return rows


def joint_cents(rows: list[dict[str, Any]]) -> int:
    """Return the euro cents of the first stage that has any, which shares in euros are parts of."""
    for stage in Stage.values:
        cents = [int(Decimal(r["amount"]) * 100) for r in rows if r["stage"] == stage and r["currency"] == "EUR"]
        if cents:
            return sum(cents)
    return 0


@st.composite
def shares(draw: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one to five shares that come to the whole, each as a fraction, an amount or undisclosed."""
    whole = joint_cents(rows)
    codes = draw(st.permutations(CODES))[: draw(st.integers(1, 5))]
    cuts = sorted(draw(st.lists(st.integers(0, 10**6), min_size=len(codes) - 1, max_size=len(codes) - 1)))
    parts = [Fraction(b - a, 10**6) for a, b in zip([0, *cuts], [*cuts, 10**6], strict=True)]
    found = []
    for code, part in zip(codes, parts, strict=True):
        cents = part * whole
        ways = ["fraction", "undisclosed"] + (["amount"] if whole and cents.denominator == 1 else [])
        way = draw(st.sampled_from(ways))
        fraction = f"{Decimal(part.numerator) / part.denominator:.12f}" if way == "fraction" else None
        found.append(share(code, fraction, decimal(int(cents), "EUR") if way == "amount" else None))
    return found


@st.composite
def pledges(draw: Any) -> dict[str, Any]:
    items = [item(n, draw(WRITTEN), draw(st.sampled_from(["", "ef"]))) for n in range(1, draw(st.integers(0, 3)) + 1)]
    rows = draw(entries(items))
    announced = draw(st.sampled_from(["", "2025-08", "2025"]))
    return pledge(announced=announced, items=items, entries=rows, shares=draw(shares(rows)))


def by_line(rows: list[Contribution]) -> dict[tuple[Any, ...], list[Contribution]]:
    lines = defaultdict(list)
    for row in rows:
        lines[row.entry, row.item, row.basis].append(row)
    return lines


@settings(max_examples=300)
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


@settings(max_examples=300)
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
