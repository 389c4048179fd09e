"""What pledges and rows of the ledger are narrowed by."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import API, ids
from tracker.curation.publishing.fixtures import publish_all

pytestmark = pytest.mark.django_db

AIRCRAFT, SHELLS, LOAN, MISSION = "DEU-2024-0001", "FRA-2025-0001", "NLD-2025-0001", "DEU-2025-0001"


@pytest.fixture(scope="module")
def pledges(module_db: None) -> None:
    """Four pledges: aircraft of 2024, shells and a loan of 2025, and a mission."""
    party = {key: factories.PartyFactory(public_id=key) for key in ("DEU", "FRA", "NLD", "UKR", "POL")}
    group = factories.GroupFactory(public_id="EU")
    factories.MembershipFactory(group=group, party=party["DEU"])
    factories.MembershipFactory(group=group, party=party["FRA"], valid_to="2024-12-31")
    factories.MembershipFactory(group=group, party=party["NLD"], valid_from="2025-08-15")
    weapons = factories.CategoryFactory(public_id="weapons")
    fighters = factories.CategoryFactory(public_id="fighters", parent=weapons)
    fighter = factories.PlatformFactory(public_id="typhoon", category=fighters)
    initiative = factories.InitiativeFactory(public_id="purl")
    package = factories.PackageFactory(public_id="purl-1", initiative=initiative)
    meeting = factories.MeetingFactory(public_id="meeting")
    aircraft = _pledge(AIRCRAFT, party["DEU"], party["UKR"], "2024-03-05", "300", aid_type="military")
    factories.ShareFactory(pledge=aircraft, contributor=party["FRA"])
    factories.ItemFactory(pledge=aircraft, platform=fighter, modality="grant", condition="second_hand")
    shells = _pledge(SHELLS, party["FRA"], party["UKR"], "2025-08", "100", aid_type="military", meeting=meeting)
    factories.ItemFactory(pledge=shells, platform=None, category=weapons, description="shells", modality="procurement")
    factories.EntryFactory(pledge=shells, number=2, stage="delivery", amount="40")
    factories.ClaimFactory(record=shells, document=factories.DocumentFactory(public_id="report"))
    _pledge(LOAN, party["NLD"], party["UKR"], "2025-08-20", None, aid_type="financial", package=package,
            initiative=initiative)  # fmt: skip
    mission = _pledge(MISSION, party["DEU"], None, "../2025-09", None, nature="deployment", aid_type="",
                      host=party["POL"])  # fmt: skip
    factories.ItemFactory(pledge=mission, platform=fighter)
    users = [factories.UserFactory(role=role) for role in ("editor", "reviewer")]
    publish_all(author=users[0], by=users[1], message="Pledges", at=factories.AT)


def _pledge(public_id: str, contributor: Any, beneficiary: Any, announced: str, amount: str | None, **more: Any) -> Any:
    return factories.PledgeFactory(
        public_id=public_id, share__contributor=contributor, beneficiary=beneficiary, announced=announced,
        entry__amount=amount, entry__currency="EUR" if amount else "", **more,
    )  # fmt: skip


PLEDGES: list[tuple[str, set[str]]] = [
    ("contributor=DEU", {AIRCRAFT, MISSION}),
    ("contributor=DEU,NLD", {AIRCRAFT, MISSION, LOAN}),
    ("contributor= NLD , NLD", {LOAN}),
    ("contributor=FRA", {AIRCRAFT, SHELLS}),
    # France is a member at the date of the aircraft only; the loan is of a day on which the Netherlands are.
    ("group=EU", {AIRCRAFT, LOAN, MISSION}),
    ("group=EU&contributor=FRA", {AIRCRAFT}),
    ("beneficiary=UKR", {AIRCRAFT, SHELLS, LOAN}),
    ("host=POL", {MISSION}),
    ("nature=deployment", {MISSION}),
    ("nature=deployment,financing", {AIRCRAFT, SHELLS, LOAN, MISSION}),
    ("aid_type=financial", {LOAN}),
    ("category=fighters", {AIRCRAFT, MISSION}),
    ("category=weapons", {AIRCRAFT, MISSION, SHELLS}),
    ("platform=typhoon", {AIRCRAFT, MISSION}),
    ("modality=grant", {AIRCRAFT}),
    ("condition=second_hand", {AIRCRAFT}),
    ("condition=new,modernised", set()),
    ("initiative=purl", {LOAN}),
    ("package=purl-1", {LOAN}),
    ("meeting=meeting", {SHELLS}),
    ("stage=delivery", {SHELLS}),
    ("stage=delivery,commitment", {AIRCRAFT, SHELLS, LOAN, MISSION}),
    ("date_from=2025-01-01", {SHELLS, LOAN, MISSION}),
    ("date_from=2025-08-02", {LOAN, MISSION}),
    ("date_to=2025-08-01", {AIRCRAFT, SHELLS}),
    ("date_to=2025-09-29", {AIRCRAFT, SHELLS, LOAN}),
    ("date_from=2024-03-05&date_to=2024-03-05", {AIRCRAFT}),
    # Worth by all contributors together, and both bounds on the same stage.
    ("amount_from=300", {AIRCRAFT}),
    ("amount_from=300.01", set()),
    ("amount_to=100", {SHELLS}),
    ("amount_from=0", {AIRCRAFT, SHELLS}),
    ("amount_from=41&amount_to=99", set()),
    ("amount_from=40&amount_to=40", {SHELLS}),
    ("nature=financing&contributor=DEU&date_to=2024-12-31&amount_from=1", {AIRCRAFT}),
]
CONTRIBUTIONS: list[tuple[str, set[str]]] = [
    (query, found)
    for query, found in PLEDGES
    if "amount" not in query and query != "category=weapons"
] + [
    ("category=weapons&nature=financing", {AIRCRAFT, SHELLS}),
    ("pledge=NLD-2025-0001", {LOAN}),
    ("amount_from=150&amount_to=150", {AIRCRAFT}),
    ("amount_to=40", {SHELLS}),
    ("basis=stated", {AIRCRAFT, SHELLS}),
    ("basis=headline,dataset", {AIRCRAFT, SHELLS, LOAN, MISSION}),
    ("basis=dataset", set()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), PLEDGES)
def test_pledges_are_filtered(query: str, found: set[str], pledges: None) -> None:
    assert set(ids(f"pledges/?{query}")) == found


@pytest.mark.parametrize(("query", "found"), CONTRIBUTIONS)
def test_rows_of_the_ledger_are_filtered(query: str, found: set[str], pledges: None) -> None:
    rows = Client().get(f"{API}contributions/?{query}").json()["results"]
    # Whose the aircraft are is told apart in the ledger: France is not in the group when it delivers shells.
    assert {row["pledge"] for row in rows} == found


def test_the_ledger_looks_at_each_contributor_by_itself(pledges: None) -> None:
    assert {row.split(".")[3] for row in ids("contributions/?pledge=DEU-2024-0001&group=EU")} == {"DEU", "FRA"}
    assert ids("contributions/?group=EU&contributor=FRA&date_from=2025-01-01") == []
