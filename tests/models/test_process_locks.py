"""Locks that tell whether a process is at work: one has it, whatever others look at or leave behind."""

import fcntl
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tracker.models import Job, process_locks

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL keeps its locks itself"),
]

NUMBER = 7


@pytest.fixture
def path() -> Path:
    return Path(f"{connection.settings_dict['NAME']}.jobs") / str(NUMBER)


def test_work_that_fails_leaves_no_file(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), process_locks.held(NUMBER, Job.NOTE):
        raise ZeroDivisionError
    assert not path.exists()


def test_who_gets_the_lock_of_a_file_that_goes_locks_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else others, who find no file of this name, take the work for dead and begin it a second time."""
    flock = fcntl.flock

    def locked_too_late(file: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        flock(file, how)
        path.unlink()

    monkeypatch.setattr(fcntl, "flock", locked_too_late)
    with process_locks.held(NUMBER, Job.NOTE) as note:
        assert note is not None
        assert process_locks.is_held(NUMBER)
        with process_locks.held(NUMBER, Job.NOTE) as second:
            assert second is None
        assert process_locks.is_held(NUMBER)


def test_who_only_looks_keeps_nobody_from_the_work(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks whether anybody is at work at the moment at which a worker begins: nobody would do it."""
    path.parent.mkdir(exist_ok=True)
    looking = os.open(path, os.O_RDONLY | os.O_CREAT)
    fcntl.flock(looking, fcntl.LOCK_SH)

    def sleep(_seconds: Any) -> None:
        monkeypatch.undo()
        os.close(looking)

    monkeypatch.setattr(process_locks.time, "sleep", sleep)
    with process_locks.held(NUMBER, Job.NOTE) as note:
        assert note is not None
