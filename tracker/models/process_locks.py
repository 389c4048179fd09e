"""Whether a process is at work on something: what is held here, the system lets go of when that process dies.

PostgreSQL holds an advisory lock for as long as the connection lives; beside a SQLite database it is a locked file, for
who writes to SQLite runs on the machine that the file is on. Neither needs a clock, nor anybody who cleans up.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import cast

from django.db import DatabaseError, OperationalError, connection

Note = Callable[[int, int], None]
"""Says how far the work is: done, of how many."""

PUBLISHING = 2**31 - 1
"""The number of what a command publishes without a job: beside those of jobs, which never come so far."""
_LOCKS = 7_140_002
"""The first number of the advisory locks on PostgreSQL; the second is that of the work."""
_HELD = (
    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def held(number: int, note: str) -> Iterator[Note | None]:
    """Be at work on `number` until the block ends; yields how to note progress, or None where another process is.

    On PostgreSQL, noting raises OperationalError where the lock was lost: what is not committed by then must not be.

    `note` is the SQL by which PostgreSQL keeps the progress: done, total and `number` are its parameters. It runs on
    a connection of its own, for nobody sees into a transaction before that ends.
    """
    holding = _held_by_connection(number, note) if connection.vendor == "postgresql" else _held_by_file(number)
    with holding as found:
        yield found


def is_held(number: int) -> bool:
    """Tell whether a process is at work on `number`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [_LOCKS, number])
            return cursor.fetchone() is not None
    with suppress(FileNotFoundError, NotADirectoryError), _path(number).open("rb") as file:
        return not _locked(file.fileno(), fcntl.LOCK_SH)
    return False


def noted(number: int) -> tuple[int, int]:
    """Return how far the work on `number` is, as a file says beside SQLite; zeros where none does."""
    with suppress(OSError, ValueError):
        done, total = _path(number).read_text().split()
        return int(done), int(total)
    return 0, 0


@contextmanager
def _held_by_connection(number: int, sql: str) -> Iterator[Note | None]:
    other = connection.copy()

    def note(done: int, total: int) -> None:
        try:
            with other.cursor() as cursor:
                cursor.execute(sql, [done, total, number])
        except DatabaseError:
            # Whoever cannot say how far it is works on, but not without the lock: others take the work for dead.
            if not other.is_usable():
                raise

    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
            yield note if cursor.fetchone()[0] else None
    finally:
        other.close()


@contextmanager
def _held_by_file(number: int) -> Iterator[Note | None]:
    with ExitStack() as stack:
        path = _path(number)
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            file = stack.enter_context(locked_file(path))
        except OSError as error:
            # Where nothing can be written beside the database, nothing can be written to it.
            raise OperationalError(str(error)) from error

        def note(done: int, total: int) -> None:
            with suppress(OSError):
                os.pwrite(cast("int", file), f"{done:>12} {total:>12}".encode(), 0)

        yield None if file is None else note


@contextmanager
def locked_file(path: Path) -> Iterator[int | None]:
    """Have an empty file to oneself, which goes with the block; yields its descriptor, None where another has it.

    What a process that was killed left is taken over. Raises OSError where it cannot be written.
    """
    file = _opened_and_locked(path)
    try:
        if file is not None:
            # What somebody noted who was killed.
            os.ftruncate(file, 0)
        yield file
    finally:
        if file is not None:
            with suppress(OSError):
                path.unlink()
            os.close(file)


def _opened_and_locked(path: Path) -> int | None:
    """Open a file and lock it; None where another process has."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _locked_soon(file):
            os.close(file)
            return None
        # Whoever had it may have removed it meanwhile: then others lock another file of this name.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file), path.stat()):
                return file
        os.close(file)


def _locked_soon(file: int) -> bool:
    """Lock an open file for oneself, also where somebody looks just now whether anybody has (`is_held`)."""
    for _try in range(5):
        if _locked(file, fcntl.LOCK_EX):
            return True
        time.sleep(0.02)
    return False


def _locked(file: int, how: int) -> bool:
    """Lock an open file, where nobody else has."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path(number: int) -> Path:
    return Path(f"{connection.settings_dict['NAME']}.jobs") / str(number)
