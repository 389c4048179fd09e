"""Imports from file to change set: what is applied is what was looked at, all of it, once, or nothing."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from tests import factories
from tests.exchange.kiel import TRAPS, make_parties, receive, row
from tracker.curation.callbacks import unwatched
from tracker.curation.errors import CurationError, NotAllowed, WrongStatus
from tracker.curation.importing import applying, imports, kept_plans, row_file
from tracker.curation.importing.labels import map_label
from tracker.curation.importing.plans import Plan
from tracker.curation.review import change_sets
from tracker.exchange.datasets import imports as exchange
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.exchange.drafting import table_reading
from tracker.models import ChangeSet, Edit, ExternalId, Finding, Import, ImportStep, KeptPlan, Party, Pledge, SearchText

pytestmark = pytest.mark.django_db
ROWS = [row(f"FIM{number}", value="100", part_value="100", explanation=f"Thing {number}.") for number in (1, 2, 3)]
STATUS = Import.Status


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


def planned(author: Any, rows: list[dict[str, Any]], release: str = "21") -> Import:
    imported = receive(author, rows, release)
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    return imported


def applied(imported: Import, withdraw: list[int] | None = None) -> Import:
    exceptions = dict.fromkeys(withdraw or (), "withdraw")
    imports.accept(imported=imported, by=imported.author, exceptions=exceptions)
    apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    return imported


def nothing_is_written() -> bool:
    return not any(model.objects.exists() for model in (Pledge, ChangeSet, Edit, ExternalId))


def test_from_file_to_change_set(users: SimpleNamespace) -> None:
    imported = planned(users.editor, ROWS)
    assert imported.status == STATUS.PLANNED
    assert nothing_is_written()
    applied(imported)
    assert (imported.status, imported.problem) == (STATUS.APPLIED, "")
    assert imported.change_set is not None
    assert imported.change_set.cause == ChangeSet.Cause.IMPORT
    named = set(imported.steps.values_list("public_id", flat=True))
    assert named == set(Pledge.objects.values_list("public_id", flat=True))


def test_the_same_file_again_changes_nothing(users: SimpleNamespace) -> None:
    applied(planned(users.editor, ROWS))
    again = applied(planned(users.editor, ROWS))
    assert set(again.steps.values_list("outcome", flat=True)) == {"unchanged"}
    assert (again.status, again.change_set) == (STATUS.APPLIED, None)
    assert (ChangeSet.objects.count(), Pledge.objects.count(), ExternalId.objects.count()) == (1, 3, 3)


def test_an_import_is_applied_once(users: SimpleNamespace) -> None:
    imported = applied(planned(users.editor, ROWS))
    apply_import.enqueue(imported.pk)
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert (imported.status, ChangeSet.objects.count(), Pledge.objects.count()) == (STATUS.APPLIED, 1, 3)
    with pytest.raises(WrongStatus, match="is applied; this can no longer be done"):
        imports.accept(imported=imported, by=users.editor)


def test_a_run_that_is_interrupted_leaves_nothing_and_can_begin_again(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, at: dt.datetime
) -> None:
    imported = planned(users.editor, ROWS)
    imports.accept(imported=imported, by=users.editor)
    imported.refresh_from_db()

    def interrupt(**_given: Any) -> None:
        assert Pledge.objects.count() == 3
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(imports, "note_applied", interrupt)
        with pytest.raises(KeyboardInterrupt):
            apply_import.func(imported.pk)
    imported.refresh_from_db()
    assert nothing_is_written()
    assert imported.status == STATUS.ACCEPTED
    assert exchange.progress_of(imported) == (0, 0)
    assert applied(imported).status == STATUS.APPLIED


def test_what_rules_find_follows_also_where_the_worker_died_after_writing(
    users: SimpleNamespace, at: dt.datetime
) -> None:
    imported = planned(users.editor, [row("FIM1", value="100", part_value="100", announcement_date="2031-05-01")])
    imports.accept(imported=imported, by=users.editor)
    imported.refresh_from_db()
    exchange.apply(imported=imported, at=at, watch=unwatched)
    assert (Pledge.objects.count(), SearchText.objects.count(), Finding.objects.count()) == (1, 1, 0)
    apply_import.enqueue(imported.pk)
    assert (Pledge.objects.count(), SearchText.objects.filter(text__contains="fim1").count()) == (1, 1)
    assert Finding.objects.filter(rule="impossible-date").count() == 1


def test_what_is_new_is_worked_out_again_where_the_register_changes_before_it_is_written(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = set(applied(planned(users.editor, ROWS)).steps.values_list("public_id", flat=True))
    change_sets.discard(change_set=ChangeSet.objects.get(), by=users.editor, at=factories.AT)
    imported = planned(users.editor, ROWS)
    locked = imports.locked
    following = f"{min(ids)[:-4]}{len(ids) + 1:04d}"

    def late(imported: Import) -> Import:
        if not Pledge.objects.exists():
            factories.PledgeFactory(public_id=following)
        return locked(imported)

    imports.accept(imported=imported, by=users.editor)
    monkeypatch.setattr(imports, "locked", late)
    apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert (imported.status, imported.problem) == (STATUS.APPLIED, "")
    assert not imported.steps.filter(public_id=following).exists()
    assert Pledge.objects.count() == 4


def test_an_accepted_plan_is_applied_as_it_was_kept(users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Plan] = []
    make = exchange.make_plan
    monkeypatch.setattr(exchange, "make_plan", lambda **given: made.append(make(**given)) or made[-1])
    first = planned(users.editor, ROWS)
    assert applied(first).status == STATUS.APPLIED
    assert len(made) == 1
    again = planned(users.editor, [ROWS[0] | {"explanation": "Other words."}, ROWS[1], row("FIM4", value="7")])
    kept = kept_plans.load(again, kept_plans.ground(again))
    assert kept is not None
    assert (kept.steps, kept.supporting, kept.gone) == (made[1].steps, made[1].supporting, made[1].gone)
    assert not KeptPlan.objects.filter(imported=first).exists()
    factories.PledgeFactory()
    assert kept_plans.load(again, kept_plans.ground(again)) is None


def test_what_changed_meanwhile_is_shown_again_before_it_is_written(users: SimpleNamespace) -> None:
    first = planned(users.editor, ROWS)
    other = planned(users.second_editor, [ROWS[0] | {"explanation": "Other words."}])
    applied(other)
    looked_at = first.digest
    applied(first)
    assert first.status == STATUS.PLANNED
    assert "look at the plan again" in first.problem
    assert first.digest != looked_at
    outcomes = dict(first.steps.values_list("source_id", "outcome"))
    assert outcomes == {"FIM1": "conflicting", "FIM2": "new", "FIM3": "new"}
    assert Pledge.objects.count() == 1
    assert applied(first).status == STATUS.APPLIED


def test_the_digest_tells_plans_apart(users: SimpleNamespace) -> None:
    digests = [planned(users.editor, rows).digest for rows in (ROWS, ROWS, ROWS[:2], [*ROWS[:2], row("FIM3")])]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_a_file_of_which_not_all_stays_in_memory_is_planned_the_same(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = planned(users.editor, TRAPS).digest
    monkeypatch.setattr(table_reading, "ROOM", 2)
    assert digest
    assert planned(users.editor, TRAPS).digest == digest


def test_rows_that_do_not_stay_in_memory_are_written_all_the_same(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_file, "ROOM", 10)
    assert applied(planned(users.editor, ROWS)).problem == ""
    found = SearchText.objects.filter(text__contains="thing 2")
    assert set(found.values_list("pledge__entries__amount", flat=True)) == {100}


@pytest.mark.parametrize(
    ("rows", "release", "problem"),
    [
        ([], "21", "kiel.csv"),
        ([{"activity_id": "FIM1"}], " ", "release"),
    ],
)
def test_a_file_that_cannot_be_planned_is_refused_with_the_reason(
    users: SimpleNamespace, rows: list[dict[str, Any]], release: str, problem: str
) -> None:
    imported = receive(users.editor, rows, release)
    if not rows:
        imported.file.content = b"PK\x03\x04 no workbook"
        imported.file.save()
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert imported.status == STATUS.REFUSED
    assert problem in imported.problem
    assert not imported.rows.exists()


@pytest.mark.parametrize("step", ["plan", "apply"])
def test_an_unexpected_error_leaves_a_message_and_nothing_else(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    imported = receive(users.editor, ROWS) if step == "plan" else planned(users.editor, ROWS)
    fails = (exchange, "make_plan") if step == "plan" else (applying, "apply")
    monkeypatch.setattr(*fails, lambda **_given: 1 / 0)
    if step == "plan":
        plan_import.enqueue(imported.pk)
    else:
        imports.accept(imported=imported, by=users.editor)
        apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert imported.status == (STATUS.REFUSED if step == "plan" else STATUS.PLANNED)
    assert "Something went wrong" in imported.problem
    assert nothing_is_written()


def test_only_what_is_chosen_of_what_is_gone_is_withdrawn(users: SimpleNamespace) -> None:
    applied(planned(users.editor, ROWS))
    change_sets.discard(change_set=ChangeSet.objects.get(), by=users.editor, at=factories.AT)
    applied(planned(users.editor, ROWS))
    imported = planned(users.editor, ROWS[:1])
    gone = {step.source_id: step for step in imported.steps.filter(outcome=ImportStep.Outcome.GONE)}
    assert set(gone) == {"FIM2", "FIM3"}
    with pytest.raises(CurationError, match="Step 0 is of no record that is gone from the file"):
        imports.accept(imported=imported, by=users.editor, exceptions={0: "withdraw"})
    applied(imported, [gone["FIM2"].position])
    left = set(Pledge.objects.values_list("public_id", flat=True))
    assert gone["FIM3"].public_id in left
    assert gone["FIM2"].public_id not in left


def test_what_is_kept_may_have_had_an_id_that_the_file_gives_to_another(users: SimpleNamespace) -> None:
    applied(planned(users.editor, [row("FIM1", value="100", explanation="Field hospital.")]))
    other = {"announcement_date": "2023-11-30", "aid_type_general": "Military", "explanation": "Eleven boats."}
    imported = planned(users.editor, [row("FIM1", value="77", **other)], "22")
    assert [step.outcome for step in imported.steps.order_by("position")] == ["new", "gone"]
    imports.accept(imported=imported, by=users.editor, gone="keep")
    apply_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert (imported.status, imported.problem) == (STATUS.APPLIED, "")
    assert sorted(ExternalId.objects.filter(release="22").values_list("source_id", "is_gone")) == [
        ("FIM1", False), ("FIM1", True),
    ]  # fmt: skip


def test_nothing_is_withdrawn_unasked(users: SimpleNamespace) -> None:
    applied(planned(users.editor, ROWS))
    applied(planned(users.editor, ROWS[:1], "22"))
    assert Pledge.objects.count() == 3


def test_only_its_author_decides(users: SimpleNamespace, at: dt.datetime) -> None:
    imported = planned(users.editor, [row("XXM1", donor="Suomi", value="5")])
    for decide in (imports.accept, imports.plan_again, imports.drop):
        with pytest.raises(NotAllowed, match="Only editor, who brought the file, can do this"):
            decide(imported=imported, by=users.administrator)
    with pytest.raises(NotAllowed, match="Only editor, who brought the file, can do this"):
        map_label(label=imported.labels.get(), public_id="FIN", by=users.administrator, at=at)


def test_a_label_is_mapped_once_and_remembered(users: SimpleNamespace, at: dt.datetime) -> None:
    imported = planned(users.editor, [row("XXM1", donor="Suomi", value="5"), row("FIM2", value="5")])
    label = imported.labels.get()
    with pytest.raises(CurationError, match="There is no party nobody"):
        map_label(label=label, public_id="nobody", by=users.editor, at=at)
    map_label(label=label, public_id="FIN", by=users.editor, at=at)
    map_label(label=label, public_id="FIN", by=users.editor, at=at)
    assert [alias.name for alias in Party.objects.get(public_id="FIN").aliases.all()] == ["Suomi"]
    with pytest.raises(CurationError, match="is an alias of Finland"):
        map_label(label=label, public_id="DEU", by=users.editor, at=at)
    assert Edit.objects.get().public_id == "FIN"
    imports.plan_again(imported=imported, by=users.editor)
    plan_import.enqueue(imported.pk)
    assert not imported.labels.exists()
    assert imported.rows.filter(outcome="invalid").count() == 0


def test_discarding_takes_an_import_back(users: SimpleNamespace, at: dt.datetime) -> None:
    imported = applied(planned(users.editor, ROWS))
    assert imported.change_set is not None
    change_sets.discard(change_set=imported.change_set, by=users.editor, at=at)
    assert not Pledge.objects.exists()
    assert not ExternalId.objects.exists()
    assert planned(users.editor, ROWS).steps.filter(outcome="new").count() == 3


def test_what_is_dropped_is_forgotten(users: SimpleNamespace) -> None:
    imported = planned(users.editor, ROWS)
    imports.drop(imported=imported, by=users.editor)
    assert not ImportStep.objects.exists()
    plan_import.enqueue(imported.pk or 1)
    done = applied(planned(users.editor, ROWS))
    with pytest.raises(WrongStatus, match="discard or withdraw by its change set"):
        imports.drop(imported=done, by=users.editor)


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_takes_long(users: SimpleNamespace, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    imported = receive(users.editor, ROWS)
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    assert imported.status == STATUS.WAITING

    def work() -> None:
        call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
        imported.refresh_from_db()

    work()
    assert imported.status == STATUS.PLANNED
    imports.accept(imported=imported, by=users.editor)
    apply_import.enqueue(imported.pk)
    assert not Pledge.objects.exists()
    work()
    assert imported.status == STATUS.APPLIED
    assert Pledge.objects.count() == 3
