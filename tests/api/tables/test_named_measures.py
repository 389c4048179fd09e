"""What the named tables say was measured: stage, unit, basis, net or gross, as asked."""

import pytest
from django.test import Client

from tests.api.shelf import API, read
from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db

IN_TIV = ("by-month", "by-group", "stage-funnel", "source-of-equipment", "initiative", "platforms-by-contributor")


@pytest.mark.parametrize("name", IN_TIV)
def test_values_on_the_basis_tiv_are_never_said_to_be_money(name: str) -> None:
    table = read(f"tables/{name}/?basis=tiv")
    units = {column["unit"] for column in table["columns"]}
    assert "TIV millions" in units
    assert "EUR" not in units
    assert {"headline", "rates", "tiv"} & set(table["rules"]) == {"tiv"}
    assert "values in TIV millions; valued by: SIPRI TIV" in table["measure"]


@pytest.mark.parametrize("question", ["country-summary/?", "by-contributor-and-month/?", "by-month/?currency=USD&"])
def test_tiv_are_held_against_no_money(client: Client, question: str) -> None:
    answer = client.get(f"{API}tables/{question}basis=tiv")
    assert answer.status_code == 422
    assert "basis=tiv without currency" in answer.json()["detail"]


def test_stages_are_never_added(client: Client) -> None:
    answer = client.get(f"{API}tables/by-month/?stage=allocation,commitment")
    assert answer.status_code == 422
    assert "Stages are never added" in answer.json()["detail"]


def test_the_measure_names_what_was_asked() -> None:
    table = read("tables/by-month/?stage=delivery&currency=USD&basis=dataset&counting=gross")
    assert table["measure"].endswith("; stage: delivery; values in USD; valued by: dataset; overlaps counted in full")


def test_the_outcomes_of_meetings_say_what_is_estimated(register: Desk) -> None:
    register.pledge(
        name="Joint", announced="2025-10-15", meeting="ukraine-defense-contact-group-2025-10-15",
        shares=[{"contributor": "DEU"}, {"contributor": "NLD"}],
        entries=[{"stage": "allocation", "amount": "7.00", "currency": "EUR"}],
    )  # fmt: skip
    register.publish()
    notes = read("tables/meeting-outcomes/")["notes"]
    assert any("estimated" in note for note in notes), notes
