"""Imports by program: a file is sent, its plan read by cause, its labels mapped, and the plan accepted."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from tests.api.conftest import DESK, errors_of, refusal_of
from tests.exchange.kiel import make_parties, row, write
from tracker.exchange.inbound import workbook_types
from tracker.models import ChangeSet, Import, ImportStep, Pledge

IMPORTS = f"{DESK}/imports/"

FIRST = [
    row("FIM1", value="100"),
    row("FIM2", value="200"),
    row("FIM3", value="300", explanation="Blankets for hospitals.", aid_type_general="Humanitarian"),
    row("FIM4", value="400", explanation="Fuel for generators.", source_of_aid_1=""),
    row("XXM1", value="500", donor="Suomi"),
    row("FIM6", value="6.000.00"),
    row("XXM2", value="600", donor="suomi "),
    row("XXM3", value="700", donor="=Atlantis"),
]
SECOND = [
    FIRST[0],
    row("FIM2", value="250"),
    row("FIM3", value="900", explanation="Forty tanks.", donor="Germany", announcement_date="2025-01-31"),
    row("FIM5", value="400", explanation="Fuel for generators.", source_of_aid_1=""),
    row("XXM1", value="500", donor="Suomi", announcement_date="2024-06-02"),
]
"""A value that changed, an id used again for something else, an id that changed, another day, and one gone."""


@pytest.fixture(autouse=True)
def parties(db: None) -> None:
    make_parties()


def file_of(tmp_path: Path, rows: list[dict[str, Any]], name: str = "kiel.csv") -> SimpleUploadedFile:
    """Return a file of the Kiel Institute's form with `rows`."""
    return SimpleUploadedFile(name, write(tmp_path / "kiel.csv", rows).read_bytes())


def send(client: APIClient, file: Any, **parts: Any) -> Any:
    """Send a file; a part that is None is left out."""
    given = {"file": file, "profile": "kiel", "release": "7"} | parts
    return client.post(IMPORTS, {key: part for key, part in given.items() if part is not None}, format="multipart")


@pytest.fixture
def sent(editor: APIClient, tmp_path: Path) -> str:
    """The address of the first release, planned."""
    answer = send(editor, file_of(tmp_path, FIRST))
    assert answer.status_code == 201, answer.content
    return str(answer["Location"])


def results(client: APIClient, address: str) -> list[dict[str, Any]]:
    """Return the rows of a list, and check that it counts them right."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["count"] == len(body["results"])
    return list(body["results"])


def by(key: str, rows: list[dict[str, Any]], what: str) -> dict[str, Any]:
    return {each[key]: each[what] for each in rows}


def test_a_file_is_planned_and_nothing_of_it_written(sent: str, editor: APIClient) -> None:
    body = editor.get(sent).json()
    assert (body["status"], body["problem"], body["author"]) == ("planned", "", "editor")
    assert (body["file_name"], body["change_set"]) == ("kiel.csv", None)
    assert body["counts"] == {"rows": {"new": 5, "invalid": 3}, "records": {"new": 5}}
    assert body["labels"] == 2
    assert not Pledge.objects.exists()
    assert not ChangeSet.objects.exists()
    for link in body["links"].values():
        assert editor.get(link).status_code == 200


def test_each_row_is_accounted_for(sent: str, editor: APIClient) -> None:
    rows = results(editor, f"{sent}rows/")
    assert [each["row"] for each in rows] == list(range(2, len(FIRST) + 2))
    invalid = results(editor, f"{sent}rows/?outcome=invalid")
    assert [each["step"] for each in invalid] == [None, None, None]
    assert "Atlantis" in invalid[-1]["reason"]
    noted = results(editor, f"{sent}rows/?has_notes=true&outcome=invalid,new")
    assert [each["row"] for each in noted] == [7]
    assert noted[0]["notes"]
    assert len(results(editor, f"{sent}rows/?has_notes=false")) == len(FIRST) - 1


def test_the_report_has_a_line_for_each_row_and_runs_no_formula(sent: str, editor: APIClient) -> None:
    answer = editor.get(f"{sent}report/", headers={"Accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(line["row"], line["outcome"]) for line in lines[:1] + lines[-1:]] == [("2", "new"), ("9", "invalid")]
    assert len(lines) == len(FIRST)
    assert not any(cell.startswith("=") for line in lines for cell in line.values())


def test_labels_are_mapped_and_count_from_the_next_plan_on(sent: str, editor: APIClient) -> None:
    labels = results(editor, f"{sent}labels/")
    assert [(label["kind"], label["label"], label["rows"]) for label in labels] == [
        ("party", "Suomi", 2), ("party", "=Atlantis", 1),
    ]  # fmt: skip
    mapping = {"kind": "party", "label": "Suomi", "record": "FIN"}
    answer = editor.post(f"{sent}labels/map/", {"mappings": [mapping]})
    assert answer.status_code == 200, answer.content
    assert [label["record"] for label in answer.json()["labels"]] == ["FIN"]
    again = editor.post(f"{sent}replan/")
    assert (again.status_code, again.json()["counts"]["rows"]) == (200, {"new": 7, "invalid": 1})
    assert [label["label"] for label in results(editor, f"{sent}labels/")] == ["=Atlantis"]


def test_labels_are_mapped_together_or_not_at_all(sent: str, editor: APIClient) -> None:
    mappings = [
        {"kind": "party", "label": "Suomi", "record": "FIN"},
        {"kind": "party", "label": "=Atlantis", "record": "ATL"},
        {"kind": "party", "label": "Lemuria", "record": "FIN"},
    ]
    errors = errors_of(editor.post(f"{sent}labels/map/", {"mappings": mappings}))
    assert list(errors) == ["mappings[1].record", "mappings[2].label"]
    assert [label["record"] for label in results(editor, f"{sent}labels/")] == ["", ""]
    assert not ChangeSet.objects.exists()


def test_a_plan_is_applied_into_one_change_set(sent: str, editor: APIClient, reviewer: APIClient) -> None:
    answer = editor.post(f"{sent}accept/", {"message": "Release 7"})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["status"], body["problem"]) == ("applied", "")
    change_set = editor.get(f"{DESK}/change-sets/{body['change_set']}/").json()
    assert (change_set["message"], change_set["cause"]) == ("Release 7", "import")
    records = by("source_id", results(editor, f"{sent}steps/"), "record")
    assert set(Pledge.objects.values_list("public_id", flat=True)) == set(records.values())
    for step in ("replan", "accept"):
        assert "is applied; this can no longer be done" in refusal_of(editor.post(f"{sent}{step}/"), 409)
    assert "discard or withdraw by its change set" in refusal_of(editor.delete(sent), 409)


@pytest.fixture
def second(sent: str, editor: APIClient, reviewer: APIClient, tmp_path: Path) -> str:
    """The address of the second release, planned over the first, which is published with all its labels."""
    mapping = {"kind": "party", "label": "Suomi", "record": "FIN"}
    editor.post(f"{sent}labels/map/", {"mappings": [mapping]})
    editor.post(f"{sent}replan/")
    editor.post(f"{sent}accept/")
    for change_set in ChangeSet.objects.order_by("pk"):
        # One row names no party: that its amount is not in the register is said by who publishes.
        for client, step, body in ((editor, "submit", {}), (reviewer, "publish", {"differences": ["invalid"]})):
            answer = client.post(f"{DESK}/change-sets/{change_set.pk}/{step}/", body)
            assert answer.status_code == 200, answer.content
    return str(send(editor, file_of(tmp_path, SECOND), release="21")["Location"])


def test_the_difference_of_two_releases_is_shown_by_cause(second: str, editor: APIClient) -> None:
    plan = editor.get(f"{second}plan/").json()
    assert by("outcome", plan["outcomes"], "records") == {"new": 1, "changed": 2, "unchanged": 2, "gone": 3}
    assert by("cause", plan["causes"], "records") == {
        "new": 1, "value": 1, "date": 1, "id_used_again": 1, "id_changed": 1, "gone": 3,
    }  # fmt: skip
    assert plan["gone"]["count"] == 3
    for cause in plan["causes"]:
        assert cause["words"]
        assert len(results(editor, cause["url"])) == cause["records"]
    for outcome in plan["outcomes"]:
        assert len(results(editor, outcome["url"])) == outcome["records"]
    assert len(results(editor, f"{second}steps/?cause=value,date")) == 2
    [changed] = results(editor, f"{second}steps/?cause=value&outcome=changed")
    amounts = {side: entries[0]["amount"] for side, entries in changed["changes"]["entries"].items()}
    assert (changed["source_id"], amounts) == ("FIM2", {"before": "200.00", "after": "250.00"})


def test_what_is_gone_stays_unless_withdrawn(second: str, editor: APIClient) -> None:
    gone = results(editor, f"{second}steps/?outcome=gone")
    wrong = editor.post(f"{second}accept/", {"withdraw": [gone[0]["position"], 0]})
    assert "Step 0 is of no record that is gone" in refusal_of(wrong, 400)
    assert editor.get(second).json()["status"] == "planned"
    body = editor.post(f"{second}accept/", {"withdraw": [gone[0]["position"]]}).json()
    assert body["status"] == "applied", body["problem"]
    edits = editor.get(f"{DESK}/change-sets/{body['change_set']}/").json()["edits"]
    assert [edit["id"] for edit in edits if edit["action"] == "withdraw"] == [gone[0]["record"]]


def test_all_that_is_gone_is_withdrawn_on_demand(second: str, editor: APIClient) -> None:
    body = editor.post(f"{second}accept/", {"withdraw": "all"}).json()
    assert body["status"] == "applied", body["problem"]
    withdrawn = results(editor, f"{second}steps/?outcome=gone")
    assert [step["decision"] for step in withdrawn] == ["withdraw"] * 3
    edits = editor.get(f"{DESK}/change-sets/{body['change_set']}/").json()["edits"]
    assert sum(edit["action"] == "withdraw" for edit in edits) == 3


def test_a_plan_that_is_out_of_date_is_shown_anew(second: str, editor: APIClient, second_editor: APIClient) -> None:
    [changed] = results(editor, f"{second}steps/?cause=value")
    address = f"{DESK}/pledges/{changed['record']}/"
    assert second_editor.patch(address, {"description": "Mine"}, headers={"If-Match": "*"}).status_code == 200
    body = editor.post(f"{second}accept/").json()
    assert (body["status"], body["change_set"]) == ("planned", None)
    assert "look at the plan again" in body["problem"]
    assert body["counts"]["records"]["conflicting"] == 1


def test_only_who_brought_the_file_changes_anything(sent: str, second_editor: APIClient, reviewer: APIClient) -> None:
    mapping = {"kind": "party", "label": "Suomi", "record": "FIN"}
    for client in (second_editor, reviewer):
        assert client.get(f"{sent}plan/").status_code == 200
        for answer in (
            client.post(f"{sent}labels/map/", {"mappings": [mapping]}),
            client.post(f"{sent}replan/"),
            client.post(f"{sent}accept/"),
            client.delete(sent),
        ):
            assert "Only editor, who brought the file, can do this" in refusal_of(answer, 403)


def test_a_dropped_import_is_gone(sent: str, editor: APIClient) -> None:
    assert editor.delete(sent).status_code == 204
    assert editor.get(sent).status_code == 404
    assert not ImportStep.objects.exists()


def test_work_for_a_worker_is_accepted_and_done_later(editor: APIClient, tmp_path: Path, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    answer = send(editor, file_of(tmp_path, FIRST))
    assert (answer.status_code, answer.json()["status"]) == (201, "waiting")
    assert editor.post(f"{answer['Location']}replan/").status_code == 202
    assert "is being planned; this can no longer be done" in refusal_of(
        editor.post(f"{answer['Location']}accept/"), 409
    )
    assert editor.get(f"{answer['Location']}plan/").json()["outcomes"] == []


def test_the_list_is_filtered(sent: str, editor: APIClient, reviewer: APIClient) -> None:
    send(reviewer, SimpleUploadedFile("x.csv", b"a,b\n1,2\n"))

    def found(client: APIClient, query: str) -> list[str]:
        return [each["file_name"] for each in results(client, f"{IMPORTS}?{query}")]

    assert found(editor, "") == ["x.csv", "kiel.csv"]
    assert found(editor, "author=me") == found(reviewer, "author=editor") == ["kiel.csv"]
    assert found(editor, "status=refused") == ["x.csv"]
    assert found(editor, "profile=sipri") == []
    for query in ("status=x", "profile=x", "auhtor=me", "limit=0", "cursor=x"):
        assert refusal_of(editor.get(f"{IMPORTS}?{query}"), 400).startswith(query.partition("=")[0])


def test_pages_neither_lose_nor_repeat(sent: str, editor: APIClient) -> None:
    for part, key in (("steps", "source_id"), ("rows", "row"), ("labels", "label")):
        whole = [each[key] for each in results(editor, f"{sent}{part}/")]
        address, pieces = f"{sent}{part}/?limit=1", []
        while address:
            page = editor.get(address).json()
            pieces += [each[key] for each in page["results"]]
            address = page["next"]
        assert pieces == whole
        assert len(set(whole)) == len(whole)


def test_lists_take_no_more_queries_with_more_rows(
    editor: APIClient, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    for count in (2, 40):
        rows = [row(f"FIM{number}", value="100") for number in range(count)]
        rows += [row(f"XXM{number}", value="1", donor=f"Nowhere {number}") for number in range(count)]
        address = send(editor, file_of(tmp_path, rows))["Location"]
        for path, most in (("steps/", 7), ("rows/", 7), ("labels/", 7), ("", 12), ("plan/", 13)):
            with django_assert_max_num_queries(most):
                editor.get(f"{address}{path}")
        with django_assert_max_num_queries(7):
            assert editor.get(IMPORTS).json()["count"] == Import.objects.count()


@pytest.mark.parametrize(
    ("parts", "field", "said"),
    [
        ({"profile": None}, "profile", "is required"),
        ({"profile": "excel"}, "profile", "“excel” is unknown; allowed are: kiel"),
        ({"profile": ""}, "profile", "“” is unknown"),
        ({"profile": SimpleUploadedFile("p", b"kiel")}, "profile", "“p” is unknown"),
        ({"profile": ["kiel", "kiel"]}, "profile", "several parts of this name: send one"),
        ({"release": None}, "release", "Name the release of kiel"), ({"release": ""}, "release", "Name the release"),
        ({"release": " "}, "release", "Name the release"), ({"release": "x" * 41}, "release", "40 characters"),
        ({"release": "a\0"}, "release", "Null characters"), ({"sheet": "\0"}, "sheet", "Null characters"),
        ({"sheet": "x" * 101}, "sheet", "100 characters"), ({"releas": "7"}, "releas", "There is no such field"),
        ({"status": "applied"}, "status", "There is no such field; known are: file, profile, release, sheet"),
        ({"file": None}, "file", "No file was submitted"), ({"file": "a,b"}, "file", "was not a file"),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "file", "is empty"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_right_is_refused(
    parts: dict[str, Any], field: str, said: str, editor: APIClient, tmp_path: Path
) -> None:
    answer = send(editor, **({"file": file_of(tmp_path, FIRST)} | parts))
    assert (answer.status_code, list(errors_of(answer))) == (400, [field])
    assert said in errors_of(answer)[field]
    assert not Import.objects.exists()


def test_an_unknown_profile_is_told_what_there_is(editor: APIClient, tmp_path: Path) -> None:
    [message] = errors_of(send(editor, file_of(tmp_path, FIRST), profile="excel")).values()
    assert "kiel" in message


def test_a_file_too_large_is_refused(editor: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    announced = editor.generic(
        "POST", IMPORTS, b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * workbook_types.MAX_FILE_BYTES),
    )  # fmt: skip
    assert "50 MiB" in announced.json()["detail"]
    monkeypatch.setattr("tracker.api.desk.import_schema.MAX_FILE_BYTES", 10)
    for answer in (announced, send(editor, SimpleUploadedFile("x.csv", b"a,b\n" * 10))):
        assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\0",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<html>",
        b"a,b\n1,2\n",
        b"\xff\xfe",
        b"%PDF-",
        b" \n" * 99,
    ],
)
def test_a_file_that_cannot_be_read_is_kept_as_refused(content: bytes, editor: APIClient) -> None:
    answer = send(editor, SimpleUploadedFile("\u202e../../x\ufffd.xlsx", content))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["status"] == "refused"
    assert body["problem"]
    assert "log" not in body["problem"]
    assert editor.get(body["links"]["plan"]).json()["outcomes"] == []
    assert "is refused; this can no longer be done" in refusal_of(editor.post(f"{answer['Location']}accept/"), 409)


PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"", "multipart/form-data; boundary=x", 400), (b"x", "multipart/form-data; boundary=x", 400),
        (b"x", "multipart/form-data", 400), (b"x", "multipart/form-data; boundary=\xe9", 400),
        (b"--x", "multipart/form-data; boundary=x", 400), (b"\0" * 1000, "multipart/form-data; boundary=x", 400),
        (PART % (b"profile", b"", b"kiel"), "multipart/form-data; boundary=x", 400),
        (PART % (b"file", b'; filename="a.csv"', b"a,b") + b"--x--", "multipart/form-data; boundary=x", 400),
        (PART % (b"file", b"; filename*=nonsense''a.csv", b"a,b") + b"--x--", "multipart/form-data; boundary=x", 400),
        (PART % (b"\xff\0", b"", b"\xff") + b"--x--", "multipart/form-data; boundary=x", 400),
        (PART % (b"release", b"", b"x" * 6_000_000) + b"--x--", "multipart/form-data; boundary=x", 413),
        (b"".join(PART % (b"p%d" % n, b"", b"") for n in range(21_000)), "multipart/form-data; boundary=x", 400),
        (b"".join(PART % (b"p%d" % n, b'; filename="a"', b"x") for n in range(101)),
         "multipart/form-data; boundary=x", 400),
        (b"{}", "application/json", 415), (b"a=b", "application/x-www-form-urlencoded", 415), (b"", "", 400),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form(body: bytes, content_type: str, code: int, editor: APIClient) -> None:
    answer = editor.generic("POST", IMPORTS, body, content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (code, "application/problem+json"), answer.content
    assert not Import.objects.exists()


GARBAGE: list[Any] = [
    None, "", "x", "\0", 5, -1, 10**30, 1.5, True, [], [[]], [None], ["0"], [-1], [2**31], [True], [10**30], {}, [{}],
    {"a": 1}, "all ", [{"kind": "party"}], [{"kind": "pledge", "label": "x", "record": "y"}],
    [{"kind": "party", "label": "\0", "record": "FIN"}], [{"kind": "party", "label": "Suomi", "record": "FI\0"}],
    [{"kind": [], "label": {}, "record": 7}], [{"kind": "party", "label": "Suomi", "record": "FIN", "more": 1}],
    [{"kind": "party", "label": "Suomi", "record": "x"}] * 501,
]  # fmt: skip


@pytest.mark.alike
@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda value: str(value)[:30])
def test_garbage_in_a_body_changes_nothing(garbage: Any, sent: str, editor: APIClient) -> None:
    for address, field in (("labels/map/", "mappings"), ("accept/", "withdraw"), ("replan/", "x")):
        if field == "withdraw" and garbage in (None, []):
            continue
        answer = editor.post(f"{sent}{address}", {field: garbage})
        assert refusal_of(answer, 400).startswith(field), (address, garbage)
    assert Import.objects.get().status == "planned"
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("garbage", [None, "\0", "x" * 301, 5, [], {}, True, ["x"]], ids=lambda value: str(value)[:30])
def test_garbage_for_a_message_changes_nothing(garbage: Any, sent: str, editor: APIClient) -> None:
    assert list(errors_of(editor.post(f"{sent}accept/", {"message": garbage}))) == ["message"]
    assert Import.objects.get().status == "planned"


@pytest.mark.parametrize(
    "address",
    [
        "0/", f"{'9' * 18}/", f"{'9' * 40}/", "-1/", "x/", "1/plans/", f"{'9' * 40}/plan/", "0/steps/", "0/rows/",
        "0/labels/", "0/report/",
    ],
)  # fmt: skip
def test_an_import_that_there_is_not(address: str, editor: APIClient) -> None:
    answer = editor.get(f"{IMPORTS}{address}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("steps/?outcome=x", "outcome: “x” is unknown; allowed are: new, changed"),
        ("steps/?cause=x", "cause: “x” is unknown; allowed are: new, value"),
        ("steps/?outcome=new,x", "outcome: “x” is unknown"), ("rows/?outcome=x", "outcome: “x” is unknown"),
        ("rows/?has_notes=1", "has_notes: “1” is unknown; allowed are: true, false"),
        ("steps/?has_notes=true", "has_notes: Unknown parameter. Allowed are: cause, cursor, limit, outcome"),
        ("rows/?cause=new", "cause: Unknown parameter"), ("labels/?outcome=new", "outcome: Unknown parameter"),
        ("plan/?x=1", "x: Unknown parameter"), ("report/?format=x", "format: Unknown parameter"),
        ("?x=1", "x: Unknown parameter"), ("steps/?cursor=x", "cursor: This is no cursor"),
        ("rows/?limit=501", "limit: Write a number from 1 to 500; found “501”"),
        ("steps/?outcome=new&outcome=gone", "outcome: Given twice"),
        ("rows/?outcome=%00", "outcome: Null characters are not allowed"),
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_right(query: str, said: str, sent: str, editor: APIClient) -> None:
    assert said in refusal_of(editor.get(f"{sent}{query}"), 400)
