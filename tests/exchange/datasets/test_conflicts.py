"""What staff changed and the file changes too stays until somebody decides; the rest of the record follows the file."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.kiel import make_parties, plan_of, write
from tests.exchange.releases import Bring, outcomes, package, total
from tracker.curation.errors import CurationError
from tracker.curation.importing.plans import Outcome
from tracker.curation.importing.reconciled import Difference
from tracker.models import Entry, Item, Pledge, Valuation

pytestmark = pytest.mark.django_db

NINE = {"value": "9000000", "part_value": "9000000"}


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


def changed_here(**fields: Any) -> None:
    Pledge.objects.filter(description="Package 1").update(**fields)


def test_only_the_field_that_both_changed_stays(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    changed_here(aid_kind="Tanks")
    changed = {"aid_type_specific": "Weapons", **NINE}
    plan = bring([package(1, **changed), package(2, aid_type_specific="Weapons")], "22")
    assert outcomes(plan) == {"DEM1": Outcome.CONFLICTING, "DEM2": Outcome.CHANGED}
    (step,) = plan.with_outcome(Outcome.CONFLICTING)
    assert (step.conflicts, step.before["aid_kind"], step.after["aid_kind"]) == (["aid_kind"], "Tanks", "Weapons")
    assert "aid_kind" in step.reason
    assert total() == 11_000_000, "amounts follow the file"
    assert Pledge.objects.get(description="Package 1").aid_kind == "Tanks"


def test_a_conflict_is_asked_about_until_it_is_decided(bring: Bring) -> None:
    bring([package(1)], "21")
    changed_here(aid_kind="Tanks")
    weapons = [package(1, aid_type_specific="Weapons")]
    for release in ("22", "22"):
        assert [step.conflicts for step in bring(weapons, release).steps] == [["aid_kind"]]
    assert outcomes(bring(weapons, "22", sides={"DEM1": "ours"})) == {"DEM1": Outcome.UNCHANGED}
    assert outcomes(bring(weapons, "22")) == {"DEM1": Outcome.UNCHANGED}, "decided"
    assert outcomes(bring(weapons, "23")) == {"DEM1": Outcome.UNCHANGED}, "decided for the next that says the same"
    assert Pledge.objects.get().aid_kind == "Tanks"
    (step,) = bring([package(1, aid_type_specific="Aircraft")], "24").steps
    assert (step.outcome, step.conflicts) == (Outcome.CONFLICTING, ["aid_kind"])


def test_theirs_is_taken_in_one_or_in_all(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    Pledge.objects.update(aid_kind="Tanks")
    weapons = {"aid_type_specific": "Weapons"}
    plan = bring([package(1, **weapons), package(2, **weapons)], "22", sides={"DEM2": "theirs"})
    assert outcomes(plan) == {"DEM1": Outcome.CONFLICTING, "DEM2": Outcome.CHANGED}
    assert dict(Pledge.objects.values_list("description", "aid_kind")) == {"Package 1": "Tanks", "Package 2": "Weapons"}
    plan = bring([package(1, **weapons), package(2, **weapons)], "22", sides={"": "theirs"})
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED, "DEM2": Outcome.UNCHANGED}
    assert set(Pledge.objects.values_list("aid_kind", flat=True)) == {"Weapons"}


def test_a_quantity_changed_here_lets_amounts_follow(bring: Bring) -> None:
    bring([package(1)], "21")
    Item.objects.update(quantity="exactly 4")
    plan = bring([package(1, **NINE)], "22")
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    assert (total(), str(Item.objects.get().quantity)) == (9_000_000, "4")
    (step,) = bring([package(1, item_numb="7", value="8000000", part_value="8000000")], "23").steps
    assert (step.outcome, "items[1].quantity" in step.reason) == (Outcome.CONFLICTING, True)
    assert (total(), str(Item.objects.get().quantity)) == (8_000_000, "4")
    bring([package(1, item_numb="7", value="8000000", part_value="8000000")], "23", sides={"": "theirs"})
    assert str(Item.objects.get().quantity) == "7"


def test_an_amount_in_conflict_is_a_named_difference(bring: Bring) -> None:
    bring([package(1)], "21")
    entry = Entry.objects.get(stage="allocation")
    Valuation.objects.filter(entry=entry).update(amount=Decimal(5))
    plan = bring([package(1, **NINE)], "22")
    assert (total("commitment"), total()) == (9_000_000, 5)
    (line,) = [line for line in plan.reconciliation if line.difference]
    assert (line.stage, line.cause, line.difference) == ("allocation", Difference.CONFLICT, 500 - 900_000_000)


def test_ties_are_asked_about_before_anything_is_written(bring: Bring, tmp_path: Path) -> None:
    """Two records and one row that could be either, as nothing tells them apart."""
    bring([package(1, id="DEM1", part_value="4"), package(1, id="DEM2", part_value="6")], "21")
    one = [package(1, id="DEM9", part_value="5")]
    (step,) = plan_of(write(tmp_path / "tie.csv", one), "22").ties
    assert len({step.public_id, *(other.public_id for other in step.others)}) == 2
    with pytest.raises(CurationError, match=r"Say first which records these are: DEM9 .* could be DEU-\S+ or DEU-"):
        bring(one, "22")
    assert total() == 10
    bring(one, "22", likeliest=True)
    assert total() == 5


def test_one_record_and_two_rows_that_are_as_likely(bring: Bring, tmp_path: Path) -> None:
    bring([package(1, part_value="5")], "21")
    two = [package(1, id="DEM8", part_value="4"), package(1, id="DEM9", part_value="6")]
    plan = plan_of(write(tmp_path / "tie.csv", two), "22")
    (tie,) = plan.ties
    (whole,) = Pledge.objects.values_list("public_id", flat=True)
    assert [other.public_id for other in tie.others] == [whole]
    assert f"{whole} or a new one" in plan.notices[0]
    with pytest.raises(CurationError, match="Say first which records"):
        bring(two, "22")


def command(path: Path, **options: Any) -> str:
    out = io.StringIO()
    given = {"profile": "kiel", "release": "22", "author": "editor", "publish_as": "reviewer", "stdout": out}
    call_command("import_records", path, **given | options)
    return out.getvalue()


def test_the_command_decides_conflicts_and_ties(bring: Bring, tmp_path: Path) -> None:
    bring([package(1), package(2, part_value="4"), package(2, id="DEM3", part_value="6")], "21")
    Pledge.objects.filter(description="Package 1").update(aid_kind="Tanks")
    path = write(
        tmp_path / "next.csv", [package(1, aid_type_specific="Weapons"), package(2, id="DEM9", part_value="5")]
    )
    assert "1 record keeps what was changed here" in command(path, dry_run=True)
    with pytest.raises(CommandError, match=r"Say by --match ID=RECORD which records these are.*DEM9 .* could be DEU-"):
        command(path, gone="withdraw")
    assert total() == 1_000_010
    command(path, gone="withdraw", likeliest=True, ours=["DEM1"], differences="changed_here")
    assert (total(), Pledge.objects.get(description="Package 1").aid_kind) == (1_000_005, "Tanks")
    assert "nothing to write" in command(path, likeliest=True)
    command(write(tmp_path / "next.csv", [package(1, aid_type_specific="Aircraft"), package(2, id="DEM9")]),
            release="23", conflicts="theirs")  # fmt: skip
    assert Pledge.objects.get(description="Package 1").aid_kind == "Aircraft"
