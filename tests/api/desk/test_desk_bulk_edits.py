"""Editing many records by REST."""

from typing import Any

from django.utils import timezone
from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Pledge

BULK = f"{DESK}/bulk-edits/"


def body(**more: Any) -> dict[str, Any]:
    return {"kind": "pledge", "ids": ["B-1", "B-2", "B-3"], "values": {"initiative": "purl-1"}} | more


def test_many_are_previewed_and_edited(world: Any, editor: APIClient) -> None:
    purl = factories.InitiativeFactory(public_id="purl-1", name="PURL 1")
    for number in (1, 2):
        factories.PledgeFactory(public_id=f"B-{number}")
    factories.PledgeFactory(public_id="B-3", initiative=purl)
    before = ChangeSet.objects.count()
    seen = editor.post(BULK, body(preview=True)).json()
    assert (seen["edited"], seen["unchanged"], seen["left_out"], seen["change_set"]) == (2, 1, [], None)
    assert seen["preview"][0] == {
        "id": "B-1", "left_out": None, "changes": [{"field": "Initiative", "before": "", "after": "PURL 1"}],
    }  # fmt: skip
    assert ChangeSet.objects.count() == before
    done = editor.post(BULK, body(message="All to PURL", cause="correction")).json()
    assert (done["edited"], done["unchanged"], done["job"]) == (2, 1, None)
    change_set = ChangeSet.objects.get(pk=done["change_set"])
    assert (change_set.message, change_set.edits.count()) == ("All to PURL", 2)
    assert Pledge.objects.filter(initiative=purl, public_id__startswith="B-").count() == 3


def test_ids_of_no_record_are_named_and_named_twice_is_once(world: Any, editor: APIClient) -> None:
    factories.InitiativeFactory(public_id="purl-1")
    factories.PledgeFactory(public_id="B-1")
    asked, left_out = body(ids=["nope", "B-1", "B-1"]), [{"id": "nope", "reason": "There is no pledge “nope”."}]
    seen = editor.post(BULK, asked | {"preview": True}).json()
    assert (seen["edited"], seen["unchanged"], seen["left_out"]) == (1, 0, left_out)
    refused = editor.post(BULK, body(ids=["nope"]))
    assert (refused.status_code, "There is no pledge “nope”." in refused.json()["detail"]) == (400, True)
    done = editor.post(BULK, asked).json()
    assert (done["edited"], done["unchanged"], done["left_out"]) == (1, 0, left_out)
    assert ChangeSet.objects.get(pk=done["change_set"]).cause == ChangeSet.Cause.NEW_INFORMATION


def test_what_is_wrong_is_named_and_nothing_is_left(world: Any, editor: APIClient) -> None:
    factories.PledgeFactory(public_id="B-1")
    before = ChangeSet.objects.count()
    assert "name" in editor.post(BULK, body(values={"name": "x"})).json()["detail"]
    assert editor.post(BULK, body(values={})).status_code == 400
    assert editor.post(BULK, body(kind="x")).status_code == 400
    assert "found null" in editor.post(BULK, body(ids=[None])).json()["detail"]
    assert editor.post(BULK, body(change_set=999)).status_code == 400
    refused = editor.post(BULK, body(values={"initiative": "nowhere"}))
    assert refused.status_code in (400, 409)
    assert "nowhere" in refused.json()["detail"]
    assert ChangeSet.objects.count() == before


def test_rows_that_say_something_are_edited(world: Any, editor: APIClient) -> None:
    himars = factories.PlatformFactory(public_id="himars")
    factories.PartyFactory(public_id="XAA")
    pledge = factories.PledgeFactory(public_id="B-1")
    for number, platform in ((1, himars), (2, None)):
        factories.ItemFactory(pledge=pledge, number=number, platform=platform, description="launcher")
    asked = body(ids=["B-1"], rows="items", where={"platform": "himars"}, values={"supplier": "XAA"})
    seen = editor.post(BULK, asked | {"preview": True}).json()
    assert [line["field"] for line in seen["preview"][0]["changes"]] == ["Item 1, supplier"]
    assert editor.post(BULK, asked).json()["edited"] == 1
    found = [item.supplier and item.supplier.public_id for item in pledge.items.order_by("number")]
    assert found == ["XAA", None]
    for wrong, said in (
        ({"rows": "claims"}, "items"), ({"where": {"platform": "nowhere"}}, "nowhere"), ({"rows": ""}, "of which list"),
        ({"where": {"description": " "}}, "description: write words"),
        ({"where": {"description": None}}, "write words"),
        ({"where": {"platform": {"kind": "x"}}}, "an object without an id"),
        ({"where": {"quantity": "4"}}, "Rows are told by"), ({"values": {"number": 4}}, "supplier"),
    ):  # fmt: skip
        answer = editor.post(BULK, asked | wrong)
        assert answer.status_code == 400, wrong
        assert said in answer.json()["detail"], wrong


def test_a_preview_refuses_what_the_act_refuses(world: Any, users: Any, editor: APIClient) -> None:
    for number in (1, 2):
        pledge = factories.PledgeFactory(public_id=f"B-{number}")
        if number == 2:
            pledge.entries.update(amount=None, currency="")
    theirs = change_sets.open_change_set(author=users.second_editor, message="x", cause="correction", at=timezone.now())
    gone = change_sets.open_change_set(author=users.editor, message="x", cause="correction", at=timezone.now())
    change_sets.discard(change_set=gone, by=users.editor, at=timezone.now())
    asked = body(ids=["B-1", "B-2"], rows="entries")
    for values in ({"amount": "-5"}, {"currency": "USD"}):
        named = asked | {"values": values}
        seen, done = (editor.post(BULK, named | {"preview": preview}).json() for preview in (True, False))
        assert seen["left_out"], values
        if seen["edited"]:
            assert (seen["edited"], seen["left_out"]) == (done["edited"], done["left_out"]), values
        else:
            assert all(each["reason"] in done["detail"] for each in seen["left_out"]), values
    for number, status in ((theirs.pk, 403), (gone.pk, 409)):
        for preview in (True, False):
            answer = editor.post(BULK, asked | {"values": {"note": "x"}, "change_set": number, "preview": preview})
            assert answer.status_code == status, (number, preview)
