"""The address of a record that was merged leads to the other, and as of an earlier moment answers as it did then."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import Desk, with_basics
from tracker.api import urls as api
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets, reverting
from tracker.models import ChangeSet, Pledge
from tracker.records.registry import KINDS
from tracker.web import urls as web
from tracker.web.files import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    desk = with_basics()
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
    waiting = reverting.revert(change_set=change_set, by=desk.editor, at=desk.at)
    page = f"/changes/{change_set.pk}/"
    assert "taken back" not in client.get(page).content.decode()
    publish(desk, waiting)
    assert client.get(address.format("DEU-2")).status_code == 200
    assert f'taken back by <a href="/changes/{waiting.pk}/">' in client.get(page).content.decode()
    assert f'takes back <a href="{page}">' in client.get(f"/changes/{waiting.pk}/").content.decode()
    told = client.get("/api/v1/change-sets/?fields=id,reverts").json()["results"]
    assert {each["id"]: each["reverts"] for each in told}[str(waiting.pk)] == str(change_set.pk)


def addresses(kind: str, public_id: str) -> Iterator[str]:
    """Yield every address that a record has: all that a route makes of its id, in each form."""
    plural = KINDS[kind].plural
    routes = [*web.urlpatterns, *api.router.urls]
    for pattern in routes:
        route = str(pattern.pattern).removeprefix("^").removesuffix(r"\Z")
        above, _slash, below = route.partition("/")
        own = {plural, *({"contributors", "beneficiaries", "id", "reconcile"} if kind == "party" else ())}
        if "public_id" not in route or above not in own:
            continue
        if below.startswith("(?P"):
            # Of REST.
            yield f"/api/v1/{above}/{public_id}/"
            continue
        address = "/" + route.replace("<str:public_id>", public_id)
        yield from {address.replace("<str:form>", form) for form in NAMES}


@pytest.mark.parametrize(("kind", "old", "new"), [("pledge", "DEU-2", "DEU-1"), ("party", "NLD", "DEU")])
def test_every_old_address_leads_to_the_same_of_the_other(
    desk: Desk, client: Client, kind: str, old: str, new: str
) -> None:
    model = KINDS[kind].model
    edit = merge_record(record=model.named(old), into=model.named(new), by=desk.editor, at=desk.at)
    publish(desk, edit.change_set)
    found = sorted(set(addresses(kind, old)))
    page = f"/{KINDS[kind].plural}/{old}"
    assert {f"/api/v1{page}/", f"{page}/", f"{page}/embed/", f"{page}/changes.atom", f"{page}.svg"} < set(found)
    for address in (*found, f"/de{page}/embed/"):
        # One hop may lead on by the old id, as files do to the API.
        hops = [f"{address}?fields=id"]
        while old in hops[-1] and len(hops) < 5:
            answer = client.get(hops[-1])
            assert answer.status_code in (301, 302), hops
            hops.append(answer["Location"])
        assert (hops[-1], answer.status_code) == (hops[-2].replace(old, new), 301), hops
        assert answer["Cache-Control"] == "public, no-cache", hops


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
