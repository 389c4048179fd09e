"""A PostgreSQL that stops, and starts again, under a server of our own."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
READ = ("/", "/pledges/", "/api/v1/pledges/", "/api/v1/tables/contributions/", "/admin/login/")


def _programs() -> Path | None:
    """Return the folder with the programs of PostgreSQL; Debian keeps them out of the way."""
    found = shutil.which("pg_ctl")
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(found).resolve().parent] if found else [])]
    return next((folder for folder in sorted(folders, reverse=True) if (folder / "initdb").exists()), None)


PROGRAMS = _programs()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """A PostgreSQL of its own. It refuses to run as root: root lends it the name of another user."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self._owner = None
        if os.getuid() == 0:
            names = [name for name in ("postgres", "nobody") if _is_user(name)]
            self._owner = names[0]
            shutil.chown(folder, self._owner)
        self._run("initdb", "-D", f"{folder}/data", "-U", "tracker", "--auth=trust", "--encoding=UTF8")

    @property
    def url(self) -> str:
        return f"postgres://tracker@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-l", f"{self._folder}/log", "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *options: str) -> None:
        assert PROGRAMS is not None
        subprocess.run(
            [PROGRAMS / program, *options], check=True, user=self._owner, cwd="/", stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip


def _is_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    # A folder that another user may enter.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "cluster").mkdir()
        made = Cluster(folder / "cluster")
        made.start()
        yield made
        made.stop()


@pytest.fixture
def ask(cluster: Cluster) -> Iterator[Callable[..., tuple[int, str | None]]]:
    """A server with two threads; asks it and returns the status and `Retry-After`."""
    environment = os.environ | {"DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    port = free_port()
    options = ("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "2", "--log-level", "critical")
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "tracker.wsgi", *options], cwd=ROOT, env=environment
    ) as it:

        def get(path: str, data: bytes | None = None) -> tuple[int, str | None]:
            request = Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"})
            try:
                with urlopen(request, timeout=60) as answer:
                    return answer.status, None
            except HTTPError as error:
                return error.code, error.headers["Retry-After"]

        try:
            _wait_for(port)
            yield get
        finally:
            it.terminate()


def _wait_for(port: int) -> None:
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server did not start")


@pytest.mark.once
def test_without_its_database_it_says_so_and_uses_it_at_the_next_request(
    cluster: Cluster, ask: Callable[..., tuple[int, str | None]]
) -> None:
    guess = b'{"username": "editor", "password": "wrong"}'
    for _thread in range(4):
        assert {ask(path) for path in READ} == {(200, None)}
    cluster.stop()
    for _thread in range(2):
        assert {ask(path) for path in READ[:-1]} == {(503, "10")}
        assert ask("/api/v1/desk/token/", guess) == (503, "10")
    cluster.start()
    for _thread in range(4):
        assert {ask(path) for path in READ} == {(200, None)}
    assert ask("/api/v1/desk/token/", guess)[0] == 403
