"""The OpenAPI document: committed as it is generated, and true of the running API."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.management import call_command
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, settings
from knox.models import AuthToken
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.api.described import DESCRIBED, DOCUMENT
from tests.api.public import API, KIND_OF
from tests.examples import examples
from tracker.models import ChangeSet, Contribution, Publication
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

COMMAND = "DEBUG=True python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml"

CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.response_headers_conformance,
]  # fmt: skip
STRICT = [*CHECKS, checks.negative_data_rejection]

# The cases that the document itself suggests are hundreds an operation: chance finds the same in fewer.
PHASES = {"examples": {"enabled": False}, "coverage": {"enabled": False}}

described = schemathesis.openapi.from_dict(DESCRIBED, config=schemathesis.Config.from_dict({"phases": PHASES}))
described.app = application
public = described.include(path_regex=f"^{API}(?!desk/|schema/)")
desk = described.include(path_regex=f"^{API}desk/(?!token/)")

few = settings(
    max_examples=examples(6), derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip


@pytest.fixture(autouse=True)
def _keep_the_connection() -> Iterator[None]:
    """Leave the connection of the test alone when a request ends, as the client of Django does."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="bounds of integers differ between databases")
def test_the_committed_document_is_the_generated_one() -> None:
    generated = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=generated)
    # Compared as text by line, but shown as one sentence.
    same = generated.getvalue().strip() == DOCUMENT.read_text().strip()
    assert same, f"The API is not what docs/openapi.yaml says. Renew it: {COMMAND}"


def test_published_records_need_no_more_than_their_id() -> None:
    components = described.raw_schema["components"]["schemas"]
    published = {name: schema for name, schema in components.items() if name.startswith("Published")}
    rows = {name for name in published if not name.endswith("Page")}
    assert len(rows) == 16
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
    answer = operation.Case(path_parameters=where).call_and_validate(checks=CHECKS)
    assert answer.status_code == 200


@desk.parametrize()
@settings(few, max_examples=examples(2))
def test_the_desk_is_as_described(case: Any, world: Any, users: Any) -> None:
    headers = {"Authorization": f"Token {AuthToken.objects.create(users.administrator)[1]}"}
    case.call_and_validate(checks=CHECKS)
    case.call_and_validate(headers=headers, checks=CHECKS)
    kind = KIND_OF.get(case.operation.path.removeprefix(f"{API}desk/").partition("/")[0])
    if kind and "public_id" in (case.path_parameters or {}):
        case.path_parameters["public_id"] = world[kind].public_id
        case.call_and_validate(headers=headers | {"If-Match": "*"}, checks=CHECKS)
