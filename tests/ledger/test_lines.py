"""Lines: which units and which worth are counted where."""

from typing import Any

import pytest

from tests.ledger.documents import entry, headlines, item, platform, pledge, posted, share, valuation
from tracker.ledger.errors import PostingError
from tracker.models import Stage

MILLION = 10**6


def lines(document: dict[str, Any], platforms: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Return entry, item, units with their qualifier, euro cents and gap of each headline row."""
    return [
        (row.entry, row.item, row.quantity_millionths, row.quantity_qualifier, row.eur_cents, row.gap)
        for row in headlines(posted(document, platforms))
    ]


@pytest.mark.parametrize("stage", Stage.values)
def test_only_a_promise_takes_its_units_from_the_item(stage: str) -> None:
    [(_entry, number, units, qualifier, _cents, _gap)] = lines(
        pledge(items=[item(1, "4")], entries=[entry(stage=stage)])
    )
    promises = stage in ("pledge", "commitment", "allocation")
    assert (number, units, qualifier) == ((1, 4 * MILLION, "exact") if promises else (1, None, "unknown"))


@pytest.mark.parametrize("text", ["unknown", "withheld"])
def test_unknown_units_are_not_zero(text: str) -> None:
    rows = posted(pledge(items=[item(1, text)], shares=[share("DEU"), share("NLD")]))
    assert [(row.quantity_millionths, row.quantity_qualifier) for row in rows] == [(None, text)] * 2


def test_a_stated_zero_is_zero() -> None:
    [row] = posted(pledge(items=[item(1, "0")], entries=[entry(amount="0.00")]))
    assert (row.quantity_millionths, row.eur_cents, row.gap) == (0, 0, "")


@pytest.mark.parametrize(
    ("text", "counted"), [("about 40", 40), ("at least 3", 3), ("up to 10", 10), ("10 to 20", 10), ("0.5", 0.5)]
)
def test_what_a_quantity_counts(text: str, counted: float) -> None:
    [row] = posted(pledge(items=[item(1, text)]))
    assert row.quantity_millionths == counted * MILLION


def test_an_amount_for_several_items_is_posted_undivided_beside_their_units() -> None:
    document = pledge(items=[item(1, "3", "ef"), item(2, "about 40")], entries=[entry(amount="100.00")])
    assert lines(document, {"ef": platform(("2020-01-01", "7.00"))}) == [
        (1, None, None, "", 10_000, ""),
        (1, 1, 3 * MILLION, "exact", None, "bundled"),
        (1, 2, 40 * MILLION, "about", None, "bundled"),
    ]


def test_several_items_without_an_amount_are_valued_each_by_itself() -> None:
    document = pledge(items=[item(1, "3", "ef"), item(2, "unknown", "ef")], entries=[entry()])
    assert lines(document, {"ef": platform(("2020-01-01", "7.00"))}) == [
        (1, 1, 3 * MILLION, "exact", 2100, ""),
        (1, 2, None, "unknown", None, "no_value"),
    ]


def test_an_item_that_an_entry_of_the_stage_names_is_not_bundled_too() -> None:
    document = pledge(items=[item(1, "3"), item(2, "5")], entries=[entry(1, "9.00"), entry(2, "1.00", item=2)])
    assert [line[:3] for line in lines(document)] == [(1, None, None), (1, 1, 3 * MILLION), (2, 2, 5 * MILLION)]


def test_two_entries_of_a_stage_count_the_units_of_their_item_once() -> None:
    document = pledge(items=[item(1, "4", "ef")], entries=[entry(1, "1.00"), entry(2, "2.00")])
    rows = posted(document, {"ef": platform(("2020-01-01", "7.00"))})
    assert [row.quantity_millionths for row in headlines(rows)] == [4 * MILLION, None]
    assert [row.eur_cents for row in rows if row.basis == "market_price"] == [2800]


@pytest.mark.parametrize("first", ["", "1"])
def test_where_entries_state_units_the_item_does_not_add_its_own(first: str) -> None:
    second = "" if first else "1"
    document = pledge(items=[item(1, "4")], entries=[entry(1, quantity=first), entry(2, quantity=second)])
    known = [line[2] for line in lines(document) if line[2] is not None]
    assert known == [1 * MILLION]


def test_units_for_several_items_beside_their_own_are_refused_in_words() -> None:
    items = [item(1, "unknown"), item(2, "5")]
    with pytest.raises(PostingError, match="Entry 1 counts about 9 and names no item, and item 2 counts 5"):
        posted(pledge(items=items, entries=[entry(1, quantity="about 9")]))
    unknown = pledge(items=[item(1), item(2)], entries=[entry(1, quantity="about 9")])
    assert [line[1:4] for line in lines(unknown)] == [
        (None, 9 * MILLION, "about"), (1, None, "unknown"), (2, None, "unknown"),
    ]  # fmt: skip


def test_the_worth_of_a_whole_item_is_counted_once_a_stage() -> None:
    document = pledge(
        items=[item(1, "4", "ef")],
        entries=[
            entry(1, quantity="1"), entry(2, quantity="3"), entry(3, stage="allocation"), entry(4, stage="delivery"),
        ],
        valuations=[valuation("dataset", "100.00", item=1), valuation("market_price", "80.00", item=1)],
    )  # fmt: skip
    rows = posted(document, {"ef": platform(("2020-01-01", "7.00"))})
    by_basis = {
        basis: {(row.stage, row.entry): row.eur_cents for row in rows if row.basis == basis and row.stage != "delivery"}
        for basis in ("dataset", "market_price")
    }
    assert by_basis == {
        "dataset": {("commitment", 1): 10_000, ("allocation", 3): 10_000},
        "market_price": {("commitment", 1): 8_000, ("allocation", 3): 8_000},
    }


def test_valuations_of_entries_say_it_in_parts_and_the_whole_is_not_added() -> None:
    document = pledge(
        items=[item(1, "4")], entries=[entry(1), entry(2)],
        valuations=[valuation("dataset", "100.00", item=1), valuation("dataset", "60.00", entry=2)],
    )  # fmt: skip
    assert {row.entry: row.eur_cents for row in posted(document) if row.basis == "dataset"} == {2: 6000}


@pytest.mark.parametrize("stage", ["delivery", "contract", "commitment"])
def test_units_beside_an_undivided_amount_of_their_stage_do_not_count_their_price_too(stage: str) -> None:
    document = pledge(
        items=[item(1, "9", "ef"), item(2, "5", "ef")],
        entries=[
            entry(1, stage=stage), entry(2, item=1, quantity="3", stage=stage),
            entry(3, item=2, quantity="4", stage=stage),
        ],
        valuations=[valuation("dataset", "100.00", entry=1)],
    )  # fmt: skip
    platforms = {"ef": platform(("2020-01-01", "7.00"))}
    assert lines(document, platforms) == [
        (1, None, None, "", 10_000, ""),
        (2, 1, 3 * MILLION, "exact", None, "bundled"),
        (3, 2, 4 * MILLION, "exact", None, "bundled"),
    ]
    prices = {row.entry: row.eur_cents for row in posted(document, platforms) if row.basis == "market_price"}
    assert prices == {2: 2100, 3: 2800}, "the other basis stays posted"


def test_units_beside_two_amounts_for_the_only_item_are_inside_them() -> None:
    document = pledge(
        items=[item(1, "9", "ef")],
        entries=[
            entry(1, "5.00", stage="delivery"), entry(2, "6.00", stage="delivery"),
            entry(3, item=1, quantity="3", stage="delivery"), entry(4, item=1, quantity="1", stage="contract"),
        ],
    )  # fmt: skip
    assert [line[4:] for line in lines(document, {"ef": platform(("2020-01-01", "7.00"))})] == [
        (500, ""), (600, ""), (None, "bundled"), (700, ""),
    ]  # fmt: skip


def test_units_beside_an_amount_that_counts_units_itself_keep_their_price() -> None:
    document = pledge(
        items=[item(1, "9", "ef")], entries=[entry(1, "5.00", quantity="1"), entry(2, item=1, quantity="3")]
    )
    assert [line[4:] for line in lines(document, {"ef": platform(("2020-01-01", "7.00"))})] == [(500, ""), (2100, "")]
