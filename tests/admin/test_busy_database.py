"""A writer that holds the database for longer than others wait: readers go on, and nothing that was typed is lost."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import InternalError, OperationalError, connection
from django.test import Client
from django.utils import timezone, translation
from knox.models import AuthToken
from lxml.html import HtmlElement, fromstring
from rest_framework.test import APIClient

from tests import factories
from tests.admin.conftest import errors_of, form_data
from tests.exchange.kiel import make_parties, receive, row
from tracker.curation import database_errors
from tracker.curation.desk import records
from tracker.curation.importing import imports
from tracker.curation.publishing import publishing
from tracker.curation.publishing.tasks import request_publishing as publish_now
from tracker.curation.review import change_sets
from tracker.curation.twins import kept_list
from tracker.exchange.datasets import tasks
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.management.commands import db_worker
from tracker.models import ChangeSet, Comment, ErrorReport, Job, Party
from tracker.reporting.shelf import moments

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


@contextmanager
def only_read() -> Iterator[None]:
    """Let the database be read and not written to, as a standby is."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on" if is_postgresql else "PRAGMA query_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off" if is_postgresql else "PRAGMA query_only = off")


def to_save(browsers: SimpleNamespace, users: SimpleNamespace) -> tuple[Party, str, dict[str, Any], APIClient]:
    """Return a party, its page with what an editor typed there, and a program of the editor."""
    party = factories.PartyFactory(name="As it was")
    page = f"/admin/tracker/party/{party.pk}/change/"
    data = form_data(browsers.editor.get(page)) | {"name": "As typed"}
    program = APIClient(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(users.editor)[1]}", HTTP_IF_MATCH="*")
    return party, page, data, program


def test_a_save_is_put_off_with_what_was_typed_while_readers_go_on(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    party, page, data, program = to_save(browsers, users)
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
    assert "wrong" not in answer.content.decode(), "a password is not handed back"


def not_yet(client: Client, page: str, data: dict[str, str], waiting: AbstractContextManager[None]) -> HtmlElement:
    """Send a form while the database cannot be written to; returns the page with what was typed, to send it again."""
    client.raise_request_exception = False
    with waiting:
        answer = client.post(page, data)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    return fromstring(answer.content.decode())


def test_what_was_typed_on_the_desk_can_be_sent_again(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    change_set = change_sets.open_change_set(
        author=users.editor, message="Work", cause=ChangeSet.Cause.NEW_INFORMATION, at=timezone.now()
    )
    page = f"/admin/tracker/changeset/{change_set.pk}/comment/"
    (again,) = not_yet(browsers.editor, page, {"text": 'What <I> "typed"\nin two lines'}, only_read()).forms
    assert not Comment.objects.exists()
    browsers.editor.post(again.action, dict(again.form_values()))
    assert Comment.objects.get().text == 'What <I> "typed"\nin two lines'


def test_a_long_text_takes_no_more_room_when_it_is_sent_again(
    browsers: SimpleNamespace, users: SimpleNamespace, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    change_set = change_sets.open_change_set(
        author=users.editor, message="Work", cause=ChangeSet.Cause.NEW_INFORMATION, at=timezone.now()
    )
    page, text = f"/admin/tracker/changeset/{change_set.pk}/comment/", "Привіт " * 500
    (again,) = not_yet(browsers.editor, page, {"text": text}, only_read()).forms
    as_browsers_do = {} if again.get("enctype") else {"content_type": "application/x-www-form-urlencoded"}
    values = dict(again.form_values())
    sent = browsers.editor.post(again.action, urlencode(values) if as_browsers_do else values, **as_browsers_do)
    assert sent.status_code == 302
    assert Comment.objects.get().text == text.strip()


def test_what_a_reader_typed_can_be_sent_again_in_their_language(publish: Any, monkeypatch: Any) -> None:
    party = factories.PartyFactory()
    publish(party)
    page, reader = f"/de/report/?kind=party&id={party.public_id}&field=name", Client()
    (form,) = [each for each in fromstring(reader.get(page).content.decode()).forms if each.method == "POST"]
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)
    typed = dict(form.form_values()) | {"message": "It says something else: https://example.org/"}
    for waiting in (only_read(), *([held_by_another()] if connection.vendor == "sqlite" else [])):
        said = not_yet(reader, page, typed, waiting)
        assert "Nichts wurde geschrieben" in said.text_content()
        assert said.get("lang") == "de"
        (again,) = said.forms
    assert not ErrorReport.objects.exists()
    assert reader.post(again.action, dict(again.form_values())).status_code == 302
    assert ErrorReport.objects.get().message == typed["message"]


def test_a_database_that_is_only_read_is_told_with_what_was_typed(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    party, page, data, program = to_save(browsers, users)
    with only_read():
        saved = browsers.editor.post(page, data)
        written = program.patch(f"/api/v1/desk/parties/{party.public_id}/", {"name": "By program"})
    assert (saved.status_code, written.status_code) == (503, 503)
    assert form_data(saved)["name"] == "As typed"
    assert browsers.editor.post(page, data).status_code == 302


@pytest.mark.parametrize(
    ("sqlstate", "is_told"), [("25006", True), ("25P03", True), ("25P04", True), ("25P02", False), ("XX001", False)]
)
def test_a_fault_is_no_database_that_cannot_be_used(sqlstate: str, is_told: bool) -> None:
    """PostgreSQL calls all of them internal errors: a transaction that is read only, or that it ended because nobody
    said anything in it or it took too long, and one that failed before, or damage.
    """
    error = InternalError()
    error.__cause__ = type("Refused", (Exception,), {"sqlstate": sqlstate})()
    assert database_errors.is_unavailable(error) is is_told


@pytest.mark.parametrize("work", ["plan", "apply"])
def test_an_import_says_that_the_database_could_not_be_used(
    work: str, users: SimpleNamespace, monkeypatch: Any
) -> None:
    """The log would say the same, which nobody who imports can read."""
    make_parties()
    imported = receive(users.editor, [row("FIM1", value="100", part_value="100")])
    if work == "apply":
        plan_import.func(imported.pk)
        imports.accept(imported=imported, by=users.editor)

    def full(**_asked: Any) -> None:
        raise OperationalError("could not extend file: No space left on device")

    monkeypatch.setattr(tasks.imports, work, full)
    with pytest.raises(OperationalError):
        (plan_import if work == "plan" else apply_import).func(imported.pk)
    imported.refresh_from_db()
    assert imported.status == {"plan": "refused", "apply": "planned"}[work]
    assert imported.problem == database_errors.unavailable()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, and queues them itself")
@pytest.mark.parametrize(("most_seconds", "status"), [(0, "published"), (60, "submitted")])
def test_a_worker_waits_for_another_publishing_and_a_server_does_not(
    most_seconds: int, status: str, users: SimpleNamespace
) -> None:
    """With two workers, one works out what a large change set does while the other is asked to publish."""
    party = factories.PartyFactory()
    with records.edit(record=party, by=users.editor, at=timezone.now()) as edit:
        pass
    waiting = change_sets.submit(change_set=edit.change_set, by=users.editor, at=timezone.now())
    other = connection.copy()
    other.inc_thread_sharing()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [publishing.PUBLISHING_LOCK])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
        cursor.execute(f"SET statement_timeout = '{most_seconds}s'")
    over = threading.Timer(1, other.close)
    over.start()
    try:
        with nullcontext() if status == "published" else pytest.raises(OperationalError):
            publish_now(change_set=waiting, by=users.reviewer, at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("300ms",)
    finally:
        over.join()
        connection.close()
    waiting.refresh_from_db()
    assert waiting.status == status


def test_what_is_known_of_no_request_yet_is_said_in_the_language_of_its_address(
    publish: Any, client: Client, monkeypatch: Any
) -> None:
    """A page that is kept asks the database before anything else, with the language of an earlier request around it."""
    publish(factories.PartyFactory())
    client.raise_request_exception = False
    assert client.get("/de/pledges/").status_code == client.get("/pledges/").status_code == 200

    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(moments, "newest", gone)
    for spoken, address, words in (("en-gb", "/de/pledges/", "Nichts wurde"), ("uk", "/pledges/", "Nothing was")):
        with translation.override(spoken):
            answer = client.get(address)
        assert answer.status_code == 503
        assert words in answer.content.decode()


def test_a_worker_goes_on_once_the_database_can_be_used_again(
    users: SimpleNamespace, settings: Any, monkeypatch: Any
) -> None:
    """On PostgreSQL, it takes its next task without waiting for anybody: there, the database is one that is read."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    kept_list.request(by=users.editor, at=timezone.now())
    waited: list[int] = []
    with ExitStack() as busy:
        busy.enter_context(only_read() if connection.vendor == "postgresql" else held_by_another())

        def sleep(seconds: int) -> None:
            waited.append(seconds)
            busy.close()

        monkeypatch.setattr(db_worker.time, "sleep", sleep)
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)
    assert waited == [10]
    assert Job.objects.get().status == Job.Status.DONE


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL keeps its log small itself")
def test_the_log_of_sqlite_does_not_stay_as_large_as_it_once_was(tmp_path: Path) -> None:
    """It grows with a large publishing, or with any while somebody reads for long: the file stayed twice as large."""
    other = connection.copy()
    other.settings_dict["NAME"] = str(tmp_path / "register.sqlite3")
    log = tmp_path / "register.sqlite3-wal"
    try:
        with other.cursor() as cursor:
            cursor.execute("CREATE TABLE held (content)")
            cursor.execute("INSERT INTO held VALUES (zeroblob(90000000))")
            assert log.stat().st_size > 90_000_000
            cursor.execute("CREATE TABLE written_next (content)")
        assert log.stat().st_size <= 2**26
    finally:
        other.close()
