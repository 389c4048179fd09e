"""Settings of the test suite: the project's own, in an environment that is the same on every machine.

Only DATABASE_URL is taken from outside, so that the suite can run on PostgreSQL too.
"""

import os
import tempfile
from pathlib import Path

os.environ |= {
    "DEBUG": "False",
    "SECRET_KEY": "only-for-tests-" + "0" * 40,
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "HTTPS": "False",
    "TASKS": "immediate",
    # Tests of the throttles set their own.
    "THROTTLE_ANONYMOUS": "1000000/minute",
    "THROTTLE_STAFF": "1000000/minute",
    "THROTTLE_TOKEN": "1000000/minute",
}
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or "sqlite:///tests.sqlite3"

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES, SQLITE, STORAGES

if DATABASES["default"]["ENGINE"] == SQLITE:
    # A file, as in real use: each thread of a live server has a connection of its own.
    # Never the file of the register, and another one for each process.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"tracker-tests-{os.getpid()}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
