"""What the tests of the public side share: its addresses, and reading them."""

from typing import Any

from django.core.management import call_command
from django.test import Client

from tests.again import again
from tests.curation.desk import Desk
from tests.factories import AT
from tracker.api.urls import LISTS
from tracker.curation.publishing.fixtures import fixture_names, publish_all
from tracker.records.registry import KINDS
from tracker.reporting.tables.dimension_labels import DIMENSIONS
from tracker.reporting.tables.measures import MEASURES

API = "/api/v1/"
TABLE = f"{API}tables/contributions/"
KIND_OF = {address: kind.name for kind in KINDS.values() for address in kind.addresses}
"""The kinds of record that lists show."""


def publish_fixtures() -> Desk:
    """Load the fixtures of the project and publish them at AT; returns the desk that they lie on."""
    return again("fixtures", _publish_fixtures)


def _publish_fixtures() -> Desk:
    call_command("loaddata", *fixture_names(), verbosity=0)
    desk = Desk()
    publish_all(author=desk.editor, by=desk.reviewer, message="Fixtures", at=AT)
    return desk


def read(path: str, status: int = 200, **headers: str) -> Any:
    """Return the JSON of an answer to an anonymous reader."""
    answer = Client().get(path if path.startswith(("/", "http")) else API + path, headers=headers)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.content[:500]!r}"
    return answer.json()


def ids(path: str) -> list[str]:
    """Return the public ids of the rows of a list."""
    return [row["id"] for row in read(path)["results"]]


def messages(path: str) -> dict[str, str]:
    """Return the messages of a 400 by parameter."""
    problem = read(path, 400)
    return {error["field"]: error["message"] for error in problem["errors"]}


def battery() -> list[str]:
    """Return addresses that together show all that an anonymous reader can see, and every kind of refusal."""
    addresses = [API, f"{API}tables/", "/"]
    for name, viewset in LISTS.items():
        base = f"{API}{name}/"
        addresses += [f"{base}?limit=500", f"{base}?limit=2&ordering=-{next(iter(viewset.orders))}"]
        addresses += [f"{base}?fields=id&search=secret", f"{base}secret/", f"{base}?nothing=secret"]
        addresses += [f"{base}{row}/" for row in ids(f"{base}?limit=5&fields=id")]
        addresses += [f"{base}?{filtered}=secret" for filtered in viewset.filterset_class.base_filters]
    for rows in DIMENSIONS:
        columns = "contributor" if rows == "stage" else "stage"
        table = f"{TABLE}?rows={rows}&columns={columns}"
        addresses += [f"{table}&measure={measure}" for measure in MEASURES]
        addresses += [f"{table}&format=csv", f"{table}&counting=gross&currency=USD"]
        addresses += [f"{table}&nature=deployment&measure=quantity&format={form}" for form in ("json", "csv")]
    return addresses


def snapshot(addresses: list[str], **headers: str) -> dict[str, tuple[int, bytes]]:
    """Return the status and the bytes of the answer at each address."""
    client = Client()
    answers = {address: client.get(address, headers=headers) for address in addresses}
    return {address: (answer.status_code, answer.getvalue()) for address, answer in answers.items()}


def crawl(address: str, between: Any = lambda: None) -> tuple[list[list[str]], list[str]]:
    """Return the ids of each page from `address` to the end, and of all rows by going back from there."""
    answer = read(address)
    pages = [[row["id"] for row in answer["results"]]]
    while answer["next"]:
        between()
        answer = read(answer["next"])
        pages.append([row["id"] for row in answer["results"]])
    back = pages[-1]
    while answer["previous"]:
        between()
        answer = read(answer["previous"])
        back = [row["id"] for row in answer["results"]] + back
    return pages, back
