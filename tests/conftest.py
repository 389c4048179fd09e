"""Fixtures that the whole suite shares. None of them reads the clock or leaves the machine."""

import datetime as dt
import gc
import os
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django.test
import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from django.db import connection, connections, transaction
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from tests import factories
from tests.examples import FEW, SAME_ON_EVERY_DATABASE, examples
from tests.migrated_rows import put_back, rows_of_migrations
from tests.room_for_calls import with_room
from tracker.lib import response_cache

# A busy machine is slow, which is no failure; on CI the examples are the same in every run.
hypothesis.settings.register_profile(
    "tracker", deadline=None, derandomize=os.environ.get("CI") == "true", max_examples=examples(60)
)
hypothesis.settings.load_profile("tracker")
# What a page must come to show; five seconds, as Playwright has it, are short on a busy machine.
expect.set_options(timeout=30_000)

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # Whatever a page wants from elsewhere is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_configure() -> None:
    """Look for garbage less often: the suite takes a fifth of its time less, and up to 1 GiB a process."""
    gc.set_threshold(1_000_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Leave what the suite made where it is: looking through a gigabyte once more takes seconds and finds nothing."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test as pytest does, with room for the calls that it makes."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    with_room(lambda: runtestprotocol(item, nextitem=nextitem))
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def pytest_make_parametrize_id(val: object) -> str | None:
    """Cut the part of a test's name that is a long text: one of six megabytes goes to every process and report."""
    return ascii(val[:40]) if isinstance(val, (str, bytes)) and len(val) > 80 else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With few examples, do not even read the files that are left out whole: that is half of what there is to read."""
    if not FEW:
        return None
    path = collection_path.relative_to(config.rootpath).as_posix() + "/" * collection_path.is_dir()
    return True if path.startswith(SAME_ON_EVERY_DATABASE) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give the tests that commit what migrations put into the database, which a flush takes away.

    With few examples, what is the same on every database is left out.
    """
    if FEW:
        few = depending_on_the_database(items)
        config.hook.pytest_deselected(items=[*{*items}.difference(few)])
        items[:] = few
    for item in items:
        marker = item.get_closest_marker("django_db")
        names = getattr(item, "fixturenames", ())
        if (marker and marker.kwargs.get("transaction")) or "live_server" in names or "transactional_db" in names:
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    items.sort(key=can_wait)


def can_wait(item: pytest.Item) -> bool:
    """Tell whether a test is not among the longest, which begin first: at the end one core would wait for another.

    A test that commits waits: the rows of migrations come back with the next of its sort, and others miss them.
    """
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return commits or item.get_closest_marker("once") is None


def depending_on_the_database(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that another database can change; of many that are alike, every eighth.

    Browsers do not know which one is behind a page: that each page works there is seen without them.
    """
    alike: Counter[str] = Counter()
    few = []
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("once") or not needs_database(item):
            continue
        if item.nodeid.startswith(SAME_ON_EVERY_DATABASE):
            continue
        name = item.nodeid.partition("[")[0]
        if item.get_closest_marker("alike") is None or alike[name] % 8 == 0:
            few.append(item)
        alike[name] += 1
    return few


def needs_database(item: pytest.Item) -> bool:
    """Tell whether a test reads or writes the database of the suite."""
    names = {"db", "transactional_db", "django_db_setup", "live_server"}
    is_case = issubclass(getattr(item, "cls", None) or object, django.test.SimpleTestCase)
    marked = item.get_closest_marker("django_db") is not None
    return marked or is_case or not names.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _empty_response_cache() -> None:
    """Forget what was answered: each test has a register of its own, and many publish at the same moment."""
    response_cache.forget()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test tried to connect to {address}: the suite works without a network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _numbers_from_one() -> None:
    """Start the numbers of every factory afresh, so that a test's names do not hang on those before it."""
    factories.number_from(1)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database, as Django makes it; what migrations put there comes back more quickly than by Django."""
    with django_db_blocker.unblock():
        rows = rows_of_migrations()
    connection.creation.deserialize_db_from_string = lambda _contents: put_back(rows)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for fixtures that all tests of a module share.

    What one of the tests adds is rolled back with it, and what the fixtures add with the last. Their objects have
    numbers that no test comes to by itself.
    """
    factories.number_from(1001)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def at() -> dt.datetime:
    """The moment at which tests act, unless they need another."""
    return factories.AT


@pytest.fixture
def users(db: None) -> SimpleNamespace:
    """One member of staff in each role, and a second editor; the password of each is the user name."""
    roles = {name: name for name in ("viewer", "editor", "reviewer", "administrator")} | {"second_editor": "editor"}
    return SimpleNamespace(
        **{name: factories.UserFactory(username=name, password=name, role=role) for name, role in roles.items()}
    )


@pytest.fixture
def api_client() -> APIClient:
    """A client of the API without a token."""
    return APIClient()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Skips where there is none, except on CI, where that is a failure."""
    # The one that is built without windows takes less than half the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if not path:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no Chromium on this machine (Debian: apt-get install chromium)")
    # Playwright's own event loop runs in this thread until the session ends, and Django would keep other
    # connections beside it, which know nothing of the test database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    opened = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        for alias, connection in opened.items():
            connections[alias] = connection
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of the running tracker; `page.goto("/admin/")` works. Errors in its scripts fail the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", timezone_id="UTC")
    # Longer than a busy machine takes; a page that works answers long before.
    context.set_default_timeout(60_000)
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            errors.append(message.text)

    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", listen)
    yield opened
    context.close()
    assert not errors, errors
