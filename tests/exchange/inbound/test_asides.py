"""Lines of a table that describe no record: totals, and notes below the last row."""

from pathlib import Path

import pytest

from tests.exchange.kiel import COLUMNS, make_parties, plan_of, row, write
from tracker.curation.importing.plans import Outcome, Plan

pytestmark = pytest.mark.django_db

ROWS = [row("FIM1", value="100", part_value="100"), row("DEM2", donor="Germany", value="300", part_value="200")]


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    make_parties()


def planned(tmp_path: Path, *lines: dict[str, str] | str) -> Plan:
    """Plan two rows with lines below them: cells by column, or a text alone in the first."""
    path = write(tmp_path / "kiel.csv", ROWS)
    with path.open("a", encoding="utf-8") as file:
        for line in lines:
            cells = {COLUMNS[0]: line} if isinstance(line, str) else line
            file.write(",".join(f'"{cells.get(name, "")}"' for name in COLUMNS) + "\n")
    return plan_of(path)


def outcomes(plan: Plan) -> list[str]:
    return [account.outcome.value for account in plan.rows]


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Grand total", "Sum", "Gesamt", "Усього", "Sub-total Germany"])
@pytest.mark.parametrize("column", ["activity_id", "donor"])
def test_a_total_is_no_record_and_is_compared_with_the_rows(tmp_path: Path, word: str, column: str) -> None:
    total = {column: word, "tot_activity_value_EUR": "400", "tot_sub_activity_value_EUR_redistr": "999"}
    plan = planned(tmp_path, total)
    assert outcomes(plan) == ["new", "new", "passed"]
    assert (len(plan.steps), plan.labels) == (2, [])
    told = next(notice for notice in plan.notices if "is a total and no record" in notice)
    assert "commitment 400.00, as the rows above it come to" in told
    assert "allocation 999.00, where the rows above it come to 300.00" in told
    assert sum(line.in_file or 0 for line in plan.reconciliation) == 70000


def test_a_sum_without_a_word_is_a_total_where_the_rows_come_to_it(tmp_path: Path) -> None:
    sums = {"tot_activity_value_EUR": "400", "tot_sub_activity_value_EUR_redistr": "300"}
    plan = planned(tmp_path, sums)
    assert outcomes(plan) == ["new", "new", "passed"]
    assert sum(line.in_file or 0 for line in plan.reconciliation) == 70000
    lost = planned(tmp_path, sums | {"tot_activity_value_EUR": "401"})
    assert outcomes(lost) == ["new", "new", "invalid"]
    assert sum(line.in_file or 0 for line in lost.reconciliation) == 140100


@pytest.mark.parametrize("note", ["Source: Kiel Institute, 2025", "* preliminary", "Last updated 3 May 2024", "© Kiel"])
def test_a_note_below_the_table_is_passed_over(tmp_path: Path, note: str) -> None:
    plan = planned(tmp_path, note, "Values in euros, as of May")
    assert outcomes(plan) == ["new", "new", "passed", "passed"]
    assert any(note in notice for notice in plan.notices)
    assert not any("cannot be used" in notice for notice in plan.notices)


def test_what_may_be_a_cut_row_or_stands_among_rows_is_no_note(tmp_path: Path) -> None:
    assert outcomes(planned(tmp_path, "DEM3"))[-1] == "invalid"
    between = planned(tmp_path, "Source: somebody", row("FIM9", value="5"))
    assert outcomes(between)[2:] == ["invalid", "new"]
    assert between.with_outcome(Outcome.NEW)


def test_a_row_of_nothing_but_errors_is_said_with_its_cells(tmp_path: Path) -> None:
    plan = planned(tmp_path, {"donor": "#N/A", "explanation": "#REF!"})
    assert outcomes(plan)[-1] == "invalid"
    assert plan.rows[-1].reason.endswith("C4 “#N/A”, G4 “#REF!”.")
