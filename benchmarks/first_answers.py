"""What first answers take of the processor, nothing kept, in one process: `python benchmarks/first_answers.py`.

Of a database that `benchmarks/api.py --keep` made, which `--database` names; of PostgreSQL where DATABASE_URL says so.
The clock says little where others use the machine. Of PostgreSQL, its own process counts, too, and has no helpers.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl

os.environ |= {"HTTPS": "False", "THROTTLE_ANONYMOUS": "9999999/second", "THROTTLE_STAFF": "9999999/second"}

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import ROOT  # isort: split

from api import cases_here, logged_in
from django.conf import settings
from django.db import connection
from django.test import Client
from queries import Case, answered_by

from tracker.lib import response_cache

__all__ = ["ROOT"]


def main() -> None:
    """Print each case: the median milliseconds of its first answer, and those of its bare query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True, help="a database of an earlier run, which stays as it is")
    parser.add_argument("--runs", type=int, default=5, help="how often each address is asked for")
    chosen = parser.parse_args()
    connection.settings_dict["NAME"] = chosen.database
    client, clock = Client(headers={"Host": "localhost"}), _clock()
    client.cookies[settings.SESSION_COOKIE_NAME] = logged_in().partition("=")[2]
    for case in cases_here():
        first = _median(partial(_asked, client, case.address), clock, chosen.runs)
        bare = f"{_median(_bare(case), clock, chosen.runs):9.1f}" if case.bare else ""
        sys.stdout.write(f"{case.name:32}{first:9.1f}{bare}\n")


def _asked(client: Client, address: str) -> bytes:
    """Return the body of an answer; raises RuntimeError where it is no 200."""
    response = client.get(address)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address}: {response.status_code}")
    body: bytes = response.getvalue()
    return body


def _bare(case: Case) -> Callable[[], bytes]:
    name, _mark, given = case.bare.partition("?")
    return lambda: answered_by(name, dict(parse_qsl(given)))


def _median(ask: Callable[[], bytes], clock: Callable[[], float], runs: int) -> float:
    """Return the median milliseconds of asking, once it was done before, with nothing kept of it."""
    ask()
    taken = []
    for _run in range(runs):
        response_cache.forget()
        start = clock()
        ask()
        taken.append((clock() - start) * 1000)
    return statistics.median(taken)


def _clock() -> Callable[[], float]:
    """Return what tells the seconds of the processor that this process, and that of PostgreSQL, have taken."""
    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 10**9


if __name__ == "__main__":
    main()
