"""Backups: what was published is in them, also while others write, and what is restored is held to its manifest."""

import errno
import gc
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from tests import factories
from tracker.curation.desk import records
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.exchange import backups
from tracker.models import Party, Publication
from tracker.reporting.checks.backup_manifest import manifest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path: Path, users: SimpleNamespace) -> Path:
    """Return a backup of a register with one published party."""
    # What an earlier test left lying about holds a database open on SQLite that it closed: nobody restores beside it.
    gc.collect()
    now, party = timezone.now(), factories.PartyFactory(name="As backed up")
    with records.edit(record=party, by=users.editor, at=now) as edit:
        pass
    change_sets.submit(change_set=edit.change_set, by=users.editor, at=now)
    publishing.publish(change_set=edit.change_set, by=users.reviewer, at=now)
    call_command("backup", tmp_path / "register of today.backup")
    return tmp_path / "register of today.backup"


def test_a_backup_restores_what_was_published_and_takes_back_what_came_after(backup: Path, capsys: Any) -> None:
    Party.objects.update(name="Lost by accident")
    factories.PartyFactory()
    call_command("restore", backup, replace=True)
    assert "Restored" in capsys.readouterr().out
    assert [party.name for party in Party.objects.all()] == ["As backed up"]
    assert Publication.objects.count() == 1
    call_command("verify_shelf", manifest=Path(f"{backup}.manifest.json"))


def test_a_register_is_not_replaced_and_a_backup_not_overwritten_unasked(backup: Path) -> None:
    with pytest.raises(CommandError, match="holds a register already"):
        call_command("restore", backup)
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", backup)
    assert Party.objects.exists()


def test_what_is_missing_or_altered_since_is_named(backup: Path, capsys: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_publication SET sha256 = upper(sha256)")
    with pytest.raises(CommandError):
        call_command("verify_shelf", manifest=Path(f"{backup}.manifest.json"))
    assert "tracker_publication: as many rows, but not the same" in capsys.readouterr().err
    factories.PartyFactory()
    with pytest.raises(CommandError):
        call_command("verify_shelf", manifest=Path(f"{backup}.manifest.json"))
    assert "tracker_party: the manifest has 1 rows, the register 2" in capsys.readouterr().err


def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"rows": 1}))
    with pytest.raises(CommandError, match="is no manifest"):
        call_command("verify_shelf", manifest=other)
    with pytest.raises(CommandError, match="The manifest of"):
        call_command("restore", tmp_path / "nothing", replace=True)


def _cut_off(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-5000])


def _overwritten(backup: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:9000] + b"\xff" * 9000 + whole[18000:])


def _gone(backup: Path) -> None:
    backup.unlink()


def _another_file(backup: Path) -> None:
    backup.write_text("No backup at all.")
    _stating(backup={"sha256": hashlib.sha256(backup.read_bytes()).hexdigest()})(backup)


def _stating(**said: Any) -> Callable[[Path], None]:
    """Return what lets the manifest of a backup state something else."""

    def change(backup: Path) -> None:
        manifest = Path(f"{backup}.manifest.json")
        stated = json.loads(manifest.read_text())
        manifest.write_text(json.dumps(stated | said | {"backup": stated["backup"] | said.get("backup", {})}))

    return change


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_cut_off, "cut off or damaged"),
        (_overwritten, "cut off or damaged"),
        (_gone, "cannot be read"),
        (_stating(backup={"database": "oracle"}), "a backup of oracle"),
        (_stating(migrations=["0001_register", "0099_of_later"]), "another version of the tracker"),
        (_stating(migrations=None), "The manifest of"),
        (_stating(rows=[1]), "The manifest of"),
        (_stating(hashes=None), "The manifest of"),
        (_another_file, "not a database|valid archive"),
    ],
)
def test_what_cannot_be_restored_leaves_the_register_as_it_is(
    spoil: Callable[[Path], None], words: str, backup: Path
) -> None:
    """To find out afterwards would be to have lost both."""
    spoil(backup)
    factories.PartyFactory(name="Written since")
    with pytest.raises(CommandError, match=words):
        call_command("restore", backup, replace=True)
    assert Party.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "postgresql", reason="pg_restore undoes what it cannot restore as a whole")
def test_a_database_of_something_else_is_not_restored_whatever_its_manifest_says(backup: Path) -> None:
    with sqlite3.connect(backup) as other:
        other.execute("DELETE FROM django_migrations WHERE name LIKE '0003%'")
    _stating(backup={"sha256": hashlib.sha256(backup.read_bytes()).hexdigest()})(backup)
    factories.PartyFactory(name="Written since")
    with pytest.raises(CommandError, match="not that of this backup"):
        call_command("restore", backup, replace=True)
    assert Party.objects.count() == 2


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL's files are its own")
@pytest.mark.parametrize(
    ("damage", "replace"),
    [
        (lambda whole: b"\xff" * 100 + whole[100:], False), (lambda whole: b"\xff" * 100 + whole[100:], True),
        (lambda whole: whole[: len(whole) // 2], True),
    ],
)  # fmt: skip
def test_a_damaged_database_is_not_taken_for_a_damaged_backup(
    damage: Callable[[bytes], bytes], replace: bool, backup: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """That is when people restore: who is told that the backup is none gives up what they have."""
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(damage(backup.read_bytes()))
    connection.close()
    try:
        with monkeypatch.context() as other:
            other.setitem(connection.settings_dict, "NAME", str(damaged))
            with pytest.raises(CommandError, match=r"database is damaged.*move .*damaged\.sqlite3 away"):
                call_command("restore", backup, replace=replace)
            connection.close()
            damaged.rename(tmp_path / "away.sqlite3")
            call_command("restore", backup)
            assert [party.name for party in Party.objects.all()] == ["As backed up"]
    finally:
        connection.close()


def test_nothing_is_restored_while_somebody_uses_the_database(backup: Path) -> None:
    """A server that goes on says that what it writes is kept, and all of it is overwritten a moment later."""
    factories.PartyFactory(name="Written since")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1")
        with pytest.raises(CommandError, match="stop the server and the worker"):
            call_command("restore", backup, replace=True)
        assert Party.objects.count() == 2
    finally:
        other.close()
    call_command("restore", backup, replace=True)
    assert Party.objects.count() == 1


def test_two_backups_at_once_are_not_mixed(tmp_path: Path, monkeypatch: Any, backup: Path) -> None:
    """The file of one with the manifest of the other could not be restored."""
    both = tmp_path / "both.backup"
    said = []

    def meanwhile() -> dict[str, Any]:
        monkeypatch.setattr(backups, "manifest", manifest)
        with pytest.raises(CommandError) as refused:
            call_command("backup", both)
        said.append(str(refused.value))
        return manifest()

    monkeypatch.setattr(backups, "manifest", meanwhile)
    call_command("backup", both)
    assert said == [f"{both} is being written by another backup."]
    assert sorted(file.name for file in tmp_path.glob("both*")) == ["both.backup", "both.backup.manifest.json"]
    call_command("restore", both, replace=True)


def test_a_database_that_cannot_be_used_is_told_in_words(tmp_path: Path, monkeypatch: Any) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(backups, "manifest", gone)
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("backup", tmp_path / "register.backup")
    assert not list(tmp_path.iterdir())


def test_a_backup_that_finds_no_room_leaves_nothing_behind(tmp_path: Path, monkeypatch: Any) -> None:
    def full(*_text: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", tmp_path / "register.backup")
    assert not list(tmp_path.iterdir())


def test_what_a_killed_backup_left_goes_with_the_next(tmp_path: Path) -> None:
    """SQLite would take what it kept beside one for what belongs to the other."""
    for end in (".part", ".part-journal", ".manifest.json.part", ".lock"):
        (tmp_path / f"register{end}").write_text("half")
    call_command("backup", tmp_path / "register")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["register", "register.manifest.json"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no program to copy itself")
def test_a_program_that_is_killed_is_told_in_words(tmp_path: Path, monkeypatch: Any) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pg_dump").write_text("#!/bin/sh\nkill -9 $$\n")
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    with pytest.raises(CommandError, match="pg_dump: it was ended before it was done"):
        call_command("backup", tmp_path / "register.backup")
    assert list(tmp_path.iterdir()) == [programs]


@pytest.mark.parametrize("name", ["a-file/backup", "n" * 300])
def test_a_place_where_no_file_can_be_is_told_in_words(name: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", tmp_path / name)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has no file of its own to copy")
def test_a_backup_has_what_a_plain_copy_of_the_file_lacks(backup: Path) -> None:
    """What was written last stands in the write-ahead log, and not yet in the file."""
    with sqlite3.connect(backup) as copied:
        assert copied.execute("SELECT count(*) FROM tracker_publication").fetchone() == (1,)
