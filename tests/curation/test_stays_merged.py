"""What is published as merged stays merged: no way in but a revert makes it two records again."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.curation.desk import Desk, ledger, shelf
from tracker.curation.desk import bulk_edits, bulk_planning, versions
from tracker.curation.desk.bulk_planning import Setting
from tracker.curation.errors import CurationError, Refused
from tracker.curation.importing.desk import obstacles, taken_back_by_imports
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import moving, publishing
from tracker.curation.review import change_sets, holding, reverting
from tracker.models import ChangeSet, Edit, Party, Pledge, Publication
from tracker.records.registry import document_of


def publish(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    return publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)


def opened(desk: Desk) -> ChangeSet:
    return change_sets.open_change_set(author=desk.editor, message="More", cause="correction", at=desk.at)


def merged(desk: Desk, record: str, into: str, model: Any = Pledge) -> ChangeSet:
    """Merge one record into another and publish that."""
    one, other = model.named(record), model.named(into)
    edit = merge_record(record=one, into=other, by=desk.editor, at=desk.at, change_set=opened(desk))
    return publish(desk, edit.change_set)


@pytest.fixture(scope="module")
def three(basics: Desk) -> None:
    for public_id in ("A", "B", "C"):
        basics.pledge(id=public_id, name=f"Pledge {public_id}")
    basics.publish()


def in_import(desk: Desk) -> None:
    holding.hold_saved(kind="pledge", public_ids=["C", "A"], change_set=opened(desk), at=desk.at, befores={})


WAYS_IN: dict[str, Callable[[Desk], object]] = {
    "save": lambda desk: desk.write("pledge", id="A", note="x"),
    "withdraw": lambda desk: desk.withdraw(Pledge.objects.get(public_id="A"), reason="x"),
    "restore": lambda desk: versions.restore(
        version=Publication.objects.get(kind="pledge", public_id="A", version=1), by=desk.editor, at=desk.at
    ),
    "merge on": lambda desk: merged(desk, "A", "C"),
    "merge into": lambda desk: merged(desk, "C", "A"),
    "import": in_import,
    "bulk edit": lambda desk: bulk_edits.edit_many(
        setting=Setting("pledge", {"aid_type": "humanitarian"}), public_ids=["A"], by=desk.editor,
        change_set=opened(desk), at=desk.at,
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS_IN)
def test_no_way_in_but_a_revert(desk: Desk, three: None, way: str) -> None:
    number = merged(desk, "A", "B").pk
    stood = document_of(Pledge.named("A"))
    with pytest.raises(CurationError, match=f"A was merged into B in change set #{number}: revert that"):
        WAYS_IN[way](desk)
    assert document_of(Pledge.named("A")) == stood
    assert not Edit.objects.filter(released_at=None, public_id="A").exists()


def test_it_is_said_before_anything_is_tried(desk: Desk, three: None) -> None:
    change_set = merged(desk, "A", "B")
    said = f"A was merged into B in change set #{change_set.pk}"
    setting = Setting("pledge", {"aid_type": "humanitarian"})
    [refused, free] = bulk_planning.plan(setting=setting, public_ids=["A", "C"], by=desk.editor)
    assert (refused.refusal.startswith(said), free.refusal) == (True, "")
    assert obstacles("pledge", ["A", "C"]).keys() == {"A"}
    # Also where it was done beside an import: that did not take it back for want of it.
    ChangeSet.objects.filter(pk=change_set.pk).update(cause=ChangeSet.Cause.IMPORT)
    assert taken_back_by_imports("pledge", ["A"]) == set()


def test_the_door_refuses_it_whatever_came(desk: Desk, three: None) -> None:
    merged(desk, "A", "B")
    change_set = opened(desk)
    Edit.objects.create(change_set=change_set, kind="pledge", public_id="A", edited_at=desk.at)
    desk.write("pledge", id="C", note="x")
    with pytest.raises(Refused, match="A was merged into B"):
        publish(desk, change_set)
    assert (shelf("pledge", "A"), ledger(pledge="A")) == (None, [])


def test_a_chain_is_taken_back_from_its_end(desk: Desk, three: None) -> None:
    stood = {row.public_id: row.document for row in Publication.objects.published()}
    first, second = merged(desk, "A", "B"), merged(desk, "B", "C")
    with pytest.raises(CurationError, match=f"B was merged into C in change set #{second.pk}"):
        reverting.revert(change_set=first, by=desk.editor, at=desk.at)
    for change_set in (second, first):
        publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))
    assert {row.public_id: row.document for row in Publication.objects.published()} == stood
    desk.write("pledge", id="A", name="Again")
    desk.publish()
    assert len(ledger(pledge="A", is_headline=True)) == len(ledger(pledge="C", is_headline=True))


def test_a_revert_of_a_revert_counts_nothing_twice(desk: Desk, three: None) -> None:
    parted = reverting.revert(change_set=merged(desk, "A", "B"), by=desk.editor, at=desk.at)
    assert parted.reverts is not None
    with pytest.raises(CurationError, match=f"#{parted.pk} by erin takes #{parted.reverts_id} back already"):
        reverting.revert(change_set=parted.reverts, by=desk.reviewer, at=desk.at)
    publish(desk, parted)
    with pytest.raises(CurationError, match="made A and B two again: merge them anew"):
        reverting.revert(change_set=parted, by=desk.editor, at=desk.at)
    desk.withdraw(Pledge.objects.get(public_id="C"))
    again = publish(desk, reverting.revert(change_set=desk.publish(), by=desk.editor, at=desk.at))
    assert shelf("pledge", "C") is not None
    publish(desk, reverting.revert(change_set=again, by=desk.editor, at=desk.at))
    assert (shelf("pledge", "C"), ledger(pledge="C")) == (None, [])


def test_a_revert_takes_further_edits_and_stays_whole(desk: Desk, three: None) -> None:
    reverted = reverting.revert(change_set=merged(desk, "A", "B"), by=desk.editor, at=desk.at)
    desk.write("pledge", id="A", name="Better")
    with pytest.raises(CurationError, match="stays whole"):
        moving.move(change_set=reverted, keys=[("pledge", "A")], to=opened(desk), by=desk.editor, at=desk.at)
    every = [(edit.kind, edit.public_id) for edit in reverted.edits.all()]
    with pytest.raises(CurationError, match="stays whole"):
        moving.move(change_set=reverted, keys=every, to=opened(desk), by=desk.editor, at=desk.at)
    change_sets.submit(change_set=reverted, by=desk.editor, at=desk.at)
    with pytest.raises(CurationError, match="stays whole"):
        moving.send_back(change_set=reverted, keys=[("pledge", "B")], by=desk.reviewer, reason="x", at=desk.at)
    publishing.publish(change_set=reverted, by=desk.reviewer, at=desk.at)
    found = shelf("pledge", "A")
    assert found is not None
    assert found["name"] == "Better"


def test_another_merge_brings_back_nothing_that_referred_to_it(desk: Desk, three: None) -> None:
    desk.write("party", id="GER", name="Federal Republic")
    for public_id in ("A", "B", "C"):
        desk.write("pledge", id=public_id, shares=[{"contributor": "GER"}])
    desk.publish()
    desk.withdraw(Pledge.objects.get(public_id="C"))
    desk.publish()
    change_set = merged(desk, "A", "B")
    both = merged(desk, "GER", "DEU", Party)
    assert {edit.public_id for edit in both.edits.all()} & {"A", "C"} == set()
    assert [shelf("pledge", public_id) for public_id in ("A", "C")] == [None, None]
    publish(desk, reverting.revert(change_set=both, by=desk.editor, at=desk.at))
    publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))
    again = shelf("pledge", "A")
    assert again is not None
    assert again["shares"][0]["contributor"]["id"] == "GER"
