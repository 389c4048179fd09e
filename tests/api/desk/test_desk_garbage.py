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
    write(changed, path, value)
    return changed


def write(document: Any, path: tuple[Any, ...], value: Any) -> None:
    """Write `value` into `document` at `path`."""
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_garbage_in_any_field_of_a_record(kind: Any, world: Any, editor: APIClient) -> None:
    """In many fields at once: what is refused in company is refused, and the rest is sent again without it."""
    record = OneRecord(editor, f"{DESK}/{kind.plural}/{world[kind.name].public_id}/")
    values = cycle(GARBAGE.values())
    for _turn in range(EACH):
        given = {path: next(values) for path in islice(places(record.document), 0, None, 4 if FEW else 1)}
        for depth in {len(path) for path in given}:
            settle(record, [(path, value) for path, value in given.items() if len(path) == depth])


def settle(record: "OneRecord", garbage: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Check that each piece of garbage is taken, or refused with words that say where it stands."""
    refused = record.with_garbage(garbage)
    if refused is None:
        return
    if len(garbage) == 1:
        check(refused, REFERRED_TO.get(garbage[0][0][0], garbage[0][0][0]))
        return
    named = named_in(refused)
    unnamed = [(path, value) for path, value in garbage if spelt(path) not in named]
    if len(unnamed) < len(garbage):
        settle(record, unnamed)
    else:
        # What is said is said of what holds them, or of the record.
        settle(record, garbage[::2])
        settle(record, garbage[1::2])


class OneRecord:
    """A record of the desk, which is written with garbage in it, and each time put back as it was."""

    def __init__(self, client: APIClient, address: str) -> None:
        self.client, self.address = client, address
        self.document = client.get(address).json()
        self.document.pop("_desk")

    def with_garbage(self, garbage: list[tuple[tuple[Any, ...], Any]]) -> Any:
        """Return the answer that refuses the record with garbage at these places; None where it is taken."""
        document = copy.deepcopy(self.document)
        for path, value in garbage:
            write(document, path, value)
        start = transaction.savepoint()
        answer = self.client.put(self.address, document, headers={"If-Match": "*"})
        is_taken = answer.status_code == 200
        assert not is_taken or self.client.get(self.address).status_code == 200
        transaction.savepoint_rollback(start)
        return None if is_taken else answer


def named_in(refused: Any) -> set[str]:
    """Return the places that an answer says something of, and each that holds one: `a[0].b`, `a[0]` and `a`."""
    refusal_of(refused, 400)
    fields = [error["field"] for error in refused.json()["errors"]]
    return {*fields, *(field[: mark.start()] for field in fields for mark in re.finditer(r"[.\[]", field))}


def spelt(path: tuple[Any, ...]) -> str:
    """Return what an error calls a place: `a[0].b`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


def check(refused: Any, name: str) -> None:
    """Check that a refusal, if it is one, says in short what is wrong with `name`, or with what belongs together."""
    if refused is not None:
        assert re.search(rf"^(?:{name}|record)\b", refusal_of(refused, 400), re.MULTILINE), refused.content[:500]
        assert len(refused.content) < 100_000


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
