"""Records named as people name them, and bounds that are months or years: read, and stated in the answer."""

import pytest
from django.test import Client

from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["DE", "de", "germany", "GERMANY", "Federal Republic of Germany", "deu"])
def test_a_record_is_named_as_people_name_it_and_the_answer_says_which(text: str, register: Desk) -> None:
    by_name = Client().get("/api/v1/pledges/", {"contributor": text}).json()
    by_id = Client().get("/api/v1/pledges/", {"contributor": "DEU"}).json()
    assert by_name["results"] == by_id["results"] != []
    assert by_name["resolved"] == {"contributor": {text: "DEU"}}
    assert "resolved" not in by_id
    file = Client().get("/api/v1/pledges/", {"contributor": text, "format": "csv"})
    assert file["Resolved"] == "contributor=DEU"
    asked = {"rows": "contributor", "nature": "deployment", "measure": "quantity", "contributor": text}
    assert Client().get("/api/v1/tables/contributions/", asked).json()["filters"]["contributor"] == ["DEU"]


def test_a_name_of_several_is_asked_about(register: Desk) -> None:
    for public_id in ("XKA", "XKB"):
        register.write("party", id=public_id, name="The Twins")
    register.publish()
    refused = Client().get("/api/v1/pledges/?contributor=The Twins")
    assert refused.status_code == 400
    assert "XKA, XKB" in refused.content.decode()


def test_a_name_means_whom_it_meant_at_the_moment(register: Desk) -> None:
    then = register.at.isoformat().replace("+00:00", "Z")
    register.write("party", id="DEU", name="Westland")
    register.publish()
    assert Client().get("/api/v1/pledges/", {"contributor": "Germany"}).status_code == 400
    assert Client().get("/api/v1/pledges/", {"contributor": "Germany", "as_of": then}).json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "day"),
    [("date_from=2024", "2024-01-01"), ("date_to=2024", "2024-12-31"), ("date_from=2024-02", "2024-02-01"),
     ("date_to=2024-02", "2024-02-29"), ("date_to=2024-02-03", "2024-02-03")],
)  # fmt: skip
def test_a_bound_can_be_a_month_or_a_year(query: str, day: str, register: Desk) -> None:
    table = Client().get(f"/api/v1/tables/contributions/?rows=contributor&{query}&stage=allocation").json()
    assert table["filters"][query.partition("=")[0]] == day


@pytest.mark.parametrize(
    "query", ["date_from=2024-13", "date_from=24", "date_from=2024-02-30", "date_from=0000", "date_to=2024-13"]
)
def test_what_is_no_bound_is_refused(query: str, register: Desk) -> None:
    assert Client().get(f"/api/v1/pledges/?{query}").status_code == 400
    assert Client().get("/api/v1/tables/deployments/?on=2024").status_code == 400
