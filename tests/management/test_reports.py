"""What public reports say beside the first source: packages, rival claims, conditions and versions, all published."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.api.shelf import publish_fixtures
from tests.curation.desk import shelf, versions
from tracker.curation.desk.written_steps import publish_file
from tracker.management.commands.demo import REPORTS

LATER = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db
LEDGER = "/api/v1/contributions/?initiative=purl&stage=pledge&limit=500"
PURL = "/api/v1/tables/contributions/?initiative=purl&stage=pledge&currency=USD"


@pytest.fixture(scope="module")
def _reports(module_db: None) -> None:
    """The fixtures published, and then the reports, a file after the other."""
    desk = publish_fixtures()
    for number, path in enumerate(sorted(REPORTS.glob("*.json")), start=1):
        at = LATER + dt.timedelta(days=number)
        publish_file(path=path, author=desk.editor, by=desk.reviewer, message=path.stem, at=at)


@pytest.fixture
def client(_reports: None) -> APIClient:
    return APIClient()


def test_joint_packages_are_counted_once(client: APIClient) -> None:
    by_package = client.get(f"{PURL}&rows=package&measure=pledges").json()
    counted = {row["id"]: row["total"]["value"] for row in by_package["rows"]}
    assert counted["purl-package-nordic-baltic"] == counted["purl-package-december"] == 1
    shares = client.get(f"{PURL}&rows=contributor&package=purl-package-december").json()
    dollars = {row["id"]: row["total"] for row in shares["rows"]}
    assert set(dollars) == {"DEU", "NOR", "POL"}
    rows = client.get("/api/v1/contributions/?package=purl-package-december&limit=10").json()["results"]
    assert sum(float(row["usd"]) for row in rows) == 500_000_000


def test_the_tranche_of_a_joint_promise_is_not_added_to_it(client: APIClient) -> None:
    rows = client.get("/api/v1/contributions/?meeting=ukraine-defense-contact-group-2026-02-12").json()["results"]
    netted = {row["pledge"]: row["netted"] for row in rows}
    assert netted["purl-united-kingdom-2026-02"] != netted["purl-joint-2026-02"]
    for counting, listed in (("net", {False}), ("gross", {False, True})):
        rows = client.get(f"{LEDGER}&counting={counting}").json()["results"]
        assert {row["netted"] for row in rows} == listed
        total = client.get(f"{PURL}&counting={counting}").json()["total"]
        assert len(rows) == total["contributions"]
        assert sum(Decimal(row["usd"] or 0) for row in rows) == Decimal(total["value"])


def test_what_is_conditional_is_counted_apart(client: APIClient) -> None:
    asked = "/api/v1/tables/contributions/?rows=contributor&stage=pledge&measure=quantity&contributor=DEU"
    table = client.get(asked).json()
    assert table["notes"]["conditional"] == 1
    assert client.get(f"{asked}&conditional=only").json()["total"]["value"] == 5


def test_contradictions_stay_and_say_of_which_report(client: APIClient) -> None:
    document: Any = shelf("pledge", "purl-nordic-2025-08")
    totals = [claim for claim in document["claims"] if claim["field"] == "entries[pledge].amount"]
    assert len(totals) == 4
    assert sorted(claim["verdict"] for claim in totals) == ["adopted", "open", "open", "open"]
    assert all(claim["reason"] and not claim["quote"] for claim in document["claims"])


def test_a_replaced_deployment_is_one_record_in_versions(client: APIClient) -> None:
    assert [version for version, _gone in versions("pledge", "DNK-2025-0001")] == [1, 2, 3]
    now: Any = shelf("pledge", "DNK-2025-0001")
    before: Any = shelf("pledge", "DNK-2025-0001", LATER + dt.timedelta(days=1))
    assert before["items"][0]["platform"]["id"] == "f-16"
    assert now["items"][0]["description"] == "F-35"
    found = client.get("/api/v1/pledges/?contributor=DNK&initiative=eastern-sentry").json()
    assert found["count"] == 1


def test_a_base_and_an_area_are_kept_apart(client: APIClient) -> None:
    document: Any = shelf("pledge", "DEU-2025-0001")
    assert (document["base"], document["base_state"]["id"], document["area"]) == (
        "north-eastern Germany", "DEU", "Poland",
    )  # fmt: skip


def test_the_part_of_a_number_is_not_added_to_it(client: APIClient) -> None:
    rows = client.get("/api/v1/contributions/?initiative=czech-ammunition-initiative").json()["results"]
    assert [row["quantity"] for row in rows] == [1_500_000]
