"""Cursors: every row once, in any order, in both directions, whatever is published during a crawl."""

import base64
import datetime as dt
import json
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.api.shelf import API, LISTS, messages, read
from tests.examples import examples
from tracker.lib import response_cache
from tracker.models import Publication

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["alpha", "beta", "gamma"])
DAYS = st.none() | st.sampled_from([dt.date(2025, 1, 1), dt.date(2025, 1, 2)])
ROWS = st.lists(st.tuples(NAMES, DAYS, DAYS), max_size=14)
CHANGES = st.lists(st.tuples(st.sampled_from(["add", "rename", "withdraw"]), st.integers(0, 13), NAMES), max_size=6)
ORDERINGS = st.sampled_from(["id", "name", "date", "published"])


class Shelf:
    """Incidents on the shelf, as rows by themselves, and what becomes of them."""

    def __init__(self, rows: list[Any]) -> None:
        # Each example has a register of its own, published at the same moments as the last.
        response_cache.forget()
        self.hours = 0
        self.number = 0
        for name, earliest, latest in rows:
            # By twos, so that some were published at once.
            self.add(name, earliest, latest, at=self.at(self.number // 2))

    def at(self, hours: int) -> dt.datetime:
        return factories.AT + dt.timedelta(hours=hours)

    def add(self, name: str, earliest: Any = None, latest: Any = None, at: dt.datetime | None = None) -> None:
        self.number += 1
        self._put(f"r{self.number:02}", 1, name, at or self.next(), earliest=earliest, latest=latest)

    def next(self) -> dt.datetime:
        self.hours += 1
        return self.at(100 + self.hours)

    def _put(self, public_id: str, version: int, name: str, at: dt.datetime, **columns: Any) -> None:
        document = json.dumps({"id": public_id, "name": name, "reason": ""})
        factories.PublicationFactory(
            kind="incident", public_id=public_id, version=version, name=name, recorded_from=at, document=document,
            change_set__published_at=at + dt.timedelta(microseconds=self.number), **columns,
        )  # fmt: skip

    def change(self, act: str, position: int, name: str) -> None:
        """Publish one more, or another version or the tombstone of one that is there."""
        rows = list(Publication.objects.published().filter(kind="incident").order_by("public_id"))
        row = rows[position] if position < len(rows) else None
        if act == "add" or row is None:
            return self.add(name)
        moment = self.next()
        Publication.objects.filter(pk=row.pk).update(recorded_to=moment)
        return self._put(row.public_id, row.version + 1, name, moment, is_tombstone=act == "withdraw")

    def in_order(self, ordering: str) -> list[str]:
        """Return the public ids of what stands, sorted by Python."""
        keys = {
            "id": lambda row: row.public_id,
            "name": lambda row: row.name,
            "date": lambda row: row.earliest or row.latest or dt.date.min,
            "published": lambda row: row.recorded_from,
        }
        rows = sorted(
            Publication.objects.published().filter(kind="incident"),
            key=lambda row: (keys[ordering.lstrip("-")](row), row.public_id), reverse=ordering.startswith("-"),
        )  # fmt: skip
        return [row.public_id for row in rows]


def crawl(address: str, between: Any = lambda: None) -> tuple[list[list[str]], list[str]]:
    """Return the ids of each page from `address` to the end, and of all rows by going back from there."""
    answer = read(address)
    pages = [[row["id"] for row in answer["results"]]]
    while answer["next"]:
        between()
        answer = read(answer["next"])
        pages.append([row["id"] for row in answer["results"]])
    back = pages[-1]
    while answer["previous"]:
        between()
        answer = read(answer["previous"])
        back = [row["id"] for row in answer["results"]] + back
    return pages, back


@given(rows=ROWS, changes=CHANGES, ordering=ORDERINGS, descending=st.booleans(), limit=st.integers(1, 5))
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_crawl_neither_loses_nor_repeats_a_row(
    rows: list[Any], changes: list[Any], ordering: str, descending: bool, limit: int
) -> None:
    asked = f"-{ordering}" if descending else ordering
    with transaction.atomic():
        shelf = Shelf(rows)
        expected = shelf.in_order(asked)
        waiting = iter(changes)

        def publish_more() -> None:
            for change in islice(waiting, 1):
                shelf.change(*change)

        pages, back = crawl(f"incidents/?ordering={asked}&limit={limit}", publish_more)
        assert [row for page in pages for row in page] == expected
        assert all(len(page) == limit for page in pages[:-1])
        assert back == expected
        transaction.set_rollback(True)


@pytest.mark.alike
@pytest.mark.parametrize("name", LISTS)
def test_every_list_pages_by_every_ordering(name: str, shown: Any) -> None:
    for ordering in LISTS[name].orders:
        for asked in (ordering, f"-{ordering}"):
            whole = [row["id"] for row in read(f"{name}/?ordering={asked}")["results"]]
            pages, back = crawl(f"{name}/?ordering={asked}&limit=3&fields=id")
            assert pages == [whole[start : start + 3] for start in range(0, len(whole), 3)]
            assert back == whole


def test_a_crawl_keeps_filters_and_forgets_as_of(shown: Any) -> None:
    first = read("parties/?search=p&limit=1&fields=name&as_of=2025-12-31")
    assert "search=p" in first["next"]
    assert "as_of" not in first["next"]
    assert read("parties/?search=p&limit=1&fields=name")["next"] == first["next"]
    again = read(first["next"])
    assert list(again["results"][0]) == ["id", "name"]
    assert again["count"] == first["count"] > 1


def encode(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


MOMENT = "2025-10-20T12:00:00+00:00"
BAD_CURSORS = [
    "x", "a", "AAAA", "====", "💥", "%F0%28", "W10", "bnVsbA", "-1", "9" * 5000, "a" * 1_000_000,
    encode([]), encode({}), encode(None), encode(5), encode("text"), encode([1, 2, 3, 4]), encode([[]] * 4),
    encode(["id", MOMENT, ["a", "b"]]), encode(["id", MOMENT, ["a", "b"], 1]), encode(["id", MOMENT, ["a"], False]),
    encode(["id", MOMENT, ["a", None], False]), encode(["id", MOMENT, ["a", 5], False]),
    encode(["id", MOMENT, "ab", False]), encode(["id", MOMENT, {"a": "b"}, False]),
    encode(["id", MOMENT, ["a", "\0"], False]), encode(["id", MOMENT, ["a", "\ud800"], False]),
    encode(["name", MOMENT, ["a", "b"], False]), encode(["-id", MOMENT, ["a", "b"], False]),
    encode(["nope", MOMENT, ["a", "b"], False]), encode(["", MOMENT, ["a", "b"], False]),
    *(encode(["id", moment, ["a", "b"], False]) for moment in (
        "", "now", "2025-10-20", "2025-10-20T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "2025-10-20T12:00:00+02:00", None, 5,
    )),
]  # fmt: skip


@pytest.mark.parametrize("cursor", BAD_CURSORS, ids=lambda cursor: cursor[:12])
def test_what_is_no_cursor_is_refused(cursor: str, db: None) -> None:
    assert set(messages(f"pledges/?cursor={cursor}")) == {"cursor"}


@pytest.mark.parametrize(
    ("address", "values"),
    [("incidents/?ordering=date", ["text", "a"]), ("incidents/?ordering=published", ["2025-02-30", "a"]),
     ("contributions/?ordering=eur", ["much", "a"]), ("change-sets/?ordering=published", ["x", "1"]),
     ("change-sets/?ordering=id", ["a", "b"]), ("change-sets/?ordering=id", ["1", "x"])],
)  # fmt: skip
def test_a_cursor_of_another_list_is_refused(address: str, values: list[str], db: None) -> None:
    ordering = address.partition("=")[2]
    cursor = encode([ordering, MOMENT, values, False])
    assert set(messages(f"{address}&cursor={cursor}")) == {"cursor"}


@pytest.mark.parametrize("values", [["9" * 40, "9" * 40], ["-" + "9" * 40, "1"], ["1", "9" * 5000]])
@pytest.mark.parametrize("address", ["change-sets/?ordering=id", "contributions/?ordering=eur"])
def test_numbers_beyond_all_bounds_are_no_fault_of_the_program(address: str, values: list[str], db: None) -> None:
    cursor = encode([address.partition("=")[2], MOMENT, values, False])
    assert Client().get(f"{API}{address}&cursor={cursor}").status_code in (200, 400)


@pytest.mark.parametrize(
    "limit", ["0", "-1", "501", "1.5", "1e2", "many", "٣", "0x10", "9" * 5000, "0000000109", " ", ""], ids=range(12)
)
def test_a_limit_is_a_number_from_1_to_500(limit: str, db: None) -> None:
    assert set(messages(f"pledges/?limit={limit}")) == {"limit"}
