"""Cursors: lists by pages in each of their orders, and what is no cursor, or one of another list."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from tests.api.shelf import API, LISTS, crawl, messages, read

pytestmark = pytest.mark.django_db


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
