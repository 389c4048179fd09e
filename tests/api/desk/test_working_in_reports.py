"""Reports that contradict one another, worked in by program as staff would: from their quotes to what readers see."""

import csv
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.api.conftest import DESK, client_of
from tests.api.desk import eastern_flank as flank
from tests.api.shelf import publish_fixtures
from tests.api.shelf import read as shown
from tests.curation.desk import versions

DATA = Path(__file__).resolve().parents[3].parent / "shared/data"
PURL = DATA / "purl-claims.csv"
FLANK = DATA / "eastern-flank-claims.csv"
EIGHT = 8
"""Nordic and Baltic states, who give one package together."""
UNPLACED = 3
"""Shares of packages of which nobody reports the whole."""
NO_PLEDGE = ("programme total", "2025 cumulative", "wider package", "across two packages")
"""Scopes of amounts that are no pledge of anybody, or not of one."""
CODES = {
    "Netherlands": "NLD", "Denmark": "DNK", "Norway": "NOR", "Sweden": "SWE", "Germany": "DEU", "Lithuania": "LTU",
    "Canada": "CAN", "Estonia": "EST", "Finland": "FIN", "Iceland": "ISL", "Latvia": "LVA", "Poland": "POL",
    "Australia": "AUS", "New Zealand": "NZL", "United Kingdom": "GBR",
}  # fmt: skip
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not PURL.exists(), reason="The reports are not here.")]


def read(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


class Working:
    """A member of staff who writes what the rows of the file say, in one change set."""

    def __init__(self, editor: APIClient) -> None:
        self.editor = editor
        self.number = self.post("change-sets", {"message": "What reports say of PURL"})["id"]

    def post(self, path: str, body: dict[str, Any]) -> Any:
        asked = "" if path.startswith("change-sets") else f"?change_set={self.number}"
        answer = self.editor.post(f"{DESK}/{path}/{asked}", body)
        assert answer.status_code in (200, 201), (path, body, answer.content)
        return answer.json()

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.editor.patch(f"{DESK}/{path}/?change_set={self.number}", body, headers={"If-Match": "*"})
        assert answer.status_code == 200, (path, body, answer.content)
        return answer.json()

    def publish(self, reviewer: APIClient) -> None:
        for step, client in (("submit", self.editor), ("publish", reviewer)):
            answer = client.post(f"{DESK}/change-sets/{self.number}/{step}/")
            assert answer.status_code == 200, answer.content

    def bring_texts(self, rows: list[dict[str, str]]) -> None:
        """Add a document for each address, with the words that are quoted of it as its text."""
        for number, address in enumerate(dict.fromkeys(row["source_url"] for row in rows), start=1):
            own = [row for row in rows if row["source_url"] == address]
            url = address if address.startswith("http") else ""
            name = f"report-{number}"
            body = {"id": name, "name": f"Report {number}", "kind": "article", "tier": "other", "url": url}
            self.post("documents", body)
            self.post(f"documents/{name}/texts", {"content": "\n".join(row["quote"] for row in own)})
            for row in own:
                row["document"] = name

    def pledge(self, rows: list[dict[str, str]], shares: list[dict[str, str]]) -> Any:
        """Add one pledge of those who give together; the first report of its amount is adopted, rivals stay open."""
        first = rows[0]
        given = who(first)
        entry: dict[str, str] = {"stage": "pledge"}
        if first["amount"]:
            entry |= {"amount": first["amount"], "currency": first["currency"]}
        told = [claim(row, "entries[pledge].amount", is_adopted=row is first) for row in rows if row["amount"]]
        body = {
            "name": f"{', '.join(given)}: PURL", "nature": "financing", "aid_type": "military", "beneficiary": "UKR",
            "initiative": "purl", "announced": first["claim_date"] or "2025",
            "shares": [{"contributor": each} for each in given],
            "items": [{"number": 1, "description": "American weapons", "quantity": "unknown", "supplier": "USA"}],
            "entries": [entry],
            "claims": told + [claim(row, f"shares[{who(row)[0]}]", is_adopted=False) for row in shares],
        }  # fmt: skip
        return self.post("pledges", body)


def who(row: dict[str, str]) -> list[str]:
    return [CODES[name] for name in row["contributors"].split("; ")]


def claim(row: dict[str, str], field: str, *, is_adopted: bool) -> dict[str, str]:
    """Return the claim of a row, with as much of its quote as a claim may hold."""
    reason = "The report first made." if is_adopted else "Another report says otherwise."
    return {
        "field": field, "value": f"{row['currency']} {row['amount']}", "document": row["document"],
        "quote": row["quote"][:120].strip(), "verdict": "adopted" if is_adopted else "open", "reason": reason,
    }  # fmt: skip


def grouped(rows: list[dict[str, str]]) -> list[tuple[list[dict[str, str]], list[dict[str, str]]]]:
    """Return the reports of each pledge, those of the whole and those of shares: one for who gives, and the season."""
    wholes: dict[tuple[frozenset[str], bool], list[dict[str, str]]] = {}
    for row in rows:
        if row["scope"] in ("single", "joint", "joint, undisclosed"):
            wholes.setdefault((frozenset(who(row)), row["claim_date"] >= "2025-11"), []).append(row)
    shares: dict[int, list[dict[str, str]]] = {}
    for row in rows:
        if row["scope"] == "share":
            of = [each for each in wholes.values() if len(who(each[0])) > 1 and set(who(row)) <= set(who(each[0]))]
            of = [each for each in of if (each[0]["claim_date"] >= "2025-11") == (row["claim_date"] >= "2025-11")]
            if of:
                shares.setdefault(id(of[0]), []).append(row)
    return [(each, shares.get(id(each), [])) for each in wholes.values()]


@pytest.fixture(scope="module")
def _worked_in(module_db: None) -> None:
    """The fixtures published, and beside them what the files say, edited by one and published by another."""
    desk = publish_fixtures()
    editor, reviewer = client_of(desk.editor), client_of(desk.reviewer)
    rows = [row for row in read(PURL) if row["scope"] not in NO_PLEDGE]
    work = Working(editor)
    work.bring_texts(rows)
    for whole, shares in grouped(rows):
        package = work.pledge(whole, shares)["id"]
        if {"DNK", "EST"} <= set(who(whole[0])):
            nordic = package
    reports = read(FLANK)
    flank.documents(work, reports)
    flank.record_first(work, reports)
    flank.claims(work, reports, nordic, later=False)
    work.publish(reviewer)
    work = Working(editor)
    flank.record_later(work, reports)
    flank.claims(work, reports, nordic, later=True)
    work.publish(reviewer)


@pytest.mark.usefixtures("_worked_in")
def test_what_is_adopted_holds_and_what_is_not_stays_visible() -> None:
    every = [claim for pledge in purl_pledges() for claim in pledge["claims"]]
    every = [claim for claim in every if not claim["document"]["name"].endswith("on the flank")]
    adopted = [each for each in every if each["verdict"] == "adopted"]
    assert {each["support"] for each in adopted} == {"passage"}
    rivals = [each for each in every if each["verdict"] == "open"]
    assert len(every) == len([row for row in read(PURL) if row["amount"] and row["scope"] not in NO_PLEDGE]) - UNPLACED
    assert all(each["reason"] and each["quote"] for each in rivals)
    for pledge in purl_pledges():
        amounts = [entry for entry in pledge["entries"] if entry["amount"]]
        told = [each for each in pledge["claims"] if each["field"] == "entries[pledge].amount"]
        assert len([each for each in told if each["verdict"] == "adopted"]) == len(amounts), pledge["id"]


@pytest.mark.usefixtures("_worked_in")
def test_joint_packages_count_once() -> None:
    table = shown(
        "/api/v1/tables/contributions/?initiative=purl&stage=pledge&currency=USD&rows=initiative&measure=pledges"
    )
    assert table["total"]["value"] == len(purl_pledges())
    for pledge in purl_pledges():
        rows = shown(f"/api/v1/contributions/?pledge={pledge['id']}&limit=50")["results"]
        assert {row["contributor"] for row in rows} == {each["contributor"]["id"] for each in pledge["shares"]}


@pytest.mark.usefixtures("_worked_in")
def test_every_report_of_the_flank_is_a_claim_that_says_what_stands_behind_it() -> None:
    rows = read(FLANK)
    kinds = {"pledge": "pledges", "incident": "incidents", "meeting": "meetings", "initiative": "initiatives"}
    [package] = [each["id"] for each in purl_pledges() if len(each["shares"]) == EIGHT]
    for number, (row, (kind, record, field, reason)) in enumerate(zip(rows, flank.claimed(package), strict=True)):
        [told] = [
            each for each in shown(f"/api/v1/{kinds[kind]}/{record}/")["claims"]
            if each["document"]["name"].endswith("on the flank")
            and (each["field"], each["value"]) == (field, flank.said(row, field))
        ]  # fmt: skip
        assert told["verdict"] == ("open" if reason else "adopted"), row
        assert told["reason"] == (reason or flank.NOT_HELD), row
        assert told["support"] == ("broken" if number in flank.REPLACED else "reference"), row


@pytest.mark.usefixtures("_worked_in")
def test_a_replaced_deployment_is_one_record_and_base_and_area_rivals_and_parts_stand_apart() -> None:
    assert shown("/api/v1/pledges/?contributor=DNK&initiative=eastern-sentry")["count"] == 1
    assert [version for version, _gone in versions("pledge", flank.DANES)] == [1, 2, 3]
    flies = [row["description"] for row in shown(f"/api/v1/pledges/{flank.DANES}/")["items"]]
    assert flies == ["F-35", "frigate Niels Juel"]
    germans, britons = (shown(f"/api/v1/pledges/{record}/") for record in (flank.GERMANS, flank.BRITONS))
    assert (germans["base"], germans["area"]) == ("north-eastern Germany", "Poland")
    bases = {each["value"]: each["verdict"] for each in britons["claims"] if each["field"] == "base"}
    assert bases == {"RAF Coningsby": "adopted", "Poland": "open"}
    asked = "/api/v1/tables/contributions/?rows=contributor&measure=quantity"
    conditional = f"{asked}&stage=pledge&contributor=DEU"
    assert shown(conditional)["notes"]["conditional"] == 1
    assert shown(f"{conditional}&conditional=only")["total"]["value"] == 5
    assert shown(f"{asked}&stage=delivery&contributor=CZE")["total"]["value"] == 1_500_000, "a part is counted within"
    assert shown("/api/v1/pledges/?nature=deployment")["count"] == 6, "of the flank only Italy's is a new one"
    totals = {row["id"] for row in shown("/api/v1/pledges/?limit=100")["results"]}
    assert len(totals) == 6 + len(purl_pledges()) + 2, "no total of a meeting, a programme or a fund is a pledge"


def purl_pledges() -> list[Any]:
    """Return the pledges to PURL as readers see them, each whole."""
    found = shown("/api/v1/pledges/?initiative=purl&limit=100")["results"]
    return [shown(f"/api/v1/pledges/{each['id']}/") for each in found]
