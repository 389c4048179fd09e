"""Names of others are matched to our records, as OpenRefine asks."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db


def ask(**queries: Any) -> Any:
    answer = Client().post("/reconcile/", {"queries": json.dumps(queries)})
    assert answer.status_code == 200
    return answer.json()


def test_the_service_says_what_it_is(register: Desk) -> None:
    manifest = Client().get("/reconcile/").json()
    assert manifest["versions"] == ["0.2"]
    assert {each["id"] for each in manifest["defaultTypes"]} == {"party", "platform", "initiative"}
    page = manifest["view"]["url"].replace("{{id}}", "DEU").replace("http://testserver", "")
    assert Client().get(page)["Location"] == "/parties/DEU/"


def test_a_name_an_alias_or_two_letters_match_and_what_resembles_is_a_candidate(register: Desk) -> None:
    found = ask(
        q0={"query": "GERMANY", "type": "party"}, q1={"query": "UK", "type": "party"},
        q2={"query": "Eurofigther Typhon"}, q3={"query": "Atlantis of nowhere"}, q4={"query": ""},
    )  # fmt: skip
    best = {name: each["result"][0] for name, each in found.items() if each["result"]}
    assert (best["q0"]["id"], best["q0"]["match"]) == ("DEU", True)
    assert (best["q1"]["id"], best["q1"]["match"]) == ("GBR", True)
    assert (best["q2"]["id"], best["q2"]["match"]) == ("eurofighter-typhoon", False)
    assert found["q3"]["result"] == found["q4"]["result"] == []
    by_get = Client().get("/reconcile/", {"queries": json.dumps({"a": {"query": "Poland", "limit": 1}})}).json()
    assert [each["id"] for each in by_get["a"]["result"]] == ["POL"]


@pytest.mark.parametrize("queries", ["x", "[]", '{"a": 1}', '{"a": {"query": "x", "type": "claim"}}'])
def test_what_cannot_be_read_says_what_would_be_right(queries: str, register: Desk) -> None:
    answer = Client().post("/reconcile/", {"queries": queries})
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_names_are_suggested_while_one_types(register: Desk) -> None:
    found = Client().get("/reconcile/suggest/entity/?prefix=eurof&type=platform").json()["result"]
    assert [each["id"] for each in found] == ["eurofighter-typhoon"]
