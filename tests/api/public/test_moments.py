"""What is answered as of a moment is answered so for ever, also where something is being published meanwhile."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.api.shelf import TABLE
from tests.exchange.kiel import make_parties, row, write
from tracker.curation.desk import records
from tracker.curation.publishing import tasks
from tracker.curation.review import change_sets
from tracker.lib import response_cache
from tracker.models import ChangeSet, Job, clock

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = ("/api/v1/pledges/?fields=id,name&limit=500&", f"{TABLE}?rows=contributor&columns=none&", "/pledges/?")
ROUNDS = 6


def ask(address: str, moment: str) -> tuple[int, bytes]:
    """Return status and bytes of an answer; none that was given before."""
    response_cache.forget()
    answer: Any = Client().get(f"{address}as_of={moment}")
    return answer.status_code, answer.getvalue()


def now() -> str:
    return timezone.now().isoformat().replace("+", "%2B")


class Readers:
    """People who ask for the moment that it is, again and again, and remember what they were answered."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, tuple[int, bytes]]] = []
        self.stop = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[address]) for address in ADDRESSES]

    def _read(self, address: str) -> None:
        while not self.stop.is_set():
            moment = now()
            self.answers.append((address, moment, ask(address, moment)))
            time.sleep(0.005)
        connection.close()

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()


def submitted(users: SimpleNamespace, number: int) -> ChangeSet:
    change_set = change_sets.open_change_set(
        author=users.editor, message=f"Round {number}", cause=ChangeSet.Cause.NEW_INFORMATION, at=timezone.now()
    )
    for pledge in factories.PledgeFactory.create_batch(10, share__contributor__name=f"Party {number}"):
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=change_set):
            pass
    return change_sets.submit(change_set=change_set, by=users.editor, at=timezone.now())


def test_no_answer_changes_after_it_was_given(users: SimpleNamespace) -> None:
    waiting = [submitted(users, number) for number in range(ROUNDS)]
    with Readers() as readers:
        for change_set in waiting:
            tasks.request_publishing(change_set=change_set, by=users.reviewer, at=timezone.now())
            time.sleep(0.05)
    given = [answer for answer in readers.answers if answer[2][0] == 200]
    put_off = [status for _address, _moment, (status, _body) in readers.answers if status != 200]
    assert set(put_off) <= {503}
    assert len({body for _address, _moment, (_status, body) in given}) > ROUNDS, "readers saw the register grow"
    changed = [(address, moment) for address, moment, answer in given if ask(address, moment) != answer]
    assert changed == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one machine, and so one clock")
def test_a_server_whose_clock_is_behind_publishes_at_no_moment_that_was_asked_for(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, moment = submitted(users, 1), now()
    before = [ask(address, moment) for address in ADDRESSES]
    with monkeypatch.context() as behind:
        real = timezone.now
        behind.setattr(timezone, "now", lambda: real() - dt.timedelta(minutes=1))
        tasks.request_publishing(change_set=waiting, by=users.reviewer, at=timezone.now())
    assert [status for status, _body in before] == [200] * 3
    assert [ask(address, moment) for address in ADDRESSES] == before
    assert ask(ADDRESSES[0], now()) != before[0]


def test_the_newest_moment_can_be_asked_for_by_a_clock_that_went_back(
    users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.request_publishing(change_set=submitted(users, 1), by=users.reviewer, at=timezone.now())
    shown = Client().get(ADDRESSES[0])["As-Of"].replace("+", "%2B")
    earlier = timezone.now() - dt.timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    assert ask(ADDRESSES[0], shown)[0] == 200


def test_while_a_command_publishes_its_moments_are_put_off(
    users: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It writes in one transaction what it imports and publishes, and takes its moment in the midst of it."""
    make_parties()
    file = write(tmp_path / "7.csv", [row("FIM1", value="100", part_value="100")])
    seen: list[int] = []
    publishing, reading = tasks.submit_and_publish, ThreadPoolExecutor(1)

    def look(address: str) -> int:
        try:
            return ask(address, now())[0]
        finally:
            connection.close()

    def publish_and_look(**asked: Any) -> Any:
        done = publishing(**asked)
        seen.extend(reading.map(look, ADDRESSES))
        return done

    monkeypatch.setattr(tasks, "submit_and_publish", publish_and_look)
    who = {"author": "editor", "publish_as": "reviewer"}
    call_command("import_records", file, profile="kiel", release="7", verbosity=0, **who)
    assert seen == [503] * 3
    assert [ask(address, now())[0] for address in ADDRESSES] == [200, 422, 200], "answered, also that stages are two"
    with tasks.while_readers_are_put_off(), pytest.raises(CommandError, match="Another command is publishing"):
        call_command("import_records", file, profile="kiel", release="8", verbosity=0, **who)


def test_while_something_is_published_its_moments_are_put_off_and_earlier_ones_are_not(users: SimpleNamespace) -> None:
    tasks.request_publishing(change_set=submitted(users, 1), by=users.reviewer, at=timezone.now())
    before = now()
    seen: list[tuple[int, Any]] = []

    def look(_done: int, _total: int) -> None:
        seen.extend(ask(address, moment) for moment in (now(), before) for address in ADDRESSES)

    change_set = submitted(users, 2)
    job = Job.objects.create(
        kind=Job.Kind.PUBLISH, change_set=change_set, asked_by=users.reviewer, asked_at=timezone.now()
    )
    tasks.jobs.run(job=job, work=lambda _job, _note: look(0, 0), clock=timezone.now)
    assert [status for status, _body in seen] == [503] * 3 + [200] * 3
    assert all(b"Ask again in some seconds" in body for _status, body in seen[:3])
    # Whoever published is gone, and nothing comes of it.
    Job.objects.update(status=Job.Status.RUNNING)
    assert [ask(address, now())[0] for address in ADDRESSES] == [200] * 3
