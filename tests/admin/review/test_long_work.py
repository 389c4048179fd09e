"""Work on many records that nobody waits for: discarding, many change sets at once; and others go on meanwhile."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests import factories
from tests.api.conftest import DESK
from tests.api.conftest import client_of as program_of
from tracker.curation.desk import records
from tracker.curation.publishing import preparing, tasks
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Job, Pledge

# A worker opens and closes connections of its own.
pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/tracker/changeset/"


@pytest.fixture(autouse=True)
def _by_a_worker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """More than two records are many."""
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def opened(users: SimpleNamespace, count: int) -> ChangeSet:
    """Return a change set of the editor with some new pledges."""
    change_set = change_sets.open_change_set(
        author=users.editor, message="New ones", cause=ChangeSet.Cause.IMPORT, at=timezone.now()
    )  # fmt: skip
    for pledge in factories.PledgeFactory.create_batch(count):
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=change_set):
            pass
    # As they came with it.
    change_set.edits.update(before="")
    return change_set


def page_of(change_set: ChangeSet) -> str:
    return f"{LIST}{change_set.pk}/change/"


def work() -> None:
    """Let a worker do what waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


def test_many_records_are_discarded_by_a_worker(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    change_set = opened(users, 3)
    said = browsers.editor.post(f"{LIST}{change_set.pk}/discard/", follow=True)
    assert "is being discarded" in said.content.decode()
    assert said["Refresh"]
    assert said.context["steps"] == []
    assert "Nothing is in it yet" not in said.content.decode()
    assert Pledge.objects.count() == 3
    assert "at work already" in browsers.editor.post(f"{LIST}{change_set.pk}/discard/", follow=True).content.decode()
    work()
    over = browsers.editor.get(page_of(change_set))
    assert "Refresh" not in over
    change_set.refresh_from_db()
    assert (change_set.status, Pledge.objects.count()) == ("discarded", 0)


def test_what_keeps_it_from_being_discarded_is_said_on_its_page(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = opened(users, 3)
    named = Pledge.objects.order_by("pk")[0]
    other = factories.PledgeFactory(name="Another")
    other.links.create(target=named, link="backfills")
    browsers.editor.post(f"{LIST}{change_set.pk}/discard/")
    work()
    shown = browsers.editor.get(page_of(change_set))
    assert "Discarding it failed" in shown.content.decode()
    assert "cannot be removed" in shown.content.decode()
    assert "discard" in shown.context["steps"]
    assert Pledge.objects.count() == 4


def test_an_interrupted_discarding_is_begun_again_by_its_author(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = opened(users, 3)
    browsers.editor.post(f"{LIST}{change_set.pk}/discard/")
    Job.objects.update(status=Job.Status.RUNNING, runs=1, begun_at=timezone.now())
    assert "The work was interrupted" in browsers.editor.get(page_of(change_set)).content.decode()
    assert browsers.second_editor.post(f"{LIST}{change_set.pk}/again/").status_code == 403
    browsers.editor.post(f"{LIST}{change_set.pk}/again/")
    work()
    change_set.refresh_from_db()
    assert change_set.status == "discarded"


def test_many_change_sets_that_are_chosen_are_left_to_a_worker(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    chosen = [opened(users, 1) for _each in range(4)]
    for change_set in chosen:
        tasks.submit(change_set=change_set, by=users.editor, at=timezone.now())
    asked = {"action": "publish_selected", "confirmed": "1", "_selected_action": [one.pk for one in chosen[:3]]}
    said = browsers.reviewer.post(LIST, asked, follow=True).content.decode()
    assert said.count("is being published") == 3
    few = asked | {"_selected_action": [chosen[3].pk]}
    assert "is published" in browsers.reviewer.post(LIST, few, follow=True).content.decode()
    assert ChangeSet.objects.filter(status="published").count() == 1
    work()
    assert ChangeSet.objects.filter(status="published").count() == 4


def test_by_program_the_answer_is_202_and_later_ones_say_how_it_stands(users: SimpleNamespace) -> None:
    change_set = opened(users, 3)
    editor, address = program_of(users.editor), f"{DESK}/change-sets/{change_set.pk}/"
    asked = editor.post(f"{address}discard/")
    assert (asked.status_code, asked.json()["discarding"]["status"]) == (202, "waiting")
    assert program_of(users.second_editor).post(f"{address}discard/").status_code == 403
    work()
    found = editor.get(address).json()
    assert (found["status"], found["discarding"]["status"]) == ("discarded", "done")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, nobody waits for a publishing")
def test_while_a_publishing_is_prepared_others_write(users: SimpleNamespace, publish: Any) -> None:
    """On SQLite, which has one writer, it holds the right to write only while it writes."""
    publish(factories.PartyFactory())
    change_set = opened(users, 3)
    tasks.submit(change_set=change_set, by=users.editor, at=timezone.now(), is_confirmed=True)
    change_set.refresh_from_db()
    written = 0
    name = str(connection.settings_dict["NAME"])
    prepared = preparing.prepare(change_set=change_set, at=timezone.now())
    party = factories.PartyFactory(name="Before")
    with closing(sqlite3.connect(name, timeout=0.1)) as other, other:
        written = other.execute("UPDATE tracker_party SET name = 'After' WHERE id = ?", [party.pk]).rowcount
    assert prepared.holds(change_set, timezone.now())
    assert written == 1
