"""Editing many records at once: planned beforehand, refused one by one, written in one change set or not at all."""

from typing import Any

import pytest

from tests import factories
from tests.curation.desk import Desk
from tracker.curation.desk import bulk_edits, bulk_planning, bulk_writing
from tracker.curation.desk.bulk_planning import Setting
from tracker.curation.errors import CurationError, NotAllowed
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Claim, Edit, Entry, Job, Pledge
from tracker.records.registry import KINDS


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def opened(desk: Desk) -> ChangeSet:
    return change_sets.open_change_set(author=desk.editor, message="In bulk", cause="correction", at=desk.at)


def pledges(count: int, **fields: Any) -> list[str]:
    return [factories.PledgeFactory(public_id=f"X-{n:03}", **fields).public_id for n in range(count)]


def test_the_plan_says_what_each_record_becomes_and_what_is_left_out(desk: Desk) -> None:
    purl = factories.InitiativeFactory(public_id="purl", name="PURL")
    free, said, held = (factories.PledgeFactory(public_id=f"X-{n}") for n in range(3))
    Pledge.objects.filter(pk=said.pk).update(initiative=purl)
    desk.write("pledge", id=held.public_id, by=desk.other, name="Theirs")
    lines = bulk_planning.plan(
        setting=Setting("pledge", {"initiative": "purl"}), public_ids=["X-2", "X-0", "X-1"], by=desk.editor
    )
    assert [line.public_id for line in lines] == ["X-0", "X-1", "X-2"]
    assert lines[0].before == {"initiative": None}
    assert lines[0].after == {"initiative": {"id": "purl", "name": "PURL"}}
    assert [line.is_changed for line in lines] == [True, False, False]
    assert "otto holds this record" in lines[2].refusal
    own = ChangeSet.objects.get()
    [line] = bulk_planning.plan(setting=Setting("pledge", {"initiative": "purl"}), public_ids=["X-2"], by=desk.other)
    assert line.refusal.startswith(f"You hold this record yourself in change set #{own.pk} “")
    assert f"change_set={own.pk}" in line.refusal
    assert not Pledge.objects.filter(pk=free.pk, initiative=purl).exists()


def test_all_that_can_be_is_edited_in_one_change_set(desk: Desk) -> None:
    purl = factories.InitiativeFactory(public_id="purl")
    pledges(3)
    factories.PledgeFactory(public_id="Y-1", deployment=True)
    desk.write("pledge", id="X-001", by=desk.other, name="Theirs")
    change_set = opened(desk)
    ids = ["X-000", "X-001", "X-002", "Y-1", "X-000"]
    outcome = bulk_edits.edit_many(
        setting=Setting("pledge", {"aid_type": "financial", "initiative": "purl"}), public_ids=ids, by=desk.editor,
        change_set=change_set, at=desk.at,
    )  # fmt: skip
    assert outcome.edited == ["X-000", "X-002"]
    assert [public_id for public_id, _why in outcome.refused] == ["X-001", "Y-1"]
    assert "a deployment has none" in outcome.refused[1][1]
    assert sorted(Pledge.objects.filter(initiative=purl, aid_type="financial").values_list("public_id", flat=True)) == [
        "X-000", "X-002",
    ]  # fmt: skip
    assert sorted(change_set.edits.values_list("public_id", flat=True)) == ["X-000", "X-002"]
    change_sets.discard(change_set=change_set, by=desk.editor, at=desk.at)
    assert not Pledge.objects.filter(initiative=purl).exists()


def test_where_nothing_changes_nothing_is_written(desk: Desk) -> None:
    ids = pledges(2)
    change_set = opened(desk)
    asked: Any = {"public_ids": ids, "by": desk.editor, "change_set": change_set, "at": desk.at}
    with pytest.raises(CurationError, match="say this already"):
        bulk_edits.edit_many(setting=Setting("pledge", {"aid_type": "military"}), **asked)
    with pytest.raises(CurationError, match="There is no initiative “nowhere”"):
        bulk_edits.edit_many(setting=Setting("pledge", {"initiative": "nowhere"}), **asked)
    with pytest.raises(NotAllowed):
        bulk_edits.edit_many(setting=Setting("pledge", {"aid_type": "financial"}), **asked | {"by": desk.other})
    assert not Edit.objects.exists()


@pytest.mark.parametrize("name", ["name", "id", "shares", "claims", "nothing", "aliases"])
def test_what_is_of_one_record_alone_is_not_for_many(desk: Desk, name: str) -> None:
    with pytest.raises(CurationError, match="Name the fields to set"):
        bulk_planning.plan(setting=Setting("pledge", {name: "x"}), public_ids=[], by=desk.editor)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_fields_for_many(kind: str) -> None:
    assert bulk_planning.fields_for_many(kind).keys() >= {"note"}


def test_more_than_somebody_waits_for_is_a_job(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_edits, "AT_ONCE", 2)
    ids = pledges(3)
    desk.write("pledge", id="X-001", by=desk.other, name="Theirs")
    change_set = opened(desk)
    job = bulk_edits.request(
        setting=Setting("pledge", {"note": "checked"}, "entries", {"stage": "commitment"}), public_ids=ids,
        by=desk.editor, change_set=change_set, at=desk.at,
    )  # fmt: skip
    assert isinstance(job, Job)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE
    assert job.result["edited"] == 2
    assert [public_id for public_id, _why in job.result["refused"]] == ["X-001"]
    assert Entry.objects.filter(note="checked", stage="commitment").count() == 2


def test_editing_many_costs_few_queries_each(desk: Desk, django_assert_max_num_queries: Any) -> None:
    ids = pledges(20)
    change_set = opened(desk)
    asked: Any = {"setting": Setting("pledge", {"aid_kind": "training"}), "public_ids": ids, "by": desk.editor}
    with django_assert_max_num_queries(20 * 14 + 10):
        bulk_planning.plan(**asked)
    with django_assert_max_num_queries(20 * 11 + 80):
        assert len(bulk_edits.edit_many(**asked, change_set=change_set, at=desk.at).edited) == 20


def test_what_somebody_changed_since_it_was_looked_at_is_left_out(desk: Desk) -> None:
    pledges(2)
    first, second = Pledge.objects.order_by("pk")
    changed = [bulk_writing.ChangedRecord(record, bulk_writing.columns_of(record)) for record in (first, second)]
    Pledge.objects.filter(pk=second.pk).update(description="Meanwhile")
    first.aid_kind = second.aid_kind = "training"
    refused = bulk_writing.write(changed, ["aid_kind"], by=desk.editor, change_set=opened(desk), at=desk.at)
    assert list(refused) == ["X-001"]
    assert list(Pledge.objects.filter(aid_kind="training").values_list("public_id", flat=True)) == ["X-000"]
    assert [edit.public_id for edit in Edit.objects.all()] == ["X-000"]


def test_claims_go_with_the_lines_that_are_called_otherwise_now(desk: Desk) -> None:
    desk.basics()
    entry = {"stage": "commitment", "amount": "5.00", "currency": "EUR", "date": "2025-08"}
    claim = {"document": "source", "field": "entries[1].amount", "value": "5", "reason": "They told us."}
    pledge = desk.pledge(entries=[entry], claims=[claim])
    desk.publish()
    bulk_edits.edit_many(
        setting=Setting("pledge", {"date": "2025-09"}, "entries"), public_ids=[pledge.public_id], by=desk.editor,
        change_set=opened(desk), at=desk.at,
    )  # fmt: skip
    found = Claim.objects.get()
    assert (found.field, found.support) == ("entries[commitment 2025-09].amount", "reference")
