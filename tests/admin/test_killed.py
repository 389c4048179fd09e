"""A worker or a server that is killed in the middle, early or late: nothing is half-written, and it is begun again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db import DatabaseBackend

from tests import factories
from tests.api.conftest import DESK, client_of
from tests.exchange.kiel import make_parties, receive, row
from tracker.curation import jobs
from tracker.curation.database_copy import on_a_copy
from tracker.curation.desk import records
from tracker.curation.importing import imports
from tracker.curation.publishing import tasks
from tracker.curation.review import change_sets
from tracker.curation.twins import kept_list
from tracker.exchange.datasets.imports import on_disk
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, Contribution, Edit, ExternalId, Import, Job, Party, Pledge, Publication

pytestmark = pytest.mark.django_db(transaction=True)

KILLED = """
import os, signal, sys, django
django.setup()
from django.db import connection
from django.utils import timezone
what, number, name, at = sys.argv[1:]
connection.settings_dict["NAME"] = name
from tracker.curation import jobs
from tracker.curation.publishing import tasks
from tracker.exchange.datasets import imports
from tracker.models import Job

def kill(done, total):
    if done == total or at == "early":
        os.kill(os.getpid(), signal.SIGKILL)

def publish(job, note):
    tasks.publish_for(job, kill)

def apply(job, note):
    imports.apply(imported=job.imported, at=timezone.now(), watch=kill)

job = Job.objects.get(pk=number)
if what == "server":
    change_set, by = job.change_set, job.asked_by
    job.delete()
    jobs.run_now(kind="publish", change_set=change_set, by=by, differences=(), work=publish, clock=timezone.now)
else:
    jobs.run(job=job, work=publish if what == "publish" else apply, clock=timezone.now)
"""
"""A program that does what a worker or a server does, and kills itself inside of the transaction."""


def kill(what: str, job: Job, at: str) -> Job:
    """Let a process of its own do a job and be killed; returns the job that it was at."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run([sys.executable, "-c", KILLED, what, str(job.pk), name, at], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    left = Job.objects.get(kind=job.kind)
    # PostgreSQL takes a moment to see that nobody is there any more.
    for _try in range(50):
        if left.is_interrupted():
            break
        time.sleep(0.1)
    assert left.is_interrupted()
    return left


def file_of(job: Job) -> Path:
    """Return where beside a SQLite database it is noted that somebody is at work on a job."""
    return Path(f"{connection.settings_dict['NAME']}.jobs") / str(job.pk)


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)


@pytest.fixture(autouse=True)
def _by_a_worker(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def waiting(users: SimpleNamespace) -> ChangeSet:
    """A submitted change set of three pledges."""
    change_set = change_sets.open_change_set(
        author=users.editor, message="Three", cause=ChangeSet.Cause.NEW_INFORMATION, at=timezone.now()
    )
    for pledge in factories.PledgeFactory.create_batch(3):
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=change_set):
            pass
    return change_sets.submit(change_set=change_set, by=users.editor, at=timezone.now())


@pytest.mark.parametrize("at", ["early", "late"])
@pytest.mark.parametrize("what", ["publish", "server"])
def test_who_is_killed_while_publishing_has_published_nothing(
    what: str, at: str, waiting: ChangeSet, users: SimpleNamespace, browsers: SimpleNamespace
) -> None:
    job = Job.objects.create(
        kind=Job.Kind.PUBLISH, change_set=waiting, asked_by=users.reviewer, asked_at=timezone.now()
    )
    job = kill(what, job, at)
    assert not Publication.objects.exists()
    assert not Contribution.objects.exists()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.published_at) == ("submitted", None)
    page = f"/admin/tracker/changeset/{waiting.pk}/change/"
    assert "The work was interrupted, and nothing of it was written." in browsers.reviewer.get(page).content.decode()
    assert browsers.viewer.get("/api/v1/pledges/").status_code == 200
    work()
    waiting.refresh_from_db()
    assert waiting.status == "published"
    assert list(Publication.objects.filter(kind="pledge").values_list("version", flat=True)) == [1, 1, 1]
    call_command("verify_shelf", verbosity=0)


@pytest.mark.parametrize("at", ["early", "late"])
def test_a_worker_that_is_killed_while_importing_has_written_nothing(
    at: str, users: SimpleNamespace, browsers: SimpleNamespace
) -> None:
    make_parties()
    imported = receive(users.editor, [row(f"FIM{number}", value="100", part_value="100") for number in (1, 2, 3)])
    plan_import.func(imported.pk)
    imported.refresh_from_db()
    imports.accept(imported=imported, by=users.editor)
    job = Job.objects.create(kind=Job.Kind.APPLY, imported=imported, asked_by=users.editor, asked_at=timezone.now())
    kill("apply", job, at)
    assert not any(model.objects.exists() for model in (Pledge, ChangeSet, Edit, ExternalId))
    page = f"/admin/tracker/import/{imported.pk}/change/"
    assert "The work was interrupted, and nothing of it was written." in browsers.editor.get(page).content.decode()
    work()
    imported.refresh_from_db()
    assert imported.status == Import.Status.APPLIED
    assert (Pledge.objects.count(), ChangeSet.objects.count()) == (3, 1)
    assert Job.objects.get(kind=Job.Kind.APPLY).runs == 2


def test_what_is_killed_again_and_again_is_given_up_and_offered(
    users: SimpleNamespace, browsers: SimpleNamespace
) -> None:
    make_parties()
    imported = receive(users.editor, [row("FIM1", value="100", part_value="100")])
    plan_import.func(imported.pk)
    imported.refresh_from_db()
    imports.accept(imported=imported, by=users.editor)
    job = Job.objects.create(
        kind=Job.Kind.APPLY, imported=imported, asked_by=users.editor, asked_at=timezone.now(), runs=1
    )
    kill("apply", job, "early")
    work()
    imported.refresh_from_db()
    assert imported.status == Import.Status.PLANNED
    assert "interrupted 2 times" in imported.problem
    assert not file_of(job).exists()
    browsers.editor.post(f"/admin/tracker/import/{imported.pk}/accept/", {"digest": imported.digest})
    work()
    imported.refresh_from_db()
    assert imported.status == Import.Status.APPLIED


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, a lock is no file")
def test_what_a_killed_job_left_goes_when_it_is_asked_for_again(waiting: ChangeSet, users: SimpleNamespace) -> None:
    job = Job.objects.create(
        kind=Job.Kind.PUBLISH, change_set=waiting, asked_by=users.reviewer, asked_at=timezone.now(),
        status=Job.Status.RUNNING,
    )  # fmt: skip
    file_of(job).parent.mkdir(exist_ok=True)
    file_of(job).write_text("2 5")
    jobs.ask(kind=Job.Kind.PUBLISH, change_set=waiting, by=users.reviewer, at=timezone.now())
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert not file_of(job).exists()


class Killed(BaseException):
    """What happens to a server that is killed."""


def test_a_server_killed_when_it_leaves_work_to_a_worker_has_noted_nothing_either(
    users: SimpleNamespace, browsers: SimpleNamespace, waiting: ChangeSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be "being applied" for ever, with nobody who does it."""
    make_parties()
    imported = receive(users.editor, [row("FIM1", value="100", part_value="100")])
    plan_import.func(imported.pk)
    imported.refresh_from_db()
    editor, program = browsers.editor, client_of(users.editor)
    pages, address = f"/admin/tracker/import/{imported.pk}", f"{DESK}/imports/{imported.pk}"
    file = SimpleUploadedFile("more.csv", b"a;b\n1;2\n")
    upload = {"profile": "kiel", "release": "21"}
    ways: list[Callable[[], Any]] = [
        lambda: editor.post("/admin/tracker/import/add/", {**upload, "file": file}),
        lambda: editor.post(f"{pages}/accept/", {"digest": imported.digest}),
        lambda: editor.post(f"{pages}/again/"),
        lambda: editor.post(f"{pages}/labels/", {"again": "1"}),
        lambda: program.post(f"{DESK}/imports/", {**upload, "file": file}, format="multipart"),
        lambda: program.post(f"{address}/accept/"),
        lambda: program.post(f"{address}/replan/"),
        lambda: tasks.request_effect(change_set=waiting, by=users.reviewer, at=timezone.now()),
        lambda: kept_list.request(by=users.editor, at=timezone.now()),
    ]  # fmt: skip
    jobs_before = Job.objects.count()

    def killed(*_arguments: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseBackend, "enqueue", killed)
        for way in ways:
            file.seek(0)
            with pytest.raises(Killed):
                way()
            imported.refresh_from_db()
            assert imported.status == Import.Status.PLANNED
            assert (Import.objects.count(), Job.objects.count()) == (1, jobs_before)
    ways[1]()
    work()
    imported.refresh_from_db()
    assert imported.status == Import.Status.APPLIED


KILLED_ON_A_COPY = """
import os, signal, sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from tracker.curation import jobs
from tracker.curation.database_copy import on_a_copy

with on_a_copy():
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, nothing is worked out on a copy")
def test_the_copy_of_a_killed_process_goes_with_the_next_and_that_of_one_at_work_stays() -> None:
    name = str(connection.settings_dict["NAME"])

    def copies() -> int:
        return len(list(Path(name).parent.glob(f"{Path(name).name}.copy-*")))

    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    for _time in range(2):
        subprocess.run([sys.executable, "-c", KILLED_ON_A_COPY, name], env=environment, check=False)
        assert copies() == 1
    with on_a_copy():
        assert copies() == 1
        subprocess.run([sys.executable, "-c", KILLED_ON_A_COPY, name], env=environment, check=False)
        assert copies() == 2
        assert Party.objects.count() == 0
    with on_a_copy():
        assert copies() == 1
    assert copies() == 0


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there, nothing is worked out on a copy")
def test_what_somebody_keeps_beside_the_database_stays() -> None:
    name = str(connection.settings_dict["NAME"])
    folder, file = Path(f"{name}.copy-before-upgrade"), Path(f"{name}.copy-of-monday")
    try:
        folder.mkdir()
        (folder / "register.sqlite3").touch()
        file.touch()
        with on_a_copy():
            assert Party.objects.count() == 0
        assert (folder / "register.sqlite3").exists()
        assert file.exists()
    finally:
        shutil.rmtree(folder)
        file.unlink()


KILLED_WITH_A_FILE = """
import os, signal, sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from tracker.exchange.datasets.imports import on_disk
from tracker.models import Import

with on_disk(Import.objects.get()):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_file_of_a_killed_import_goes_with_the_next(
    users: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = receive(users.editor, [row("FIM1", value="100", part_value="100")])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": str(tmp_path)}
    name = str(connection.settings_dict["NAME"])
    subprocess.run([sys.executable, "-c", KILLED_WITH_A_FILE, name], env=environment, check=False)
    assert len(list(tmp_path.iterdir())) == 1
    kept = tmp_path / "tracker-import-notes"
    kept.mkdir()
    (kept / "what somebody else keeps.txt").touch()
    with on_disk(imported) as mine, on_disk(imported) as other:
        assert sorted(tmp_path.iterdir()) == sorted([kept, mine.parent, other.parent])
    assert list(tmp_path.iterdir()) == [kept]
