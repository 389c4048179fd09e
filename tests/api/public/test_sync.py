"""A full dump and the changes since make a new dump, byte for byte, whatever is written meanwhile."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import Client

from tests.api.files import fetch
from tests.api.shelf import API, LISTS, messages, read
from tests.curation.desk import Desk
from tracker.models import ChangeSet
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db

FILTERED = [
    "pledges/?beneficiary=POL", "pledges/?contributor=DEU&fields=name,shares", "pledges/?group=EU",
    "parties/?search=germany",
    "claims/?verdict=adopted", "claims/?record=pledge:DEU-2025-0001", "contributions/?group=EU",
    "contributions/?search=eurofighter", "contributions/?contributor=DEU,FRA&fields=eur,date",
    "contributions/?basis=stated", "documents/?fields=name", "contributors/?search=r",
]  # fmt: skip
DUMPED = [f"{name}/?ordering=id" for name in LISTS] + FILTERED


def dump(address: str) -> tuple[bytes, str]:
    """Return a whole list as NDJSON, and the moment that it shows."""
    answer = fetch(f"{address}&format=ndjson")
    return answer.body, answer["As-Of"].replace("+", "%2B")


def applied(before: bytes, changes: list[Any]) -> bytes:
    """Return a dump brought up to date as docs/api.md says: rows in place of rows, and none for tombstones."""
    lines = {json.loads(line)["id"]: line for line in before.splitlines()}
    for row in changes:
        lines.pop(row["id"], None)
        if "withdrawn" not in row:
            lines[row["id"]] = orjson.dumps(row)
    # Ids of change sets are numbers, and those of all other rows text.
    order = sorted(lines, key=lambda row: (row.isdigit() and int(row), row.encode()))
    return b"".join(lines[row] + b"\n" for row in order)


def crawl(address: str, between: Callable[[], None]) -> tuple[list[Any], str]:
    """Return the rows of all pages of two rows, and the moment that they show."""
    answer = read(f"{address}&limit=2")
    rows = answer["results"]
    while answer["next"]:
        between()
        answer = read(answer["next"])
        rows += answer["results"]
    return rows, answer["as_of"].replace("+", "%2B")


def change_much(desk: Desk) -> None:
    """Edit, rename what others carry, withdraw, publish again, add, and move claims, in several publishings."""
    pledges = KINDS["pledge"].model
    gone = desk.pledge(shares=[{"contributor": "FRA"}], beneficiary="POL")
    claims = [{"document": "nato-discusses-better-deterrence", "field": "name", "quote": "a promise"}]
    desk.pledge(shares=[{"contributor": "ITA"}], claims=claims)
    desk.write("party", id="DEU", name="Germany, renamed")
    desk.publish()
    desk.withdraw(gone)
    desk.withdraw(pledges.named("CZE-2025-0001"))
    desk.write("pledge", id="DEU-2025-0001", claims=[], description="Edited.")
    desk.write("group", id="EU", memberships=[{"party": "FRA", "valid_from": "1958-01-01"}])
    desk.publish()
    desk.write("pledge", id="DEU-2025-0001", claims=claims)
    desk.write("party", id="GBR", aliases=["UK", "Albion"])
    desk.publish()


@pytest.fixture
def changed(register: Desk) -> Desk:
    """The fixtures of the project, of which much changes after the moment of `before`."""
    register.pledge(shares=[{"contributor": "DEU"}], name="One more eurofighter")
    register.publish()
    return register


def test_a_dump_and_the_changes_make_a_new_dump(changed: Desk) -> None:
    before = {address: dump(address) for address in DUMPED}
    change_much(changed)
    different = 0
    for address, (old, moment) in before.items():
        changes = fetch(f"{address}&format=ndjson&changed_since={moment}").body.splitlines()
        new, _moment = dump(address)
        assert applied(old, [json.loads(line) for line in changes]) == new, address
        assert len(changes) < 40 or "change-sets" not in address
        different += old != new
        assert fetch(f"{address}&format=ndjson&changed_since={_moment}").body == b""
    assert different > 15


def test_changes_are_consistent_while_others_write(changed: Desk) -> None:
    addresses = ("pledges/?ordering=id", "contributions/?", "claims/?", "parties/?")
    before = {address: dump(address) for address in addresses}
    change_much(changed)
    numbers = iter(range(1000))

    def write_more() -> None:
        number = next(numbers)
        pledge = changed.pledge(shares=[{"contributor": "FRA"}], name=f"Pledge {number}")
        changed.write("party", id="POL", name=f"Poland, renamed {number}")
        changed.publish()
        changed.withdraw(pledge)
        changed.publish()

    for address, (old, moment) in before.items():
        rows, as_of = crawl(f"{address}&changed_since={moment}", write_more)
        assert applied(old, rows) == dump(f"{address}&as_of={as_of}")[0]
        assert len({row["id"] for row in rows}) == len(rows) > 2
    assert next(numbers) > 5


def test_a_tombstone_says_whether_the_record_is_gone_or_only_left(changed: Desk) -> None:
    pledge = changed.pledge(shares=[{"contributor": "FRA"}])
    moment = changed.publish().published_at.isoformat().replace("+", "%2B")
    (row,) = [row["id"] for row in read(f"contributions/?pledge={pledge.public_id}")["results"]]
    changed.write("pledge", id=pledge.public_id, shares=[{"contributor": "ITA"}])
    changed.publish()
    (left,) = read(f"pledges/?contributor=FRA&changed_since={moment}")["results"]
    assert (left["id"], left["withdrawn"]) == (pledge.public_id, False)
    (other, posted) = read(f"contributions/?pledge={pledge.public_id}&changed_since={moment}")["results"]
    assert (other["id"], other["withdrawn"]) == (row, True)
    assert posted["contributor"] == "ITA"
    changed.withdraw(pledge, reason="France announced it twice.")
    changed.publish()
    (gone,) = read(f"pledges/?contributor=FRA&changed_since={moment}")["results"]
    assert gone == {"id": pledge.public_id, "withdrawn": True, "reason": "France announced it twice."}
    (line,) = fetch(f"pledges/?contributor=FRA&changed_since={moment}&format=csv&fields=name").body.splitlines()[1:]
    assert line == f"{pledge.public_id},,true".encode()


def test_what_changed_is_asked_for_in_words(changed: Desk) -> None:
    assert set(messages("pledges/?changed_since=yesterday")) == {"changed_since"}
    assert "as_of" in messages("pledges/?as_of=2025-10-19&changed_since=2025-12-01")["changed_since"]
    assert "has not passed" in messages("pledges/?changed_since=2999-01-01")["changed_since"]
    assert read("pledges/?changed_since=2026-01-01")["results"] == []
    assert read("pledges/?changed_since=2025-10-19")["count"] == read("pledges/")["count"]


CONDITIONAL = [
    "pledges/", "pledges/DEU-2025-0001/", "contributions/?format=csv", "columns/", "tables/", "tables/contributions/",
    "tables/country-summary/?format=xlsx",
]  # fmt: skip


@pytest.mark.parametrize("address", CONDITIONAL)
def test_an_answer_is_not_sent_again_before_it_changes(
    address: str, changed: Desk, django_assert_num_queries: Any
) -> None:
    client = Client()
    answer = client.get(API + address)
    for headers in ({"if-none-match": answer["ETag"]}, {"if-modified-since": answer["Last-Modified"]}):
        with django_assert_num_queries(1 if "if-none-match" in headers else 2):
            assert client.get(API + address, headers=headers).status_code == 304
    assert client.get(API + address, headers={"if-modified-since": "Mon, 20 Oct 2025 12:00:00 GMT"}).status_code == 200
    changed.pledge()
    changed.publish()
    for headers in ({"if-none-match": answer["ETag"]}, {"if-modified-since": answer["Last-Modified"]}):
        assert client.get(API + address, headers=headers).status_code == 200


def test_two_publishings_in_one_second_are_told_apart(changed: Desk) -> None:
    first = Client().get(f"{API}pledges/")
    newest = ChangeSet.objects.latest("published_at").published_at
    changed.pledge()
    changed.publish(at=newest + dt.timedelta(milliseconds=1))
    second = Client().get(f"{API}pledges/", headers={"if-modified-since": first["Last-Modified"]})
    assert second["Last-Modified"] == first["Last-Modified"]
    assert second.status_code == 200
