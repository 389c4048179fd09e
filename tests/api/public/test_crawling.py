"""Crawls: every row once, in any order, in both directions, whatever is published meanwhile."""

import datetime as dt
import json
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.api.shelf import crawl
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
