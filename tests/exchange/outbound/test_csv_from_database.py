"""CSV that the database writes is the CSV that Python writes of the same rows, byte for byte."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Coalesce
from django.test import Client

from tests import factories
from tracker.exchange.outbound.csv_and_ndjson import csv_of
from tracker.exchange.outbound.csv_from_database import without_statement_timeout
from tracker.exchange.outbound.list_columns import columns_of
from tracker.models import Contribution
from tracker.records.kinds.contributions import ContributionSerializer
from tracker.reporting.tables.grids import Grid

pytestmark = pytest.mark.django_db

API = "/api/v1/contributions/?format=csv"
NASTY = (
    "", "plain", 'quotes "" and "', "comma, comma", "two\r\nlines", "cr\ronly", "lf\nonly", "=1+1", " +1", "\u00a0-1",
    "@x",
    "\ttab", "＝full", "'=already", "Łódź, “ž”", "emoji 🚀", "100%", "%s %d", "{}", "back\\slash", "\\.", "null",
    ",", '"',
)  # fmt: skip
AMOUNTS: dict[str, Any] = {
    "yen": {"currency": "JPY", "amount_minor": 123},
    "correction": {"amount_minor": -5, "eur_cents": -50_000, "usd_cents": -99},
    "cents": {"amount_minor": 5, "eur_cents": 0, "usd_cents": 99},
    "most": {"amount_minor": 2**63 - 1, "eur_cents": 999_999_999_999_999, "usd_cents": 10},
    "tiv": {"basis": "tiv", "currency": "", "amount_minor": 150, "eur_cents": None, "is_headline": False},
    "none": {"basis": "", "currency": "", "amount_minor": None, "eur_cents": None, "gap": "no_value"},
    "units": {"quantity_millionths": 40_000_000, "quantity_qualifier": "about"},
    "no units": {"quantity_millionths": 0, "quantity_qualifier": "exact"},
    "half": {"quantity_millionths": 1_500_000},
    "many": {"quantity_millionths": 9_000_000_000_000_000_000},
    "day": {"date": "2025-02", "earliest": dt.date(2025, 2, 1), "latest": dt.date(2025, 2, 28)},
    "days": {"date": "2025-09/2025-10", "earliest": dt.date(2025, 9, 1), "latest": dt.date(2025, 10, 31)},
    "moment": {"recorded_from": factories.AT - dt.timedelta(microseconds=999_880), "is_netted": True},
    "estimate": {"is_estimated": True},
    "condition": {"condition": "second_hand", "announced_year": 2022},
    "rate": {
        "rate_currency": Decimal("7.4600"), "rate_usd": Decimal(1), "rate_policy": "month", "is_provisional": True,
        "rate_from": dt.date(2025, 1, 1), "rate_to": dt.date(2025, 1, 31), "rate_source": "ECB",
    },
    "rate of yen": {"rate_currency": Decimal("160.12345678"), "rate_source": '=rate, "so"'},
}  # fmt: skip


@pytest.fixture
def nasty(db: None) -> None:
    """Rows with all that could be written in two ways."""
    shelf = factories.PublicationFactory(kind="pledge")
    for number, text in enumerate(NASTY):
        factories.ContributionFactory(publication=shelf, aid_kind=text[:80], item=number or None)
    for values in AMOUNTS.values():
        factories.ContributionFactory(publication=shelf, **values)


def by_python(queryset: Any, fields: list[str] | None = None) -> bytes:
    """Return the file as Python writes it, a row at a time, of the documents of the list."""
    columns = columns_of(ContributionSerializer(), fields)

    def rows() -> Iterator[list[Any]]:
        for row in queryset:
            document = ContributionSerializer().to_representation(row)
            yield [one.value(document) for one in columns]

    return b"".join(csv_of(Grid("contributions", "", [one.column for one in columns], rows())))


def fetch(query: str = "") -> bytes:
    answer: bytes = Client().get(API + query).getvalue()
    return answer


HEADLINE = {"is_headline": True}
ASKED: dict[str, Any] = {
    "": (HEADLINE, ["public_id"], None),
    "&ordering=-id": (HEADLINE, ["-public_id"], None),
    "&ordering=-eur": (HEADLINE, [Coalesce("eur_cents", -1).desc(), "-public_id"], None),
    "&fields=aid_kind": (HEADLINE, ["public_id"], ["id", "aid_kind"]),
    "&fields=recorded_from,rate": (HEADLINE, ["public_id"], ["id", "rate", "recorded_from"]),
    "&basis=tiv": ({"basis": "tiv"}, ["public_id"], None),
    "&as_of=2000-01-01": ({"pk": 0}, ["public_id"], None),
    "&fields=id": (HEADLINE, ["public_id"], ["id"]),
}  # fmt: skip


@pytest.mark.parametrize("query", ASKED)
def test_the_database_writes_what_python_writes(query: str, nasty: None) -> None:
    narrow, order, fields = ASKED[query]
    queryset = Contribution.objects.filter(**narrow)
    assert fetch(query) == by_python(queryset.order_by(*order), fields)


def test_a_spreadsheet_reads_what_was_written(nasty: None) -> None:
    rows = list(csv.DictReader(io.StringIO(fetch("&fields=aid_kind").decode(), newline="")))
    defused = {text for text in NASTY if text.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "＝"))}
    assert {row["aid_kind"] for row in rows} == {f"'{text}" if text in defused else text for text in NASTY}
    assert len(defused) == 6


def test_a_head_reads_rows_for_its_length_and_none_where_it_gives_none(
    nasty: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        assert Client().head(API).content == b""
    # Compressed while it is sent, nobody knows how long it is.
    with django_assert_max_num_queries(4) as asked:
        assert Client().head(API, headers={"accept-encoding": "gzip"}).getvalue() == b""
    assert "tracker_contribution" not in str(asked.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_a_reader_who_goes_away_leaves_the_connection_as_it_was() -> None:
    shelf = factories.PublicationFactory(kind="pledge")
    factories.ContributionFactory.create_batch(1000, publication=shelf)
    answer = Client().get(API)
    parts = iter(answer.streaming_content)
    next(parts), next(parts)
    answer.close()
    assert Contribution.objects.count() == 1000
    assert fetch().count(b"\r\n") == 1001


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only there, statements are given up")
def test_a_file_takes_as_long_as_its_reader_though_other_statements_are_given_up() -> None:
    def limit() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '60s'")
    with without_statement_timeout():
        assert limit() == "0"
    assert limit() == "1min"
