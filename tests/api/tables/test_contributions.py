"""The ledger as rows and as a table: what is added up, what never is, and what is left out."""

import csv
import io
from itertools import cycle, product
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import API, TABLE, ids, read
from tests.curation.desk import Desk
from tests.examples import FEW
from tracker.exchange.outbound.formulas import defuse
from tracker.reporting.tables.dimension_labels import DIMENSIONS
from tracker.reporting.tables.measures import MEASURES

pytestmark = pytest.mark.django_db

AID = {"name": "Aid", "initiative": "purl", "announced": "August 2025", "shares": [{"contributor": "NLD"}]}


@pytest.fixture(scope="module")
def aid(register: Desk) -> Desk:
    """The fixtures with three pledges of aid: money, half of it in dollars, and fighters without a value."""
    factories.daily_rates()
    register.pledge(
        **AID | {"entries": [{"stage": "commitment", "amount": "500000000", "currency": "EUR"},
                             {"stage": "allocation", "amount": "116", "currency": "USD"}]}
    )  # fmt: skip
    register.pledge(
        name="Fighters", shares=[{"contributor": "NLD"}], announced="2024",
        items=[{"platform": "eurofighter-typhoon", "quantity": "about 6", "modality": "stock_transfer"}],
        entries=[{"stage": "commitment", "item": 1}],
    )  # fmt: skip
    register.pledge(
        name="Money without a rate", shares=[{"contributor": "DEU"}], announced="2025-08-20",
        entries=[{"stage": "commitment", "amount": "100", "currency": "UAH"}],
    )  # fmt: skip
    register.publish()
    return register


def cells(table: Any) -> dict[tuple[str | None, str | None], Any]:
    """Return the cells of a table that are not empty, by the ids of row and column."""
    return {
        (row["id"], column["id"]): cell
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
        if cell is not None
    }


def test_four_eurofighters_and_four_who_take_part_with_what_is_unknown(register: Desk) -> None:
    table = read("tables/contributions/?rows=contributor&columns=platform&measure=quantity&nature=deployment")
    found = cells(table)
    assert found["DEU", "eurofighter-typhoon"]["value"] == 4
    for party in ("FRA", "GBR", "CZE", "DNK"):
        assert found[party, None]["value"] is None
        assert found[party, None]["unknown_quantity"] == 1
    assert len(found) == 5
    names = {row["id"]: row["name"] for row in table["rows"]}
    assert (names["DEU"], table["columns"][0]["name"]) == ("Germany", "Eurofighter Typhoon")
    assert table["total"]["value"] == 4
    assert table["notes"]["unknown_quantity"] == 4


def test_the_default_table_is_aid_by_contributor_and_stage_in_euros(aid: Desk) -> None:
    table = read("tables/contributions/")
    assert (table["row_dimension"], table["column_dimension"]) == ("contributor", "stage")
    assert table["measure"] == {
        "measure": "value", "currency": "EUR", "basis": ["headline"], "counting": "net",
        "stages": ["commitment", "allocation"],
        "text": "Value in EUR; stage: commitment, allocation; valued as stated, else by its dataset or "
        "at market price; overlaps counted once",
    }  # fmt: skip
    found = cells(table)
    assert found["NLD", "commitment"]["value"] == "500000000.00"
    assert found["NLD", "commitment"]["no_value"] == 1
    assert found["DEU", "commitment"] == found["DEU", "commitment"] | {"value": None, "no_rate": 1}
    # Stages are never added: columns have totals, rows and the whole have none.
    assert {column["id"]: column["total"]["value"] for column in table["columns"]}["commitment"] == "500000000.00"
    assert [row["total"] for row in table["rows"]] == [None, None]
    assert table["total"] is None
    assert table["notes"]["no_rate"] == table["notes"]["no_value"] == 1


def test_dollars_are_those_of_the_month(aid: Desk) -> None:
    found = cells(read(f"{TABLE}?currency=USD"))
    # 1.16 dollars a euro, on each day of August 2025.
    assert found["NLD", "commitment"]["value"] == "580000000.00"
    assert found["NLD", "allocation"]["value"] == "116.00"
    assert cells(read(TABLE))["NLD", "allocation"]["value"] == "100.00"


def test_totals_are_the_sums_of_their_cells(aid: Desk) -> None:
    for columns in DIMENSIONS:
        if columns in ("contributor", "stage", "group"):
            continue
        table = read(f"{TABLE}?rows=contributor&columns={columns}&stage=commitment&measure=count")
        found = cells(table)
        assert table["total"]["value"] == sum(cell["value"] for cell in found.values()) == 3
        for row in table["rows"]:
            assert row["total"]["value"] == sum(c["value"] for (r, _column), c in found.items() if r == row["id"])
        for column in table["columns"]:
            assert column["total"]["value"] == sum(
                c["value"] for (_row, member), c in found.items() if member == column["id"]
            )


@pytest.mark.alike
@pytest.mark.parametrize("measure", MEASURES)
def test_every_two_dimensions_make_a_table_in_both_formats(measure: str, aid: Desk) -> None:
    several = DIMENSIONS if measure == "value" and not FEW else ["contributor"]
    # Of two dimensions, one stands in the rows and the other in the columns, each in turn.
    turn = cycle((True, False))
    pairs = {frozenset(pair): pair for pair in product(DIMENSIONS, several)}.values()
    for rows, columns in (pair if next(turn) or len(several) == 1 else pair[::-1] for pair in pairs):
        path = f"{TABLE}?rows={rows}&columns={columns}&measure={measure}&stage=commitment"
        if rows == columns:
            assert read(path, 400)["errors"][0]["field"] == "columns"
        elif "contributor" not in (rows, columns):
            # How rows and columns are written in CSV hangs on each dimension alone: beside contributors it is seen.
            table = read(path)
            assert (table["row_dimension"], table["column_dimension"]) == (rows, columns)
            assert {len(row["cells"]) for row in table["rows"]} == {len(table["columns"])}
        else:
            compare(read(path), Client().get(f"{path}&format=csv").getvalue().decode())


def compare(table: Any, text: str) -> None:
    """Hold a table in CSV against the same in JSON."""
    head, *lines = csv.reader(io.StringIO(text))
    dimension = table["row_dimension"]
    # Groups overlap: there are no totals across them.
    across = table["column_dimension"] != "group"
    names = [column["address"] for column in table["columns"]] + ["total"] * across
    assert head == [f"{dimension}_id", dimension, *names]
    for line, row in zip(lines, table["rows"], strict=True):
        assert line == [row["id"] or "", row["name"], *map(printed, row["cells"] + [row["total"]] * across)]


def printed(cell: Any) -> str:
    return "" if cell is None or cell["value"] is None else str(cell["value"])


def test_a_csv_is_a_file_with_a_name(aid: Desk) -> None:
    answer = Client().get(f"{TABLE}?format=csv&rows=year")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"table-contributions-value-by-year-and-stage_{answer['As-Of'][:10]}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Last-Modified"]
    assert answer.getvalue().decode().splitlines()[0] == "year_id,year,commitment,allocation"


@pytest.mark.parametrize("columns", ["stage", "contributor"])
def test_a_table_without_rows_is_empty_and_not_unknown(columns: str, register: Desk) -> None:
    rows = "contributor" if columns == "stage" else "stage"
    path = f"{TABLE}?rows={rows}&columns={columns}&as_of=2020-01-01"
    assert read(path)["rows"] == read(path)["columns"] == []
    assert Client().get(f"{path}&format=csv").getvalue().decode() == f"{rows}_id,{rows},total\r\n"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("rows=contributor&columns=platform", "Mixed stages are never added"),
        ("rows=year&columns=month&measure=count", "stage=commitment"),
        ("nature=deployment,financing", "never enter aid totals"),
        ("basis=stated,dataset", "never added"),
        ("basis=headline,stated&measure=quantity", "never added"),
        ("basis=stated,dataset&measure=count", "never added"),
    ],
)
def test_what_must_not_be_added_is_refused_with_the_reason(query: str, said: str, aid: Desk) -> None:
    for form in ("json", "csv"):
        problem = read(f"{TABLE}?{query}&format={form}", 422)
        assert said in problem["detail"]
        assert problem["status"] == 422


def test_deployments_are_left_out_unless_they_are_asked_for(aid: Desk) -> None:
    assert "DEU" not in {row for row, _column in cells(read(f"{TABLE}?platform=eurofighter-typhoon"))}
    deployed = cells(read(f"{TABLE}?platform=eurofighter-typhoon&nature=deployment&measure=quantity"))
    assert {row for row, _column in deployed} == {"DEU"}
    assert "DEU-2025-0001.1.1.DEU.unvalued" in ids("contributions/?limit=500")


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("contributor=NLD", "500000000.00"), ("group=EU", "500000000.00"), ("group=G7", None),
        ("initiative=purl", "500000000.00"), ("initiative=eastern-sentry", None), ("date_to=2024-12-31", None),
        ("date_from=2025-08-01&date_to=2025-08-31", "500000000.00"), ("amount_from=500000000.01", None),
        ("basis=stated", "500000000.00"), ("basis=dataset", None), ("aid_type=military", "500000000.00"),
    ],
)  # fmt: skip
def test_the_table_takes_the_filters_of_the_list_and_says_them(query: str, value: str | None, aid: Desk) -> None:
    table = read(f"{TABLE}?rows=beneficiary&columns=contributor&stage=commitment&{query}")
    assert (table["total"]["value"] if table["rows"] else None) == value
    asked = dict(part.split("=") for part in query.split("&")) | {"stage": "commitment"}
    assert {name: said if isinstance(said, str) else ",".join(said) for name, said in table["filters"].items()} == asked


def test_vague_dates_are_undated_in_a_series_and_count_in_totals(aid: Desk) -> None:
    table = read(f"{TABLE}?rows=contributor&columns=month&stage=commitment&measure=count")
    assert [column["id"] for column in table["columns"]] == ["2025-08", None]
    assert table["columns"][-1]["name"] == "undated"
    assert (table["total"]["value"], table["notes"]["no_date"]) == (3, 1)


@pytest.mark.parametrize("name", ["=cmd", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "＝1"])
def test_a_name_that_a_spreadsheet_would_run_is_defused(name: str, aid: Desk) -> None:
    aid.write("party", id="NLD", name=name)
    aid.publish()
    lines = list(csv.reader(io.StringIO(Client().get(f"{TABLE}?format=csv").getvalue().decode())))
    assert [line[1] for line in lines if line[0] == "NLD"] == [f"'{name}"]
    assert name in {row["name"] for row in read(TABLE)["rows"]}


@pytest.mark.parametrize("text", ["=1", " =1", "\t1", "\r1", "\n1", "-1", "＋1", "@1", "　=1", "\u00a0=1"])
def test_what_begins_like_a_formula_is_text(text: str) -> None:
    assert defuse(text) == f"'{text}"
    assert defuse(f"a{text}") == f"a{text}"


def test_a_row_of_the_ledger_says_how_its_value_came_about(aid: Desk) -> None:
    (row,) = read("contributions/?contributor=NLD&stage=allocation")["results"]
    assert {name: row[name] for name in ("amount", "currency", "eur", "usd", "basis", "gap")} == {
        "amount": "116.00", "currency": "USD", "eur": "100.00", "usd": "116.00", "basis": "stated", "gap": "",
    }  # fmt: skip
    assert (row["rate"]["currency"], row["rate"]["first"], row["rate"]["last"]) == ("1.16", "2025-08-01", "2025-08-31")
    assert read(f"{API}contributions/{row['id']}/") == row
    (unrated,) = read("contributions/?contributor=DEU&nature=financing")["results"]
    assert (unrated["eur"], unrated["gap"], unrated["rate"]) == (None, "no_rate", None)
