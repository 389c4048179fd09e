"""Imports in the admin: bringing a file, reading its plan, mapping its labels, accepting it."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.admin.conftest import errors_of
from tests.admin.importing import LIST, ROWS, applied, page_of, upload
from tests.exchange.kiel import make_parties, receive, row
from tracker.admin.imports import forms as import_forms
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, ExternalId, Import, Party, Platform, Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


@pytest.fixture
def imported(users: SimpleNamespace) -> Import:
    """A file that the editor brought, planned."""
    received = receive(users.editor, ROWS)
    plan_import.enqueue(received.pk)
    received.refresh_from_db()
    return received


def test_a_file_is_brought_and_its_plan_is_read(browsers: SimpleNamespace) -> None:
    answer = upload(browsers.editor)
    imported = Import.objects.get()
    assert answer["Location"] == page_of(imported)
    shown = browsers.editor.get(page_of(imported))
    assert "Refresh" not in shown
    assert [(line["outcome"], line["records"], line["rows"]) for line in shown.context["outcomes"]] == [
        ("new", 3, 3), ("invalid", 0, 1),
    ]  # fmt: skip
    assert not Pledge.objects.exists()
    assert "waits for you to accept it" in browsers.editor.get("/admin/").content.decode()
    assert "waits for you to accept it" not in browsers.second_editor.get("/admin/").content.decode()
    assert "3 new" in browsers.viewer.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"file": ""}, "This field is required"),
        ({"file": SimpleUploadedFile("kiel.csv", b"")}, "file is empty"),
        ({"profile": "nonsense"}, "not one of the available choices"),
        ({"release": " "}, "Name the release"),
        ({"release": "x" * 41}, "at most 40 characters"),
    ],
)
def test_a_wrong_answer_is_told_and_the_others_are_kept(
    browsers: SimpleNamespace, answers: dict[str, Any], message: str
) -> None:
    shown = upload(browsers.editor, **({"sheet": "Main Data"} | answers))
    assert message in errors_of(shown)
    assert 'value="Main Data"' in shown.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(browsers: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_forms, "MAX_FILE_BYTES", 1000)
    assert "at most 1000" in errors_of(upload(browsers.editor)).replace("\xa0", " ")
    assert not Import.objects.exists()


def test_the_register_itself_has_no_release(browsers: SimpleNamespace) -> None:
    assert upload(browsers.editor, profile="tracker", release="").status_code == 302
    assert Import.objects.get().release == ""


def test_a_file_that_cannot_be_read_says_why(browsers: SimpleNamespace) -> None:
    upload(browsers.editor, file=SimpleUploadedFile("page.csv", b"<html>"))
    imported = Import.objects.get()
    assert imported.status == Import.Status.REFUSED
    assert "is a web page" in browsers.editor.get(page_of(imported)).content.decode()


def test_while_it_is_at_work_the_page_looks_again(
    browsers: SimpleNamespace, users: SimpleNamespace, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    upload(browsers.editor)
    imported = Import.objects.get()
    shown = browsers.editor.get(page_of(imported))
    assert shown["Refresh"]
    assert "The file is being read and planned." in shown.content.decode()
    assert "Refresh" not in browsers.editor.get(page_of(imported, "change/?stuck=1"))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    browsers.editor.post(page_of(imported, "again/"))
    imported.refresh_from_db()
    assert imported.status == Import.Status.PLANNED


def test_an_acceptance_that_nobody_worked_on_can_begin_again(
    browsers: SimpleNamespace, users: SimpleNamespace, settings: Any
) -> None:
    applied(users, browsers.editor)
    second = receive(users.editor, ROWS[:1], "22")
    plan_import.enqueue(second.pk)
    second.refresh_from_db()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    browsers.editor.post(
        page_of(second, "accept/"), {"digest": second.digest, "decision": "withdraw", "message": "Words"}
    )
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    browsers.editor.post(page_of(second, "again/"))
    second.refresh_from_db()
    assert second.status == Import.Status.APPLIED
    assert second.change_set is not None
    assert second.change_set.message == "Words"
    assert Pledge.objects.count() == 1


def test_records_and_rows_are_filtered(browsers: SimpleNamespace, imported: Import) -> None:
    def shown(part: str) -> list[Any]:
        context = browsers.viewer.get(page_of(imported, part)).context
        return [line["step"].source_id for line in context["steps"]] if "steps" in context else context["rows"]

    assert shown("records/") == ["FIM1", "FIM2", "FIM3"]
    assert shown("records/?outcome=new&cause=new") == ["FIM1", "FIM2", "FIM3"]
    assert shown("records/?outcome=changed") == []
    assert [line["row"].number for line in shown("rows/?outcome=invalid")] == [5]
    assert [line["row"].number for line in shown("rows/?has_notes=true")] == [3]
    assert "June 2022 has no day 31" in browsers.viewer.get(page_of(imported, "rows/")).content.decode()
    assert len(shown("rows/?outcome=nonsense&page=99")) == len(ROWS)


def test_what_changed_is_spelled_out_before_and_after(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    applied(users, browsers.editor)
    rows = [ROWS[0] | {"explanation": "Other words."}, row("FIM2", value="900", donor="Germany")]
    upload(browsers.editor, rows, release="22")
    imported = Import.objects.latest("pk")
    changed = browsers.viewer.get(page_of(imported, "records/?cause=wording")).context["steps"]
    # The first edit still holds the record, and the page says who does.
    assert [(line["step"].outcome, line["edit"].change_set.author) for line in changed] == [
        ("conflicting", users.editor)
    ]
    assert any(field.after == "Other words." for field in changed[0]["lines"])
    again = browsers.viewer.get(page_of(imported, "records/?cause=id_used_again"))
    meant = ExternalId.objects.get(source_id="FIM2").public_id
    assert f"In another release FIM2 is {meant}." in again.content.decode()


def test_the_report_has_every_row_and_runs_nothing(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    upload(browsers.editor, [*ROWS, row("=1+1", donor="=cmd()", value="1")])
    answer = browsers.viewer.get(page_of(Import.objects.get(), "report.csv"))
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["row"] for line in lines] == ["2", "3", "4", "5", "6"]
    assert "Suomi" in lines[3]["reason"]
    assert not any(cell.startswith("=") for line in lines for cell in line.values())


def test_labels_are_mapped_by_nearest_or_by_name_and_errors_lose_nothing(
    browsers: SimpleNamespace, imported: Import
) -> None:
    page = page_of(imported, "labels/")
    labels = {label.label: label for label in imported.labels.all()}
    party, platform = labels["Suomi"], labels["Leopard 3"]
    assert ["leopard-2", "Leopard 2"] in platform.nearest
    shown = browsers.editor.post(
        page, {f"other-{party.pk}": "Sumoi", f"nearest-{platform.pk}": "leopard-2", f"other-{platform.pk}": ""}
    )
    assert "No party goes by “Sumoi”" in shown.content.decode()
    assert 'value="Sumoi"' in shown.content.decode()
    assert Platform.objects.get().aliases.get().name == "Leopard 3"
    answer = browsers.editor.post(page, {f"other-{party.pk}": "Finland · FIN", "again": "1"})
    assert answer["Location"] == page_of(imported)
    imported.refresh_from_db()
    assert (imported.status, imported.labels.count()) == (Import.Status.PLANNED, 0)
    assert not imported.rows.filter(outcome="invalid").exists()


def test_a_record_is_created_for_a_label(browsers: SimpleNamespace, imported: Import) -> None:
    shown = browsers.editor.get(page_of(imported, "labels/?kind=party"))
    address = shown.context["choices"][0].create_address
    assert browsers.editor.get(address).context["adminform"].form["name"].value() == "Suomi"
    data = {"name": "Suomi Finland", "party_kind": "state", "opened_as": ""}
    for prefix in ("aliases", "claims"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    answer = browsers.editor.post(address, data)
    assert answer["Location"] == page_of(imported, "labels/?kind=party")
    made = Party.objects.get(name="Suomi Finland")
    assert made.aliases.get().name == "Suomi"
    assert imported.labels.get(kind="party").mapped_to == made.public_id


def test_accepting_leaves_alone_what_is_gone_unless_chosen(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    applied(users, browsers.editor)
    second = receive(users.editor, ROWS[:1], "22")
    plan_import.enqueue(second.pk)
    second.refresh_from_db()
    page = page_of(second, "accept/")
    gone = browsers.editor.get(page).context["gone"]
    assert [(step.source_id, bool(step.name)) for step in gone] == [("FIM2", True), ("FIM3", True)]
    answers = {
        "digest": second.digest,
        "decision": "ask",
        f"decision-{gone[0].position}": "withdraw",
        "message": "Release 22",
    }
    stale = browsers.editor.post(page, answers | {"digest": "of another plan"})
    assert "made again since you looked at it" in stale.content.decode()
    assert 'value="Release 22"' in stale.content.decode()
    assert [step.decision for step in stale.context["gone"]] == ["withdraw", ""]
    assert browsers.editor.post(page, answers)["Location"] == page_of(second)
    assert set(Pledge.objects.values_list("public_id", flat=True)) == {"FIN-2024-0001", gone[1].public_id}
    second.refresh_from_db()
    assert second.change_set is not None
    link = f"/admin/tracker/changeset/{second.change_set_id}/change/"
    assert link in browsers.viewer.get(page_of(second)).content.decode()
    assert page_of(second) in browsers.viewer.get(link).content.decode()
    assert browsers.editor.post(page, answers)["Location"] == page_of(second)
    assert ChangeSet.objects.count() == 2


def test_forgetting_asks_first(browsers: SimpleNamespace, imported: Import) -> None:
    assert "Forget import" in browsers.editor.get(page_of(imported, "delete/")).content.decode()
    assert Import.objects.exists()
    assert browsers.editor.post(page_of(imported, "delete/")).status_code == 302
    assert not Import.objects.exists()
