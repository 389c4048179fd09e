"""Working on a copy of the database, where trying something out would keep others from writing."""

import fcntl
import glob
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from django.db import connection, connections

_COPY = "copy.sqlite3"


@contextmanager
def on_a_copy() -> Iterator[None]:
    """Let what this thread does in the block happen to a copy of a SQLite database, which is thrown away.

    SQLite has one writer: a rehearsal of seconds would put off everybody else. The copy stands beside the database and
    needs as much room. On PostgreSQL nobody waits, and inside of a transaction nothing can be copied: there the block
    works on the database itself.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    original = connections[connection.alias]
    with _folder_beside(Path(original.settings_dict["NAME"])) as folder:
        copied = original.copy()
        copied.settings_dict["NAME"] = str(folder / _COPY)
        original.ensure_connection()
        with closing(sqlite3.connect(copied.settings_dict["NAME"])) as target, original.wrap_database_errors:
            original.connection.backup(target)
        connections[connection.alias] = copied
        try:
            yield
        finally:
            copied.close()
            connections[connection.alias] = original


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder beside a database for the block; those of processes that were killed meanwhile go, too.

    Each is locked for as long as its process lives, and is locked when others can see it.
    """
    with _locked(path.parent, fcntl.LOCK_EX):
        for left in path.parent.glob(f"{glob.escape(path.name)}.copy-*"):
            if _is_ours(left):
                with suppress(BlockingIOError), _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
                    shutil.rmtree(left)
        folder = Path(mkdtemp(prefix=f"{path.name}.copy-", dir=path.parent))
        mine = os.open(folder, os.O_RDONLY)
        fcntl.flock(mine, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(mine)


def _is_ours(folder: Path) -> bool:
    """Tell whether nothing but a copy stands in a folder: what somebody else keeps under such a name stays."""
    return folder.is_dir() and all(file.name.startswith(_COPY) for file in folder.iterdir())


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """Hold a folder locked. Raises BlockingIOError where another process does, and `how` says not to wait."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, how)
        yield
    finally:
        os.close(opened)
