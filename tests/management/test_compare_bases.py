"""Comparing bases: what agrees, and for each cause an entry that differs for just that."""

import csv
import datetime as dt
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.curation.desk import Desk, with_basics
from tests.factories import ExchangeRateFactory
from tracker.models import ExternalId
from tracker.reporting.checks.base_causes import Cause
from tracker.reporting.checks.bases import Compared, compare

pytestmark = pytest.mark.django_db
# A mean of 1.21 in July, 1.25 in August and 1.234 in the year; 0.7 and 0.8 for the pound, whose year is 0.75.
RATES = {
    "USD": {
        "2025-07-01": "1.2", "2025-07-02": "1.22", "2025-08-01": "1.22", "2025-08-04": "1.24", "2025-08-05": "1.29",
    },
    "GBP": {"2025-07-01": "0.7", "2025-08-01": "0.8"},
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    desk = with_basics()
    for currency, days in RATES.items():
        for day, rate in days.items():
            ExchangeRateFactory(currency=currency, date=dt.date.fromisoformat(day), rate=Decimal(rate))
    return desk


def entries(*rows: tuple[str, str, str], date: str = "2025-08-15", stage: str = "commitment") -> dict[str, Any]:
    """Return entries and valuations: an amount, its currency, and the dataset's euros."""
    return {
        "announced": date,
        "entries": [
            {"number": n, "stage": stage, "amount": amount, "currency": currency}
            for n, (amount, currency, _euros) in enumerate(rows, start=1)
        ],
        "valuations": [
            {"entry": n, "basis": "dataset", "amount": euros, "currency": "EUR"}
            for n, (_amount, _currency, euros) in enumerate(rows, start=1)
        ],
    }


def told(compared: list[Compared]) -> list[tuple[str, str]]:
    return [(row.cause.value, row.detail) for row in compared]


@pytest.mark.parametrize(
    ("amount", "euros", "cause", "detail"),
    [
        ("1000000.00", "800000.00", Cause.NONE, ""),
        ("1.00", "0.79", Cause.NONE, ""),  # both are kept to the cent
        ("1000000.00", "800000.90", Cause.UNKNOWN, "1.00000112 times ours"),
        ("1000000.00", "790513.83", Cause.GAP, "without 2025-08-01: 1.265"),
        ("1000000.00", "819672.13", Cause.DAY, "2025-08-01: 1.22"),
        ("1000000.00", "826446.28", Cause.MONTH, "2025-07: 1.21"),
        ("1000000.00", "810372.77", Cause.YEAR, "2025: 1.234"),
        ("1000000.00", "1000000.00", Cause.CURRENCY, "EUR: 1"),
        ("1000000.00", "1250000.00", Cause.CURRENCY, "GBP 2025-08: 0.8"),
        ("1000000.00", "800000000.00", Cause.FACTOR, "1000 times ours"),
        ("1000000.00", "80000.00", Cause.FACTOR, "ours is 10 times as much"),
        ("1000000.00", "3456789.00", Cause.UNKNOWN, "4.32098625 times ours"),
    ],
)
def test_each_cause_is_found_by_computing_it(desk: Desk, amount: str, euros: str, cause: Cause, detail: str) -> None:
    desk.pledge(**entries((amount, "USD", euros)))
    desk.publish()
    assert [(kind, words[: len(detail)]) for kind, words in told(compare())] == [(cause.value, detail)]


def test_a_value_of_several_entries_is_told_from_one_of_its_own(desk: Desk) -> None:
    desk.pledge(**entries(("100000.00", "USD", "240000.00"), ("200000.00", "USD", "160000.00")))
    desk.publish()
    assert told(compare()) == [("several", "the dataset's value is our sum of 2 entries"), ("agrees", "")]


def test_what_is_scaled_is_scaled_like_others_of_the_contributor(desk: Desk) -> None:
    desk.pledge(**entries(("100000.00", "USD", "266666.67")))
    desk.pledge(**entries(("500000.00", "USD", "1333333.33")), shares=[{"contributor": "DEU"}])
    desk.pledge(**entries(("500000.00", "USD", "1333333.33")), shares=[{"contributor": "NLD"}])
    desk.publish()
    assert [kind for kind, _detail in told(compare())] == ["scaled", "scaled", "unknown"]
    assert told(compare())[0][1] == "3.33333 times ours, as in 1 others"


def test_a_rate_of_the_publishers_own_is_told_by_its_use_for_others(desk: Desk) -> None:
    for shares in ("DEU", "NLD"):
        desk.pledge(**entries(("1000000.00", "USD", "799999.00")), shares=[{"contributor": shares}])
    desk.publish()
    assert told(compare()) == [("own_rate", "1.25000156, as in 1 other entries")] * 2


def test_only_what_has_both_values_in_another_currency_is_compared_all_shares_together(desk: Desk) -> None:
    desk.pledge(**entries(("1000000.00", "USD", "800000.00")), shares=[{"contributor": "DEU"}, {"contributor": "NLD"}])
    desk.pledge(**entries(("1000000.00", "EUR", "1000000.00")))
    desk.pledge(entries=[{"amount": "5.00", "currency": "USD"}])
    desk.pledge(**entries(("1000000.00", "USD", "810372.77"), date="../2025-08-31"))
    desk.pledge(**entries(("1000000.00", "USD", "1.00"), date="2024/2025"))
    desk.publish()
    compared = compare()
    assert [(row.cause, row.is_dated) for row in compared] == [
        (Cause.NO_RATE, False), (Cause.NONE, True), (Cause.NONE, False),
    ]  # fmt: skip
    assert (compared[1].pair.amount, compared[1].pair.own) == (Decimal("1000000.00"), 80_000_000)


def test_the_command_prints_what_differs_with_totals_and_writes_all(desk: Desk, tmp_path: Path) -> None:
    agreeing = desk.pledge(**entries(("1000000.00", "USD", "800000.00")))
    desk.pledge(**entries(("1000000.00", "USD", "819672.13")))
    desk.publish()
    said, path = StringIO(), tmp_path / "out.csv"
    call_command("compare_bases", out=path, stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[0] == (
        "DEU-2025-0002.1 commitment 2025-08-15: USD 1,000,000.00 = EUR 800,000.00, dataset EUR 819,672.13: "
        "converted at the rate of a day (2025-08-01: 1.22)"
    )
    assert "dated 2 1 50.00" in {" ".join(line.split()) for line in lines}
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert [(row["pledge"], row["own_eur"], row["dataset_eur"], row["cause"]) for row in rows] == [
        (agreeing.public_id, "800000.00", "800000.00", "agrees"), ("DEU-2025-0002", "800000.00", "819672.13", "day"),
    ]  # fmt: skip
    with pytest.raises(CommandError, match="nothing was imported of “kiel”"):
        call_command("compare_bases", dataset="kiel")
    ExternalId.objects.create(
        dataset="kiel", release="21", source_id="X1", record_kind="pledge", public_id=agreeing.public_id,
        fingerprint="", content="{}",
    )  # fmt: skip
    assert [row.pair.pledge for row in compare("kiel")] == [agreeing.public_id]
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("compare_bases", out=tmp_path / "no" / "out.csv", stdout=StringIO())
