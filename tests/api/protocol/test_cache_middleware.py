"""What was answered is answered again at once, in the same bytes, until something is published."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.shelf import API, TABLE
from tests.curation.desk import Desk
from tracker.lib import response_cache

pytestmark = pytest.mark.django_db

ADDRESSES = [
    API, f"{API}pledges/?limit=2", f"{API}pledges/DEU-2025-0001/?as_of=2026-01-01", f"{API}contributions/?format=csv",
    f"{API}parties/?format=ndjson", f"{API}parties/?format=parquet", TABLE, f"{TABLE}?format=csv", f"{API}columns/",
]  # fmt: skip


def ask(address: str, method: str = "get", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and bytes of an answer."""
    answer: Any = getattr(Client(), method)(address, headers={name.replace("_", "-"): v for name, v in headers.items()})
    return answer.status_code, dict(answer.items()), answer.getvalue()


PASSED: list[str] = []
"""The addresses of requests that were not answered from memory."""


def watch(get_response: Any) -> Any:
    """Middleware that notes which requests come to it."""

    def note(request: Any) -> Any:
        PASSED.append(request.path)
        return get_response(request)

    return note


@pytest.fixture
def let_in(settings: Any) -> list[str]:
    """The addresses of requests that were not answered from memory, whose middleware stands before most."""
    PASSED.clear()
    behind = settings.MIDDLEWARE.index("tracker.api.protocol.cache_middleware.PublicCacheMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:behind], f"{__name__}.watch", *settings.MIDDLEWARE[behind:]]
    return PASSED


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_repeated_is_the_same(address: str, register: Desk, let_in: list[str]) -> None:
    for method in ("get", "head"):
        for condition in ({}, {"if_none_match": "*"}, {"if_none_match": '"x"'}):
            response_cache.forget()
            worked_out = ask(address, method, **condition)
            assert worked_out[0] == (304 if condition.get("if_none_match") == "*" else 200)
            response_cache.forget()
            tag = ask(address, method)[1]["ETag"]
            assert ask(address, method, **condition) == worked_out
            let_in.clear()
            unchanged = ask(address, method, if_none_match=f'"other", W/{tag}')
            assert let_in == []
            response_cache.forget()
            assert ask(address, method, if_none_match=tag) == unchanged
            assert (unchanged[0], unchanged[2]) == (304, b"")


def test_it_costs_one_small_query(register: Desk) -> None:
    _status, headers, body = ask(TABLE)
    assert headers["X-Content-Type-Options"] == "nosniff"
    for condition in ({}, {"if_none_match": headers["ETag"]}):
        with CaptureQueriesContext(connection) as queries:
            again = ask(TABLE, **condition)
        assert [query["sql"].split()[1] for query in queries] == ["published_at"]
        assert again == (200, headers, body) if not condition else again[0] == 304


@pytest.mark.parametrize("address", ["/", "/pledges/", "/de/"])
def test_a_page_is_made_once_for_all_visitors(register: Desk, let_in: list[str], address: str) -> None:
    first = ask(address, accept="text/html", accept_language="de")
    let_in.clear()
    assert ask(address, accept="text/html,*/*;q=0.8", accept_language="uk,fr;q=0.5") == ask(address) == first
    assert let_in == []


def test_a_publishing_shows_at_once(register: Desk) -> None:
    addresses = [address for address in ADDRESSES if address not in (API, f"{API}columns/")]
    before = {address: ask(address)[1] for address in addresses}
    cursor = Client().get(f"{API}pledges/?limit=2").json()["next"]
    page, then = ask(cursor), f"{API}pledges/?as_of={before[TABLE]['As-Of'].replace('+', '%2B')}"
    old = ask(then)
    register.pledge(shares=[{"contributor": "FRA"}])
    register.publish()
    for address, headers in before.items():
        status, now, _body = ask(address, if_none_match=headers["ETag"])
        assert status == 200, address
        assert now["As-Of"] > headers["As-Of"]
    # What is pinned to a moment stays as it was.
    assert ask(cursor) == page
    assert ask(then) == old
    assert ask(cursor, if_none_match=page[1]["ETag"])[0] == 304


def test_what_a_rehearsal_showed_is_not_remembered(register: Desk) -> None:
    before = ask(TABLE)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT rehearsal")
        register.pledge(shares=[{"contributor": "FRA"}])
        register.publish()
        rehearsed = ask(TABLE)
        cursor.execute("ROLLBACK TO rehearsal")
    assert rehearsed != before
    assert ask(TABLE) == before


def test_it_goes_by_all_that_an_answer_goes_by(register: Desk) -> None:
    address = f"{API}contributions/"
    tag = ask(address)[1]["ETag"]
    csv = ask(address, accept="text/csv", if_none_match=tag)
    assert (csv[0], csv[1]["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert ask(address, accept="image/png", if_none_match=tag)[0] == 406
    assert ask(address, host="localhost", if_none_match=tag)[0] == 200
    assert ask(f"{address}?limit=1", if_none_match=tag)[0] == 200
    assert Client().get(address, secure=True, headers={"if-none-match": tag}).status_code == 200
    assert Client().post(address, headers={"if-none-match": tag}).status_code == 405
    assert ask(address, if_none_match=tag)[0] == 304


def test_what_is_turned_away_is_never_answered(register: Desk, settings: Any, let_in: list[str]) -> None:
    ask(f"{API}pledges/", host="localhost")
    assert ask(f"{API}pledges/", host="evil.example")[0] == 400
    settings.ALLOWED_HOSTS = ["testserver"]
    assert ask(f"{API}pledges/", host="localhost")[0] == 400
    for address in (f"{API}pledges/?stage=nope", f"{API}pledges/NOPE/", f"{API}desk/pledges/", f"{API}pledges"):
        let_in.clear()
        assert ask(address) == ask(address)
        assert len(let_in) == 2


def test_dates_are_left_to_the_view(register: Desk) -> None:
    _status, headers, _body = ask(TABLE)
    assert ask(TABLE, if_modified_since=headers["Last-Modified"])[0] == 304
    register.pledge()
    register.publish()
    assert ask(TABLE, if_modified_since=headers["Last-Modified"])[0] == 200


def test_memory_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(response_cache.MOST + 10):
        response_cache.keep(str(number), b"1")
    assert (response_cache.body("9"), response_cache.body("10")) == (None, b"1")
    large = bytes(response_cache.MOST_BYTES - 2)
    monkeypatch.setattr(response_cache, "LONGEST", len(large))
    response_cache.keep("large", large)
    # What was asked for last stays.
    found = [
        response_cache.body(tag)
        for tag in ("10", "11", str(response_cache.MOST + 8), str(response_cache.MOST + 9), "large")
    ]
    assert found == [b"1", None, None, b"1", large]
    monkeypatch.setattr(response_cache, "LONGEST", 3)
    response_cache.keep("tag", b"four")
    assert response_cache.body("tag") is None
