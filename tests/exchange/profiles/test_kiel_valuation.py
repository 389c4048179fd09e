"""What the rows of the Kiel Institute's main data are worth: fractions of units, and deliveries that count once."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.exchange.kiel import make_parties, plan_of, row, write
from tracker.curation.importing import applying
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import Contribution, Platform
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


def publish(path: Path, rows: list[dict[str, Any]], users: SimpleNamespace, at: dt.datetime) -> None:
    """Import rows, and publish what comes of them."""
    applied = applying.apply(plan=plan_of(write(path, rows)), author=users.editor, at=at)
    assert applied.change_set
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)


def test_fractional_units_of_a_joint_gift_keep_their_fractions(
    tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    gift = {"item": "Leopard 2", "item_type": "Heavy weapon"}
    rows = [
        row("FIM1", part_value="1", item_numb="13.333", item_numb_deliv="13.3330", **gift),
        row("CZM1", part_value="1", item_numb="13.333333333333334", item_numb_deliv="0.5", donor="Czechia", **gift),
        row("DEM1", part_value="1", item_numb="13.334", donor="Germany", **gift),
    ]
    publish(tmp_path / "joint.csv", rows, users, at)
    assert units("allocation") == {"FIN": 13_333_000, "CZE": 13_333_333, "DEU": 13_334_000}
    assert units("delivery") == {"FIN": 13_333_000, "CZE": 500_000}
    assert list(verify()) == []


def units(stage: str) -> dict[str, int]:
    """Return the millionths of units of each contributor at a stage."""
    rows = Contribution.objects.as_of(None).filter(stage=stage, is_headline=True, quantity_millionths__isnull=False)
    return dict(rows.values_list("contributor", "quantity_millionths"))


def test_a_delivered_value_and_the_units_beside_it_count_once_when_these_have_a_price(
    tmp_path: Path, users: SimpleNamespace, at: dt.datetime, api_client: APIClient
) -> None:
    tank, helmet = {"item": "Leopard 2", "item_numb": "9"}, {"item": "helmet", "item_numb": "100"}
    rows = [
        row("FIM1", part_value="1", tot_value_deliv_EUR="400", item_numb_deliv="4", **tank),
        row("FIM1", item_numb_deliv="50", **helmet),
        # The whole of an activity with several parts has the value, and the parts have the units.
        row("FIM2", "0", value="900", measure="Commitment", tot_value_deliv_EUR="77"),
        row("FIM2", "FIM2_1", part_value="300", item_numb_deliv="3", **tank),
        row("FIM2", "FIM2_2", part_value="300", item_numb_deliv="2", **tank),
        # Only units are known.
        row("FIM3", part_value="1", item_numb_deliv="2", **tank),
    ]
    platform = Platform.objects.get(public_id="leopard-2")
    platform.prices.create(basis="market_price", valid_from="2020-01-01", amount="10.00", currency="EUR")
    publish(tmp_path / "delivered.csv", rows, users, at)
    query = {"rows": "contributor", "columns": "aid_type", "stage": "delivery"}
    for basis, worth in (("headline", "497.00"), ("dataset", "477.00"), ("market_price", "110.00")):
        found = api_client.get("/api/v1/tables/contributions/", query | {"basis": basis}).json()
        assert found["total"]["value"] == worth, basis
    # 4 + 3 + 2 + 2 tanks and 50 helmets, whoever counts their worth.
    rows_of_units = Contribution.objects.as_of(None).filter(stage="delivery", is_headline=True, is_netted=False)
    assert sum(found.quantity_millionths or 0 for found in rows_of_units) == 61 * 10**6
    assert list(verify()) == []
