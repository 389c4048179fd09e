"""A writer that holds the database for longer than others wait: readers go on, and nothing that was typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests import factories
from tests.admin.conftest import errors_of, form_data
from tracker.models import Party

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def held_by_another() -> Iterator[None]:
    """Hold, on a connection of its own, what a writer needs; whoever waits gives up after a fraction of a second."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN" if connection.vendor == "postgresql" else "BEGIN IMMEDIATE")
            cursor.execute("UPDATE tracker_party SET name = name")
        with connection.cursor() as cursor:
            wait = "SET lock_timeout = '200ms'" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = 200"
            cursor.execute(wait)
        yield
    finally:
        with other.cursor() as cursor:
            cursor.execute("ROLLBACK")
        other.close()
        connection.close()


def test_a_save_is_put_off_with_what_was_typed_while_readers_go_on(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    party = factories.PartyFactory(name="As it was")
    page = f"/admin/tracker/party/{party.pk}/change/"
    data = form_data(browsers.editor.get(page)) | {"name": "As typed"}
    program = APIClient(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(users.editor)[1]}", HTTP_IF_MATCH="*")
    with held_by_another():
        saved = browsers.editor.post(page, data)
        written = program.patch(f"/api/v1/desk/parties/{party.public_id}/", {"name": "By program"})
        read = [Client().get(address).status_code for address in ("/", "/parties/", "/api/v1/parties/")]
    assert saved.status_code == written.status_code == 503
    assert saved["Retry-After"] == written["Retry-After"] == "10"
    assert "Nothing was written" in errors_of(saved)
    assert "Nothing was written" in written.json()["detail"]
    assert form_data(saved)["name"] == "As typed"
    assert read == [200, 200, 200]
    assert Party.objects.get(pk=party.pk).name == "As it was"
    assert browsers.editor.post(page, data).status_code == 302
    assert Party.objects.get(pk=party.pk).name == "As typed"


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, a lock of one table holds up no other")
def test_a_page_that_must_write_says_that_it_cannot_just_now(client: Client, users: SimpleNamespace) -> None:
    client.raise_request_exception = False
    with held_by_another():
        answer = client.post("/admin/login/", {"username": "editor", "password": "wrong"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "try again in some seconds" in answer.content.decode()
