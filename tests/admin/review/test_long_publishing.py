"""Publishing many records: the page answers at once, says how far the work is, and what became of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests import factories
from tests.api.conftest import DESK, refusal_of
from tests.api.conftest import client_of as program_of
from tracker.curation import jobs
from tracker.curation.database_copy import on_a_copy
from tracker.curation.desk import records
from tracker.curation.errors import WrongStatus
from tracker.curation.publishing import effect, tasks
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Job, Pledge, Publication, process_locks

# A worker opens and closes connections of its own.
pytestmark = pytest.mark.django_db(transaction=True)

WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LIST = "/admin/tracker/changeset/"


@pytest.fixture(autouse=True)
def _by_a_worker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """More than one record is many."""
    monkeypatch.setattr(tasks, "AT_ONCE", 1)
    settings.TASKS = WORKER


def page_of(change_set: ChangeSet) -> str:
    return f"{LIST}{change_set.pk}/change/"


def opened(users: SimpleNamespace, count: int = 2) -> ChangeSet:
    """Return a change set of the editor of some pledges."""
    change_set = change_sets.open_change_set(
        author=users.editor, message="Many", cause=ChangeSet.Cause.IMPORT, at=timezone.now()
    )  # fmt: skip
    for pledge in factories.PledgeFactory.create_batch(count, share__contributor__name="Netherlands"):
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=change_set):
            pass
    return change_set


def submitted(users: SimpleNamespace, count: int = 2) -> ChangeSet:
    """Return such a change set, submitted before its effect is known; that waits for a worker."""
    return tasks.submit(change_set=opened(users, count), by=users.editor, at=timezone.now(), is_confirmed=True)


def work() -> None:
    """Let a worker do what waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


def begun_and_killed(job: Job) -> Job:
    """Return a job that a process began that is gone."""
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, runs=1, begun_at=timezone.now())
    job.refresh_from_db()
    return job


def test_the_effect_is_shown_before_submitting_and_publishing_waits_for_a_worker(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set, by_program = opened(users), program_of(users.editor)
    assert "Work out what it does, to submit it" in browsers.editor.get(page_of(change_set)).content.decode()
    refused = by_program.post(f"{DESK}/change-sets/{change_set.pk}/submit/")
    assert (refused.status_code, "is being worked out" in refused.json()["detail"]) == (409, True)
    shown = browsers.editor.post(f"{LIST}{change_set.pk}/submit/", follow=True).content.decode()
    assert "The effect on the published sums is being worked out." in shown
    chosen = {"action": "submit_selected", "_selected_action": [change_set.pk]}
    assert "is not worked out, and its author looks" in browsers.editor.post(LIST, chosen).content.decode()
    work()
    assert browsers.editor.get(page_of(change_set)).context["effect_sentence"].startswith("Publishing changes")
    browsers.editor.post(f"{LIST}{change_set.pk}/submit/")
    change_set.refresh_from_db()
    assert change_set.status == "submitted"
    shown = browsers.reviewer.get(page_of(change_set))
    assert Job.objects.filter(kind="effect").count() == 1, "what its author saw is what its reviewer reads"
    assert [cell.difference for cell in shown.context["effect"][0].cells] == ["+1,000,000.00"] * 2
    assert "Worked out" in shown.content.decode()
    answer = browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"}, follow=True)
    assert answer["Refresh"]
    assert "is being published" in answer.content.decode()
    assert not Publication.objects.exists()
    assert browsers.editor.get(page_of(change_set))["Refresh"], "the tab can be closed, and anybody comes back to it"
    assert (
        "at work already"
        in browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"}, follow=True).content.decode()
    )
    work()
    over = browsers.reviewer.get(page_of(change_set))
    assert "Refresh" not in over
    change_set.refresh_from_db()
    assert (change_set.status, change_set.reviewer) == ("published", users.reviewer)
    assert Job.objects.get(kind="publish").status == Job.Status.DONE


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, nobody waits for a rehearsal")
def test_while_the_effect_is_worked_out_others_write(users: SimpleNamespace) -> None:
    """On SQLite, which has one writer, it is worked out on a copy."""
    change_set = submitted(users)
    party = factories.PartyFactory(name="Before")
    written: list[int] = []

    def look(_done: int, _total: int) -> None:
        # What a page would do meanwhile: on a connection of its own.
        with closing(sqlite3.connect(name, timeout=0.1)) as other, other:
            written.append(other.execute("UPDATE tracker_party SET name = 'After'").rowcount)

    name = str(connection.settings_dict["NAME"])
    with on_a_copy():
        outcome = effect.outcome(change_set=change_set, at=timezone.now(), watch=look)
    assert len(outcome["tables"]["contributor"]) == 2
    assert len(written) == 6
    party.refresh_from_db()
    assert party.name == "After"
    assert not Publication.objects.exists()
    assert not list(Path(name).parent.glob(f"{Path(name).name}.copy-*"))


def test_an_effect_from_before_another_publishing_says_so(
    browsers: SimpleNamespace, users: SimpleNamespace, publish: Any
) -> None:
    change_set = submitted(users)
    work()
    publish(factories.PartyFactory())
    assert "work it out again to be sure" in browsers.reviewer.get(page_of(change_set)).content.decode()
    browsers.reviewer.post(f"{LIST}{change_set.pk}/effect/")
    work()
    assert "work it out again" not in browsers.reviewer.get(page_of(change_set)).content.decode()


def test_rights_are_asked_again_when_the_work_begins(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    users.reviewer.groups.clear()
    work()
    change_set.refresh_from_db()
    assert change_set.status == "submitted"
    shown = browsers.administrator.get(page_of(change_set)).content.decode()
    assert "Only a reviewer can publish" in shown
    assert "nothing was published" in shown
    assert f"{LIST}{change_set.pk}/publish/" in shown, "it can be asked for again"


def test_a_reviewer_who_rejects_it_meanwhile_has_the_last_word(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    browsers.administrator.post(f"{LIST}{change_set.pk}/reject/", {"reason": "Wrong year"})
    work()
    assert not Publication.objects.exists()
    assert "is rejected" in Job.objects.get(kind="publish").problem


def test_what_goes_back_before_the_worker_begins_is_not_published_without_another_look(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = submitted(users, count=3)
    shown = browsers.reviewer.get(page_of(change_set)).context["revision"]
    asked = {"confirm": "yes", "revision": shown}
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", asked)
    pledge = Pledge.objects.order_by("pk").first()
    tasks.send_back(
        change_set=change_set, keys=[("pledge", pledge.public_id)], by=users.administrator, reason="No source",
        at=timezone.now(),
    )  # fmt: skip
    work()
    assert "left it since you looked" in browsers.reviewer.get(page_of(change_set)).content.decode()
    assert not Publication.objects.exists()


def test_what_stands_in_the_way_is_said_record_by_record(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    change_set = submitted(users)
    initiative = factories.InitiativeFactory()
    Pledge.objects.update(initiative=initiative)
    with records.edit(record=initiative, by=users.second_editor, at=timezone.now()):
        pass
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    work()
    shown = browsers.reviewer.get(page_of(change_set)).content.decode()
    missing = f"refers to initiative {initiative.public_id}, which is not published"
    went_wrong = shown.partition("Publishing it failed")[2].partition("</ul>")[0]
    assert went_wrong.count(missing) == 1, "each record, in the list of what went wrong"


def test_by_program_the_answer_is_202_and_later_ones_say_how_it_stands(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = submitted(users)
    reviewer, address = program_of(users.reviewer), f"{DESK}/change-sets/{change_set.pk}/"
    assert reviewer.get(f"{address}effect/").json()["changes"] is None
    unknown = refusal_of(reviewer.post(f"{address}publish/"), 409)
    assert "what that does to the sums, as it is now, is being worked out" in unknown
    shown = browsers.reviewer.get(page_of(change_set)).content.decode()
    assert '<input type="checkbox" name="confirm" value="yes" required>' in shown
    work()
    effect = reviewer.get(f"{address}effect/").json()
    sums = [(cell["before"], cell["after"]) for cell in effect["changes"] if cell["table"] == "contributor"]
    assert sums == [("0.00", "1000000.00")] * 2
    assert effect["sentence"].startswith("Publishing changes ")
    assert (effect["job"]["status"], effect["is_old"]) == ("done", False)
    asked = reviewer.post(f"{address}publish/")
    assert (asked.status_code, asked.json()["publishing"]["status"]) == (202, "waiting")
    again = reviewer.post(f"{address}publish/", {"confirm": True}, format="json")
    assert (again.status_code, again.json()["detail"]) == (409, "This is at work already, since reviewer asked for it.")
    begun_and_killed(Job.objects.get(kind="publish"))
    assert reviewer.get(address).json()["publishing"]["status"] == "interrupted"
    assert reviewer.post(f"{address}publish/", {"confirm": True}, format="json").status_code == 202
    work()
    assert reviewer.get(address).json()["status"] == "published"


def test_nobody_reviews_their_own_work_at_once_either(users: SimpleNamespace) -> None:
    users.editor.groups.set(users.reviewer.groups.all())
    change_set = submitted(users)
    answer = program_of(users.editor).post(f"{DESK}/change-sets/{change_set.pk}/publish/")
    assert answer.status_code == 403
    assert "Nobody reviews their own change set: ask a colleague" in answer.json()["detail"]
    assert not Job.objects.filter(kind="publish").exists()


def test_what_was_interrupted_is_said_and_begun_again_by_the_next_worker_once(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    job = begun_and_killed(Job.objects.get(kind="publish"))
    shown = browsers.reviewer.get(page_of(change_set)).content.decode()
    assert "The work was interrupted, and nothing of it was written." in shown
    assert "Begin again" in shown
    assert f"{LIST}{change_set.pk}/reject/" in shown, "or rejected, for nobody is at it"
    assert f"{LIST}{change_set.pk}/publish/" not in shown
    assert "Refresh" not in browsers.reviewer.get(page_of(change_set)), "while somebody types why"
    work()
    change_set.refresh_from_db()
    job.refresh_from_db()
    assert (change_set.status, job.runs) == ("published", 2)


def test_what_was_interrupted_twice_is_offered_again_and_not_begun(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    Job.objects.filter(kind="publish").update(status=Job.Status.RUNNING, runs=2)
    work()
    shown = browsers.reviewer.get(page_of(change_set)).content.decode()
    assert "It was interrupted 2 times" in shown
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    work()
    change_set.refresh_from_db()
    assert change_set.status == "published"


def test_what_a_worker_took_and_never_began_is_taken_by_the_next(
    browsers: SimpleNamespace, users: SimpleNamespace, mailoutbox: list[Any]
) -> None:
    type(users.reviewer).objects.filter(pk=users.reviewer.pk).update(email="reviewer@example.org")
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    for result in DBTaskResult.objects.all():
        result.claim("a worker that was killed")
    assert DBTaskResult.objects.running().count() == 3, "the mail, the effect, and publishing"
    work()
    change_set.refresh_from_db()
    assert change_set.status == "published"
    assert not DBTaskResult.objects.running().exists()
    assert [mail.to for mail in mailoutbox] == [["reviewer@example.org"]]


def test_two_who_begin_it_again_begin_it_once(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    change_set = submitted(users)
    browsers.reviewer.post(f"{LIST}{change_set.pk}/publish/", {"confirm": "yes"})
    begun_and_killed(Job.objects.get(kind="publish"))
    for browser in (browsers.reviewer, browsers.administrator):
        browser.post(f"{LIST}{change_set.pk}/again/")
    work()
    assert ChangeSet.objects.filter(status="published").count() == 1
    assert Publication.objects.filter(kind="pledge").count() == 2
    assert browsers.editor.post(f"{LIST}{change_set.pk}/again/").status_code == 403


def test_the_work_of_a_process_that_is_killed_is_held_no_longer(users: SimpleNamespace) -> None:
    """A process of its own holds the job, as a worker does, and is killed without a word."""
    submitted(users)
    job = Job.objects.get()
    code = (
        "import django, sys, time; django.setup()\n"
        "from django.db import connection; connection.settings_dict['NAME'] = sys.argv[2]\n"
        "from tracker.models import Job, process_locks\n"
        "with process_locks.held(int(sys.argv[1]), Job.NOTE) as note:\n"
        "    note(2, 5); print('held', flush=True); time.sleep(60)\n"
    )
    name = str(connection.settings_dict["NAME"])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(job.pk), name], stdout=subprocess.PIPE, env=environment
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING)
        job.refresh_from_db()
        assert not job.is_interrupted()
        assert job.progress() == (2, 5)
        with process_locks.held(job.pk, Job.NOTE) as note:
            assert note is None
        with pytest.raises(WrongStatus, match="at work already"):
            jobs.ask(kind=Job.Kind.EFFECT, change_set=job.change_set, by=users.reviewer, at=timezone.now())
        other.send_signal(signal.SIGKILL)
    for _try in range(50):
        if job.is_interrupted():
            break
        time.sleep(0.1)
    assert job.is_interrupted()
    assert Client().get("/").status_code == 200


@pytest.mark.skipif(connection.vendor != "postgresql", reason="there, the system keeps the lock of a file")
def test_who_loses_the_lock_publishes_nothing(users: SimpleNamespace) -> None:
    """Others take the work for dead by then, and answer as of moments that it would still add rows to."""
    change_set = submitted(users)
    job = Job.objects.create(
        kind=Job.Kind.PUBLISH, change_set=change_set, asked_by=users.reviewer, asked_at=timezone.now()
    )

    def publish(job: Job, note: process_locks.Note) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        assert job.is_interrupted()
        tasks.publish_for(job, note)

    with pytest.raises(OperationalError):
        jobs.run(job=job, work=publish, clock=timezone.now)
    assert not Publication.objects.exists()
    job.refresh_from_db()
    assert (job.status, "Nothing was written" in job.problem) == (Job.Status.FAILED, True)
