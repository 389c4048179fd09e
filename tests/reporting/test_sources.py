"""The sources of records, and how many claims quote texts that are not held: read from what names them alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.shelf import read
from tests.curation.desk import Desk, with_basics
from tracker.lib import canonical
from tracker.models import Claim
from tracker.reporting.shelf import coverage, moments
from tracker.reporting.tables import sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    """Two sources, one of which says its hash, so that its text is known and not held; twenty claims on the second."""
    desk = with_basics()
    desk.write("document", id="held-elsewhere", name="Elsewhere", sha256="0" * 64)
    named = ("source", "source", "held-elsewhere")
    desk.pledge(id="one", claims=[{"document": each, "quote": f"no. {at}"} for at, each in enumerate(named)])
    desk.pledge(id="other", claims=[{"document": "held-elsewhere", "quote": f"no. {at}"} for at in range(20)])
    desk.publish()
    return desk


def test_the_sources_of_one_record_are_read_from_its_claims_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    load = canonical.load

    def noted(text: str) -> Any:
        loaded.append(text)
        return load(text)

    monkeypatch.setattr(canonical, "load", noted)
    rows = sources.sources_of("pledge", ["one"], moments.newest()).rows
    assert [(row[0], row[-1]) for row in rows] == [("held-elsewhere", 1), ("source", 2)]
    assert len(loaded) == 2, "the documents of two sources, and no claim"
    both = sources.sources_of("pledge", {"one", "other", "no-such-pledge"}, moments.newest()).rows
    assert [(row[0], row[-1]) for row in both] == [("held-elsewhere", 21), ("source", 2)]
    assert sources.sources_of("meeting", ["one"], moments.newest()).rows == []


def test_claims_on_texts_that_are_not_held_are_counted_without_reading_them(desk: Desk) -> None:
    expected = sum(claim["support"] == Claim.Support.NOT_HELD for claim in read("claims/?limit=500")["results"])
    with CaptureQueriesContext(connection) as queries:
        assert coverage.not_held(moments.newest()) == expected > 0
    assert "document" not in queries[0]["sql"]
