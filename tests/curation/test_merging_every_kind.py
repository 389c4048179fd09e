"""Records of every kind are merged and taken apart again, once or one after the other, and nothing is lost."""

from copy import copy
from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import Desk, everything
from tests.curation.random_values import make_register, write_twin
from tests.factories import ExternalIdFactory
from tracker.curation.errors import CurationError, WrongStatus
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets, reverting
from tracker.models import ChangeSet, ExternalId, Finding, Publication
from tracker.records.registry import KINDS
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db

REFERRING: dict[str, dict[str, Any]] = {
    "party": {"shares": [{"contributor": "twin-1"}]},
    "platform": {"items": [{"number": 1, "platform": "twin-1", "quantity": "4"}]},
    "category": {"items": [{"number": 1, "category": "twin-1", "quantity": "4"}]},
    "initiative": {"initiative": "twin-1"}, "package": {"initiative": "purl", "package": "twin-1"},
    "meeting": {"meeting": "twin-1"},
    "requirement": {"items": [{"number": 1, "platform": "ef", "quantity": "4", "requirement": "twin-1"}]},
    "pledge": {"links": [{"link": "backfills", "target": "twin-1"}]},
    "document": {"claims": [{"document": "twin-1", "field": "name", "reason": "In print."}]},
}  # fmt: skip
"""How a pledge refers to a record of a kind."""
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "forum": ("meeting", {"id": "brussels", "forum": "twin-1"}),
    "official": ("meeting", {"id": "brussels", "agenda": [{"name": "Drones", "speaker": "twin-1"}]}),
    "incident": ("initiative", {"id": "purl", "prompted_by": "twin-1"}),
}  # fmt: skip
"""How another record does, where pledges refer to none of the kind."""


@pytest.fixture(scope="module")
def register(module_db: None) -> Desk:
    """A small register, made once; what a test does to it is rolled back with the test."""
    desk = Desk()
    make_register(desk)
    desk.pledge(id="DEU-1")
    desk.publish()
    return desk


@pytest.fixture
def desk(register: Desk) -> Desk:
    return copy(register)


def merge(desk: Desk, kind: str, record: str, into: str) -> ChangeSet:
    """Merge one record into another, and publish that."""
    sides = {"record": KINDS[kind].model.named(record), "into": KINDS[kind].model.named(into)}
    edit = merge_record(**sides, by=desk.editor, at=desk.at)
    return publish(desk, edit.change_set)


def publish(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    return publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)


def revert(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    return publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))


def state() -> dict[str, Any]:
    """Return all that a merge touches: what stands on the shelf, on the desk, and beside it."""
    published = Publication.objects.published()
    found = Finding.objects.values_list("record_kind", "record_id", "rule", "field", "about")
    return {
        "shelf": {(row.kind, row.public_id): row.document for row in published}, "desk": everything()["desk"],
        "ids": sorted(ExternalId.objects.values_list("record_kind", "source_id", "public_id", "merged_from")),
        "findings": sorted(found),
    }  # fmt: skip


def status(kind: str, public_id: str) -> tuple[int, str]:
    answer = Client().get(f"/api/v1/{KINDS[kind].plural}/{public_id}/")
    return answer.status_code, answer.headers.get("Location", "").rstrip("/").rpartition("/")[2]


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS)
def test_a_merge_that_is_reverted_leaves_all_as_it_was(desk: Desk, kind: str) -> None:
    into = KINDS[kind].queryset().first().public_id
    twin = write_twin(desk, KINDS[kind].model.named(into), "twin-1")
    desk.write(kind, id="twin-1", claims=[{"document": "source", "field": "name", "reason": "In print."}])
    if hasattr(twin, "aliases"):
        desk.write(kind, id="twin-1", aliases=["Another name"])
    if kind in REFERRING:
        desk.pledge(id="DEU-2", **REFERRING[kind])
    if kind in OTHERS:
        desk.write(OTHERS[kind][0], **OTHERS[kind][1])
    desk.publish()
    ExternalIdFactory(record_kind=kind, public_id="twin-1", dataset="kiel", release="20", source_id="K-1")
    stood = state()
    merged = merge(desk, kind, "twin-1", into)
    assert status(kind, "twin-1") == (301, into)
    standing = state()["shelf"]
    assert not [key for key, document in standing.items() if '"id":"twin-1"' in document]
    revert(desk, merged)
    assert status(kind, "twin-1") == (200, "")
    assert state() == stood
    assert list(verify()) == []


@pytest.mark.parametrize("kind", ["pledge", "party", "document"])
def test_of_three_in_a_row_the_last_merge_is_reverted_first(desk: Desk, kind: str) -> None:
    into = KINDS[kind].queryset().first()
    for name in ("twin-1", "twin-2"):
        write_twin(desk, into, name)
        desk.write(kind, id=name, claims=[{"document": "source", "field": "name", "reason": f"As {name}."}])
    desk.pledge(id="DEU-2", **REFERRING[kind])
    desk.publish()
    ExternalIdFactory(record_kind=kind, public_id="twin-1", dataset="kiel", release="20", source_id="K-1")
    stood = state()
    first = merge(desk, kind, "twin-1", "twin-2")
    between = state()
    second = merge(desk, kind, "twin-2", into.public_id)
    assert status(kind, "twin-1")[0] == status(kind, "twin-2")[0] == 301
    both = state()
    with pytest.raises((CurationError, WrongStatus)):
        reverting.revert(change_set=first, by=desk.editor, at=desk.at)
    assert state() == both
    with pytest.raises(WrongStatus):
        merge(desk, kind, into.public_id, "twin-1")
    revert(desk, second)
    assert state() == between
    revert(desk, first)
    assert state() == stood
    assert list(verify()) == []


@pytest.mark.parametrize("kind", ["pledge", "party"])
def test_of_two_merges_into_one_record_the_first_is_not_reverted_under_the_second(desk: Desk, kind: str) -> None:
    into = KINDS[kind].queryset().first()
    for name in ("twin-1", "twin-2"):
        write_twin(desk, into, name)
        desk.write(kind, id=name, claims=[{"document": "source", "field": "name", "reason": f"As {name}."}])
    desk.publish()
    first, second = (merge(desk, kind, name, into.public_id) for name in ("twin-1", "twin-2"))
    both = state()
    with pytest.raises(CurationError, match="published since"):
        reverting.revert(change_set=first, by=desk.editor, at=desk.at)
    assert state() == both
    revert(desk, second)
    revert(desk, first)
    assert [status(kind, name)[0] for name in ("twin-1", "twin-2")] == [200, 200]
    assert list(verify()) == []


def test_three_become_one_in_one_change_set(desk: Desk) -> None:
    for name in ("twin-1", "twin-2"):
        write_twin(desk, KINDS["pledge"].model.named("DEU-1"), name)
    desk.publish()
    stood = state()
    change_set = change_sets.open_change_set(author=desk.editor, message="Three", cause="merging", at=desk.at)
    for record, into in (("twin-1", "twin-2"), ("twin-2", "DEU-1")):
        sides = {"record": KINDS["pledge"].model.named(record), "into": KINDS["pledge"].model.named(into)}
        merge_record(**sides, by=desk.editor, at=desk.at, change_set=change_set)
    change_set = publish(desk, change_set)
    assert [status("pledge", name)[0] for name in ("twin-1", "twin-2")] == [301, 301]
    revert(desk, change_set)
    assert state() == stood
    assert list(verify()) == []
