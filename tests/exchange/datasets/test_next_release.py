"""The next release of a dataset: each difference is planned as what it is, and totals are those of the file."""

from pathlib import Path

import pytest

from tests import factories
from tests.exchange.kiel import COLUMNS, make_parties, plan_of, write
from tests.exchange.releases import Bring, outcomes, package, standing, total
from tracker.curation.importing.plans import Outcome
from tracker.models import Claim, Party, Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _parties(db: None) -> None:
    make_parties()


def test_one_item_more_is_the_same_pledge(bring: Bring) -> None:
    bring([package(1)], "21")
    more = package(1, value="", part_value="", item="Ammunition", item_numb="500")
    plan = bring([package(1), more], "22")
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    assert plan.gone == []
    assert total() == 1_000_000
    assert [item.description for item in Pledge.objects.get().items.all()] == ["Howitzer", "Ammunition"]


def test_a_source_that_the_publisher_dropped_goes(bring: Bring) -> None:
    bring([package(1, "https://a.example/x", source_of_aid_2="https://b.example/y")], "21")
    plan = bring([package(1, "https://a.example/x")], "22")
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    assert {claim.document.url for claim in Claim.objects.all()} == {"https://a.example/x"}
    nine = {"value": "9000000", "part_value": "9000000", "source_of_aid_2": "https://c.example/z"}
    plan = bring([package(1, "https://a.example/x", **nine)], "23")
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    assert total() == 9_000_000
    assert {claim.document.url for claim in Claim.objects.all()} == {"https://a.example/x", "https://c.example/z"}


def test_a_source_that_staff_added_or_took_away_stays_so(bring: Bring) -> None:
    bring([package(1, "https://a.example/x", source_of_aid_2="https://b.example/y")], "21")
    Claim.objects.get(document__url="https://b.example/y").delete()
    factories.ClaimFactory(record_kind="pledge", record_id=Pledge.objects.get().public_id)
    plan = bring([package(1, "https://c.example/z", source_of_aid_2="https://b.example/y")], "22")
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    urls = {claim.document.url for claim in Claim.objects.all()}
    assert "https://c.example/z" in urls
    assert len(urls) == 2


@pytest.mark.parametrize(
    "cells",
    [
        {"announcement_date": "2024-07-01"},
        {"value": "1500000", "part_value": "1500000"},
        {"id": "DEM77"},
        {"id": "DEM77", "value": "1500000", "part_value": "1500000"},
        {"explanation": "Package 1, as the ministry calls it"},
        {"item_numb": "14"},
        {"aid_type_specific": "Equipment"},
        {"donor": "Deutschland"},
    ],
    ids=["date", "amount", "id", "id and amount", "words", "quantity", "kind", "donor renamed"],
)
def test_a_correction_is_no_new_pledge(bring: Bring, cells: dict[str, str]) -> None:
    rows = [package(number) for number in (1, 2, 3)]
    bring(rows, "21")
    Party.objects.get(public_id="DEU").aliases.create(name="Deutschland")
    plan = bring([rows[2], package(1, **cells), rows[1]], "22")
    assert set(outcomes(plan).values()) <= {Outcome.CHANGED, Outcome.UNCHANGED}
    assert plan.gone == []
    assert Pledge.objects.count() == 3
    assert total() == 5_000_000 + int(cells.get("part_value", 1_000_000))


def test_one_package_dropped_and_another_added_are_two(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    plan = bring([package(2), package(6)], "22")
    assert outcomes(plan) == {"DEM2": Outcome.UNCHANGED, "DEM6": Outcome.NEW}
    assert [one.source_id for one in plan.gone] == ["DEM1"]
    assert total() == 8_000_000


def test_an_id_that_moves_to_another_package_is_followed(bring: Bring) -> None:
    bring([package(1), package(2), package(3)], "21")
    before = {pledge.description: pledge.public_id for pledge in Pledge.objects.all()}
    plan = bring([package(2, id="DEM1"), package(3, id="DEM2", value="3100000", part_value="3100000")], "22")
    after = {step.draft.document["description"]: step.public_id for step in plan.steps}
    assert after == {name: before[name] for name in ("Package 2", "Package 3")}
    assert [one.public_id for one in plan.gone] == [before["Package 1"]]
    assert total() == 5_100_000


def test_an_activity_that_splits_into_parts_and_merges_again(bring: Bring) -> None:
    bring([package(5)], "21")
    (whole,) = Pledge.objects.values_list("public_id", flat=True)
    parts = [
        package(5, sub_activity_id="0", measure="Commitment", part_value=""),
        package(5, sub_activity_id="DEM5_1", value="", part_value="2000000"),
        package(5, sub_activity_id="DEM5_2", value="", part_value="3000000"),
    ]
    plan = bring(parts, "22")
    assert {step.public_id for step in plan.steps} == {whole, ""}
    assert (total(), total("commitment")) == (5_000_000, 5_000_000)
    plan = bring([package(5)], "23")
    assert [step.public_id for step in plan.steps] == [whole]
    assert (total(), total("commitment")) == (5_000_000, 5_000_000)
    assert len(plan.gone) == 2


def test_a_package_in_two_and_two_in_one_are_said_to_be_that(bring: Bring) -> None:
    bring([package(1, value="5000000", part_value="5000000")], "21")
    (whole,) = Pledge.objects.values_list("public_id", flat=True)
    halves = [
        package(1, value="2000000", part_value="2000000"),
        package(1, id="DEM2", value="3000000", part_value="3000000", explanation="The rest", item="Ammunition"),
    ]
    plan = bring(halves, "22")
    assert [(step.outcome, step.because) for step in plan.steps] == [
        (Outcome.CHANGED, ["split"]), (Outcome.NEW, ["split"]),
    ]  # fmt: skip
    assert whole in plan.steps[1].reason
    plan = bring([package(1, value="5000000", part_value="5000000")], "23")
    assert [step.because for step in plan.steps] == [["merged"]]
    assert [one.became for one in plan.gone] == [f"It went into {whole}."]
    assert total() == 5_000_000


def test_a_part_that_becomes_an_activity_leaves_its_umbrella(bring: Bring) -> None:
    parts = [package(4, sub_activity_id=f"DEM4_{n}", value="", part_value=f"{n}000", item=f"Gun {n}") for n in (1, 2)]
    bring(parts, "21")
    alone = package(4, id="DEM9", value="", part_value="2000", item="Gun 2")
    bring([parts[0], alone], "22")
    assert total() == 3000
    assert not any(pledge.links.exists() for pledge in standing())


def test_what_comes_back_is_the_record_that_was_withdrawn(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    (one,) = Pledge.objects.filter(description="Package 1").values_list("public_id", flat=True)
    bring([package(2)], "22")
    assert total() == 2_000_000
    plan = bring([package(1), package(2)], "23")
    assert {step.public_id: step.outcome for step in plan.steps}[one] == Outcome.CHANGED
    assert total() == 3_000_000


def test_the_order_of_rows_changes_nothing(bring: Bring) -> None:
    rows = [package(1), package(1, value="", part_value="5", item="Ammunition"), package(2)]
    bring(rows, "21")
    plan = bring([rows[2], rows[1], rows[0]], "22")
    assert set(outcomes(plan).values()) == {Outcome.UNCHANGED}


def test_an_older_release_says_so_and_replaces(bring: Bring, tmp_path: Path) -> None:
    bring([package(1, value="9", part_value="9")], "21")
    plan = bring([package(1)], "9")
    assert plan.newer == "21"
    assert outcomes(plan) == {"DEM1": Outcome.CHANGED}
    assert total() == 1_000_000


def test_what_cannot_be_read_changes_nothing(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    unreadable = {"value": "#REF!", "part_value": "#REF!", "announcement_date": "#VALUE!"}
    plan = bring([package(1, **unreadable), package(2, part_value="7", announcement_date="soon")], "22")
    assert outcomes(plan) == {"DEM1": Outcome.UNCHANGED, "DEM2": Outcome.CHANGED}
    assert (total(), total("commitment")) == (1_000_007, 3_000_000)
    assert set(Pledge.objects.values_list("announced", flat=True)) == {"2024-05-17"}


def test_a_column_of_amounts_that_is_missing_loses_nothing(bring: Bring, tmp_path: Path) -> None:
    rows = [package(1, item_numb="3"), package(2)]
    bring(rows, "21")
    columns = tuple(name for name in COLUMNS if name != "tot_sub_activity_value_EUR_redistr")
    more = [*rows, package(3)]
    plan = plan_of(
        write(tmp_path / "22.csv", [one | {"x": one["tot_activity_value"]} for one in more], (*columns, "x")), "22"
    )
    assert plan.notices[0].startswith("No column of amounts was found for: allocation")
    assert "Columns that are not read: “x”" in plan.notices[0]
    assert outcomes(plan) == {"DEM1": Outcome.UNCHANGED, "DEM2": Outcome.UNCHANGED, "DEM3": Outcome.NEW}
    missing = [(line.source_id, line.stage, line.difference) for line in plan.reconciliation if line.cause == "missing"]
    assert missing == [("DEM2", "allocation", 200_000_000), ("DEM1", "allocation", 100_000_000)]


def test_an_amount_that_the_file_leaves_blank_is_listed(bring: Bring) -> None:
    bring([package(1), package(2)], "21")
    plan = bring([package(1, part_value=""), package(2)], "22")
    assert total() == 2_000_000
    line = plan.reconciliation[0]
    assert (line.source_id, line.cause, "1,000,000.00" in line.reason) == ("DEM1", "blank", True)
