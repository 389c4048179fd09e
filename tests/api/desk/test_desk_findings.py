"""Findings by REST: listed, counted, chosen, waived; and the health of records beside them."""

from typing import Any

import pytest

from tests.api.conftest import DESK, client_of
from tests.factories import ClaimFactory, FindingFactory, TextFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(users: Any) -> Any:
    return client_of(users.editor)


def test_findings_are_listed_worst_first_and_chosen(client: Any) -> None:
    notice = FindingFactory(severity=3, rule="orphan", record_kind="platform")
    error = FindingFactory(severity=1, rule="impossible-date")
    found = client.get(f"{DESK}/findings/").json()
    assert [row["id"] for row in found["results"]] == [error.pk, notice.pk]
    row = found["results"][0]
    assert (row["severity"], row["record"], row["field"], row["waiver"]) == (
        "error", {"kind": "pledge", "id": error.record_id}, "items[#1].quantity", None,
    )  # fmt: skip
    assert row["sentence"].startswith("What has happened lies behind us")
    for query, wanted in (
        ("rule=orphan", notice), ("severity=error", error), ("kind=platform", notice),
        (f"record=pledge:{error.record_id}", error),
    ):  # fmt: skip
        rows = client.get(f"{DESK}/findings/?{query}").json()["results"]
        assert [row["id"] for row in rows] == [wanted.pk], query
    first = client.get(f"{DESK}/findings/?limit=1").json()
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [notice.pk]


@pytest.mark.parametrize(
    "query", ["rule=nonsense", "severity=2", "waived=yes", "kind=claim", "change_set=0", "colour=red"]
)
def test_what_cannot_be_meant_is_refused(query: str, client: Any) -> None:
    assert client.get(f"{DESK}/findings/?{query}").status_code == 400


def test_counts_name_every_rule(client: Any) -> None:
    FindingFactory.create_batch(2)
    FindingFactory(severity=1, rule="shares-missing")
    found = client.get(f"{DESK}/findings/counts/").json()
    assert (found["count"], found["severities"], found["kinds"]) == (3, {"warning": 2, "error": 1}, {"pledge": 3})
    numbers = {rule["rule"]: rule["findings"] for rule in found["rules"]}
    assert (numbers["zero-quantity"], numbers["shares-missing"], numbers["orphan"]) == (2, 1, 0)


def test_a_finding_is_waived_and_the_waiver_taken_back(client: Any) -> None:
    finding = FindingFactory()
    address = f"{DESK}/findings/{finding.pk}"
    refused = client.post(f"{address}/waive/", {"reason": " "}, format="json")
    assert refused.status_code == 400
    waived = client.post(f"{address}/waive/", {"reason": "The budget says nought."}, format="json").json()
    assert (waived["waiver"]["by"], waived["waiver"]["reason"]) == ("editor", "The budget says nought.")
    assert client.post(f"{address}/waive/", {"reason": "Again"}, format="json").status_code == 409
    assert client.get(f"{DESK}/findings/?waived=false").json()["count"] == 0
    assert client.post(f"{address}/take-back/").json()["waiver"] is None
    assert client.post(f"{address}/take-back/").status_code == 409


def test_a_record_says_its_health_and_a_change_set_its_findings(client: Any) -> None:
    made = client.post(f"{DESK}/forums/", {"name": "A forum"}, format="json").json()
    assert made["_desk"]["health"] == {"error": 0, "warning": 0, "notice": 1}
    rows = client.get(f"{DESK}/findings/?change_set={made['_desk']['change_set']}").json()["results"]
    assert [(row["rule"], row["record"]["id"]) for row in rows] == [("orphan", made["id"])]


def test_records_are_listed_by_their_health(client: Any) -> None:
    lonely, used, wrong = (client.post(f"{DESK}/forums/", {"name": name}, format="json").json()["id"] for name in "ABC")
    client.post(f"{DESK}/meetings/", {"name": "Met", "forum": used, "date": "2025-10-15"}, format="json")
    FindingFactory(record_kind="forum", record_id=wrong, severity=1)

    def listed(query: str) -> list[str]:
        return [row["id"] for row in client.get(f"{DESK}/forums/?{query}").json()["results"]]

    assert (listed("ordering=health"), listed("ordering=-health")) == ([used, lonely, wrong], [wrong, lonely, used])
    first = client.get(f"{DESK}/forums/?ordering=-health&limit=1").json()
    assert [row["id"] for row in client.get(first["next"]).json()["results"]] == [lonely]
    assert client.get(f"{DESK}/forums/?ordering=name").status_code == 400


def test_claims_are_chosen_by_what_became_of_their_passages(client: Any) -> None:
    text = TextFactory()
    dead = ClaimFactory(document=text.document, quote="five", support="broken")
    moved = ClaimFactory(document=text.document, quote="four", support="passage", score=91)
    ClaimFactory(document=text.document, quote="four", support="passage", score=100)
    gone = ClaimFactory(document=text.document, quote="three", support="passage", score=100)
    FindingFactory(rule="gone-from-newest-text", claim=gone.public_id)
    for query, wanted in (
        ("passage=dead", dead), ("passage=moved", moved), ("passage=gone", gone), ("support=broken", dead),
    ):  # fmt: skip
        rows = client.get(f"{DESK}/claims/?{query}").json()["results"]
        assert [row["id"] for row in rows] == [wanted.public_id], query
    assert client.get(f"{DESK}/claims/?passage=lost").status_code == 400
