"""Rates: means of the ECB's daily reference rates."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import ExchangeRateFactory
from tests.ledger.documents import entry, pledge
from tracker.exchange.reference.rates import SHIPPED, read
from tracker.ledger.fixed_rates import FIXED
from tracker.ledger.posting import Shelf, post
from tracker.ledger.rates import Rate, RateBook, span_of
from tracker.lib.money import currencies
from tracker.lib.partial_dates import parse
from tracker.models import ExchangeRate

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 3, 1)


def rate(day: str, value: str, currency: str = "USD", **more: Any) -> None:
    ExchangeRateFactory(date=dt.date.fromisoformat(day), rate=Decimal(value), currency=currency, **more)


def found(date: str, currency: str = "USD", at: dt.date = LATER) -> Rate | None:
    return RateBook(at).find(currency, parse(date))


def test_august_2025_is_the_plain_mean_of_its_days() -> None:
    days = [
        (currency, date, value)
        for currency, date, value in read(SHIPPED)
        if currency == "USD" and (date.year, date.month) == (2025, 8)
    ]
    for _currency, date, value in days:
        rate(date.isoformat(), str(value))
    mean = sum(value for _currency, _date, value in days) / len(days)
    assert round(mean, 8) == Decimal("1.16314286")
    document = pledge(entries=[entry(amount="500000000.00")])
    [row] = post(document, Shelf(lambda _id: None, lambda _id: None, RateBook(LATER)))
    assert (row.rate_usd, row.rate_from, row.rate_to) == (round(mean, 8), dt.date(2025, 8, 1), dt.date(2025, 8, 31))
    assert row.eur_cents == 50_000_000_000
    assert row.usd_cents == round(mean, 8) * 50_000_000_000 == 58_157_143_000


def test_a_month_a_year_and_what_is_neither() -> None:
    for day, value in (("2025-07-31", "3"), ("2025-08-01", "1.1"), ("2025-08-29", "1.2"), ("2025-12-31", "2")):
        rate(day, value)
    month, year = found("2025-08-15"), found("2025")
    assert month is not None
    assert year is not None
    assert (month.usd, month.policy) == (Decimal("1.15"), "month_mean")
    assert (year.usd, year.policy, year.last) == (Decimal("1.825"), "annual_mean", dt.date(2025, 12, 31))
    assert found("2025-33").policy == "annual_mean"  # type: ignore[union-attr]
    assert [found(date) for date in ("", "2024-12/2025-01", "../2024-02", "2024-02")] == [None] * 4


def test_another_source_does_not_mix_in() -> None:
    rate("2025-08-01", "1.1")
    rate("2025-08-01", "9.9", source="elsewhere")
    assert found("2025-08").usd == Decimal("1.1")  # type: ignore[union-attr]


def test_the_euro_needs_no_rate_but_dollars_do() -> None:
    for date in ("", "2025-08"):
        assert found(date, "EUR") == Rate(Decimal(1), None, "", None, None, "", False)
    rate("2025-08-29", "90", "UAH")
    assert found("2025-08", "UAH").usd is None  # type: ignore[union-attr]
    assert found("2025-08", "USD") is None


@pytest.mark.parametrize(
    ("newest", "at", "provisional"),
    [
        ("2025-08-28", "2025-08-28", True),  # under way
        ("2025-08-29", "2025-08-31", True),  # its last day
        ("2025-08-28", "2025-09-02", True),  # over, and its last weekday, the 29th, not loaded
        ("2025-08-29", "2025-09-01", False),
        ("2025-09-05", "2025-09-06", False),
    ],
)
def test_a_month_is_provisional_until_its_last_weekday_is_loaded(newest: str, at: str, provisional: bool) -> None:
    rate("2025-08-01", "1.1")
    rate(newest, "1.3")
    assert found("2025-08", at=dt.date.fromisoformat(at)).is_provisional is provisional  # type: ignore[union-attr]


def test_rates_after_the_day_of_posting_are_not_looked_at() -> None:
    rate("2025-08-01", "1.1")
    rate("2025-08-04", "9.9")
    assert found("2025-08", at=dt.date(2025, 8, 2)).usd == Decimal("1.1")  # type: ignore[union-attr]


def test_the_rate_of_a_day_is_the_last_before_it_where_it_has_none() -> None:
    for day, value in (("2025-08-14", "1.3"), ("2025-08-15", "1.1"), ("2025-08-18", "1.2")):
        rate(day, value)
    book = RateBook(LATER)
    saturday = book.find("USD", parse("2025-08-16"), "day")
    assert saturday is not None
    assert (saturday.currency, saturday.policy, saturday.is_provisional) == (Decimal("1.1"), "day", False)
    assert saturday.first == saturday.last == dt.date(2025, 8, 15), "the day whose rate it is"
    euro = book.find("EUR", parse("2025-08-17"), "day")
    assert euro is not None
    assert (euro.currency, euro.usd, euro.first) == (1, Decimal("1.1"), dt.date(2025, 8, 15))
    assert book.find("USD", parse("2025-08-25"), "day").currency == Decimal("1.2")  # type: ignore[union-attr]
    assert book.find("USD", parse("2025-08-26"), "day") is None, "no longer quoted"


def test_the_rate_of_today_is_provisional_until_it_is_loaded() -> None:
    rate("2025-08-14", "1.3")
    today = parse("2025-08-15")
    assert RateBook(dt.date(2025, 8, 15)).find("USD", today, "day").is_provisional  # type: ignore[union-attr]
    rate("2025-08-15", "1.1")
    assert not RateBook(dt.date(2025, 8, 15)).find("USD", today, "day").is_provisional  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("policy", "date", "used", "first"),
    [
        ("day", "2025-08", "month_mean", "2025-08-01"),
        ("day", "2025", "annual_mean", "2025-01-01"),
        ("day", "2025-08-05/2025-08-09", "month_mean", "2025-08-01"),
        ("month_mean", "2025-08-15", "month_mean", "2025-08-01"),
        ("month_mean", "2025-33", "annual_mean", "2025-01-01"),
        ("annual_mean", "2025-08-15", "annual_mean", "2025-01-01"),
        # An open end: the year of the one that is known.
        ("month_mean", "../2025-08-31", "annual_mean", "2025-01-01"),
        ("day", "2025-02/..", "annual_mean", "2025-01-01"),
    ],
)
def test_what_a_date_does_not_say_falls_back(policy: str, date: str, used: str, first: str) -> None:
    span = span_of(parse(date), policy)
    assert span is not None
    assert (span[0], span[1].isoformat()) == (used, first)


@pytest.mark.parametrize("policy", ["month_mean", "day", "annual_mean"])
def test_a_span_of_several_years_has_no_rate(policy: str) -> None:
    assert [span_of(parse(date), policy) for date in ("", "2024-11/2025-02")] == [None, None]


def test_a_currency_that_pauses_has_no_mean_of_a_span_that_it_does_not_cover() -> None:
    for day in ("2022-02-01", "2022-03-01", "2022-03-02", "2022-04-01"):
        rate(day, "1.1")
    for day in ("2022-02-01", "2022-03-01"):
        rate(day, "100", "RUB")
    assert found("2022-02", "RUB").currency == 100  # type: ignore[union-attr]
    assert [found(date, "RUB") for date in ("2022-03", "2022-03-31", "2022", "2022-04")] == [None] * 4
    assert found("2022", "USD").currency == Decimal("1.1")  # type: ignore[union-attr]


def test_the_ecbs_own_pauses() -> None:
    years, currencies = (2008, 2018, 2022), ("USD", "ISK", "RUB")
    ExchangeRate.objects.bulk_create(
        ExchangeRateFactory.build(currency=currency, date=date, rate=value)
        for currency, date, value in read(SHIPPED)
        if currency in currencies and date.year in years
    )
    assert [found(year, currency) is None for year, currency in (
        ("2008", "ISK"), ("2018", "ISK"), ("2022", "ISK"), ("2022", "RUB"), ("2018", "RUB")
    )] == [True, True, False, True, False]  # fmt: skip


@pytest.mark.parametrize(
    ("currency", "date", "value"),
    [
        ("HRK", "2023-01-15", "7.53450"), ("BGN", "2026", "1.95583"), ("DEM", "2024-05", "1.95583"),
        ("GRD", "2001", "340.750"), ("GRD", "2000", None), ("HRK", "2022-12", None), ("DEM", "1998-12", None),
    ],
)  # fmt: skip
def test_a_currency_that_the_euro_replaced_keeps_its_fixed_rate(currency: str, date: str, value: str | None) -> None:
    for policy in ("month_mean", "day", "annual_mean"):
        one = RateBook(LATER).find(currency, parse(date), policy)
        assert (one and one.currency) == (value and Decimal(value)), policy
    rate("2024-05-02", "1.08")
    if date == "2024-05":
        one = found(date, currency)
        assert one is not None
        assert (one.usd, one.source) == (Decimal("1.08"), "Council Regulation (EC) No 2866/98")


def test_every_fixed_rate_is_of_a_currency_that_amounts_may_carry() -> None:
    assert set(FIXED) <= set(currencies())
    assert all(len(f"{one.rate.normalize():f}".replace(".", "").lstrip("0")) <= 6 for one in FIXED.values())
