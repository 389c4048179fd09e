"""Names of others are matched to our records, as OpenRefine asks."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.curation.desk import Desk
from tests.web.pages import get

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
        empty={"query": None}, q5={"query": "Deutschland"}, q6={"query": "німеччина", "type": "party"},
    )  # fmt: skip
    best = {name: each["result"][0] for name, each in found.items() if each["result"]}
    assert (best["q0"]["id"], best["q0"]["match"]) == ("DEU", True)
    assert (best["q1"]["id"], best["q1"]["match"]) == ("GBR", True)
    assert [(best[name]["id"], best[name]["match"]) for name in ("q5", "q6")] == [("DEU", True)] * 2
    assert (best["q2"]["id"], best["q2"]["match"]) == ("eurofighter-typhoon", False)
    assert found["q3"]["result"] == found["q4"]["result"] == found["empty"]["result"] == []
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


def test_several_types_are_looked_among(register: Desk) -> None:
    found = ask(
        a={"query": "PURL", "type": ["party", "initiative"], "limit": 1.0}, b={"properties": []},
        c={"query": "Germany", "type": ["party", "party"]},
    )  # fmt: skip
    assert [each["match"] for each in found["c"]["result"] if each["id"] == "DEU"] == [True]
    assert [each["id"] for each in found["a"]["result"]] == ["purl"]
    assert found["b"]["result"] == []


def test_what_is_known_of_a_match_is_fetched_and_previewed(register: Desk) -> None:
    manifest = Client().get("/reconcile/").json()
    extend = manifest["extend"]["propose_properties"]
    where = (extend["service_url"] + extend["service_path"]).removeprefix("http://testserver")
    proposed = Client().get(f"{where}?type=initiative&limit=50").json()
    assert {"kind", "supplier", "started"} <= {each["id"] for each in proposed["properties"]}
    for limit in (str(10**20), "9" * 5000, "0", "²"):
        assert Client().get(f"{where}?type=initiative&limit={limit}").json()["properties"], limit
    asked = {"ids": ["purl", "nothing"], "properties": [{"id": "kind"}, {"id": "supplier"}, {"id": "wings"}]}
    fetched = Client().post("/reconcile/", {"extend": json.dumps(asked)}).json()
    assert [each["id"] for each in fetched["meta"]] == ["kind", "supplier", "wings"]
    assert fetched["rows"]["purl"] == {
        "kind": [{"str": "mechanism"}], "supplier": [{"id": "USA", "name": "United States"}], "wings": [],
    }  # fmt: skip
    assert fetched["rows"]["nothing"] == {"kind": [], "supplier": [], "wings": []}
    many = {"ids": ["DEU", "purl", *map(str, range(100))], "properties": [{"id": "kind"}]}
    with CaptureQueriesContext(connection) as queries:
        assert Client().post("/reconcile/", {"extend": json.dumps(many)}).json()["rows"]["DEU"]["kind"]
    assert len(queries) < 10
    for wrong in ("x", "[]", '{"ids": "DEU", "properties": []}', '{"ids": [1], "properties": []}'):
        assert Client().post("/reconcile/", {"extend": wrong}).status_code == 400
    where = manifest["preview"]["url"].replace("{{id}}", "DEU").removeprefix("http://testserver")
    frame = Client().get(where, follow=True)
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert Client().get("/reconcile/preview/nothing/").status_code == 404
    assert "no record “nothing”" in get(reverse("identified", args=["nothing"]), 404).text
    assert Client().get("/reconcile/suggest/property/?prefix=suppl").json()["result"][0]["id"] == "supplier"
    assert Client().get("/reconcile/suggest/type/?prefix=plat").json()["result"] == [
        {"id": "platform", "name": "platform"}
    ]
