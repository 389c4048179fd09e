"""Backups: a copy of the whole register, consistent while it is in use, with a manifest that says what it holds.

SQLite copies itself page by page as of one moment (its online backup); of PostgreSQL, `pg_dump` writes what one
snapshot sees. A plain copy of the file of a SQLite database lacks what stands in its write-ahead log.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tracker.models import process_locks
from tracker.reporting.checks.backup_manifest import manifest, read_manifest


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why."""


def manifest_file(backup: Path) -> Path:
    """Return where the manifest of a backup stands: beside it."""
    return backup.with_name(f"{backup.name}.manifest.json")


def back_up(path: Path) -> dict[str, Any]:
    """Write the register to `path` and its manifest beside it; return the manifest.

    Both appear whole or not at all. Raises BackupError where the file is there already, is being written by another
    backup, or cannot be written.
    """
    try:
        with process_locks.locked_file(path.with_name(f"{path.name}.lock")) as lock:
            if lock is None:
                raise BackupError(_("%s is being written by another backup.") % path)
            return _written(path)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(_("%(file)s cannot be written: %(error)s") % {"file": path, "error": error}) from error


def _written(path: Path) -> dict[str, Any]:
    beside = manifest_file(path)
    part, beside_part = (file.with_name(f"{file.name}.part") for file in (path, beside))
    try:
        if path.exists():
            raise BackupError(_("%s is there already: name a new file, so that no backup is overwritten.") % path)
        _remove(part)
        found = _dump(part) if connection.vendor == "postgresql" else _copy(part)
        found["backup"] = {"database": connection.vendor, "sha256": _sha256(part)}
        beside_part.write_text(json.dumps(found, indent=2) + "\n")
        beside_part.replace(beside)
        part.replace(path)
    finally:
        # Where neither can be, neither can be removed.
        for left in (part, beside_part):
            with suppress(OSError):
                _remove(left)
    return found


def _remove(part: Path) -> None:
    """Remove what is half written, with what SQLite keeps beside a database that it writes to."""
    for end in ("", "-journal", "-wal", "-shm"):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def restore(path: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in the place of the configured database, and return the manifest that was written with it.

    Raises BackupError, and leaves the database as it is, where a file is missing, not as it was written, of another
    kind of database or another version of the tracker, or cannot be read; where the database holds a register and
    `replace` is not set; and where anybody else uses it, as what they write meanwhile would be lost.
    """
    stated = _checked(path)
    if not replace and _holds_register():
        raise BackupError(
            _("The database holds a register already. Back it up first; then repeat with --replace to restore this.")
        )
    if connection.vendor == "postgresql":
        _refuse_if_in_use()
        connection.close()
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(path))
        return stated
    connection.close()
    try:
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as target,
        ):
            _require_migrations(source, stated)
            _overwrite(target, source)
    except sqlite3.Error as error:
        raise BackupError(_("%(file)s cannot be restored: %(error)s") % {"file": path, "error": error}) from error
    return stated


def _holds_register() -> bool:
    """Tell whether the database has the tracker's tables. Raises BackupError where it is damaged."""
    try:
        return "tracker_publication" in connection.introspection.table_names()
    except OperationalError:
        raise
    except DatabaseError as error:
        raise _damaged(error) from error


_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def _refuse_if_in_use() -> None:
    """Raise BackupError where anybody else is connected to a PostgreSQL database as the user that the tracker is."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        if cursor.fetchone()[0]:
            raise _in_use()


def _overwrite(target: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """Put one SQLite database in the place of another. Raises BackupError where that is in use, or damaged."""
    try:
        _keep_others_out(target)
        source.backup(target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        # The backup is as it was written, and was read just now.
        raise _damaged(error) from error


def _damaged(error: Exception) -> BackupError:
    return BackupError(
        _("The database is damaged (%(error)s), and only a whole one can be overwritten: move %(file)s away, with "
          "what has its name and -wal, -shm or -journal behind it, and restore again.")
        % {"error": error, "file": connection.settings_dict["NAME"]}
    )  # fmt: skip


def _keep_others_out(target: sqlite3.Connection) -> None:
    """Have a SQLite database to oneself until it is closed. Raises BackupError where anybody else has it open."""
    try:
        target.execute("PRAGMA locking_mode = EXCLUSIVE")
        # What has a write-ahead log, as the tracker's has, can be without it only where nobody else has it open.
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("BEGIN EXCLUSIVE")
        target.commit()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise _in_use() from error


def _in_use() -> BackupError:
    return BackupError(
        _("Somebody uses the database: stop the server and the worker first. What they write meanwhile would be lost.")
    )


def _require_migrations(source: sqlite3.Connection, stated: dict[str, Any]) -> None:
    """Raise BackupError where a SQLite file is not of the version of the tracker that its manifest states."""
    found = source.execute("SELECT name FROM django_migrations WHERE app = 'tracker' ORDER BY name")
    if [name for [name] in found] != stated["migrations"]:
        raise BackupError(_("The manifest is not that of this backup."))


def _checked(path: Path) -> dict[str, Any]:
    """Return the manifest of a backup that can be restored here. Raises BackupError where it cannot."""
    try:
        stated = read_manifest(manifest_file(path))
        database, sha256, migrations = *map(stated["backup"].get, ("database", "sha256")), stated["migrations"]
    except (OSError, ValueError) as error:
        raise BackupError(_("The manifest of %(file)s: %(error)s") % {"file": path, "error": error}) from error
    if database != connection.vendor:
        raise BackupError(
            _("%(file)s is a backup of %(theirs)s, and DATABASE_URL names %(ours)s.")
            % {"file": path, "theirs": database, "ours": connection.vendor}
        )
    ours = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "tracker")
    if migrations != ours:
        raise BackupError(
            _("%s is a backup of another version of the tracker: restore it with that, and upgrade afterwards.") % path
        )
    try:
        found = _sha256(path)
    except OSError as error:
        raise BackupError(_("%(file)s cannot be read: %(error)s") % {"file": path, "error": error}) from error
    if found != sha256:
        raise BackupError(_("%s is not as it was written: it is cut off or damaged. Take another backup.") % path)
    return stated


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(path: Path) -> dict[str, Any]:
    """Copy a SQLite database as one read sees it, which holds up no writer, and return the manifest of that."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target, connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            found = manifest()
            connection.connection.backup(target)
        finally:
            cursor.execute("ROLLBACK")
        # One file by itself, which can be carried about: what is restored has a log of its own again.
        target.execute("PRAGMA journal_mode=DELETE")
    return found


def _dump(path: Path) -> dict[str, Any]:
    """Have `pg_dump` write what one snapshot sees, and return the manifest of that snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={path}")
        return manifest()


def _run(program: str, *options: str) -> None:
    """Run a program of PostgreSQL on the configured database. Raises BackupError with what it says."""
    if shutil.which(program) is None:
        raise BackupError(_("%s is not installed: it comes with PostgreSQL's client programs.") % program)
    settings = connection.settings_dict
    asked = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {name: str(settings[key]) for name, key in asked.items() if settings.get(key)}
    run = subprocess.run(
        [program, f"--dbname={settings['NAME']}", *options],
        env=os.environ | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        # A program that is killed says nothing.
        said = run.stderr.strip() or _("it was ended before it was done (%s).") % run.returncode
        raise BackupError(f"{program}: {said}")
