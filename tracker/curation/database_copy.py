"""Working on a copy of the database, where trying something out would keep others from writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

from tracker.curation.own_files import own_file


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
    database = Path(original.settings_dict["NAME"])
    with own_file(database.parent, f"{database.name}.copy-", "copy.sqlite3") as file:
        copied = original.copy()
        copied.settings_dict["NAME"] = str(file)
        original.ensure_connection()
        with closing(sqlite3.connect(copied.settings_dict["NAME"])) as target, original.wrap_database_errors:
            original.connection.backup(target)
        connections[connection.alias] = copied
        try:
            yield
        finally:
            copied.close()
            connections[connection.alias] = original
