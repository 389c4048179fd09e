"""What is decided about likely twins of a plan, before it is applied, is done when it is, and can be reverted."""

import csv
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.admin.conftest import client_of
from tests.admin.importing import page_of
from tests.api.conftest import DESK
from tests.api.conftest import client_of as program_of
from tests.exchange.kiel import make_parties, receive, row, write
from tests.exchange.twins import ROWS, WORDS, make_typed, publish
from tracker.curation.errors import CurationError, NotAllowed
from tracker.curation.importing import imports
from tracker.curation.importing.twins import TwinDecision, decide_twins
from tracker.curation.review import change_sets, holding, reverting
from tracker.curation.twins.likely_pairs import twins_among
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.models import (
    ChangeSet,
    Claim,
    ExternalId,
    Import,
    ImportTwin,
    KeptApart,
    Pledge,
    PledgeLink,
    Publication,
)
from tracker.records.registry import document_of
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(users: SimpleNamespace) -> list[Pledge]:
    """Published pledges that somebody typed, one for each row of the file."""
    return make_typed(users)


def planned(users: SimpleNamespace, rows: list[dict[str, Any]] = ROWS, release: str = "21") -> Import:
    imported = receive(users.editor, rows, release)
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    return imported


def applied(imported: Import, users: SimpleNamespace) -> Import:
    imports.accept(imported=imported, by=users.editor)
    apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert (imported.status, imported.problem) == (Import.Status.APPLIED, "")
    return imported


def decide(imported: Import, users: SimpleNamespace, **decisions: str) -> None:
    """Decide about the rows of the file beside the pledge that each of them looks like."""
    said = [TwinDecision(key, decision, other=f"FIN-{key[-1]}") for key, decision in decisions.items()]
    decide_twins(imported=imported, decisions=said, by=users.editor)


def record_of(source_id: str) -> str:
    return ExternalId.objects.filter(source_id=source_id).latest("pk").public_id


def test_each_decision_is_done_when_the_plan_is_applied(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users)
    decide(imported, users, FIM1="merge", FIM2="tranche_of", FIM3="different")
    imported = applied(imported, users)
    assert imported.change_set is not None
    assert imported.merging is not None
    assert record_of("FIM1") == "FIN-1"
    assert imported.steps.get(source_id="FIM1").public_id == "FIN-1"
    # All that the file says of it: its claim, and its value on the publisher's basis.
    entries = Pledge.objects.get(public_id="FIN-1").entries
    assert entries.filter(valuations__amount=300).exists()
    # The row dates the allocation, and nobody counts it twice.
    assert list(entries.filter(stage="allocation").values_list("amount", "date")) == [(300, "2024-05-17")]
    tranche = PledgeLink.objects.get()
    assert (tranche.pledge.public_id, tranche.target.public_id) == (record_of("FIM2"), "FIN-2")
    apart = KeptApart.objects.get()
    assert {apart.one, apart.other} == {record_of("FIM3"), "FIN-3"}
    assert twins_among() == []

    for change_set in (imported.change_set, imported.merging):
        publish(change_set, users)
    assert list(verify()) == []
    # The next release finds all three, and asks nothing.
    again = planned(users, release="22")
    assert [step.outcome for step in again.steps.all()] == ["unchanged"] * 3
    assert not again.twins.exists()


def test_a_merge_is_reverted_alone_and_leaves_a_pledge_of_its_own(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users)
    before = Publication.objects.published().get(public_id="FIN-1").document
    decide(imported, users, FIM1="merge")
    imported = applied(imported, users)
    assert imported.change_set is not None
    assert imported.merging is not None
    publish(imported.change_set, users)
    publish(imported.merging, users)
    assert Publication.objects.published().get(public_id="FIN-1").document != before

    publish(reverting.revert(change_set=imported.merging, by=users.editor, at=timezone.now()), users)
    assert Publication.objects.published().get(public_id="FIN-1").document == before
    own = record_of("FIM1")
    assert own != "FIN-1"
    assert Publication.objects.published().filter(public_id=own).exists()
    assert list(verify()) == []


def test_discarding_a_merge_keeps_the_row(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users)
    decide(imported, users, FIM1="merge")
    imported = applied(imported, users)
    assert imported.merging is not None
    change_sets.discard(change_set=imported.merging, by=users.editor, at=timezone.now())
    own = record_of("FIM1")
    assert own != "FIN-1"
    assert Pledge.objects.get(public_id=own).entries.exists()
    assert Claim.objects.filter(record_id=own).exists()


def test_decisions_survive_planning_again_and_are_asked_about_once(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users)
    decide(imported, users, FIM1="merge", FIM3="different")
    imports.plan_again(imported=imported, by=users.editor)
    plan_import.enqueue(imported.pk)
    kept = dict(imported.twins.values_list("source_id", "decision"))
    assert kept == {"FIM1": "merge", "FIM2": "", "FIM3": "different"}
    # Another file of the dataset knows who is different; what else was decided is of this plan.
    other = planned(users, release="22")
    assert dict(other.twins.values_list("source_id", "decision")) == {"FIM1": "", "FIM2": "", "FIM3": "different"}
    page = client_of(users.editor).get(page_of(imported)).content.decode()
    assert "3 pairs of pledges, of which at least one is new" in page
    assert "1 of them is undecided" in page


def test_what_cannot_be_decided_is_refused(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users, [*ROWS, row("FIM4", value="300", part_value="300", explanation=WORDS[0])])
    with pytest.raises(NotAllowed):
        decide_twins(imported=imported, decisions=[], by=users.reviewer)
    for said, why in (
        (TwinDecision("FIM9", "merge", "FIN-1"), "no twins FIM9 and FIN-1"),
        (TwinDecision("FIM1", "perhaps", "FIN-1"), "“perhaps” is none of different, merge"),
    ):
        with pytest.raises(CurationError, match=why):
            decide_twins(imported=imported, decisions=[said], by=users.editor)
    both = [TwinDecision("FIM1", "merge", "FIN-1"), TwinDecision("FIM1", "merge", other_source_id="FIM4")]
    with pytest.raises(CurationError, match="FIM1 can be merged into one only: FIN-1, or FIM4"):
        decide_twins(imported=imported, decisions=both, by=users.editor)
    change_set = change_sets.open_change_set(author=users.reviewer, message="Mine", cause="correction", at=factories.AT)
    holding.hold(kind="pledge", public_id="FIN-2", change_set=change_set, at=factories.AT)
    with pytest.raises(CurationError, match=r"Nothing can be merged into it now: .*holds"):
        decide(imported, users, FIM2="merge")
    assert not ImportTwin.objects.exclude(decision="").exists()

    # What somebody took meanwhile sends the plan back, with the reason, and nothing is written.
    decide(imported, users, FIM1="merge")
    holding.hold(kind="pledge", public_id="FIN-1", change_set=change_set, at=factories.AT)
    imports.accept(imported=imported, by=users.editor)
    apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert imported.status == Import.Status.PLANNED
    assert "holds" in imported.problem
    assert not ExternalId.objects.exists()


def test_twice_in_the_file_and_in_the_register_becomes_one(typed: list[Pledge], users: SimpleNamespace) -> None:
    imported = planned(users, [ROWS[0], row("FIM4", value="300", part_value="300", explanation=WORDS[0])])
    program = program_of(users.editor)
    said = [
        {"source_id": "FIM1", "other_source_id": "FIM4", "decision": "merge"},
        {"source_id": "FIM4", "other": "FIN-1", "decision": "merge"},
    ]
    address = f"{DESK}/imports/{imported.pk}/twins/"
    assert program.post(address, {"twins": said}, format="json").status_code == 200
    assert program.post(address, {"twins": [{"source_id": "x", "decision": "merge"}]}, format="json").status_code == 400
    open_ones = program.get(address, {"is_decided": "false"}).json()["results"]
    assert [(twin["source_id"], twin["other"]) for twin in open_ones] == [("FIM1", "FIN-1")]
    imported = applied(imported, users)
    assert {record_of(source_id) for source_id in ("FIM1", "FIM4")} == {"FIN-1"}
    assert Pledge.objects.filter(entries__amount=300).distinct().count() == 1
    for change_set in ChangeSet.objects.filter(status=ChangeSet.Status.OPEN).order_by("pk"):
        publish(change_set, users)
    assert list(verify()) == []


def test_what_the_dataset_brought_under_another_id_is_that_record_and_no_merge(users: SimpleNamespace) -> None:
    make_parties()
    first = applied(planned(users, ROWS[:1]), users)
    assert first.change_set is not None
    publish(first.change_set, users)
    own = record_of("FIM1")
    again = {"explanation": "Generators to heat hospitals in winter", "announcement_date": "2024-06-10"}
    imported = planned(users, [row("FIM7", value="300", part_value="300", **again)], "22")
    assert list(imported.twins.values_list("source_id", "other")) == [("FIM7", own)]
    [twin] = imported.twins.all()
    browser = client_of(users.editor)
    answer = browser.post(page_of(imported, "twins/"), {f"decision-{twin.pk}": "merge"})
    assert answer["Location"] == page_of(imported), "it is planned again"
    step = imported.steps.get()
    assert (step.source_id, step.public_id, step.outcome) == ("FIM7", own, "changed")
    imported.refresh_from_db()
    applied(imported, users)
    assert Pledge.objects.get().entries.filter(stage="allocation").count() == 1


def run(path: Path, **options: Any) -> str:
    """Import a file by the command, and return what that says."""
    said = StringIO()
    call_command("import_records", str(path), profile="kiel", author="editor", stdout=said, **options)
    return said.getvalue()


def test_the_command_lists_the_pairs_takes_decisions_from_a_file_and_publishes_both_parts(
    typed: list[Pledge], users: SimpleNamespace, tmp_path: Path
) -> None:
    file, listed = write(tmp_path / "kiel.csv", ROWS), tmp_path / "twins.csv"
    assert "--list-twins FILE writes one to be filled in" in run(file, release="21", dry_run=True)
    assert "3 pairs of likely twins are in" in run(file, release="21", dry_run=True, list_twins=listed)
    with listed.open(encoding="utf-8", newline="") as opened:
        pairs = list(csv.DictReader(opened))
    assert [(pair["source_id"], pair["other"]) for pair in pairs] == [(f"FIM{n}", f"FIN-{n}") for n in (1, 2, 3)]
    decided = tmp_path / "decided.csv"

    def fill_in(*decisions: str) -> None:
        with decided.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, pairs[0])
            writer.writeheader()
            writer.writerows(pair | {"decision": said} for pair, said in zip(pairs, decisions, strict=True))

    for wrong, said in (("perhaps", "row 2: write source_id.*one of different, merge"), ("merge", "no twins FIM9")):
        fill_in(wrong, "", "")
        if wrong == "merge":
            decided.write_text(decided.read_text().replace("FIM1", "FIM9"))
        with pytest.raises(CommandError, match=f"(?s)Nothing was written.*{said}"):
            run(file, release="21", twins=decided)
    fill_in("merge", "", "different")
    assert "Likely twins: 2 pairs decided, 1 undecided." in run(file, release="21", twins=decided, dry_run=True)
    assert not Import.objects.exists()
    said = run(file, release="21", twins=decided, publish_as="reviewer")
    assert said.count("is published") == 2
    assert record_of("FIM1") == "FIN-1"
    assert KeptApart.objects.count() == 1
    assert list(verify()) == []


def test_discarding_an_import_takes_back_its_merges_and_the_same_file_knows_what_was_decided(
    typed: list[Pledge], users: SimpleNamespace
) -> None:
    # One of them twice in the file, so that a merge is held by the import itself as well.
    rows = [*ROWS, row("FIM4", value="550", part_value="550", explanation=WORDS[2])]
    imported = planned(users, rows)
    decide(imported, users, FIM1="merge", FIM2="restates")
    same = TwinDecision("FIM3", "merge", other_source_id="FIM4")
    decide_twins(imported=imported, decisions=[same], by=users.editor)
    before = {pledge.public_id: document_of(pledge) for pledge in Pledge.objects.all()}
    imported = applied(imported, users)
    assert imported.change_set is not None
    page = client_of(users.reviewer).get(reverse("admin:tracker_changeset_change", args=[imported.change_set.pk]))
    assert f"#{imported.merging_id}" in page.content.decode()
    change_sets.discard(change_set=imported.change_set, by=users.editor, at=timezone.now())
    assert {pledge.public_id: document_of(pledge) for pledge in Pledge.objects.all()} == before
    assert not ChangeSet.objects.filter(status__in=ChangeSet.HOLDING).exists()
    assert not ExternalId.objects.exists()

    again = planned(users, rows)
    assert dict(again.twins.exclude(decision="").values_list("source_id", "decision")) == {
        "FIM1": "merge", "FIM2": "restates", "FIM3": "merge"
    }  # fmt: skip
    assert f"3 pairs of likely twins is taken over from import #{imported.pk} of the same file" in again.notices[0]
    # What is opened again stays open, and another file of the dataset is another question.
    decide(again, users, FIM1="")
    imports.plan_again(imported=again, by=users.editor)
    plan_import.enqueue(again.pk)
    assert not again.twins.get(source_id="FIM1", other="FIN-1").decision
    assert not planned(users, rows[:3], "22").twins.exclude(decision="").exists()
    applied(again, users)
