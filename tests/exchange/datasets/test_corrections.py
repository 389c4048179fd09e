"""A publisher's negative amount is a correction: it reduces, is marked, and is never dropped."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from rest_framework.test import APIClient

from tests.exchange.kiel import make_parties, plan_of, row, write
from tracker.curation.importing import applying
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["-300.50", "(300.50)", "\N{MINUS SIGN}300,50", "300.50-"])
def test_a_negative_amount_reduces_and_is_marked(
    tmp_path: Path, users: SimpleNamespace, at: dt.datetime, api_client: APIClient, written: str
) -> None:
    make_parties()
    rows = [
        row("FIM1", value="1000", part_value="1000"),
        row("FIM2", value=written, part_value=written, source_reported_value="Not given"),
    ]
    plan = plan_of(write(tmp_path / "file.csv", rows))
    assert "below zero, a correction" in " ".join(plan.rows[1].notes)
    applied = applying.apply(plan=plan, author=users.editor, at=at)
    assert applied.change_set
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)
    asked = {"rows": "contributor", "stage": "allocation", "basis": "dataset"}
    assert "699.50" in api_client.get("/api/v1/tables/contributions/", asked).content.decode()
    found = api_client.get("/api/v1/contributions/", {"stage": "allocation", "basis": "dataset"}).json()["results"]
    assert [(one["eur"], one["correction"]) for one in found] == [("1000.00", False), ("-300.50", True)]
    assert list(verify()) == []
    assert plan_of(tmp_path / "file.csv").is_empty
