"""Conditions, bases, items within items and targets: written, published, and counted apart where they are open."""

from typing import Any

import pytest
from rest_framework.serializers import ValidationError
from rest_framework.test import APIClient

from tests.curation.desk import Desk, shelf, versions

pytestmark = pytest.mark.django_db

WORDS = "if other countries give thirty"


def totals(client: APIClient, **asked: str) -> tuple[Any, int]:
    """Return the total of commitments to Ukraine, and how many contributions are left out as conditional."""
    answer = client.get("/api/v1/tables/contributions/", {"rows": "contributor", "stage": "commitment"} | asked).json()
    return (answer["total"] or {}).get("value"), answer["notes"]["conditional"]


def test_what_is_conditional_and_open_is_counted_apart_until_it_is_met(desk: Desk, client: APIClient) -> None:
    before, _left_out = totals(client)
    pledge = desk.pledge(conditions=[{"words": WORDS, "met_by": "thirty interceptors in all"}])
    desk.publish()
    assert totals(client) == (before, 1)
    assert totals(client, conditional="only") == ("1000000.00", 0)

    desk.write("pledge", id=pledge.public_id, conditions=[
        {"number": 1, "words": WORDS, "state": "met", "settled": "2026-03", "settled_by": "source"},
    ])  # fmt: skip
    desk.publish()
    assert totals(client, conditional="included") == totals(client) != (before, 0)
    document = shelf("pledge", pledge.public_id)
    assert document is not None
    assert document["conditions"][0]["settled"]["edtf"] == "2026-03"


def test_a_base_and_an_area_belong_to_deployments(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="Only a deployment"):
        desk.pledge(base="Rostock-Laage", base_state="DEU")


def test_a_deployment_that_moves_is_one_record_in_two_versions(desk: Desk, client: APIClient) -> None:
    deployed = {"nature": "deployment", "aid_type": "", "beneficiary": None, "entries": [{"stage": "commitment"}]}
    items = [{"quantity": "2", "description": "F-16"}]
    pledge = desk.pledge(**deployed, base="Minsk Mazowiecki", base_state="NLD", area="Poland", items=items)
    desk.publish()
    desk.write("pledge", id=pledge.public_id, items=[{"number": 1, "quantity": "2", "description": "F-35"}])
    desk.publish()
    assert versions("pledge", pledge.public_id) == [(1, False), (2, False)]
    found = client.get("/api/v1/pledges/", {"base_state": "NLD"}).json()["results"]
    assert [row["id"] for row in found] == [pledge.public_id]


def test_items_within_items_keep_to_one_level(desk: Desk) -> None:
    rounds = {"description": "rounds", "quantity": "9"}
    items = [{"number": 2, "part_of": 1} | rounds, {"number": 1} | rounds]
    pledge = desk.pledge(items=items)
    assert [(row.number, row.part_of and row.part_of.number) for row in pledge.items.all()] == [(1, None), (2, 1)]
    with pytest.raises(ValidationError, match="name the whole"):
        desk.pledge(items=[*items, {"number": 3, "part_of": 2} | rounds])
    with pytest.raises(ValidationError, match="There is no number 7"):
        desk.pledge(items=[{"number": 1, "part_of": 7} | rounds])


def test_a_target_stands_beside_what_came(desk: Desk, client: APIClient) -> None:
    million = {"amount": "1000000.00", "currency": "EUR", "per": "month", "date": "2025-08/2025-09"}
    desk.write("initiative", id="purl", name="PURL", kind="mechanism", targets=[million])
    desk.pledge(initiative="purl")
    desk.pledge(initiative="purl", conditions=[{"words": WORDS}])
    desk.publish()
    table = client.get("/api/v1/tables/initiative-targets/").json()
    (row,) = table["rows"]
    stated = (row["target"], row["by_now"], row["commitment"], row["allocation"])
    assert stated == ("1000000.00", "2000000.00", "1000000.00", None)
