"""Measures importing: `python benchmarks/imports.py`. See docs/performance.md.

Each file is read, planned, applied and published, as the jobs do it, in a process and a database of its own: of
SQLite, or beside the PostgreSQL database that DATABASE_URL names. Seconds are of the processor, but for
`held`: how long, by the clock, a transaction on SQLite kept others from writing.
"""

import argparse
import datetime as dt
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import DATABASE, ROOT, folder  # isort: split

from bare import insert_again, newest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, transaction
from synthetic import write_workbook

from tracker.curation.callbacks import unwatched
from tracker.curation.importing import imports
from tracker.curation.publishing import fixtures, publishing
from tracker.curation.publishing.preparing import prepare
from tracker.curation.review import change_sets
from tracker.exchange.datasets import imports as datasets
from tracker.exchange.inbound.files import open_file
from tracker.models import ChangeSet, Import

RELEASE_21 = ROOT.parent / "shared" / "data" / "kiel-r21" / "kiel_release_21_main_data.xlsx"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def main() -> None:
    """Measure every file, each in a process and a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000], help="lengths of synthetic files")
    parser.add_argument("--file", type=Path, help="measure this file of the Kiel Institute's main data only")
    parser.add_argument("--discard", action="store_true", help="discard each import instead of publishing it")
    chosen = parser.parse_args()
    if DATABASE in os.environ:
        _run(chosen.file, discard=chosen.discard)
        return
    files = [chosen.file] if chosen.file else [RELEASE_21] if RELEASE_21.exists() else []
    for count in [] if chosen.file else chosen.rows:
        files.append(write_workbook(Path(folder.name) / f"synthetic-{count}.xlsx", count))
    for file in files:
        _measure(file, ["--discard"] if chosen.discard else [])


def _measure(file: Path, options: list[str]) -> None:
    """Make a database with what an import needs, and import `file` there in another process."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _prepare()
        name = str(connection.settings_dict["NAME"])
        connection.close()
        command = [sys.executable, __file__, "--file", str(file), *options]
        subprocess.run(command, env=os.environ | {DATABASE: name}, check=True)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _prepare() -> None:
    """Load fixtures and rates, make two users, and publish."""
    call_command("loaddata", *fixtures.fixture_names(), verbosity=0)
    call_command("load_rates", stdout=StringIO())
    users = []
    for name in ("editor", "reviewer"):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        users.append(user)
    fixtures.publish_all(author=users[0], by=users[1], message="Fixtures", at=AT)


def _run(file: Path, *, discard: bool) -> None:
    """Import `file` and print what each step took."""
    author, reviewer = (User.objects.get(username=name) for name in ("editor", "reviewer"))
    before = newest()
    _say(f"\n{file.name}, {connection.vendor}")
    _say(f"{'step':18}{'seconds':>10}{'rows/s':>10}{'peak MiB':>10}{'parser MiB':>12}{'held':>8}")
    count, _took = _step("read", 0, lambda: sum(1 for _row in open_file(file).rows()) - 1)
    imported = imports.receive(
        author=author, profile="kiel", release="21", sheet="", file_name=file.name, content=file.read_bytes(), at=AT
    )
    # As a job does: what was received holds the file.
    imported = Import.objects.get(pk=imported.pk)
    _plan, planned = _step("plan", count, lambda: datasets.plan(imported=imported, at=AT))
    imports.accept(imported=Import.objects.get(pk=imported.pk), by=author)
    imported = Import.objects.select_related("author").get(pk=imported.pk)
    _applied, written = _step("apply", count, lambda: datasets.apply(imported=imported, at=AT, watch=unwatched))
    _settled, settled = _step("findings", count, lambda: datasets.settle(imported=imported, at=AT))
    written += settled
    change_set = ChangeSet.objects.get(imports=imported)
    if discard:
        _step("discard", count, lambda: change_sets.discard(change_set=change_set, by=author, at=AT))
        return
    change_sets.submit(change_set=change_set, by=author, at=AT)
    prepared, before_writing = _step("prepare", count, lambda: prepare(change_set=change_set, at=AT))
    _set, last = _step(
        "publish", count, lambda: publishing.publish(change_set=change_set, by=reviewer, at=AT, prepared=prepared)
    )
    last += before_writing
    _line("together", planned + written + last, count)
    with transaction.atomic():
        rows, bare = insert_again(before)
        transaction.set_rollback(True)
    _line("bare executemany", bare, count)
    _say(f"{rows:,} rows of tables; applying and publishing take {(written + last) / bare:.1f} times, with planning "
         f"{(planned + written + last) / bare:.1f} times as long as to insert these by a bare executemany")  # fmt: skip


def _step(name: str, count: int, act: Callable[[], Any]) -> tuple[Any, float]:
    """Do a step and print what it took; returns what it gave, and its seconds of the processor, not the parser's."""
    began: list[float] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if sql.startswith("BEGIN"):
            began.append(time.monotonic())
        return result

    start = time.process_time()
    with connection.execute_wrapper(note):
        result = act()
    took = time.process_time() - start
    # No transaction had the right to write for longer than until the next began.
    held = max((after - at for at, after in pairwise([*began, time.monotonic()])), default=0)
    _line(name, took, count or int(result), held)
    return result, took


def _line(name: str, seconds: float, count: int, held: float = 0) -> None:
    parser = _mebibytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    _say(f"{name:18}{seconds:>10.2f}{count / seconds:>10,.0f}{_peak():>10,.0f}{parser:>12,.0f}{held:>8.2f}")


def _peak() -> float:
    """Return the most memory of this process until now, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Of this program alone: what getrusage says takes in the process that started it.
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    return _mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _mebibytes(size: int) -> float:
    """Return what getrusage says in MiB: macOS counts bytes, others KiB."""
    return size / 2 ** (20 if sys.platform == "darwin" else 10)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
