"""The next release after a merge finds the merged record by either id, and says what was merged."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.exchange.kiel import make_parties
from tests.exchange.releases import Bring, outcomes, package
from tracker.curation.importing.plans import Outcome
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets, reverting
from tracker.models import ChangeSet, ExternalId, Pledge
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


def publish(change_set: ChangeSet, users: SimpleNamespace) -> ChangeSet:
    change_sets.submit(change_set=change_set, by=users.editor, at=timezone.now())
    return publishing.publish(change_set=change_set, by=users.reviewer, at=timezone.now())


def record_of(source_id: str) -> Pledge:
    return Pledge.objects.get(public_id=ExternalId.objects.filter(source_id=source_id).latest("pk").public_id)


def merge(users: SimpleNamespace) -> ChangeSet:
    """Merge the second package into the first."""
    edit = merge_record(record=record_of("DEM2"), into=record_of("DEM1"), by=users.editor, at=timezone.now())
    return publish(edit.change_set, users)


def test_the_next_release_finds_the_merged_record_by_either_id(bring: Bring, users: SimpleNamespace) -> None:
    bring([package(1), package(2)], "21")
    merge(users)
    into = record_of("DEM1").public_id
    plan = bring([package(1), package(2)], "22")
    assert outcomes(plan) == {"DEM1": Outcome.UNCHANGED, "DEM2": Outcome.UNCHANGED}
    assert {step.public_id for step in plan.steps} == {into}
    assert plan.gone == []
    assert sum(line.difference for line in plan.reconciliation if line.stage == "allocation") == 0
    assert {row.public_id for row in ExternalId.objects.all()} == {into}
    assert list(verify()) == []


def test_what_the_file_changes_of_the_one_that_was_merged_is_for_a_person(bring: Bring, users: SimpleNamespace) -> None:
    bring([package(1), package(2)], "21")
    merge(users)
    stood = Pledge.objects.get(public_id=record_of("DEM1").public_id).entries.count()
    plan = bring([package(1), package(2, value="2500000", part_value="2500000")], "22")
    assert outcomes(plan)["DEM2"] is Outcome.CONFLICTING
    assert "enter there what is so" in next(step.reason for step in plan.steps if step.draft.source_id == "DEM2")
    assert record_of("DEM1").entries.count() == stood


def test_one_id_left_in_the_file_keeps_the_record(bring: Bring, users: SimpleNamespace) -> None:
    bring([package(1), package(2)], "21")
    merge(users)
    plan = bring([package(2)], "22")
    assert plan.gone == []


def test_what_only_one_dataset_knows_is_followed_in_the_merged_record(bring: Bring, users: SimpleNamespace) -> None:
    bring([package(1, announcement_date="2024-07-01")], "21")
    one = record_of("DEM1")
    into = Pledge.objects.create(
        public_id="DEU-own", name="Our own", aid_type="military", nature=one.nature, announced="2024-07-01",
        beneficiary=one.beneficiary,
    )  # fmt: skip
    into.shares.create(contributor=one.shares.get().contributor)
    merged = merge_record(record=one, into=into, by=users.editor, at=timezone.now())
    change_set = publish(merged.change_set, users)
    plan = bring([package(1, announcement_date="2024-07-01", value="3000000", part_value="3000000")], "22")
    [step] = plan.steps
    assert (step.public_id, step.fields, step.conflicts) == ("DEU-own", ["lines"], ["name"])
    entries = Pledge.objects.get(public_id="DEU-own").entries.all()
    assert {entry.valuations.get().amount for entry in entries} == {3_000_000}
    assert {row.merged_from for row in ExternalId.objects.all()} == {one.public_id}
    with pytest.raises(Exception, match="published since"):
        reverting.revert(change_set=change_set, by=users.editor, at=timezone.now())
