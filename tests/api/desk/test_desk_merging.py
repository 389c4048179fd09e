"""Merging and reverting by program."""

from typing import Any

import pytest

from tests.api.conftest import DESK, client_of
from tests.curation.desk import Desk, with_basics
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Edit, Pledge, Publication


@pytest.fixture
def desk(db: None) -> Desk:
    desk = with_basics()
    for public_id in ("DEU-1", "DEU-2"):
        desk.pledge(id=public_id, name=f"Pledge {public_id}")
    desk.publish()
    return desk


ADDRESS = f"{DESK}/pledges/DEU-2/merge/"


def post(desk: Desk, etag: str, **body: Any) -> Any:
    return client_of(desk.editor).post(ADDRESS, {"into": "DEU-1"} | body, format="json", HTTP_IF_MATCH=etag)


def test_two_records_are_compared_merged_and_made_two_again(desk: Desk) -> None:
    client = client_of(desk.editor)
    compared = client.get(ADDRESS, {"into": "DEU-1"})
    body = compared.json()
    assert [(choice["path"], choice["taken"]) for choice in body["choices"]] == [("name", "into")]
    assert {line["same_as"] for line in body["lines"] if line["side"] == "record"} == {
        "shares[DEU]", "entries[commitment]",
    }  # fmt: skip
    assert body["effect"] == [
        {"contributor": "DEU", "stage": "commitment", "before": 200_000_000, "after": 100_000_000}
    ]
    made = post(desk, f"W/{compared['ETag']}", take=["name"], reason="The same.")
    assert made.status_code == 201, made.content
    change_set = ChangeSet.objects.get(pk=made.json()["id"])
    assert change_set.cause == "merging"
    assert Pledge.objects.get(public_id="DEU-1").name == "Pledge DEU-2"
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    address = f"{DESK}/change-sets/{change_set.pk}/revert/"
    assert client.post(address, {"reason": 4}).status_code == 400
    reverted = client.post(address, {"reason": "Two promises."})
    assert reverted.status_code == 201, reverted.content
    assert {edit["id"] for edit in reverted.json()["edits"]} == {"DEU-1", "DEU-2"}
    assert reverted.json()["reverts"] == change_set.pk
    assert Pledge.objects.get(public_id="DEU-1").name == "Pledge DEU-1"


def test_who_has_not_seen_both_as_they_stand_merges_nothing(desk: Desk) -> None:
    compared = client_of(desk.editor).get(ADDRESS, {"into": "DEU-1"})
    desk.write("pledge", id="DEU-1", name="Newer")
    assert post(desk, compared["ETag"]).status_code == 412
    assert post(desk, "*", into="nobody").status_code == 404
    assert post(desk, "*", take=["wrong"]).status_code == 400
    assert post(desk, "*", odd=1).status_code == 400
    assert not Publication.objects.filter(is_tombstone=True).exists()


def test_a_merge_moves_whole(desk: Desk) -> None:
    made = post(desk, "*").json()
    moved = client_of(desk.editor).post(
        f"{DESK}/change-sets/{made['id']}/move/",
        {"records": [{"kind": "pledge", "id": "DEU-2"}], "message": "Elsewhere"}, format="json",
    )  # fmt: skip
    assert moved.status_code == 400
    assert "stays whole" in moved.json()["detail"]


def test_every_way_to_write_what_was_merged_is_refused(desk: Desk) -> None:
    one, other = (Pledge.objects.get(public_id=public_id) for public_id in ("DEU-1", "DEU-2"))
    change_set = merge_record(record=other, into=one, by=desk.editor, at=desk.at).change_set
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    client, address, any_version = client_of(desk.editor), f"{DESK}/pledges/DEU-2/", {"HTTP_IF_MATCH": "*"}
    whole = {name: value for name, value in client.get(address).json().items() if name != "_desk"}
    bulk = {"kind": "pledge", "ids": ["DEU-2"], "values": {"aid_type": "humanitarian"}, "message": "All"}
    said = f"DEU-2 was merged into DEU-1 in change set #{change_set.pk}: revert that change set"
    for answer in (
        client.patch(address, {"note": "x"}, format="json", **any_version),
        client.put(address, whole, format="json", **any_version),
        client.delete(f"{address}?reason=x", **any_version),
        client.post(f"{address}restore/", {"version": 1}, format="json", **any_version),
        client.post(f"{address}merge/", {"into": "DEU-1"}, format="json", **any_version),
    ):
        assert (answer.status_code, said in answer.json()["detail"]) == (409, True), answer.content
    assert said in client.post(f"{DESK}/bulk-edits/", bulk, format="json").json()["detail"]
    [left] = client.post(f"{DESK}/bulk-edits/", bulk | {"preview": True}, format="json").json()["left_out"]
    assert said in left["reason"]
    assert not Edit.objects.filter(released_at=None).exists()
