"""Merging: nothing that either record says is lost, the old id leads on for good, and it can be taken back."""

import datetime as dt
from typing import Any

import pytest
from rest_framework.serializers import ValidationError

from tests.curation.desk import Desk, everything, ledger, shelf, versions
from tests.factories import ExternalIdFactory
from tracker.curation.errors import CurationError, HeldByAnother, WrongStatus
from tracker.curation.merging.effect import effect_of
from tracker.curation.merging.merging import compare, merge_record
from tracker.curation.publishing import publishing
from tracker.curation.publishing.effect import CONTRIBUTOR, sums
from tracker.curation.review import change_sets, reverting
from tracker.models import ChangeSet, Claim, Edit, ExternalId, Party, Pledge, Publication
from tracker.records.registry import document_of
from tracker.reporting.checks.verification import verify

ENTRY = {"stage": "commitment", "amount": "1000000.00", "currency": "EUR"}
OTHER = {"stage": "allocation", "amount": "400000.00", "currency": "EUR"}


def totals() -> dict[tuple[str, str], int]:
    """Return the published sums by contributor and stage."""
    found = sums(dt.datetime.now(dt.UTC)).items()
    return {(row, stage): cents for (table, row, _aid_type, stage), cents in found if table == CONTRIBUTOR}


def claim(field: str, **changes: Any) -> dict[str, Any]:
    return {"field": field, "document": "source", "reason": "as it says"} | changes


@pytest.fixture(scope="module")
def _twins(basics: Desk) -> None:
    """Two published pledges that are the same, and a third that backfills one of them."""
    basics.pledge(
        id="DEU-1", name="Four jets", claims=[claim("announced"), claim("name")],
        items=[{"number": 1, "platform": "ef", "quantity": "4"}], entries=[ENTRY | {"item": 1}],
    )  # fmt: skip
    basics.pledge(
        id="DEU-2", name="Jets", description="Four of them.", announced="9 August 2025",
        claims=[
            claim("announced", value="9 August 2025"), claim("items[ef].quantity"), claim("entries[allocation].amount"),
        ],
        items=[
            {"number": 1, "platform": "ef", "quantity": "4"},
            {"number": 2, "description": "Missiles", "quantity": "9"},
        ],
        entries=[ENTRY | {"item": 1}, OTHER | {"item": 2}],
        valuations=[{"entry": 2, "basis": "dataset", "amount": "390000.00", "currency": "EUR"}],
    )  # fmt: skip
    basics.pledge(id="DEU-3", links=[{"link": "backfills", "target": "DEU-2"}])
    basics.publish()
    ExternalIdFactory(public_id="DEU-2", dataset="kiel", release="20", source_id="K-1")


@pytest.fixture
def twins(_twins: None, db: None) -> tuple[Pledge, Pledge]:
    """The two that are the same, as they stand."""
    return Pledge.named("DEU-1"), Pledge.named("DEU-2")


def merge(desk: Desk, record: Any, into: Any, **choices: Any) -> Edit:
    return merge_record(record=record, into=into, by=desk.editor, at=desk.at, **choices)


def publish(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)
    return publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)


def claims() -> set[str]:
    return set(Claim.objects.values_list("public_id", flat=True))


def test_what_only_one_says_is_kept_and_what_both_say_stands_once(desk: Desk, twins: Any) -> None:
    one, other = twins
    before = claims()
    edit = merge(desk, other, one, reason="The same announcement.")
    assert edit.change_set.cause == ChangeSet.Cause.MERGING
    merged = document_of(Pledge.named("DEU-1"))
    assert (merged["name"], merged["description"]) == ("Four jets", "Four of them.")
    assert merged["announced"]["edtf"] == "2025-08"
    assert [(item["number"], item["description"]) for item in merged["items"]] == [(1, ""), (2, "Missiles")]
    assert [(entry["stage"], entry["item"]) for entry in merged["entries"]] == [("commitment", 1), ("allocation", 2)]
    assert [(row["entry"], row["amount"]) for row in merged["valuations"]] == [(2, "390000.00")]
    assert claims() == before
    said = {row["field"]: row for row in merged["claims"]}
    assert said["items[ef].quantity"]["verdict"] == said["entries[allocation].amount"]["verdict"] == "adopted"
    lost = next(row for row in merged["claims"] if row["value"] == "9 August 2025")
    assert lost["verdict"] == "rejected"
    assert "August 2025” was kept when DEU-2 was merged" in lost["reason"]
    assert [link["target"]["id"] for link in document_of(Pledge.named("DEU-3"))["links"]] == ["DEU-1"]


def test_a_choice_takes_the_other_value_and_leaves_lines_out(desk: Desk, twins: Any) -> None:
    one, other = twins
    lines = ["items[Missiles]", "entries[allocation]"]
    merge(desk, other, one, take=["announced", "name"], leave_out={"record": lines})
    merged = document_of(Pledge.named("DEU-1"))
    assert (merged["name"], merged["announced"]["edtf"]) == ("Jets", "2025-08-09")
    assert len(merged["items"]) == len(merged["entries"]) == 1
    assert merged["valuations"] == []
    gone = next(row for row in merged["claims"] if "entries[allocation].amount" in row["reason"])
    assert (gone["field"], gone["verdict"]) == ("", "rejected")


def test_both_sides_are_shown_before_anything_is_written(desk: Desk, twins: Any) -> None:
    one, other = twins
    stood = everything()
    sides = compare(record=other, into=one)
    assert everything() == stood
    assert {choice.path: choice.taken for choice in sides.found.choices} == {"name": "into", "announced": "into"}
    same = {line.path: line.same_as for line in sides.found.lines if line.side == "record"}
    assert same == {
        "shares[DEU]": "shares[DEU]", "items[ef]": "items[ef]", "items[Missiles]": "",
        "entries[commitment]": "entries[commitment]", "entries[allocation]": "", "valuations[dataset]": "",
    }  # fmt: skip


def test_the_old_id_leads_on_and_every_earlier_answer_stays(desk: Desk, twins: Any) -> None:
    one, other = twins
    earlier = desk.now
    before = shelf("pledge", "DEU-2"), ledger(earlier)
    publish(desk, merge(desk, other, one).change_set)
    tombstone = Publication.objects.as_of(None).get(kind="pledge", public_id="DEU-2")
    assert '"merged_into":"DEU-1"' in tombstone.document
    assert (shelf("pledge", "DEU-2", earlier), ledger(earlier)) == before
    assert sum(row.eur_cents for row in ledger(pledge="DEU-1", is_headline=True, stage="commitment")) == 100_000_000
    assert not ledger(pledge="DEU-2")
    for public_id in claims():
        assert shelf("claim", public_id)["record"]["id"] == "DEU-1"
    assert list(verify()) == []


def test_datasets_find_the_merged_record_by_either_id(desk: Desk, twins: Any) -> None:
    one, other = twins
    merge(desk, other, one)
    row = ExternalId.objects.get(source_id="K-1")
    assert (row.public_id, row.merged_from) == ("DEU-1", "DEU-2")
    desk.discard()
    row.refresh_from_db()
    assert (row.public_id, row.merged_from) == ("DEU-2", "")


@pytest.mark.parametrize("is_published", [True, False])
def test_discarding_makes_them_two_again(desk: Desk, twins: Any, is_published: bool) -> None:
    one, other = twins
    if not is_published:
        other = desk.pledge(id="DEU-9", name="Jets", claims=[claim("name")])
        change_sets.open_change_set(author=desk.editor, message="Another", cause="correction", at=desk.at)
        Edit.objects.filter(public_id="DEU-9").delete()
    stood = everything()["desk"]
    edit = merge(desk, other, one)
    assert (Pledge.named(other.public_id) is not None) == is_published
    change_sets.discard(change_set=edit.change_set, by=desk.editor, at=desk.at)
    assert everything()["desk"] == stood


def test_a_twin_that_came_with_the_merge_goes_with_it(desk: Desk, twins: Any) -> None:
    stood = everything()["desk"]
    other = desk.pledge(id="DEU-9", name="Jets", claims=[claim("name")])
    merge(desk, other, twins[0], change_set=desk.open())
    desk.discard()
    assert everything()["desk"] == stood


def test_a_revert_gives_the_same_bytes_of_both(desk: Desk, twins: Any) -> None:
    one, other = twins
    stood = {row.public_id: row.document for row in Publication.objects.published()}
    rows = [(row.pledge, row.stage, row.eur_cents) for row in ledger()]
    change_set = publish(desk, merge(desk, other, one, take=["announced"]).change_set)
    reverted = reverting.revert(change_set=change_set, by=desk.editor, at=desk.at)
    assert reverted.cause == ChangeSet.Cause.MERGING
    publish(desk, reverted)
    assert {row.public_id: row.document for row in Publication.objects.published()} == stood
    assert sorted((row.pledge, row.stage, row.eur_cents) for row in ledger()) == sorted(rows)
    assert versions("pledge", "DEU-2") == [(1, False), (2, True), (3, False)]
    assert ExternalId.objects.get(source_id="K-1").public_id == "DEU-2"
    assert list(verify()) == []


def test_a_revert_that_is_discarded_leaves_them_merged(desk: Desk, twins: Any) -> None:
    one, other = twins
    change_set = publish(desk, merge(desk, other, one).change_set)
    stood = document_of(Pledge.named("DEU-1"))
    reverted = reverting.revert(change_set=change_set, by=desk.editor, at=desk.at)
    change_sets.discard(change_set=reverted, by=desk.editor, at=desk.at)
    assert document_of(Pledge.named("DEU-1")) == stood
    assert ExternalId.objects.get(source_id="K-1").public_id == "DEU-1"


def test_what_was_published_since_is_not_undone_by_a_revert(desk: Desk, twins: Any) -> None:
    one, other = twins
    change_set = publish(desk, merge(desk, other, one).change_set)
    desk.write("pledge", id="DEU-1", description="Newer.")
    desk.publish()
    with pytest.raises(CurationError, match="published since"):
        reverting.revert(change_set=change_set, by=desk.editor, at=desk.at)


def test_any_published_set_can_be_reverted(desk: Desk, twins: Any) -> None:
    desk.write("pledge", id="DEU-1", name="Five jets")
    desk.pledge(id="DEU-4", links=[])
    change_set = desk.publish()
    # Whoever had it before it was published asks for the same.
    change_set.status = ChangeSet.Status.SUBMITTED
    publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))
    found = shelf("pledge", "DEU-1")
    assert found is not None
    assert found["name"] == "Four jets"
    assert versions("pledge", "DEU-4") == [(1, False), (2, True)]


def test_who_holds_either_keeps_them_apart(desk: Desk, twins: Any) -> None:
    one, other = twins
    desk.write("pledge", id="DEU-2", name="Mine", by=desk.other)
    with pytest.raises(HeldByAnother):
        merge(desk, other, one)
    assert not Edit.objects.filter(public_id="DEU-1", released_at=None).exists()


def test_what_is_merged_takes_no_edit(desk: Desk, twins: Any) -> None:
    one, other = twins
    merge(desk, other, one)
    with pytest.raises(WrongStatus, match="merged into DEU-1"):
        desk.write("pledge", id="DEU-2", name="Again")
    with pytest.raises(WrongStatus, match="withdrawn, or about to be"):
        merge(desk, Pledge.named("DEU-3"), Pledge.named("DEU-2"))


def test_two_umbrellas_are_asked_about(desk: Desk, twins: Any) -> None:
    one, other = twins
    desk.pledge(id="DEU-7")
    desk.write("pledge", id="DEU-1", links=[{"link": "tranche_of", "target": "DEU-3"}])
    desk.write("pledge", id="DEU-2", links=[{"link": "tranche_of", "target": "DEU-7"}])
    stood = everything()
    with pytest.raises(ValidationError, match="tranche of one other"):
        merge(desk, other, one)
    assert everything() == stood
    merge(desk, other, one, leave_out={"record": ["links[DEU-7]"]})
    assert [link["target"]["id"] for link in document_of(Pledge.named("DEU-1"))["links"]] == ["DEU-3"]


def test_an_unknown_choice_is_refused(desk: Desk, twins: Any) -> None:
    one, other = twins
    with pytest.raises(CurationError, match="called beneficiary"):
        merge(desk, other, one, take=["beneficiary"])


def test_a_party_takes_names_shares_and_claims_of_its_twin(desk: Desk) -> None:
    twin = desk.write("party", id="GER", name="Federal Republic", iso_alpha2="DE", aliases=["BRD"])
    desk.pledge(id="GER-1", shares=[{"contributor": "GER"}], claims=[claim("shares[GER].contributor")])
    desk.publish()
    stood = {row.public_id: row.document for row in Publication.objects.published()}
    change_set = publish(desk, merge(desk, twin, Party.named("DEU")).change_set)
    party = shelf("party", "DEU")
    assert party is not None
    assert (party["iso_alpha2"], party["aliases"]) == ("DE", ["BRD", "Federal Republic"])
    pledge = shelf("pledge", "GER-1")
    assert pledge is not None
    assert pledge["shares"][0]["contributor"]["id"] == "DEU"
    assert pledge["claims"][0]["field"] == "shares[DEU].contributor"
    assert {row.contributor for row in ledger(pledge="GER-1")} == {"DEU"}
    publish(desk, reverting.revert(change_set=change_set, by=desk.editor, at=desk.at))
    assert {row.public_id: row.document for row in Publication.objects.published()} == stood
    assert list(verify()) == []


def test_a_pledge_that_both_parties_share_is_named(desk: Desk) -> None:
    twin = desk.write("party", id="GER", name="Federal Republic")
    desk.pledge(id="GER-1", shares=[{"contributor": "GER"}, {"contributor": "DEU"}])
    with pytest.raises(CurationError, match="A pledge"):
        merge(desk, twin, Party.named("DEU"))


def test_no_published_sum_changes_but_those_that_are_shown(desk: Desk, twins: Any) -> None:
    one, other = twins
    sides = compare(record=other, into=one)
    shown = {(cell.contributor, cell.stage): cell.difference for cell in effect_of(sides, day=desk.now.date())}
    # What both say is counted once; what only one says stays.
    assert shown == {("DEU", "commitment"): -100_000_000}
    before = totals()
    publish(desk, merge(desk, other, one).change_set)
    after = totals()
    assert {key: after.get(key, 0) - before[key] for key in before if after.get(key, 0) != before[key]} == shown


def test_what_hangs_on_an_open_condition_moves_no_sum(desk: Desk, twins: Any) -> None:
    one, other = twins
    for public_id in (one.public_id, other.public_id):
        desk.write("pledge", id=public_id, conditions=[{"words": "if others give as much"}])
    desk.publish()
    assert effect_of(compare(record=other, into=one), day=desk.now.date()) == []
