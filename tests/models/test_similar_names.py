"""What a misspelt name is compared with: enough to find what was meant, and never a whole large table."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests.factories import DocumentFactory, PartyFactory
from tracker.models import Document, Party, similar_names
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take more than five names for very many."""
    monkeypatch.setattr(similar_names, "MOST_COMPARED", 5)


def test_of_few_all_are_compared() -> None:
    for public_id in ("DEU", "EST", "FRA"):
        PartyFactory(public_id=public_id)
    assert similar_names.alike(Party.objects.order_by("pk"), "XEU", names="found_by").count() == 3


def test_of_very_many_only_those_that_begin_alike() -> None:
    for number in range(20):
        DocumentFactory(public_id=f"d-{number}", name=f"Bulletin {number}")
    meant = DocumentFactory(public_id="x-1", name="Ministry of Défence")
    compared = similar_names.alike(Document.objects.order_by("pk"), "Dêfense", names="found_by")
    assert list(compared) == [meant]
    assert len(similar_names.alike(Document.objects.order_by("pk"), "Bull", names="found_by")) == 5
    assert [row.public_id for row in similar_names.alike(Document.objects.order_by("pk"), "X-2")] == ["x-1"]


def test_a_misspelt_reference_still_names_what_was_meant() -> None:
    for number in range(20):
        PartyFactory(public_id=f"P{number}", name=f"Party {number}")
    PartyFactory(public_id="DEU", name="Germany")
    serializer = KINDS["pledge"].serializer(data={"beneficiary": "Germny"}, partial=True)
    assert not serializer.is_valid()
    assert "Nearest: Germany (DEU)" in str(serializer.errors["beneficiary"][0])


def test_a_misspelt_filter_of_the_desk_reads_no_whole_table(users: SimpleNamespace) -> None:
    for number in range(20):
        PartyFactory(public_id=f"P{number}", name=f"Party {number}")
    program = APIClient(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(users.editor)[1]}")
    with CaptureQueriesContext(connection) as queries:
        refused = program.get("/api/v1/desk/pledges/?beneficiary=P99")
    assert refused.status_code == 400
    assert "Nearest: P9" in refused.json()["detail"]
    read = [each["sql"] for each in queries if 'FROM "tracker_party"' in each["sql"]]
    assert read
    assert all("LIMIT" in sql for sql in read)
