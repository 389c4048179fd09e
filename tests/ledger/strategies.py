"""Pledges by chance: documents with all that can make their rows differ."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.ledger.documents import entry, item, pledge, share
from tracker.models import Stage

CODES = ["DEU", "NLD", "FRA", "DNK", "CZE"]
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
