"""What a plan asks by program: which record a row is, and whose fields stay. Ties are said first."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.api.conftest import DESK, refusal_of
from tests.exchange.kiel import make_parties, receive
from tests.exchange.releases import Bring, bringer, package
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(db: None, tmp_path: Path, users: SimpleNamespace) -> Bring:
    make_parties()
    return bringer(tmp_path, users)


def sent(users: SimpleNamespace, rows: list[dict[str, Any]], release: str = "22") -> str:
    """Return the address of an import that is planned."""
    imported = receive(users.editor, rows, release)
    plan_import.enqueue(imported.pk)
    return f"{DESK}/imports/{imported.pk}/"


def test_a_conflict_is_shown_decided_and_written(bring: Bring, users: SimpleNamespace, editor: APIClient) -> None:
    bring([package(1), package(2)], "21")
    Pledge.objects.update(aid_kind="Tanks")
    weapons = {"aid_type_specific": "Weapons"}
    address = sent(users, [package(1, **weapons, value="7"), package(2, **weapons)])
    steps = editor.get(f"{address}steps/?outcome=conflicting").json()["results"]
    assert {step["source_id"]: step["conflicts"] for step in steps} == {"DEM1": ["aid_kind"], "DEM2": ["aid_kind"]}
    assert steps[0]["changes"]["aid_kind"] == {"before": "Tanks", "after": "Weapons"}
    assert "entries" in steps[0]["changes"]
    wrong = editor.post(f"{address}conflicts/", {"records": [{"source_id": "DEM9", "side": "ours"}]})
    assert "The plan has no DEM9." in refusal_of(wrong, 400)
    said = editor.post(f"{address}conflicts/", {"records": [{"source_id": "DEM1", "side": "ours"}], "all": "theirs"})
    assert said.json()["sides"] == {"DEM1": "ours", "": "theirs"}
    assert editor.post(f"{address}replan/").json()["counts"]["records"] == {"changed": 2}
    body = editor.post(f"{address}accept/").json()
    assert body["status"] == "applied", body["problem"]
    assert sorted(Pledge.objects.values_list("aid_kind", flat=True)) == ["Tanks", "Weapons"]


@pytest.mark.parametrize("likeliest", [True, False])
def test_ties_are_said_before_anything_is_written(
    bring: Bring, users: SimpleNamespace, editor: APIClient, likeliest: bool
) -> None:
    bring([package(1, id="DEM1", part_value="4"), package(1, id="DEM2", part_value="6")], "21")
    address = sent(users, [package(1, id="DEM9", part_value="5")])
    (step,) = editor.get(f"{address}steps/?cause=could_be_others").json()["results"]
    assert "Say first which records these are: DEM9." in refusal_of(editor.post(f"{address}accept/"), 400)
    match = {"source_id": "DEM9", "record": step["others"][0]["id"]}
    said = {"likeliest": True} if likeliest else {"matches": [match]}
    assert editor.post(f"{address}matches/", said).status_code == 200
    assert editor.post(f"{address}replan/").status_code == 200
    (step,) = editor.get(f"{address}steps/?outcome=changed").json()["results"]
    assert (step["record"] == match["record"]) is not likeliest
    assert editor.post(f"{address}accept/").json()["status"] == "applied"


def test_labels_are_left_in_bulk_and_not_asked_about_again(
    bring: Bring, users: SimpleNamespace, editor: APIClient
) -> None:
    bring([package(1)], "21")
    rows = [
        package(1),
        package(2, item="Leopard 2 (Canada)"),
        package(3, item="Forklift"),
        package(4, item="forklifts"),
    ]
    address = sent(users, rows)
    labels = {one["label"]: one for one in editor.get(f"{address}labels/").json()["results"]}
    assert (labels["Leopard 2 (Canada)"]["likeness"], labels["forklifts"]["group"]) == (100, "Forklift")
    assert editor.get(address).json()["labels"] == 4
    assert editor.post(f"{address}labels/leave/", {"below": 60}).json()["labels"] == 1
    again = sent(users, rows, "23")
    assert editor.get(again).json()["labels"] == 1
    mapping = {"kind": "platform", "label": "Forklift", "record": "leopard-2"}
    assert editor.post(f"{again}labels/map/", {"mappings": [mapping]}).status_code == 200
