"""A list of the desk costs the same number of queries, however long it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK
from tracker.curation.lists import save_filter
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db

FEW, MANY = 3, 12


def _records(kind: str) -> Callable[[int], None]:
    def make(number: int) -> None:
        for record in factories.RECORDS[kind].create_batch(number):
            factories.ClaimFactory(record=record)

    return make


def _saved_filters(number: int) -> None:
    for owner in factories.UserFactory.create_batch(number, role="editor"):
        save_filter(owner=owner, listed="pledge", name="Mine", query="q=jets", is_shared=True)


LISTS: dict[str, Callable[[int], Any]] = {
    **{kind.plural: _records(name) for name, kind in KINDS.items()},
    "claims": factories.ClaimFactory.create_batch,
    "findings": factories.FindingFactory.create_batch,
    "answer-links": factories.AnswerLinkFactory.create_batch,
    "imports": factories.ImportFactory.create_batch,
    "saved-filters": _saved_filters,
}
"""What makes more rows of each list."""


def asked(editor: APIClient, name: str) -> tuple[int, int]:
    """Return how many rows a list has, and how many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        answer = editor.get(f"{DESK}/{name}/")
    assert answer.status_code == 200, answer.content
    return answer.json()["count"], len(queries)


@pytest.mark.alike
@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str, editor: APIClient, db: None) -> None:
    LISTS[name](FEW)
    few, queries = asked(editor, name)
    LISTS[name](MANY)
    many, as_many = asked(editor, name)
    assert many >= few + MANY
    assert as_many == queries
