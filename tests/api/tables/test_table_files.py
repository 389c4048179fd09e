"""Free tables, cells and the list of tables as files: named apart, alike in every format, with the marks of cells."""

import codecs
import csv
import io
import json
import re
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.api.files import FILES, fetch, rows_of
from tests.api.shelf import API, LISTS, TABLE, messages, read
from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db

FREE = TABLE.removeprefix(API)


@pytest.fixture(scope="module")
def aid(register: Desk) -> Desk:
    """The fixtures with aid that is dated and undated, known and unknown, and of several contributors."""
    for contributors, date, amount in (("DNK NLD", "2025-08", "100.01"), ("DEU", "", "7"), ("NLD", "2024-05", None)):
        register.pledge(
            announced=date, shares=[{"contributor": each} for each in contributors.split()],
            items=[{"platform": "eurofighter-typhoon", "quantity": "about 3"}],
            entries=[{"stage": "allocation", "item": 1, "amount": amount, "currency": "EUR" if amount else ""}],
        )  # fmt: skip
    register.publish()
    return register


def name(path: str) -> str:
    """Return what the file at a path is called."""
    (found,) = re.findall('filename="(.*)"', fetch(path)["Content-Disposition"])
    return str(found)


def sheet(body: bytes, title: str) -> list[list[Any]]:
    return list(CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name(title).to_python())


ASKED = [
    "stage=allocation", "stage=commitment", "stage=allocation&aid_type=military", "stage=allocation&rows=year",
    "stage=allocation&columns=none", "stage=allocation&columns=year,aid_type", "stage=allocation&currency=USD",
    "stage=allocation&measure=count", "stage=allocation&counting=gross", "stage=allocation&top=1",
    "stage=allocation&columns=year&cumulative=true", "stage=allocation&per=gdp&of_year=2021",
    "stage=allocation&per=gdp&of_year=2022", "stage=allocation&share_out=EU",
]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_of_other_numbers_have_other_names(form: str, aid: Desk) -> None:
    names = [name(f"{FREE}?{asked}&format={form}") for asked in ASKED]
    names += [name(f"contributions/?{ASKED[0]}&format={form}"), name(f"{FREE}cells/?{ASKED[0]}&format={form}")]
    names += [name(f"{FREE}cells/?{ASKED[0]}&row=DEU&format={form}")]
    names += [name(f"{each}?format={form}") for each in ("incidents/", "tables/incidents/", "tables/", "columns/")]
    assert len(set(names)) == len(names), sorted(names)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,255}", each) for each in names)
    day = read("pledges/?limit=1")["as_of"][:10]
    assert names[0] == f"table-contributions-value-by-contributor-and-stage_stage-allocation_{day}.{form}"


def test_a_long_question_has_a_short_name_of_its_own(aid: Desk) -> None:
    every = [row["id"] for row in read("parties/?limit=150&fields=name")["results"]]
    dimensions = "rows=announced_year,manufacturer&columns=stock_owner,initiative&measure=quantity&stage=allocation"
    parties = [",".join(every), ",".join(every[:-1])]
    names = [name(f"{FREE}?{dimensions}&contributor={each}&format=parquet") for each in parties]
    names += [name(f"parties/?search={word}&format=parquet") for word in ("Київ", "Львів")]
    assert len(set(names)) == 4
    assert max(map(len, names)) <= 255


@pytest.mark.parametrize("asked", ["rows=contributor&columns=year,aid_type", "rows=month&columns=none"])
def test_all_formats_have_the_same_columns_and_rows(asked: str, aid: Desk) -> None:
    address = f"{FREE}?{asked}&stage=allocation"
    table = read(address)
    bodies = {form: fetch(f"{address}&format={form}").body for form in FILES}
    shown = {form: rows_of(bodies[form], form) for form in ("csv", "xlsx", "parquet")}
    shown["ndjson"] = [json.loads(line) for line in bodies["ndjson"].splitlines()]
    cells = [row.pop("cells") for row in shown["ndjson"]]
    names = [column["address"] for column in table["columns"]]
    for rows in shown.values():
        assert [[row[key] for key in names] for row in rows] == [
            [None if cell is None or cell["value"] is None else type(row[key])(cell["value"])
             for key, cell in zip(names, each["cells"], strict=True)]
            for row, each in zip(rows, table["rows"], strict=True)
        ]  # fmt: skip
        assert [list(row) for row in rows] == [list(shown["csv"][0])] * len(table["rows"])
    assert [[each[key] for key in names] for each in cells] == [row["cells"] for row in table["rows"]]


def test_a_sheet_has_the_marks_of_each_cell_and_says_what_columns_are(aid: Desk) -> None:
    address = f"{FREE}?columns=year&stage=allocation"
    table, body = read(address), fetch(f"{address}&format=xlsx").body
    head, *lines = sheet(body, "Cells")
    found = {(line[0], line[1]): dict(zip(head[3:], line[3:], strict=True)) for line in lines}
    expected = {
        (row["address"], column["address"]): {key: count for key, count in cell.items() if key != "value"}
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
        if cell is not None
    }
    assert found == expected
    assert {mark["estimated"] for mark in found.values()} == {0, 1}
    about = sheet(body, "About")
    start = next(at for at, line in enumerate(about) if line[0] == "Column")
    assert [line[0] for line in about[start + 1 :]] == [*sheet(body, "Data")[0], *head]
    assert all(line[1] for line in about[start + 1 :])


@pytest.mark.parametrize("form", FILES)
def test_the_rows_behind_a_cell_come_in_every_format(form: str, aid: Desk) -> None:
    address = f"{FREE}cells/?rows=contributor&columns=none&stage=allocation&row=NLD"
    documents = read(f"{address}&limit=500")["results"]
    body = fetch(f"{address}&format={form}").body
    if form == "ndjson":
        assert [json.loads(line) for line in body.splitlines()] == documents
    else:
        assert [row["id"] for row in rows_of(body, form)] == [each["id"] for each in documents]
        added = [None if row["adds"] is None else float(row["adds"]) for row in rows_of(body, form)]
        assert added == [None if each["adds"] is None else float(each["adds"]) for each in documents]
    assert len(documents) == 2
    first = fetch(f"{address}&format={form}&limit=1").body
    assert len(first.splitlines() if form == "ndjson" else rows_of(first, form)) == 1


@pytest.mark.parametrize("form", FILES)
def test_the_list_of_tables_comes_in_every_format(form: str, aid: Desk) -> None:
    body = fetch(f"tables/?format={form}").body
    rows = [json.loads(line) for line in body.splitlines()] if form == "ndjson" else rows_of(body, form)
    assert [row["url"] for row in rows] == [table["url"] for table in read("tables/")]


def test_the_dictionary_has_free_tables_and_says_as_of_when(aid: Desk) -> None:
    rows = read("columns/")
    assert all(row["description"] for row in rows)
    assert {*LISTS, "tables", "tables/contributions/cells"} <= {row["list"] for row in rows}
    free = {row["name"] for row in rows if row["list"] == "tables/contributions"}
    assert {"contributor_id", "contributor", "{column}", "total", "no_value"} <= free
    answer = fetch("columns/?format=xlsx")
    assert f'filename="columns_{answer["As-Of"][:10]}.xlsx"' in answer["Content-Disposition"]
    assert ["As of", answer["As-Of"]] in [line[:2] for line in sheet(answer.body, "About")]


ASKED_IN_JSON = (
    "contributions/?", "contributions/?format=ndjson&", "pledges/?stage=allocation&",
    "pledges/?stage=allocation&format=ndjson&", "tables/country-summary/?", "tables/country-summary/?format=ndjson&",
    f"{FREE}?stage=allocation&", f"{FREE}?stage=allocation&format=ndjson&", f"{FREE}?stage=allocation&cells=compact&",
    f"{FREE}cells/?stage=allocation&columns=none&row=NLD&", f"{FREE}changes/?stage=allocation&from=2025-10-19&",
)  # fmt: skip


def leaves(value: Any) -> list[Any]:
    """Return the values of a document in order."""
    if isinstance(value, (dict, list)):
        return [leaf for inner in (value.values() if isinstance(value, dict) else value) for leaf in leaves(inner)]
    return [value]


@pytest.mark.parametrize("asked", ASKED_IN_JSON)
def test_decimals_are_exact_text_or_numbers_of_the_same_digits(asked: str, aid: Desk) -> None:
    bodies = [fetch(f"{asked}decimals={form}").body for form in ("text", "number")]
    texts, numbers = (
        [json.loads(line, parse_float=str, parse_int=str) for line in body.splitlines()] for body in bodies
    )
    without = [leaf for leaf in leaves(texts) if "decimals=" not in str(leaf)]
    assert without == [leaf for leaf in leaves(numbers) if "decimals=" not in str(leaf)]
    assert re.search(rb"[:\[,]-?[0-9]+\.[0-9]{2}[],}]", bodies[1])
    assert not re.search(rb'"-?[0-9]+\.[0-9]{2}"', bodies[1])


def test_other_files_have_numbers_anyway(aid: Desk) -> None:
    assert set(messages("contributions/?format=csv&decimals=number")) == {"decimals"}


ASKED_AS_CSV = ("contributions/?", "pledges/?", "tables/country-summary/?", f"{FREE}?stage=allocation&", "columns/?")


@pytest.mark.parametrize("asked", ASKED_AS_CSV)
def test_csv_for_a_spreadsheet_has_the_same_values_and_amounts_to_the_last_digit(asked: str, aid: Desk) -> None:
    plain, excel, european = (
        fetch(f"{asked}format=csv{dialect}") for dialect in ("", "&dialect=excel", "&dialect=excel-eu")
    )
    assert excel.body == codecs.BOM_UTF8 + plain.body
    assert european["Content-Disposition"] == plain["Content-Disposition"]
    lines, found = (
        list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))
        for body, separator in ((plain.body, ","), (european.body, ";"))
    )
    decimals = {column["name"] for column in read("columns/") if column["type"] == "decimal"}
    assert found[0] == lines[0]
    for line, other in zip(lines[1:], found[1:], strict=True):
        for name, value, written in zip(lines[0], line, other, strict=True):
            number = name in decimals or asked.startswith(FREE)
            assert written == (value.replace(".", ",") if number else value), name


def test_a_dialect_is_one_of_csv(aid: Desk) -> None:
    assert "format=csv" in messages("contributions/?dialect=excel-eu")["dialect"]
    assert set(messages("contributions/?format=csv&dialect=german")) == {"dialect"}
