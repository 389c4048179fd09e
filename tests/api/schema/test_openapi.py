"""The OpenAPI document: committed as it is generated, and true of the running API."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from schemathesis.specs.openapi import checks

from tests.api.conftest import refusal_of
from tests.api.described import CHECKS, DESCRIBED, DESCRIBED_DESK, DOCUMENT, few, public
from tests.api.shelf import API, KIND_OF
from tracker.models import ChangeSet, Contribution, Publication
from tracker.records.registry import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]

COMMAND = "DEBUG=True python manage.py spectacular --validate --fail-on-warn"

STRICT = [*CHECKS, checks.negative_data_rejection]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="bounds of integers differ between databases")
def test_the_committed_document_is_the_generated_one() -> None:
    generated = StringIO()
    # That it is valid OpenAPI, the command says that makes the file.
    call_command("spectacular", fail_on_warn=True, stdout=generated)
    # Compared as text by line, but shown as one sentence.
    same = generated.getvalue().strip() == DOCUMENT.read_text().strip()
    assert same, f"The API is not what docs/openapi.yaml says. Renew it: {COMMAND} --file docs/openapi.yaml"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="said once is enough")
def test_the_document_of_the_desk_is_made_without_a_warning() -> None:
    desk = "tracker.api.schema.documents.DeskGenerator"
    call_command("spectacular", fail_on_warn=True, generator_class=desk, stdout=StringIO())


def test_each_operation_says_what_it_does_under_a_tag_that_there_is() -> None:
    for document in (DESCRIBED, DESCRIBED_DESK):
        tags = [tag["name"] for tag in document["tags"]]
        for path, operations in document["paths"].items():
            assert ("/desk/" in path) == (document is DESCRIBED_DESK)
            for operation in operations.values():
                assert operation["summary"]
                assert operation["description"].endswith((".", "`"))
                assert set(operation["tags"]) <= set(tags)
                headers = [parameter["in"] == "header" for parameter in operation.get("parameters", [])]
                assert headers == sorted(headers), f"{path}: headers are not last"
    assert [tag["name"] for tag in DESCRIBED["tags"]] == ["start", "tables", "lists", "details", "about"]
    assert all(operations["get"]["security"] == [] for operations in DESCRIBED["paths"].values())


def test_the_document_comes_as_json_and_refuses_what_it_does_not_know() -> None:
    answer = Client().get(f"{API}schema/?format=json")
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json()["openapi"].startswith("3.1")
    of_desk = Client().get(f"{API}desk/schema/")
    assert of_desk.content.startswith(b"openapi:")
    assert b"/desk/token/" in of_desk.content
    assert b"/desk/" not in answer.content
    assert "format" in refusal_of(Client().get(f"{API}schema/?format=xml"), 400)
    assert "Unknown parameter" in refusal_of(Client().get(f"{API}schema/?nonsense=1"), 400)


def test_published_records_need_no_more_than_their_id() -> None:
    components = DESCRIBED["components"]["schemas"]
    published = {name: schema for name, schema in components.items() if name.startswith("Published")}
    rows = {name for name in published if not name.endswith("Page")}
    assert len(rows) == len(KINDS) + len(("claims", "contributions", "change sets"))
    assert {name: published[name]["required"] for name in rows} == {name: ["id"] for name in rows}


def an_id(path: str, shown: Any) -> str:
    """Return the public id of a row of the list that `path` belongs to.

    By the database: the client of Django would have the connection closed by the next request.
    """
    name = path.removeprefix(API).partition("/")[0]
    if name == "contributions":
        return str(Contribution.objects.as_of(None).earliest("pk").public_id)
    if name == "change-sets":
        return str(ChangeSet.objects.earliest("pk").pk)
    roles = {"contributors": "DEU", "beneficiaries": "POL"}
    rows = Publication.objects.published().filter(kind=KIND_OF.get(name, "claim"))
    return roles.get(name) or str(rows.earliest("pk").public_id)


@pytest.mark.alike
@public.parametrize()
@few
def test_the_public_side_is_as_described(case: Any, shown: Any) -> None:
    case.call_and_validate(checks=STRICT)
    if "public_id" in (case.path_parameters or {}):
        case.path_parameters["public_id"] = an_id(case.operation.path, shown)
        case.call_and_validate(checks=CHECKS)


OPERATIONS = [result.ok() for result in public.get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_what_is_asked_plainly_is_answered_as_described(operation: Any, shown: Any) -> None:
    where = {"public_id": an_id(operation.path, shown)} if "{" in operation.path else {}
    headers = {"Accept-Encoding": "identity"}
    query = {"from": "2020-01-01"} if operation.path.endswith("/changes/") else {}
    answer = operation.Case(path_parameters=where, query=query).call_and_validate(headers=headers, checks=CHECKS)
    assert answer.status_code == 200
