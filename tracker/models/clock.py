"""The clock of the register: moments are taken by it and asked for by it, whichever machine a process runs on."""

import datetime as dt

from django.db import connection
from django.utils import timezone


def now() -> dt.datetime:
    """Return the time by the clock of PostgreSQL; a SQLite database is on the machine that uses it, as its clock is.

    By clocks that differ, a publishing could take a moment that another server has answered as of already.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: dt.datetime = cursor.fetchone()[0]
    return found
