"""The address of a record that was merged leads to the other, and as of an earlier moment answers as it did then."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import Desk
from tracker.curation.merging.merging import merge_record
from tracker.curation.review import change_sets, publishing, reverting
from tracker.models import ChangeSet, Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    desk = Desk()
    desk.basics()
    for public_id in ("DEU-1", "DEU-2"):
        desk.pledge(id=public_id, name=f"Pledge {public_id}")
    desk.publish()
    return desk


def publish(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    return publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)


def merged(desk: Desk) -> ChangeSet:
    one, other = (Pledge.objects.get(public_id=public_id) for public_id in ("DEU-1", "DEU-2"))
    edit = merge_record(record=other, into=one, by=desk.editor, at=desk.at, reason="The same.")
    return publish(desk, edit.change_set)


@pytest.mark.parametrize("address", ["/api/v1/pledges/{}/", "/pledges/{}/", "/de/pledges/{}/"])
def test_the_old_address_leads_to_the_other_record(desk: Desk, client: Client, address: str) -> None:
    earlier = desk.now.isoformat().replace("+00:00", "Z")
    then = client.get(address.format("DEU-2"), {"as_of": earlier})
    assert then.status_code == 200
    change_set = merged(desk)
    moved = client.get(address.format("DEU-2"))
    assert (moved.status_code, moved["Location"]) == (301, address.format("DEU-1"))
    assert client.get(moved["Location"]).status_code == 200
    assert client.get(address.format("DEU-2"), {"as_of": earlier}).content == then.content
    publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))
    assert client.get(address.format("DEU-2")).status_code == 200


def test_what_is_asked_goes_along(desk: Desk, client: Client) -> None:
    merged(desk)
    moved = client.get("/api/v1/pledges/DEU-2/?fields=id,name")
    assert moved["Location"] == "/api/v1/pledges/DEU-1/?fields=id,name"


def test_the_tombstone_names_the_other_record(desk: Desk, client: Client) -> None:
    earlier = desk.now.isoformat().replace("+00:00", "Z")
    change_set = merged(desk)
    [gone] = [
        row for row in client.get("/api/v1/pledges/", {"changed_since": earlier}).json()["results"]
        if row.get("withdrawn")
    ]  # fmt: skip
    assert gone == {"id": "DEU-2", "withdrawn": True, "reason": "The same.", "merged_into": "DEU-1"}
    records: list[dict[str, Any]] = client.get(f"/api/v1/change-sets/{change_set.pk}/").json()["records"]
    assert {"kind": "pledge", "id": "DEU-2", "version": 2, "action": "merge"} in records


def test_a_draft_that_was_merged_leaves_no_trace(desk: Desk, client: Client) -> None:
    draft = desk.pledge(id="DEU-9", name="A draft")
    edit = merge_record(record=draft, into=Pledge.objects.get(public_id="DEU-1"), by=desk.editor, at=desk.at)
    change_set = publish(desk, edit.change_set)
    assert client.get("/api/v1/pledges/DEU-9/").status_code == 404
    assert "DEU-9" not in json.dumps(client.get(f"/api/v1/change-sets/{change_set.pk}/").json()["records"])
