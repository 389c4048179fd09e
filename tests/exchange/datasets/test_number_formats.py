"""What a cell shows by its number format, and not its number alone, decides how it is read; else that is said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests import factories
from tests.exchange.kiel import COLUMNS, make_parties, plan_of, row, write
from tracker.curation.importing.plans import Plan

pytestmark = pytest.mark.django_db

ALLOCATED = "tot_sub_activity_value_EUR_redistr"
STATED = "tot_activity_value"


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    make_parties()
    factories.PartyFactory(public_id="CAN", name="Canada")


def write_xlsx(path: Path, rows: list[dict[str, Any]], formats: Mapping[str, str]) -> Path:
    """Write a workbook in which the numbers of some columns have a number format."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        made = {column: book.add_format({"num_format": code}) for column, code in formats.items()}
        for number, cells in enumerate(rows, start=1):
            for place, column in enumerate(COLUMNS):
                sheet.write(number, place, cells.get(column, ""), made.get(column))
    return path


def planned(tmp_path: Path, formats: Mapping[str, str], *rows: dict[str, Any]) -> Plan:
    return plan_of(write_xlsx(tmp_path / "kiel.xlsx", list(rows), formats))


def allocations(plan: Plan) -> list[str | None]:
    """Return what each pledge allocates, by the dataset's own value."""
    values = [
        [one.get("amount") for one in step.draft.document.get("valuations", ()) if one.get("entry")]
        for step in plan.steps
    ]
    return [found[-1] if found else None for found in values]


def said(plan: Plan, column: str) -> list[str]:
    return [notice for notice in plan.notices if notice.startswith(f"{column}: ")]


@pytest.mark.parametrize(
    ("code", "number", "found", "text"),
    [
        ('"$"#,##0.00', 1000, "in $ (\"$\"#,##0.00), which is not what is meant", "$1,000.00"),
        ("[$$-409]#,##0.00", 1000, "in USD", "US$1,000.00"),
        ('#,##0 "UAH"', 1000, "in UAH", "1,000 UAH"),
        ('#,##0 "kr"', 1000, "in kr", "1,000 kr"),
        ("0%", 0.15, "percentage", "15%"),
        ('0;-0;"n/a"', 0, "“n/a”", "n/a"),
        ('0.0" bn"', 5, "“bn”", None),
        ('0.0,," Mrd"', 5_000_000_000, "“Mrd”", None),
    ],
)  # fmt: skip
def test_what_shows_something_else_is_not_read(
    tmp_path: Path, code: str, number: float, found: str, text: str | None
) -> None:
    """As the same text in a CSV file, the amount is not taken for one in euros."""
    plan = planned(tmp_path, {ALLOCATED: code}, row("FIM1", part_value=number), row("FIM2", part_value=number))
    (notice,) = said(plan, ALLOCATED)
    assert found in notice
    assert all(words in notice for words in ("2 cells", "rows 2–3", "not read"))
    assert plan.notices[0] == "2 cells in 2 rows cannot be read: they change nothing."
    assert allocations(plan) == [None, None]
    if text is not None:
        as_text = plan_of(write(tmp_path / "kiel.csv", [row("FIM1", part_value=text), row("FIM2", part_value=text)]))
        assert allocations(as_text) == [None, None]


@pytest.mark.parametrize(
    "code",
    [
        "#,##0.00 [$€-407]", '#,##0.00 "EUR"', "[$€-2] #,##0", '0.0,,," bn"', '#,##0.0,,"M€"', "0.0,,", "#,##0\\ _€",
        '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "[Red]0;[Blue]-0", "General", "0.00E+00", "@",
        '[>=1000000]0.0,," m";0',
    ],
)  # fmt: skip
def test_what_only_shows_the_number_is_read_without_a_word(tmp_path: Path, code: str) -> None:
    plan = planned(tmp_path, {ALLOCATED: code}, row("FIM1", part_value=5_000_000_000))
    assert allocations(plan) == ["5000000000.00"]
    assert said(plan, ALLOCATED) == []


@pytest.mark.parametrize(("code", "number"), [(";;;", 1000), ("0;-0;;@", 0)])
def test_a_number_that_is_not_shown_is_read_and_said(tmp_path: Path, code: str, number: int) -> None:
    plan = planned(tmp_path, {ALLOCATED: code}, row("FIM1", part_value=number))
    assert allocations(plan) == [f"{number}.00"]
    assert said(plan, ALLOCATED) == [
        f"{ALLOCATED}: 1 cell does not show its number ({code}) and is read like the others: row 2."
    ]


@pytest.mark.parametrize(
    ("code", "donor", "currency", "found"),
    [
        ('"$"#,##0', "Finland", ".", "USD"), ('"$"#,##0', "Canada", ".", None), ("[$$-409]#,##0", "Canada", ".", "USD"),
        ('"$"#,##0', "Canada", "CAD", "CAD"), ("[$$-1009]#,##0", "Finland", ".", "CAD"),
        ("[$$-409]#,##0", "Finland", "EUR", None), ("#,##0 [$kr-414]", "Finland", ".", "NOK"),
        ("#,##0", "Finland", "EUR", "EUR"),
    ],
)  # fmt: skip
def test_the_currency_that_a_stated_amount_shows(
    tmp_path: Path, code: str, donor: str, currency: str, found: str | None
) -> None:
    cells = {"donor": donor, "reporting_currency": currency, STATED: 500, "tot_activity_value_EUR": 460}
    plan = planned(tmp_path, {STATED: code}, row("FIM1", **cells))
    assert plan.steps[0].draft.document["entries"][0].get("currency") == found


def test_units_that_are_shown_as_something_else(tmp_path: Path) -> None:
    cells = {"item": "Leopard 2", "item_numb": 5, "part_value": 7}
    plan = planned(tmp_path, {"item_numb": "0%"}, row("FIM1", **cells))
    assert plan.steps[0].draft.document["items"][0]["quantity"] == "unknown"
    assert "1 cell is shown as a percentage (0%)" in said(plan, "item_numb")[0]
    plan = planned(tmp_path, {"item_numb": '"$"0'}, row("FIM1", **cells))
    assert '5 is shown in $ ("$"0), and counts units' in plan.rows[0].notes[0]


def test_parts_of_a_cent_are_said_once_a_column(tmp_path: Path) -> None:
    plan = planned(tmp_path, {}, *(row(f"FIM{n}", part_value=n + 0.001) for n in range(1, 20)))
    assert said(plan, ALLOCATED) == [f"{ALLOCATED}: 19 amounts have parts of a cent, which are rounded: rows 2–9 …."]
    plan = planned(tmp_path, {}, row("FIM1", part_value=0.1 + 0.2), row("FIM2", part_value=1234567890.1 + 0.2))
    assert said(plan, ALLOCATED) == []
    plan = plan_of(write(tmp_path / "kiel.csv", [row("FIM1", part_value="1000000.005")]))
    assert said(plan, ALLOCATED) == [f"{ALLOCATED}: 1 amount has parts of a cent, which are rounded: row 2."]
