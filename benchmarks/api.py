"""Measures reading: `python benchmarks/api.py`. See docs/performance.md.

Fills a database of its own, of SQLite or beside the PostgreSQL database that DATABASE_URL names, serves it by
gunicorn with 2 workers, and prints how long answers take beside a bare WSGI function in the same workers.
"""

import argparse
import shutil
import sys
from pathlib import Path

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import ROOT  # isort: split

import register
from asking import Server, crawled, downloaded, requests_a_second, timed
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils.http import urlencode
from queries import Case, cases

from tracker.admin.lists.base import PlainAdmin
from tracker.models import ChangeSet, Contribution, Pledge, Publication
from tracker.reporting.shelf.paging import Cursor

_CSV = "/api/v1/contributions/?format=csv"
_LIST = "/api/v1/pledges/?limit=100"


def main() -> None:
    """Measure registers of each length, each in a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pledges", type=int, nargs="*", default=[10_000, 100_000], help="how many pledges")
    parser.add_argument("--database", help="measure this database of an earlier run, which stays as it is")
    parser.add_argument("--keep", action="store_true", help="leave the databases, and say what they are called")
    parser.add_argument("--verify", action="store_true", help="check the shelf, which takes a while")
    parser.add_argument("--runs", type=int, default=30, help="how often each address is asked for")
    chosen = parser.parse_args()
    if chosen.database:
        connection.settings_dict["NAME"] = chosen.database
        measure(chosen.runs)
        return
    for count in chosen.pledges:
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            register.prepare()
            _say(f"\nwriting {count:,} pledges")
            _say(register.fill(count).in_words(count))
            if chosen.verify:
                call_command("verify_shelf")
            measure(chosen.runs)
        finally:
            if chosen.keep:
                _say(f"--database {_kept()}")
            else:
                connection.creation.destroy_test_db(before, verbosity=0)


def measure(runs: int) -> None:
    """Serve the database that there is, and print how fast it is read."""
    asked, cookie = cases_here(), logged_in()
    _say(f"\n{Pledge.objects.count():,} pledges, {Contribution.objects.count():,} contributions, {connection.vendor}")
    name = str(connection.settings_dict["NAME"])
    connection.close()
    _warm(Path(name))
    with Server(name) as server:
        _say(f"{'':32}{'first':>9}{'median':>9}{'p95':>9}{'bare':>9}{'ratio':>8}  aim")
        for case in asked:
            _line(case, server, cookie, runs)
        _say(f"{'list, pages one after another':32}{'':9}{crawled(server, _LIST, runs):>9.1f}")
        for path in (_CSV, "/bare/csv"):
            size, seconds, grown = downloaded(server, path)
            _say(f"{path:32} {size / 2**20:.1f} MiB, {size / seconds / 10**6:.1f} MB/s, {grown:.0f} MiB of memory more")
        table = next(case.address for case in asked if case.bare == "table")
        for path in (table, "/bare/nothing"):
            rate = requests_a_second(server, path)
            _say(f"{'304 on a table' if path == table else 'bare function, nothing':32} {rate:,.0f} requests a second")


def _line(case: Case, server: Server, cookie: str, runs: int) -> None:
    """Print what one case takes, in milliseconds."""
    first, median, last = timed(server, case.address, runs, cookie)
    _say(f"{case.name:32}{first:>9.1f}{median:>9.1f}{last:>9.1f}", end="")
    if case.bare:
        bare = timed(server, f"/bare/{case.bare}", runs)[1]
        _say(f"{bare:>9.1f}{median / bare:>8.1f}  {case.aim}")
    else:
        _say(f"{'':17}  {case.aim}")


def cases_here() -> list[Case]:
    """Return what is asked of this register."""
    moments = list(ChangeSet.objects.filter(published_at__isnull=False).order_by("published_at"))
    newest, earlier = moments[-1].published_at, moments[-2].published_at
    assert newest
    assert earlier
    pledges = Publication.objects.published().filter(kind=Pledge.kind).order_by("public_id")
    middle = pledges.values_list("public_id", flat=True)[pledges.count() // 2]
    cursor = Cursor("id", newest.isoformat(), (middle, middle)).encode()
    return cases(
        middle, cursor, urlencode({"": earlier.isoformat()})[1:], Pledge.objects.count() // PlainAdmin.list_per_page
    )


def _kept() -> str:
    """Return where the database of this run stays."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor != "sqlite":
        return name
    path = ROOT / Path(name).name
    shutil.move(name, path)
    return str(path)


def logged_in() -> str:
    """Return the cookie of an administrator."""
    user, session = User.objects.get(username="administrator"), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _warm(database: Path) -> None:
    """Read the file of the database once."""
    if database.is_file():
        with database.open("rb") as file:
            while file.read(2**20):
                pass


def _say(text: str, end: str = "\n") -> None:
    sys.stdout.write(f"{text}{end}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
