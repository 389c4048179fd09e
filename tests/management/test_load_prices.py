"""Loading prices: each row accounted for, into one change set, and nothing the second time."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.curation.desk import Desk, ledger, with_basics
from tracker.models import ChangeSet, PlatformPrice

pytestmark = pytest.mark.django_db
RELEASE_7 = Path(settings.BASE_DIR).parent / "shared" / "data" / "kiel-r7" / "kiel_release_7.xlsx"
HEAD = "platform,basis,amount,low,high,currency,valid from,source\n"


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    desk = with_basics()
    desk.write("platform", id="gepard", name="Gepard", category="aircraft", aliases=["Flakpanzer Gepard"])
    desk.publish()
    return desk


def load(path: Path, text: str = "", **options: Any) -> str:
    """Load a list of prices, and return what the command says."""
    if text:
        path.write_text(text, encoding="utf-8")
    said = StringIO()
    call_command("load_prices", path, author="erin", stdout=said, **options)
    return said.getvalue()


def prices() -> list[tuple[Any, ...]]:
    columns = ("platform__public_id", "basis", "valid_from", "amount", "low", "high", "currency", "source")
    rows = PlatformPrice.objects.order_by("platform__public_id", "basis", "valid_from").values_list(*columns)
    return [tuple(None if value is None else str(value) for value in row) for row in rows]


def test_prices_are_added_beside_those_of_other_days_and_change_where_they_differ(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    listed = HEAD + (
        "Eurofighter,,98.5,90,110,EUR,2022-01-01,A contract\n"
        "flakpanzer  GEPARD,Replacement,5.255,,,usd,2023,\n"
        "Eurofighter,market price,101,,,EUR,2020-01-01,\n"
    )
    said = load(path, listed)
    assert "2 prices added, 1 changed, 0 unchanged." in said
    assert prices() == [
        ("ef", "market_price", "2020-01-01", "101.00", None, None, "EUR", "prices.csv"),
        ("ef", "market_price", "2022-01-01", "98.50", "90.00", "110.00", "EUR", "A contract"),
        ("gepard", "replacement", "2023-01-01", "5.26", None, None, "USD", "prices.csv"),
    ]
    change_set = ChangeSet.objects.latest("id")
    assert (change_set.cause, change_set.status, change_set.edits.count()) == ("price_list", "open", 2)
    count = ChangeSet.objects.count()
    assert "0 prices added, 0 changed, 3 unchanged." in load(path, listed)
    desk.publish()
    assert "0 prices added, 0 changed, 3 unchanged." in load(path, listed)
    assert ChangeSet.objects.count() == count


def test_a_published_price_values_what_states_only_units(desk: Desk, tmp_path: Path) -> None:
    desk.pledge(items=[{"platform": "gepard", "quantity": "10"}], entries=[{"stage": "commitment"}])
    desk.publish()
    assert [row.gap for row in ledger()] == ["no_value"]
    load(tmp_path / "prices.csv", HEAD + "Gepard,,3,2,4,EUR,2022-01-01,\n")
    desk.publish()
    assert [(row.basis, row.is_headline, row.eur_cents) for row in ledger()] == [("market_price", True, 3000)]


def test_every_row_that_is_left_out_is_named(desk: Desk, tmp_path: Path) -> None:
    said = load(
        tmp_path / "prices.csv",
        HEAD + (
            "Eurofighter,,100,,,XX,2022-01-01,\n"
            "Eurofighter,,100,120,,EUR,2022-01-01,\n"
            "Eurofighter,stated,100,,,EUR,2022-01-01,\n"
            "Eurofighter,,much,,,EUR,2022-01-01,\n"
            "Eurofighter,,100,,,EUR,,\n"
            "Gepard,,3,,,EUR,2022-01-01,\n"
            "Flakpanzer Gepard,,4,,,EUR,2022-01-01,\n"
            "Gepart,,4,,,EUR,2022-01-01,\n"
            "Gepard,,.,,,EUR,2022-01-01,\n"
        ),
    )  # fmt: skip
    lines = [line.strip() for line in said.splitlines()]
    assert lines[:9] == [
        "row 2 is left out: Eurofighter: currency: “XX” is not an ISO 4217 currency code such as EUR or USD",
        "row 3 is left out: Eurofighter: low 120.00, amount 100.00, high None are not in this order from 0 on",
        "row 4 is left out: Eurofighter: basis: “stated” is none that a price can have, such as “market price”",
        "row 5 is left out: Eurofighter: “much” is not an amount; write for example 500000000 or 500 million",
        "row 6 is left out: Eurofighter: valid from: a price needs the day from which it holds",
        "row 7 is left out: rows 7, 8 give gepard different prices: leave one of them",
        "row 8 is left out: rows 7, 8 give gepard different prices: leave one of them",
        "no platform goes by “Gepart” (row 9); nearest: Gepard",
        "1 rows name no platform of the register, 1 give no price, 7 cannot be used.",
    ]
    assert "0 prices added" in said
    assert not ChangeSet.objects.filter(cause="price_list").exists()


def test_a_platform_that_somebody_else_edits_keeps_all_from_being_written(desk: Desk, tmp_path: Path) -> None:
    desk.write("platform", id="gepard", description="Under way", by=desk.other)
    before = prices()
    with pytest.raises(CommandError, match="Nothing was written"):
        load(tmp_path / "prices.csv", HEAD + "Eurofighter,,1,,,EUR,2022-01-01,\nGepard,,1,,,EUR,2022-01-01,\n")
    assert prices() == before
    assert not ChangeSet.objects.filter(cause="price_list").exists()


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("donor,value\nGermany,5\n", {}, "no row with the headers “platform” or “item”"),
        ("item,unit price,currency\nGepard,5,EUR\n", {}, "no column “valid from”"),
        ("item,unit price,currency\nGepard,5,EUR\n", {"valid_from": "2022"}, "“2022” is not a day"),
        (HEAD, {"sheet": "Other"}, "has no sheet “Other”"),
    ],
)
def test_what_is_no_price_list_is_refused(tmp_path: Path, text: str, options: dict[str, str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load(tmp_path / "prices.csv", text, **options)
    with pytest.raises(CommandError, match="no active user “nobody”"):
        call_command("load_prices", tmp_path / "prices.csv", author="nobody")


@pytest.mark.usefixtures("desk")
def test_the_price_list_of_release_7_is_accounted_for() -> None:
    if not RELEASE_7.exists():
        pytest.skip(f"release 7 is not in {RELEASE_7.parent}")
    said = load(RELEASE_7, valid_from="2022-10-06")
    # 504 rows: 117 without a price, and three with one whose currency the list leaves out.
    assert "384 rows name no platform of the register, 117 give no price, 3 cannot be used." in said
    assert "“M270 weapon system (Norway)”" in said


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("rows", "named", "said", "amounts"),
    [
        # Nothing tells which.
        (("1.500", "2.500"), r"“1.500” in row 2 can be 1.5 or 1500", {"decimal": ["comma"]}, {"1500.00", "2500.00"}),
        # Cells that say it, but not of one mind.
        (("10.000.000", "5,100,000"), r"“10.000.000” in row 2 \(comma\)", {"decimal": ["comma"]}, {"10000000.00"}),
        (("2.500,00", "1.500"), "", {}, {"2500.00", "1500.00"}),
        (("€ 1,234.50", "1.500"), "", {}, {"1234.50", "1.50"}),
    ],
)
def test_one_convention_for_the_column_or_a_question(
    tmp_path: Path, rows: tuple[str, str], named: str, said: dict[str, Any], amounts: set[str]
) -> None:
    text = HEAD + "".join(
        f'{name},,"{row}",,,EUR,2023-01-01,\n' for name, row in zip(("Gepard", "Eurofighter"), rows, strict=True)
    )
    before = prices()
    if named:
        with pytest.raises(CommandError, match=rf"prices.csv: amount: .*{named}.* Say it by --decimal point or comma"):
            load(tmp_path / "prices.csv", text)
        assert prices() == before
    load(tmp_path / "prices.csv", text, accept_implausible=["all"], **said)
    assert {row[3] for row in set(prices()) - set(before)} == amounts


@pytest.mark.usefixtures("desk")
def test_a_list_that_can_be_cut_off_and_columns_that_are_not_read_are_said(tmp_path: Path) -> None:
    text = "platform,amount,currency,valid from,price in USD\nGepard,3,EUR,2023-01-01,4\nGepard,3,EUR,2023-02,4"
    said = load(tmp_path / "prices.csv", text, accept_implausible=["all"])
    assert "The file ends in row 3 without a line break: look whether its last cell is whole." in said
    assert "Columns that are not read: “price in USD”." in said


def test_days_of_a_price_are_read_by_the_column_or_asked_about(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    one, other = "Gepard,,3,,,EUR,05/06/2022,\n", "Eurofighter,,101,,,EUR,20/06/2022,\n"
    with pytest.raises(CommandError, match=r"“05/06/2022” in row 2 can be 2022-06-05 or 2022-05-06.*--dates"):
        load(path, HEAD + one)
    load(path, HEAD + one, dates=["month-first"])
    desk.publish()
    load(path, HEAD + one + other)
    assert [row[2] for row in prices() if row[0] == "gepard"] == ["2022-05-06", "2022-06-05"]
    assert "is a span of time" in load(path, HEAD + "Gepard,,3,,,EUR,2022/23,\n")


@pytest.mark.usefixtures("desk")
def test_what_no_price_can_be_is_left_out_or_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    said = load(
        path,
        HEAD + "Gepard,,JPY 1.5,,,,2022-01-01,\nGepard,,US$ 5,,,EUR,2022-01-01,\nGepard,,(100),,,EUR,2022-01-01,\n",
    )
    for reason in ("JPY has no smaller unit", "the amount says USD and the currency EUR", "-100.00 is below zero"):
        assert reason in said
    with pytest.raises(
        CommandError, match=r"ef: 9,800,000\.00 EUR, where 100\.00 stands since.*--accept-implausible ef"
    ):
        load(path, HEAD + "Eurofighter,,9800000,,,EUR,2023-01-01,\n")
    assert "1 prices added" in load(path, accept_implausible=["ef"])


@pytest.mark.usefixtures("desk")
def test_a_row_that_is_cut_off_is_left_out(tmp_path: Path) -> None:
    said = load(tmp_path / "prices.csv", HEAD + "Gepard,,3,,,EUR,2022-01-01,\nEurofighter,,101,,,E")
    assert "row 3 is left out: Eurofighter: It has 6 cells, where the header names 8. The file ends in it" in said
