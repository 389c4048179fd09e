"""Posting by example: whose the pledge is, what it is worth, and what keeps it from being counted."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from tests.ledger.documents import (
    RATES,
    entry,
    headlines,
    item,
    platform,
    pledge,
    posted,
    share,
    tranche_of,
    valuation,
)
from tracker.ledger.errors import PostingError
from tracker.ledger.posted import Posted
from tracker.ledger.valuation import prices_on
from tracker.lib.partial_dates import parse
from tracker.models import Contribution


def cents(rows: list[Contribution]) -> dict[str, int | None]:
    """Return the euro cents of each contributor's headline row."""
    return {row.contributor: row.eur_cents for row in headlines(rows)}


def test_a_single_contributor_bears_all_and_is_not_estimated() -> None:
    [row] = posted(pledge())
    assert (row.contributor, row.eur_cents, row.usd_cents, row.is_estimated) == ("DEU", 100_000_000, 116_314_286, False)


def test_an_undisclosed_split_is_equal_and_marked_as_estimated() -> None:
    rows = posted(pledge(shares=[share("DEU"), share("NLD"), share("FRA")]))
    assert cents(rows) == {"DEU": 33_333_334, "NLD": 33_333_333, "FRA": 33_333_333}
    assert all(row.is_estimated for row in rows)


def test_stated_shares_stand_and_the_rest_is_divided() -> None:
    rows = posted(pledge(shares=[share("DEU", "0.5"), share("NLD", amount="300000.00"), share("FRA"), share("DNK")]))
    assert cents(rows) == {"DEU": 50_000_000, "NLD": 30_000_000, "FRA": 10_000_000, "DNK": 10_000_000}
    assert [row.is_estimated for row in rows] == [False, False, True, True]


def test_where_only_the_shares_state_amounts_the_pledge_is_their_sum() -> None:
    shares = [share("DEU", amount="70.00", currency="USD"), share("NLD", amount="30.01", currency="USD")]
    rows = posted(pledge(shares=shares, entries=[entry(1, stage="delivery"), entry(2)]))
    stated = {(row.stage, row.contributor): row.amount_minor for row in rows}
    assert stated == {
        ("delivery", "DEU"): None, ("delivery", "NLD"): None,
        ("commitment", "DEU"): 7000, ("commitment", "NLD"): 3001,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([], "Name at least one contributor"),
        ([share("DEU", "0.6"), share("NLD", "0.400001")], r"come to 100.00 % of the whole; together they are 100 % at"),
        ([share("DEU", "0.6"), share("NLD", amount="500000.00")], "come to 110.00 %"),
        ([share("DEU", "0.6"), share("NLD", "0.3")], "come to 90.00 % of the whole: name who bears the rest"),
        (
            [share("DEU", amount="1000000.00", currency="USD"), share("NLD")],
            "DEU is 1,000,000.00 USD, but no entry states a total",
        ),
        ([share("DEU", amount="0.00"), share("NLD", amount="0.00", currency="USD")], "NLD is 0.00 USD"),
    ],
)
def test_shares_that_are_not_the_whole_are_refused(shares: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(PostingError, match=words):
        posted(pledge(shares=shares))


def test_thirds_of_twelve_decimals_are_thirds() -> None:
    rows = posted(pledge(shares=[share(code, "0.333333333333") for code in ("DEU", "NLD", "FRA")]))
    assert sum(row.eur_cents for row in rows) == 100_000_000


def test_a_pledge_without_an_entry_is_refused() -> None:
    with pytest.raises(PostingError, match="Add at least one entry"):
        posted(pledge(entries=[]))


def test_the_headline_is_stated_before_dataset_before_market_price() -> None:
    platforms = {"ef": platform(("2020-01-01", "100.00"))}
    document = pledge(entries=[entry(amount="1.00")], items=[item(quantity="3", platform="ef")])
    document["valuations"] = [valuation("dataset", "2.00", entry=1), valuation("replacement", "9.00", entry=1)]
    for headline, amount in (("stated", 100), ("dataset", 200), ("market_price", 30_000)):
        rows = {row.basis: row for row in posted(document, platforms)}
        assert [(row.basis, row.eur_cents) for row in headlines(list(rows.values()))] == [(headline, amount)]
        assert rows["replacement"].eur_cents == 900, "every basis stays posted"
        if headline == "stated":
            document["entries"] = [entry()]
        else:
            document["valuations"] = [valuation("replacement", "9.00", entry=1)]


def test_without_a_headline_basis_a_row_says_that_no_value_is_known() -> None:
    rows = posted(pledge(entries=[entry()], valuations=[valuation("contract", "5.00", entry=1)]))
    assert [(row.basis, row.is_headline, row.gap, row.eur_cents) for row in rows] == [
        ("", True, "no_value", None), ("contract", False, "", 500),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "amount"),
    [
        ("2019", "1"), ("2020-01-01", "1"), ("2024-06", "2"), ("2024-05-31", "1"), ("2026", "3"), ("", "1"),
        ("../2025", "1"),
    ],
)  # fmt: skip
def test_a_price_holds_from_its_day_on(date: str, amount: str) -> None:
    prices = platform(("2024-06-01", "2"), ("2020-01-01", "1"), ("2025-01-01", "3"))
    assert [price["amount"] for price in prices_on(prices, parse(date))] == [amount]


def test_one_price_a_basis() -> None:
    prices = platform(("2020-01-01", "1"))["prices"] + platform(("2020-01-01", "7"), basis="replacement")["prices"]
    assert {price["basis"]: price["amount"] for price in prices_on({"prices": prices}, parse("2025"))} == {
        "market_price": "1", "replacement": "7",
    }  # fmt: skip


def test_a_worth_that_the_ledger_cannot_hold_is_refused_in_words() -> None:
    platforms = {"ef": platform(("2020-01-01", "9999999999999.99"))}
    document = pledge(entries=[entry()], items=[item(quantity="999999999", platform="ef")])
    with pytest.raises(PostingError, match=r"1e\+22 EUR is more than the ledger can count"):
        posted(document, platforms)


def test_the_largest_stated_amount_can_be_counted_many_times() -> None:
    document = pledge(entries=[entry(amount="9999999999999.99")])
    assert 1000 * posted(document)[0].usd_cents < 2**63, "a sum of bigger ones fails on SQLite"


def test_a_deployment_has_no_aid_type() -> None:
    [row] = posted(pledge(nature="deployment", aid_type="", beneficiary=None, entries=[entry()]))
    assert (row.nature, row.aid_type, row.gap) == ("deployment", "", "no_value")


def test_what_an_overlapping_pledge_counts_already_is_netted_stage_by_stage() -> None:
    umbrella = pledge(id="DEU-2025-0009", entries=[entry(amount="5.00")])
    tranche = pledge(entries=[entry(1, "1.00"), entry(2, "1.00", stage="delivery")], links=[tranche_of(umbrella["id"])])
    rows = posted(tranche, pledges={umbrella["id"]: umbrella})
    assert [(row.stage, row.is_netted) for row in rows] == [("commitment", True), ("delivery", False)]
    assert not any(row.is_netted for row in posted(umbrella)), "the umbrella itself counts"


def test_units_of_a_tranche_count_where_its_umbrella_has_only_their_money() -> None:
    umbrella = pledge(id="DEU-2025-0009", entries=[entry(1, "5.00", stage="delivery"), entry(2, "9.00")])
    tranche = pledge(
        items=[item(1, "4", "ef"), item(2, "unknown")], links=[tranche_of(umbrella["id"])],
        entries=[
            entry(1, "3.00"), entry(2, item=1, quantity="2", stage="delivery"),
            entry(3, "1.00", item=2, stage="delivery"),
        ],
    )  # fmt: skip
    rows = posted(tranche, {"ef": platform(("2020-01-01", "7.00"))}, {umbrella["id"]: umbrella})
    assert [(row.entry, row.item, row.gap, row.eur_cents, row.is_netted) for row in headlines(rows)] == [
        (1, None, "", 300, True), (1, 1, "bundled", None, False), (1, 2, "bundled", None, False),
        (2, 1, "bundled", None, False), (3, 2, "", 100, True),
    ]  # fmt: skip
    assert {row.is_netted for row in rows if row.basis == "market_price"} == {False}, "nobody else counts it"
    umbrella["items"] = [item(1, "4")]
    assert all(row.is_netted for row in posted(tranche, pledges={umbrella["id"]: umbrella}))


def test_links_in_a_circle_would_leave_nothing_to_count_and_are_refused() -> None:
    chain = {f"{n}": pledge(id=f"{n}", links=[tranche_of(f"{n + 1}")]) for n in range(3)} | {"3": pledge(id="3")}
    assert posted(chain["0"], pledges=chain)[0].is_netted
    chain["3"]["links"] = [tranche_of("0")]
    with pytest.raises(PostingError, match="lead back to it by way of 1, 2, 3"):
        posted(chain["0"], pledges=chain)


def test_euros_without_a_date_count_and_other_currencies_say_why_they_do_not() -> None:
    rows = posted(pledge(announced="", entries=[entry(1, "2.00"), entry(2, "2.00", "USD"), entry(3, "2.00", "GBP")]))
    assert [(row.gap, row.eur_cents, row.usd_cents) for row in rows] == [
        ("", 200, None), ("no_rate", None, 200), ("no_rate", None, None),
    ]  # fmt: skip
    assert [row.amount_minor for row in rows] == [200, 200, 200]
    assert {(row.year, row.month) for row in rows} == {(None, "")}


@pytest.mark.parametrize(
    ("stage", "date", "month"),
    [
        ("commitment", "", "2025-08"), ("commitment", "2025-11-03", "2025-11"), ("allocation", "2025-11", "2025-11"),
        ("disbursement", "2025-11-03", "2025-08"), ("delivery", "2025-11-03", "2025-08"), ("lapse", "", "2025-08"),
    ],
)  # fmt: skip
def test_the_rate_is_that_of_when_the_amount_was_announced(stage: str, date: str, month: str) -> None:
    [row] = posted(pledge(announced="2025-08", entries=[entry(amount="1.00", date=date, stage=stage)]))
    assert (row.date, f"{row.rate_from:%Y-%m}") == (date or "2025-08", month)


def test_what_follows_a_promise_without_an_announcement_is_converted_at_its_own_date() -> None:
    [row] = posted(pledge(announced="", entries=[entry(amount="1.00", date="2025-11-03", stage="delivery")]))
    assert f"{row.rate_from:%Y-%m}" == "2025-11"


def test_what_spans_more_than_a_month_has_a_year_and_no_month() -> None:
    [row] = posted(pledge(announced="2025-33"))
    assert (row.year, row.month, row.rate_policy) == (2025, "", "annual_mean")
    [row] = posted(pledge(announced="2024-11/2025-02"))
    assert (row.year, row.month, row.rate_policy) == (None, "", "")


def test_all_that_documents_and_rates_determine_of_a_row_is_posted() -> None:
    columns = {field.attname for field in Contribution._meta.concrete_fields}
    assert Posted.__annotations__.keys() == columns - {"id", "publication_id", "recorded_from", "recorded_to"}


def test_the_columns_of_a_row_come_from_item_and_platform() -> None:
    thing = item(platform="ef", quantity="2", supplier={"id": "USA", "name": "USA"}, modality="procurement")
    [row] = posted(pledge(items=[thing]), {"ef": platform()})
    assert (row.platform, row.category, row.category_path) == ("ef", "fighters", "/aircraft/fighters/")
    assert (row.supplier, row.manufacturer, row.modality) == ("USA", "MAKER", "procurement")
    assert Fraction(row.quantity_millionths, 10**6) == 2


def test_each_row_has_the_condition_of_its_own_item_and_the_year_of_the_announcement() -> None:
    things = [item(1, condition="new"), item(2, condition="modernised"), item(3, condition=""), item(4)]
    steps = [entry(number, stage="delivery", item=number, quantity="1", date="2024") for number in (1, 2, 3, 4)]
    whole = entry(5, amount="9.00")
    rows = posted(pledge(announced="2022~", items=things, entries=[*steps, whole]))
    conditions = {(row.stage, row.item): row.condition for row in rows if row.stage == "delivery" or row.basis}
    assert conditions == {
        ("delivery", 1): "new", ("delivery", 2): "modernised", ("delivery", 3): "", ("delivery", 4): "",
        ("commitment", None): "",
    }, "documents from before there were conditions lack the key"  # fmt: skip
    assert {(row.stage, row.year, row.announced_year) for row in rows} == {
        ("delivery", 2024, 2022), ("commitment", 2022, 2022),
    }  # fmt: skip
    assert [posted(pledge(announced=text))[0].announced_year for text in ("", "2024-11/2025-02")] == [None, None]


def test_an_umbrella_that_states_nothing_nets_nothing() -> None:
    umbrella = pledge(id="DEU-2025-0009", entries=[entry()])
    tranche = pledge(entries=[entry(amount="1.00")], links=[tranche_of(umbrella["id"])])
    assert not any(row.is_netted for row in posted(tranche, pledges={umbrella["id"]: umbrella}))


def test_each_column_has_what_is_its_own() -> None:
    """Every text and number here is another, so that no two columns can be exchanged unseen."""
    fighter = item(
        7, "about 4", platform="ef", modality="grant", condition="second_hand",
        supplier={"id": "USA"}, stock_owner={"id": "FRA"},
    )  # fmt: skip
    announced = pledge(
        announced="2024-11", nature="transfer", aid_kind="Heavy weapons", host={"id": "POL"}, items=[fighter],
        initiative={"id": "purl"}, package={"id": "purl-2"}, meeting={"id": "udcg-25"}, conditions=[{"state": "open"}],
        shares=[share("NLD"), share("DNK")],
        entries=[entry(3, "100.00", "GBP", stage="allocation", item=7, date="2025-08-03/2025-08-20")],
    )  # fmt: skip
    row, other = posted(announced, {"ef": platform()})
    assert row._asdict() == {
        "pledge": "DEU-2025-0001", "beneficiary": "UKR", "host": "POL", "nature": "transfer", "aid_type": "military",
        "aid_kind": "Heavy weapons", "initiative": "purl", "package": "purl-2", "meeting": "udcg-25",
        "announced_year": 2024, "is_conditional": True,
        "entry": 3, "item": 7, "supplier": "USA", "stock_owner": "FRA", "manufacturer": "MAKER", "modality": "grant",
        "condition": "second_hand", "category": "fighters", "category_path": "/aircraft/fighters/", "platform": "ef",
        "stage": "allocation", "date": "2025-08-03/2025-08-20", "earliest": dt.date(2025, 8, 3),
        "latest": dt.date(2025, 8, 20), "year": 2025, "month": "2025-08", "quantity_qualifier": "about",
        "is_netted": False,
        "basis": "stated", "is_headline": True, "gap": "", "currency": "GBP", "rate_currency": RATES["GBP"],
        "rate_usd": RATES["USD"], "rate_policy": "month_mean", "rate_from": dt.date(2025, 8, 1),
        "rate_to": dt.date(2025, 8, 31), "rate_source": "ECB", "is_provisional": False,
        "public_id": "DEU-2025-0001.3.7.NLD.stated", "contributor": "NLD", "is_estimated": True, "amount_minor": 5000,
        "eur_cents": 5778, "usd_cents": 6720, "quantity_millionths": 2_000_000, "marks": "is",
    }  # fmt: skip
    assert (other.contributor, other.amount_minor) == ("DNK", 5000)
