"""What a file adds up to beside what the register holds: planned, and as it is published at any later time."""

import io
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.exchange.kiel import PRICED, TRAPS, make_parties, row, write
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets, holding
from tracker.models import ChangeSet, Import, Party, Pledge
from tracker.reporting.checks.reconciliation import AmountKind, Reconciliation, of_import, of_published
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
ALLOCATION, COMMITMENT = AmountKind("allocation", "dataset", "EUR"), AmountKind("commitment", "dataset", "EUR")
ROWS = [row(f"FIM{number}", value="100", part_value="100", explanation=f"Thing {number}.") for number in (1, 2, 3)]


@pytest.fixture
def _parties(db: None) -> None:
    make_parties()


def bring(path: Path, release: str = "21", **options: Any) -> str:
    """Import a file by the command, publish it, and return what the command says."""
    out = io.StringIO()
    given = {"profile": "kiel", "release": release, "author": "editor", "publish_as": "reviewer", "stdout": out}
    call_command("import_records", path, **given | options)
    return out.getvalue()


def cents(found: Reconciliation, measure: AmountKind = ALLOCATION) -> tuple[int, int]:
    """Return what file and register come to."""
    return found.totals[measure].in_file, found.totals[measure].in_register


def reconcile() -> dict[str, Any]:
    out = io.StringIO()
    call_command("reconcile", "kiel", json=True, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.usefixtures("_parties")
def test_the_traps_add_up_and_what_does_not_has_a_name(users: SimpleNamespace, tmp_path: Path) -> None:
    path = write(tmp_path / "kiel.csv", TRAPS)
    with pytest.raises(CommandError, match="invalid") as refused:
        bring(path)
    assert "unreadable" not in str(refused.value)
    assert not Import.objects.exists()
    assert "Commitment in total: EUR +1,000,970.00" in bring(path, differences="invalid")
    found = of_import(Import.objects.get())
    # The cells of all rows, also of those that cannot be used: three times 5 beside what is drafted.
    assert cents(found, COMMITMENT) == (100097000 + 1500, 100097000)
    assert cents(found) == (100088300, 100088300)
    assert {line.cause for line in found.lines} == {"invalid"}
    assert cents(of_published("kiel"), COMMITMENT) == cents(found, COMMITMENT)
    assert list(verify()) == []


@pytest.mark.usefixtures("_parties")
def test_what_is_gone_is_decided_about_for_all_with_exceptions(users: SimpleNamespace, tmp_path: Path) -> None:
    bring(write(tmp_path / "21.csv", ROWS))
    later = write(tmp_path / "22.csv", ROWS[:1])
    with pytest.raises(CommandError, match="gone"):
        bring(later, "22", withdraw=["FIM2"])
    with pytest.raises(CommandError, match="FIM9 is no record that is gone"):
        bring(later, "22", keep=["FIM9"])
    assert "2 records are no longer in the file" in bring(later, "22", dry_run=True)
    # What the command says beforehand is what it comes to then.
    said = bring(later, "22", gone="withdraw", keep=["FIM3"], dry_run=True)
    assert re.search(r"allocation +file +100\.00 EUR, register +200\.00, difference 100\.00", said)
    assert "1 at allocation: gone from the file, kept (kept)" in said
    assert "not decided about" not in said
    bring(later, "22", gone="withdraw", keep=["FIM3"], differences="kept")
    found = of_published("kiel")
    assert cents(found) == (10000, 20000)
    assert [(line.cause, line.source_id) for line in found.lines] == [("kept", "FIM3"), ("kept", "FIM3")]
    # It stays decided, and is counted apart, in the next release too; or is withdrawn then.
    bring(write(tmp_path / "23.csv", [ROWS[0] | {"aid_type_specific": "Tanks"}]), "23", differences="kept")
    assert {line.cause for line in of_published("kiel").lines} == {"kept"}
    bring(tmp_path / "23.csv", "24", gone="withdraw")
    assert cents(of_published("kiel")) == (10000, 10000)
    assert "nothing to write" in bring(tmp_path / "23.csv", "24")


@pytest.mark.usefixtures("_parties")
def test_conflicts_and_changes_here_are_named_record_by_record(users: SimpleNamespace, tmp_path: Path) -> None:
    bring(write(tmp_path / "21.csv", ROWS))
    one, two = Pledge.objects.filter(description__in=["Thing 1.", "Thing 2."]).order_by("description")
    for pledge in (one, two):
        pledge.valuations.filter(entry__stage="allocation").update(amount="70")
    changed = ROWS[0] | {"tot_sub_activity_value_EUR_redistr": "90"}
    path = write(tmp_path / "22.csv", [changed, *ROWS[1:]])
    with pytest.raises(CommandError, match="changed_here"):
        bring(write(tmp_path / "x.csv", [*ROWS[:2], ROWS[2] | {"aid_type_specific": "Tanks"}]), "22")
    said = bring(path, "22", publish_as=None)
    assert "held back by a conflict" in said
    found = of_import(Import.objects.latest("id"))
    assert [(line.source_id, line.cause, line.difference) for line in found.lines] == [
        ("FIM1", "conflict", -2000), ("FIM2", "changed_here", -3000),
    ]  # fmt: skip
    assert cents(found) == (29000, 24000)


@pytest.mark.usefixtures("_parties")
def test_unreadable_amounts_are_kept_and_named(users: SimpleNamespace, tmp_path: Path) -> None:
    bring(write(tmp_path / "21.csv", ROWS))
    broken = {"tot_activity_value_EUR": "#REF!", "tot_sub_activity_value_EUR_redistr": "#REF!"}
    said = bring(write(tmp_path / "22.csv", [ROWS[0] | broken, *ROWS[1:]]), "22", dry_run=True)
    assert "2 cells in 1 rows cannot be read" in said.splitlines()[0]
    assert "(unreadable)" in said
    bring(tmp_path / "22.csv", "22")
    found = of_published("kiel")
    assert cents(found) == (20000, 30000)
    assert {line.cause for line in found.lines} == {"unreadable"}


@pytest.mark.usefixtures("_parties")
def test_what_is_published_is_reconciled_later(users: SimpleNamespace, tmp_path: Path, at: Any) -> None:
    with pytest.raises(CommandError, match="No import of kiel is published"):
        reconcile()
    bring(write(tmp_path / "21.csv", ROWS))
    assert reconcile()["records"] == []
    pledge = Pledge.objects.get(description="Thing 1.")
    change_set = change_sets.open_change_set(
        author=users.editor, message="m", cause=ChangeSet.Cause.CORRECTION, at=Import.objects.get().applied_at
    )  # fmt: skip
    holding.hold(kind="pledge", public_id=pledge.public_id, change_set=change_set, at=at)
    pledge.valuations.filter(entry__stage="allocation").update(amount="70")
    change_sets.submit(change_set=change_set, by=users.editor, at=at)
    publishing.publish(change_set=change_set, by=users.reviewer, at=at)
    (record,) = reconcile()["records"]
    assert (record["record"], record["cause"], record["difference"]) == (pledge.public_id, "changed_here", "-30.00")


@pytest.mark.usefixtures("_parties")
def test_rows_that_name_an_unknown_donor_do_not_take_its_records_away(users: SimpleNamespace, tmp_path: Path) -> None:
    bring(write(tmp_path / "21.csv", ROWS))
    renamed = [line | {"donor": "Suomi"} for line in ROWS[:1]]
    path = write(tmp_path / "22.csv", [*renamed, *ROWS[1:]])
    said = bring(path, "22", gone="withdraw", publish_as=None)
    assert "no longer in the file" not in said
    found = of_import(Import.objects.latest("id"))
    assert {line.cause for line in found.lines} == {"invalid"}
    assert cents(found) == (30000, 30000)
    Party.objects.get(public_id="FIN").aliases.create(name="Suomi")
    bring(path, "22")
    assert of_published("kiel").lines == []


def case(name: str) -> Path:
    path = DATA / "cases" / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine")
    return path


@pytest.mark.usefixtures("_parties")
def test_cases_one_item_more(users: SimpleNamespace) -> None:
    bring(case("added-item-21.xlsx"), "21", gone="withdraw")
    bring(case("added-item-22.xlsx"), "22", gone="withdraw")
    assert Pledge.objects.count() == 1
    assert Pledge.objects.get().items.count() == 2
    assert cents(of_published("kiel")) == (100_000_000, 100_000_000)


@pytest.mark.usefixtures("_parties")
def test_cases_a_source_dropped(users: SimpleNamespace) -> None:
    for release, total in (("21", 1), ("22", 1), ("23", 9)):
        bring(case(f"dropped-source-{release}.xlsx"), release)
        assert cents(of_published("kiel")) == (total * 100_000_000, total * 100_000_000)
        assert of_published("kiel").lines == []


@pytest.mark.usefixtures("_parties", "users")
def test_what_tables_show_beside_the_dataset_has_a_reason(tmp_path: Path) -> None:
    """In USD, for which there is no rate here; in EUR, but stated otherwise; and priced, which nobody states."""
    rows = [
        row("FIM1", value="100", tot_activity_value="300", reporting_currency="USD"),
        row("FIM2", value="100", tot_activity_value="70"),
        row("FIM3", value="100", value_source_activity_type=PRICED),
    ]
    bring(write(tmp_path / "kiel.csv", rows))
    (commitment,) = [one for one in reconcile()["headlines"] if one["stage"] == "commitment"]
    assert (commitment["dataset"], commitment["headline"]) == ("300.00", "170.00")
    assert commitment["reasons"] == {
        "rates": {"entries": 1, "difference": "-100.00"}, "stated": {"entries": 1, "difference": "-30.00"},
    }  # fmt: skip
