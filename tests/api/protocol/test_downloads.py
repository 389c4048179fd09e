"""Whole lists as files: every row of the filter, in every format the same."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests import factories
from tests.api.files import FILES, fetch, rows_of
from tests.api.shelf import API, LISTS, messages, read
from tracker.api.protocol.negotiation import MEDIA_TYPES
from tracker.exchange.outbound.list_columns import columns_of
from tracker.reporting.named.tables import NAMED

pytestmark = pytest.mark.django_db


def comparable(value: Any) -> str:
    """Return a value as CSV has it, whatever its type."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value))
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)


@pytest.mark.alike
@pytest.mark.parametrize("name", LISTS)
def test_every_format_has_the_rows_of_the_list(name: str, shown: Any) -> None:
    documents = read(f"{name}/?limit=500&ordering=id")["results"]
    lines = fetch(f"{name}/?format=ndjson&ordering=id").body.splitlines()
    assert [json.loads(line) for line in lines] == documents
    columns = columns_of(LISTS[name].row_serializer())
    expected = [[one.value(document) for one in columns] for document in documents]
    for form in ("csv", "xlsx", "parquet"):
        rows = rows_of(fetch(f"{name}/?format={form}&ordering=id").body, form)
        assert [list(row) for row in rows] == [[one.column.name for one in columns]] * len(documents)
        for row, values in zip(rows, expected, strict=True):
            for one, value in zip(columns, values, strict=True):
                found = row[one.column.name]
                if value is None or found is None:
                    assert found is value, one
                elif isinstance(value, Decimal):
                    assert Decimal(str(found)) == value, one
                elif isinstance(value, dt.datetime) and form != "csv":
                    assert f"{found:%FT%T}" == f"{value:%FT%T}", one
                else:
                    assert comparable(found) == comparable(value), one


@pytest.mark.parametrize("form", FILES)
def test_a_file_says_what_it_is_and_answers_to_its_etag(form: str, shown: Any) -> None:
    address = f"pledges/?nature=transfer&format={form}"
    answer = fetch(address)
    assert answer["Content-Type"].partition(";")[0] == MEDIA_TYPES[form]
    assert answer["Content-Disposition"] == f'attachment; filename="pledges_nature-transfer_2025-10-20.{form}"'
    assert read("pledges/")["as_of"] == answer["As-Of"] == "2025-10-20T12:00:00+00:00"
    for known in (answer["ETag"], "*"):
        assert Client().get(API + address, headers={"if-none-match": known}).status_code == 304
    head = Client().head(API + address)
    assert (head["ETag"], head["Content-Type"], head.content) == (answer["ETag"], answer["Content-Type"], b"")
    assert fetch(address).body == answer.body


def test_a_sheet_says_how_it_was_asked_for(shown: Any) -> None:
    answer = fetch("pledges/?format=xlsx&nature=transfer")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
        made = answer.headers["As-Of"][:19]
        assert f"{made}Z</dcterms:created>".encode() in parts.read("docProps/core.xml"), "a clock changes bytes"
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.body))
    facts = {line[0]: line[1] for line in book.get_sheet_by_name("About").to_python()}
    assert facts["As of"] == "2025-10-20T12:00:00+00:00"
    assert facts["Filter: nature"] == "transfer"
    assert facts["Source"] == f"http://testserver{API}pledges/?format=xlsx&nature=transfer"
    assert facts["beneficiary_id"] == "Public id of the party."


def test_every_column_of_a_table_is_described_in_its_file(shown: Any) -> None:
    for table in NAMED:
        book = CalamineWorkbook.from_filelike(io.BytesIO(fetch(f"tables/{table}/?format=xlsx").body))
        about = book.get_sheet_by_name("About").to_python()
        described = about[next(at for at, line in enumerate(about) if line[0] == "Column") + 1 :]
        assert all(line[1] for line in described), table


def test_no_cell_is_a_formula(db: None) -> None:
    document = json.dumps({"id": "EVIL", "name": '=HYPERLINK("http://example.org")'})
    factories.PublicationFactory(kind="party", public_id="EVIL", document=document, search="hyperlink")
    (row,) = rows_of(fetch("parties/?format=csv&search=hyperlink&fields=name").body, "csv")
    assert row == {"id": "EVIL", "name": '\'=HYPERLINK("http://example.org")'}
    (row,) = rows_of(fetch("parties/?format=xlsx&search=hyperlink&fields=name").body, "xlsx")
    assert row == {"id": "EVIL", "name": '=HYPERLINK("http://example.org")'}
    assert b"<f>" not in fetch("parties/?format=xlsx&search=hyperlink").body


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_can_be_cut_after_its_first_rows(form: str, shown: Any) -> None:
    asked = f"parties/?format={form}&fields=name&ordering=-name"
    assert rows_of(fetch(f"{asked}&limit=3").body, form) == rows_of(fetch(asked).body, form)[:3]


def test_a_file_has_no_pages(shown: Any) -> None:
    assert set(messages("contributions/?format=csv&limit=many")) == {"limit"}
    assert rows_of(fetch("contributions/?format=csv&limit=1").body, "csv")[1:] == []
    cursor = read("pledges/?limit=1")["next"].partition("cursor=")[2]
    assert set(messages(f"pledges/?format=ndjson&cursor={cursor}")) == {"cursor"}


@pytest.mark.parametrize("form", FILES)
def test_an_empty_list_is_an_empty_file(form: str, shown: Any) -> None:
    body = fetch(f"pledges/?search=nothing-is-called-so&format={form}").body
    assert body == b"" if form == "ndjson" else rows_of(body, form) == []


def test_too_many_rows_for_a_sheet_are_refused(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.api.protocol.downloads.MOST_ROWS", 1)
    assert "format=csv" in read("contributions/?format=xlsx", 422)["detail"]


def test_a_cell_is_cut_where_a_sheet_holds_no_more(db: None) -> None:
    document = json.dumps({"id": "LONG", "name": "x" * 40_000})
    factories.PublicationFactory(kind="party", public_id="LONG", document=document, search="long")
    (row,) = rows_of(fetch("parties/?search=long&format=xlsx&fields=name").body, "xlsx")
    whole, _space, said = row["name"].partition(" ")
    assert len(row["name"]) == 32_767
    assert set(whole) == {"x"}
    assert said.startswith("… [cut here: the text has 40000 characters")


ACCEPTED = {
    "*/*": "json", "": "json", "text/csv": "csv", "text/html,application/xhtml+xml,*/*;q=0.8": "json",
    "application/json;q=0.5, text/csv": "csv", "text/*": "csv", "application/x-ndjson, */*;q=0.1": "ndjson",
    "application/vnd.apache.parquet": "parquet", "*/*, application/json;q=0": "csv", "TEXT/CSV": "csv",
    "text/csv;q=nonsense": "csv",
}  # fmt: skip


@pytest.mark.parametrize("accept", ACCEPTED)
def test_accept_chooses_the_format(accept: str, shown: Any) -> None:
    answer = fetch("parties/", accept=accept)
    assert answer["Content-Type"].partition(";")[0] == MEDIA_TYPES[ACCEPTED[accept]]
    assert "Accept" in answer["Vary"].split(", ")
    assert fetch("parties/?format=json", accept=accept)["Content-Type"] == "application/json"


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "nonsense", "image/*", ";;;", "a" * 5000])
def test_what_accept_does_not_take_is_not_sent(accept: str, shown: Any) -> None:
    problem = read("parties/", 406, accept=accept)
    assert "format=" in problem["detail"]
    assert Client().get(f"{API}parties/DEU/", headers={"accept": "image/png"}).status_code == 406


def test_every_table_comes_in_every_format(shown: Any) -> None:
    for table in read("tables/"):
        path = table["url"].removeprefix(f"http://testserver{API}")
        expected = read(path)["rows"]
        for form in FILES:
            body = fetch(f"{path}?format={form}").body
            rows = body.splitlines() if form == "ndjson" else rows_of(body, form)
            assert len(rows) == len(expected), (path, form)
