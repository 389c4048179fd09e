"""Serving by gunicorn, and asking it: how long answers take, how fast a file comes, how many answers a second."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ready import DATABASE

WORKERS = 2
HOST = {"Host": "localhost"}
_CLIENTS, _SECONDS = 4, 3


class Server:
    """gunicorn with 2 workers on a free port of this machine."""

    def __init__(self, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        many = "9999999/second"
        limits = {"THROTTLE_ANONYMOUS": many, "THROTTLE_STAFF": many, "HTTPS": "False"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "served:application", "--workers", str(WORKERS), "--bind",
             f"127.0.0.1:{self.port}", "--timeout", "300", "--log-level", "warning"],
            cwd=Path(__file__).parent, env=os.environ | limits | {DATABASE: database},
        )  # fmt: skip

    def __enter__(self) -> "Server":
        deadline = time.monotonic() + 60
        try:
            while not self._answers():
                if time.monotonic() > deadline:
                    raise TimeoutError("gunicorn did not start")
                time.sleep(0.2)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait()

    def _answers(self) -> bool:
        """Tell whether both workers have read all modules and opened the database: they are asked often enough."""
        try:
            return all(self.ask("/api/v1/pledges/?limit=1") for _each in range(20))
        except ConnectionError:
            return False

    def ask(self, path: str, cookie: str = "") -> bytes:
        """Return the body of an answer; raises RuntimeError where it is no 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("GET", path, headers=HOST | ({"Cookie": cookie} if cookie else {}))
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {response.status} {body[:500]!r}")
        return body

    def memory(self) -> float:
        """Return how much memory the largest worker takes, in MiB."""
        master = self._process.pid
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        pages = max(int(Path(f"/proc/{worker}/statm").read_text().split()[1]) for worker in workers)
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(server: Server, path: str, runs: int, cookie: str = "") -> tuple[float, float, float]:
    """Return milliseconds: of the first answer, the median of the others, and what 95 % of them stay within."""
    taken = []
    for _run in range(runs + 1):
        start = time.perf_counter()
        server.ask(path, cookie)
        taken.append((time.perf_counter() - start) * 1000)
    first, others = taken[0], sorted(taken[1:])
    return first, statistics.median(others), others[int(len(others) * 0.95)]


def crawled(server: Server, path: str, pages: int) -> float:
    """Return the median milliseconds of the pages that follow a first one, none of which was asked for before."""
    taken = []
    for _page in range(pages):
        start = time.perf_counter()
        answer = server.ask(path)
        taken.append((time.perf_counter() - start) * 1000)
        path = json.loads(answer)["next"].partition(HOST["Host"])[2]
    return statistics.median(taken[1:])


def downloaded(server: Server, path: str) -> tuple[int, float, float]:
    """Download a file; returns its bytes, the seconds, and by how many MiB the largest worker grew meanwhile."""
    before = highest = server.memory()
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    start, size = time.perf_counter(), 0
    connection.request("GET", path, headers=HOST)
    response = connection.getresponse()
    while part := response.read(2**16):
        size += len(part)
        if size % 2**20 < len(part):
            highest = max(highest, server.memory())
    seconds = time.perf_counter() - start
    connection.close()
    return size, seconds, max(highest, server.memory()) - before


def requests_a_second(server: Server, path: str) -> float:
    """Return how many times a second clients who have the answer already are told so."""
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST['Host']}\r\n"
    if not path.startswith("/bare/"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", path, headers=HOST)
        request += f"If-None-Match: {connection.getresponse().headers['ETag']}\r\n"
        connection.close()
    raw = f"{request}Connection: close\r\n\r\n".encode()
    wanted = b"HTTP/1.1 200" if path.startswith("/bare/") else b"HTTP/1.1 304"
    done, stop = [0] * _CLIENTS, threading.Event()

    def client(number: int) -> None:
        while not stop.is_set():
            with socket.create_connection(("127.0.0.1", server.port)) as connection:
                connection.sendall(raw)
                if not connection.recv(2**16).startswith(wanted):
                    raise RuntimeError(f"{path}: no {wanted!r}")
            done[number] += 1

    with ThreadPoolExecutor(_CLIENTS) as pool:
        clients = [pool.submit(client, number) for number in range(_CLIENTS)]
        time.sleep(_SECONDS)
        stop.set()
        for each in clients:
            each.result()
    return sum(done) / _SECONDS
