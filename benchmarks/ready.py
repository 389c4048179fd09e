"""Makes Django ready, on a database that a benchmark makes for itself. Imported before anything of `tracker`."""

import os
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "BENCHMARK_DATABASE"
"""The variable that names the database which another process has made."""
PROJECT = "BENCHMARK_PROJECT"
"""The variable that names the folder whose code is asked, where it is not this project's."""

sys.path.insert(0, os.environ.get(PROJECT, str(ROOT)))
os.environ |= {
    # With DEBUG, Django keeps every query.
    "DEBUG": "False",
    "SECRET_KEY": "only-for-benchmarks-" + "0" * 40,
    "ALLOWED_HOSTS": "localhost",
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
}
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

# Nobody asks for styles here, and none are collected.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

folder = tempfile.TemporaryDirectory(prefix="tracker-benchmark-")
"""For files and the SQLite database; goes with the process."""

if DATABASE in os.environ:
    connection.settings_dict["NAME"] = os.environ[DATABASE]
else:
    name = f"benchmark_{os.getpid()}"
    own = f"{folder.name}/{name}.sqlite3" if connection.vendor == "sqlite" else name
    connection.settings_dict["TEST"]["NAME"] = own
