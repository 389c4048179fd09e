"""Versions of a record by REST: compared in words, and restored."""

from typing import Any

from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Party


def test_versions_are_compared_and_restored(world: Any, editor: APIClient, users: Any, at: Any) -> None:
    factories.PartyFactory(public_id="ATL", name="Atlantis")
    address = f"{DESK}/parties/ATL/"
    never = editor.get(f"{address}compare/", {"from": "1"})
    assert (never.status_code, "It was never published." in never.json()["detail"]) == (404, True)
    nowhere = editor.get(f"{DESK}/parties/XXX/compare/", {"from": "desk"})
    assert (nowhere.status_code, "There is no party “XXX”." in nowhere.json()["detail"]) == (404, True)
    editor.patch(address, {"name": "Atlantis, sunken"}, headers={"If-Match": "*"})
    change_set = ChangeSet.objects.get()
    change_sets.submit(change_set=change_set, by=change_set.author, at=at)
    publishing.publish(change_set=change_set, by=users.reviewer, at=at)
    editor.patch(address, {"name": "Atlantis, risen"}, headers={"If-Match": "*"})
    changes = [{"field": "Name", "before": "Atlantis, sunken", "after": "Atlantis, risen"}]
    assert editor.get(f"{address}compare/", {"from": "1"}).json() == {"changes": changes}
    assert editor.get(f"{address}compare/", {"from": "1", "to": "1"}).json() == {"changes": []}
    unnamed = editor.get(f"{address}compare/")
    assert unnamed.status_code == 400
    assert unnamed.json()["errors"][0]["field"] == "from"
    assert "such as from=1. Its versions: 1, and desk" in unnamed.json()["errors"][0]["message"]
    gone = editor.get(f"{address}compare/", {"from": "1", "to": ""})
    assert (gone.status_code, "Its versions: 1, and desk" in gone.json()["detail"]) == (404, True)
    assert editor.post(f"{address}restore/", {"version": 1}).status_code == 428
    assert editor.post(f"{address}restore/", {"version": 1}, headers={"If-Match": '"old"'}).status_code == 412
    assert editor.post(f"{address}restore/", {"version": 9}, headers={"If-Match": "*"}).status_code == 404
    assert (
        "versoin"
        in editor.post(f"{address}restore/", {"version": 1, "versoin": 2}, headers={"If-Match": "*"}).json()["detail"]
    )
    weak = f'"other", W/{editor.get(address)["ETag"]}'
    assert editor.post(f"{address}restore/", {"version": 1}, headers={"If-Match": weak}).json() == {
        "changes": [{"field": "Name", "before": "Atlantis, risen", "after": "Atlantis, sunken"}]
    }
    assert Party.objects.get(public_id="ATL").name == "Atlantis, sunken"
