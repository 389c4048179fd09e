"""The profile of the Kiel Institute's main data: what its traps become, and that no row is lost."""

import datetime as dt
import io
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests.examples import examples
from tests.exchange.kiel import COLUMNS, TRAPS, make_parties, plan_of, row, write
from tracker.curation.errors import CurationError, Stale
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome, RecognisedBy
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.exchange.inbound.conventions import UNREAD
from tracker.exchange.inbound.headers import HeaderMissing
from tracker.models import Claim, Document, Edit, ExternalId, Initiative, Pledge, PublicId
from tracker.records.engine.source_form import compared, written
from tracker.records.registry import document_of
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file with the traps."""
    return write(tmp_path / "kiel.csv", TRAPS)


def apply(path: Path, users: SimpleNamespace, at: dt.datetime, release: str = "21") -> applying.Applied:
    return applying.apply(plan=plan_of(path, release), author=users.editor, at=at)


def document(source_id: str) -> dict[str, Any]:
    """Return the document of the pledge that the newest import calls `source_id`, as a source would write it."""
    noted = ExternalId.objects.filter(source_id=source_id).latest("id")
    return written(document_of(Pledge.objects.get(public_id=noted.public_id)))


def test_every_row_is_accounted_for_once(path: Path) -> None:
    plan = plan_of(path)
    assert [account.number for account in plan.rows] == list(range(2, len(TRAPS) + 2))
    invalid = [account.reason for account in plan.rows if account.outcome is Outcome.INVALID]
    assert [reason.split(":")[0] for reason in invalid] == [
        "No party goes by “Atlantis”", "It names no activity in activity.", "aid_type",
    ]  # fmt: skip
    assert all(account.outcome is Outcome.NEW for account in plan.rows if account.outcome is not Outcome.INVALID)
    assert [(label.label, label.rows) for label in plan.labels if label.kind == "party"] == [("Atlantis", 1)]


def test_what_could_not_be_read_is_noted_by_row(path: Path) -> None:
    notes = {account.number: " ".join(account.notes) for account in plan_of(path).rows if account.notes}
    assert "June 2022 has no day 31" in notes[7]
    assert "1.000.00" in notes[10]
    assert "cyrillic" in notes[10]


def test_one_part_is_one_pledge(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    found = document("FIM1")
    assert found["id"] == "FIN-2024-0001"
    assert [entry["stage"] for entry in found["entries"]] == [
        "commitment", "allocation", "delivery", "delivery",
    ]  # fmt: skip
    assert (found["entries"][3]["item"], found["entries"][3]["quantity"]) == (1, "4")
    assert found["items"][0] | {"description": ""} == {
        "number": 1, "platform": "leopard-2", "description": "", "quantity": "13.3330", "modality": "stock_transfer",
    }  # fmt: skip
    assert found["items"][1]["quantity"] == "withheld"
    values = {(value["basis"], value.get("entry"), value["currency"]): value["amount"] for value in found["valuations"]}
    # A cent a row, half to even.
    assert values["dataset", 1, "EUR"] == "1000000.00"
    assert values["market_price", None, "USD"] == "5278.27"
    assert [claim["locator"].partition(", columns ")[0] for claim in found["claims"]] == ["rows 2–3", "row 3"]


def test_several_parts_are_an_umbrella_and_its_tranches(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    umbrella = document("FIM2")
    assert [entry["stage"] for entry in umbrella["entries"]] == ["commitment", "delivery"]
    assert [(value["entry"], value["amount"]) for value in umbrella["valuations"]] == [(1, "900.00"), (2, "77.00")]
    tranche = document("FIM2/FIM2_2")
    assert tranche["links"] == [{"link": "tranche_of", "target": umbrella["id"]}]
    # The same amount twice is added, not dropped; day and month are told apart; the impossible day is unknown.
    assert [(entry["amount"], entry.get("date")) for entry in tranche["entries"]] == [
        ("250.50", "../2024-02-06"), ("250.50", None),
    ]  # fmt: skip
    assert document("FIM2/FIM2_1")["initiative"] == "drone-capability-coalition"
    assert Initiative.objects.get().initiative_kind == "coalition"


def test_unknown_is_not_zero(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    found = document("FIH4")
    assert "valuations" not in found
    assert [entry.get("amount") for entry in found["entries"]] == [None, None]
    assert found["id"] == "FIN-ND-0002"
    assert "amount" not in document("FIM3")["entries"][0]


def test_sums_are_those_of_the_file(path: Path, users: SimpleNamespace, at: dt.datetime, api_client: APIClient) -> None:
    publish(apply(path, users, at), users, at)
    assert totals(api_client, "allocation") == {"Finland": "1000871.00", "Czechia": "12.00"}
    assert totals(api_client, "commitment") == {"Finland": "1000970.00", "Czechia": None}
    assert totals(api_client, "delivery") == {"Finland": "400077.00"}
    assert list(verify()) == []


def publish(applied: applying.Applied, users: SimpleNamespace, at: dt.datetime) -> None:
    assert applied.change_set
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)


def totals(client: APIClient, stage: str) -> dict[str, str | None]:
    """Return the sum of each contributor on the basis of the dataset, net."""
    found = client.get(
        "/api/v1/tables/contributions/",
        {"rows": "contributor", "columns": "aid_type", "stage": stage, "basis": "dataset"},
    ).json()
    return {member["name"]: member["total"]["value"] for member in found["rows"]} | (
        {"Czechia": None} if stage == "commitment" else {}
    )


def test_the_same_file_again_plans_nothing(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    again = plan_of(path)
    assert again.is_empty
    assert {step.recognised_by for step in again.steps} == {RecognisedBy.BOTH}
    assert applying.apply(plan=again, author=users.editor, at=at).change_set is None


def test_the_desk_has_what_the_drafts_say(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    """Else a later release would find differences that nobody made."""
    plan = plan_of(path)
    applied = applying.apply(plan=plan, author=users.editor, at=at)
    for step in plan.steps:
        record = Pledge.objects.get(public_id=applied.ids[step.draft.source_id])
        assert compared(written(document_of(record))) == compared(step.draft.document)


def test_discarding_removes_everything(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    applied = apply(path, users, at)
    assert applied.change_set
    change_sets.discard(change_set=applied.change_set, by=users.editor, at=at)
    for model in (Pledge, Document, Initiative, Claim, ExternalId):
        assert not model.objects.exists(), model
    plan = plan_of(path)
    assert {step.outcome for step in plan.steps} == {Outcome.NEW}
    second = applying.apply(plan=plan, author=users.editor, at=at)
    # A number that was given is not given again.
    assert second.ids["FIM1"] == "FIN-2024-0005"
    assert PublicId.objects.filter(kind="pledge").count() == 2 * len(plan.steps)


def test_a_later_release_changes_what_it_says_otherwise(
    path: Path, tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    publish(apply(path, users, at, "20"), users, at)
    rows = [dict(line) for line in TRAPS]
    rows[0]["tot_activity_value_EUR"] = "1100000"
    # The id is used again for something else, and what it was has another.
    rows[6] |= {"donor": "Germany", "explanation": "Another matter altogether", "announcement_date": "2024-11-30"}
    rows[7]["activity_id"], rows[7]["sub_activity_id"] = "FIH77", "FIH77_1"
    del rows[8]
    plan = plan_of(write(tmp_path / "later.csv", rows), "21")
    steps = {step.draft.source_id: step for step in plan.steps}
    assert (steps["FIM1"].outcome, steps["FIM1"].fields) == (Outcome.CHANGED, ["lines"])
    assert steps["FIM2"].outcome is Outcome.UNCHANGED
    assert steps["FIM3"].outcome is Outcome.NEW
    assert (steps["FIH77"].outcome, steps["FIH77"].recognised_by) == (Outcome.UNCHANGED, RecognisedBy.CONTENT)
    assert [gone.source_id for gone in plan.gone] == ["CZM40", "FIM3"]
    applied = applying.apply(plan=plan, author=users.editor, at=at)
    assert document("FIM1")["valuations"][1]["amount"] == "1100000.00"
    assert plan_of(tmp_path / "later.csv", "21").is_empty
    assert applied.change_set
    change_sets.discard(change_set=applied.change_set, by=users.editor, at=at)
    assert document("FIM1")["valuations"][1]["amount"] == "1000000.00"
    assert not plan_of(tmp_path / "later.csv", "21").is_empty


def test_what_staff_changed_is_kept_or_conflicts(
    path: Path, tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    publish(apply(path, users, at), users, at)
    Pledge.objects.filter(public_id="FIN-2024-0001").update(aid_kind="Tanks")
    assert plan_of(path).is_empty
    rows = [line | ({"aid_type_specific": "Weapons"} if line["activity_id"] == "FIM1" else {}) for line in TRAPS]
    plan = plan_of(write(tmp_path / "new.csv", rows))
    conflicting = plan.with_outcome(Outcome.CONFLICTING)
    assert [(step.draft.source_id, step.conflicts) for step in conflicting] == [("FIM1", ["aid_kind"])]
    assert "both here and in the file" in plan.rows[0].reason


def test_a_record_held_by_another_change_set_conflicts(
    path: Path, tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    apply(path, users, at)
    rows = [TRAPS[0] | {"tot_activity_value_EUR": "3"}]
    plan = plan_of(write(tmp_path / "new.csv", rows))
    assert [step.outcome for step in plan.steps] == [Outcome.CONFLICTING]
    assert "holds FIN-2024-0001" in plan.rows[0].reason


def test_nothing_is_left_of_an_import_that_fails(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    plan = plan_of(path)
    apply(path, users, at)
    before = [model.objects.count() for model in (Pledge, Document, Edit, ExternalId)]
    with pytest.raises(Stale, match="plan again"):
        applying.apply(plan=plan, author=users.editor, at=at)
    assert [model.objects.count() for model in (Pledge, Document, Edit, ExternalId)] == before


def test_a_change_that_breaks_a_constraint_names_record_and_field(
    path: Path, tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    publish(apply(path, users, at), users, at)
    rows = [line | ({"aid_type_specific": "Weapons"} if line["activity_id"] == "FIM1" else {}) for line in TRAPS]
    plan = plan_of(write(tmp_path / "new.csv", rows))
    (step,) = plan.with_outcome(Outcome.CHANGED)
    step.write = {**step.write, "nature": "deployment"}
    with pytest.raises(CurationError, match=r"FIN-2024-0001 cannot be changed: .*a deployment has none"):
        applying.apply(plan=plan, author=users.editor, at=at)
    assert Pledge.objects.get(public_id="FIN-2024-0001").aid_kind != "Weapons"


def test_another_sheet_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(HeaderMissing, match="activity_id"):
        plan_of(path)


def test_command(path: Path, tmp_path: Path, users: SimpleNamespace) -> None:
    report = tmp_path / "report.csv"
    out = io.StringIO()
    given = {"profile": "kiel", "release": "21", "report": report, "stdout": out}
    with pytest.raises(CommandError, match="--author"):
        call_command("import_records", path, **given)
    with pytest.raises(CommandError, match="viewer may not import"):
        call_command("import_records", path, **given, author="viewer")
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_records", path, **given | {"report": tmp_path / "no" / "r.csv"}, author="editor")
    assert not Pledge.objects.exists()
    with pytest.raises(CommandError, match="second person"):
        call_command("import_records", path, **given, author="editor", publish_as="editor")
    with pytest.raises(CommandError, match="may not publish"):
        call_command("import_records", path, **given, author="editor", publish_as="second_editor")
    call_command("import_records", path, **given, dry_run=True)
    assert not Pledge.objects.exists()
    with pytest.raises(CommandError, match="differ from the file's own: invalid"):
        call_command("import_records", path, **given, author="editor", publish_as="reviewer")
    assert not Pledge.objects.exists()
    call_command("import_records", path, **given, author="editor", publish_as="reviewer", differences="invalid")
    lines = report.read_text().splitlines()
    assert lines[1].startswith("2,new,FIM1,FIN-2024-0001,,")
    assert len(lines) == len(TRAPS) + 1
    assert "is published" in out.getvalue()
    call_command("import_records", path, **given, author="editor")
    assert "nothing to write" in out.getvalue()


def test_a_report_runs_no_formula(tmp_path: Path, users: SimpleNamespace) -> None:
    path = write(tmp_path / "formula.csv", [row("=1+1", donor="=cmd()", value="5")])
    report = tmp_path / "report.csv"
    call_command(
        "import_records", path, profile="kiel", release="21", dry_run=True, report=report, stdout=io.StringIO()
    )
    assert not any(cell.startswith("=") for cell in report.read_text().replace('"', "").split(","))


CELLS = st.one_of(
    st.sampled_from(sorted({str(cell) for line in TRAPS for cell in line.values()})),
    st.sampled_from(
        [
            "-5",
            "1.500",
            "05/06/2022",
            "#REF!",
            "€ 5",
            "JPY 1.5",
            "1e400",
            "99999999999999999999",
            "NaN",
            "\ufeff",
            "2024-02-30",
            "x" * 3000,
            "0",
            "1;2",
            "=1",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, CELLS)), min_size=1, max_size=8))
def test_whatever_is_in_the_cells_every_row_is_accounted_for(
    users: SimpleNamespace, at: dt.datetime, cells: list[dict[str, str]]
) -> None:
    """What one example wrote stands there for the next, which uses its ids again."""
    rows = [row(f"X{number // 3}", value="5") | line for number, line in enumerate(cells)]
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "any.csv", rows)
        # What can be read in two ways is asked about.
        said = {question.column: UNREAD for question in plan_of(path).questions}
        plan = plan_of(path, likeliest=True, **said)
        assert len(plan.rows) == len(rows)
        assert len({account.number for account in plan.rows}) == len(rows)
        applied = applying.apply(plan=plan, author=users.editor, at=at)
        assert plan_of(path, **said).is_empty
        if applied.change_set:
            publish(applied, users, at)
            assert plan_of(path, **said).is_empty
