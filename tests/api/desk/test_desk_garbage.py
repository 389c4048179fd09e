"""Garbage in every field of every document: a clear refusal, never a 500, and nothing half written."""

import copy
import re
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection, transaction
from rest_framework.test import APIClient

from tests.api.conftest import DESK, PLEDGE, PLEDGES, refusal_of
from tests.examples import FEW, by_database
from tracker.models import ChangeSet, Edit, PublicId
from tracker.records.registry import KINDS

EVERY: dict[str, Any] = {
    "null": None, "empty": "", "space": " ", "NUL": "a\0b", "huge": "x" * 1_000_000, "script": "<script>alert(1)",
    "no day": "2025-13-45", "number": 5, "negative": -1, "huge number": 10**30, "huge float": 1e308, "small": 1e-300,
    "text number": "9" * 5000, "exponent": "1e999999", "not a number": "NaN", "infinite": "Infinity", "true": True,
    "list": [], "lists": [[[]]], "strings": ["x"], "object": {}, "id": {"id": None}, "list id": {"id": []},
    "objects": [{}], "nulls": [None], "text": {"text": []}, "edtf": {"edtf": {}}, "emoji": "\U0001f4a3" * 300,
    "turned": "\u202e\u0000", "currency": "QQQ", "deep": [[[[[[[[[[["x"]]]]]]]]]]],
}  # fmt: skip
GARBAGE = by_database(EVERY, "NUL", "huge", "negative", "huge number", "huge float", "text number", "turned")

EACH = 2
"""How many of them each place is tried with, in turn: all with all takes minutes."""


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, content in inner:
        yield (*above, key)
        yield from places(content, (*above, key))


REFERRED_TO = {"items": "(?:items|entries|valuations)", "entries": "(?:entries|valuations)"}
"""Lists whose rows others name by number: where such a row is gone, what names it is refused."""


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of `document` with `value` at `path`."""
    changed = copy.deepcopy(document)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


def check(answer: Any, name: str) -> bool:
    """Check that the answer is a success or a problem that says what is wrong with `name`; tells which."""
    if answer.status_code in (200, 201):
        return True
    assert re.search(rf"^{name}\b", refusal_of(answer, 400), re.MULTILINE), answer.content[:500]
    assert len(answer.content) < 100_000
    return False


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_garbage_in_any_field_of_a_record(kind: Any, world: Any, editor: APIClient) -> None:
    address = f"{DESK}/{kind.plural}/{world[kind.name].public_id}/"
    document = editor.get(address).json()
    document.pop("_desk")
    values = cycle(GARBAGE.values())
    for path in islice(places(document), 0, None, 4 if FEW else 1):
        for value in islice(values, EACH):
            start = transaction.savepoint()
            named = REFERRED_TO.get(path[0], path[0])
            if check(editor.put(address, put(document, path, value), headers={"If-Match": "*"}), named):
                assert editor.get(address).status_code == 200
            transaction.savepoint_rollback(start)


def test_a_refused_record_leaves_nothing_behind(world: Any, editor: APIClient) -> None:
    document = editor.get(PLEDGE).json()
    document.pop("_desk")
    document.pop("id")
    document["claims"] = []
    late = put(document, ("links", 0, "target"), "nothing-of-this-name")
    latest = put(document, ("valuations", 0, "basis"), "stated")
    refused = {
        "links[0].target: There is no pledge “nothing-of-this-name”": late,
        "valuations[0].basis: “stated” is unknown; allowed are: dataset": latest,
        "entries[1].item: There is no number 7 among the items": put(document, ("entries", 1, "item"), 7),
        "shares[1]: An amount needs a currency": put(document, ("shares", 1, "amount"), "1"),
    }
    for words, body in refused.items():
        before = _rows()
        assert words in refusal_of(editor.post(PLEDGES, body), 400)
        assert words in refusal_of(editor.put(PLEDGE, body, headers={"If-Match": "*"}), 400)
        assert _rows() == before
    assert not any(model.objects.exists() for model in (ChangeSet, Edit, PublicId))


def _rows() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("tracker_"):
                cursor.execute(f"SELECT COUNT(*) FROM {table}")
                counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b'{"name": "\xff\xfe"}', "application/json", 400),
        (b'{"name": "\\ud800"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}", "application/json", 400),
        (b"null", "application/json", 400),
        (b'"x"', "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\x00", "application/json", 400),
        (b'{"name": "x"}', "application/json; charset=nonsense", 201),
        (b" " * 6_000_000, "application/json", 413),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"<name/>", "application/xml", 415),
        (b"{}", "nonsense", 415),
    ],
)
def test_a_body_that_is_no_document(body: bytes, content_type: str, code: int, editor: APIClient) -> None:
    answer = editor.generic("POST", f"{DESK}/parties/", body, content_type=content_type)
    assert answer.status_code == code, answer.content
    if code >= 400:
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("GET", "parties/x%00y/", 404), ("GET", "parties/../", 404), ("GET", "parties/%ff/", 404),
        ("GET", f"parties/{'x' * 5000}/", 404), ("GET", "planets/", 404), ("GET", "parties/nobody/", 404),
        ("GET", "parties/nobody/history/", 404), ("GET", "parties", 301), ("POST", "parties", 404),
        ("OPTIONS", "parties/", 405), ("TRACE", "parties/", 405), ("DELETE", "parties/", 405),
        ("GET", "parties/?search=%ff%fe", 200), ("GET", f"parties/?search={'x%20' * 3000}", 200),
        ("GET", "claims/?search=%27%22%25_", 200), ("GET", "parties/?cursor=W10", 400),
    ],
)  # fmt: skip
def test_an_address_that_there_is_not(method: str, address: str, code: int, editor: APIClient) -> None:
    answer = editor.generic(method, f"{DESK}/{address}")
    assert answer.status_code == code, answer.content
    if code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
