"""The response cache: what is read as of a moment never changes, and so is worked out once.

Each process keeps its own, and of these the last that were asked for. Bodies go by the ETag, which names all that an
answer depends on: the newest publishing that it shows among them, so that nothing kept is ever old.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

MOST, MOST_BYTES = 4096, 64 * 2**20
"""How many entries a process keeps at most, and how many bytes they take together."""

LONGEST = 8 * 2**20
"""How many bytes an answer has at most to be kept."""

_OF_PAGES = frozenset({"limit", "cursor", "fields", "format", "ordering", "as_of"})
"""Parameters that leave the rows of a list as they are; `as_of` is in the moment."""

T = TypeVar("T")
CacheKey = tuple[Hashable, ...]


class _Store:
    """The entries last asked for, within `MOST` and `MOST_BYTES`; threads can share it."""

    def __init__(self) -> None:
        self._entries: OrderedDict[CacheKey, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: CacheKey) -> Any:
        """Return what is kept under `key`; None where nothing is."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: CacheKey, entry: Any, size: int) -> None:
        """Keep `entry`, which takes about `size` bytes, in place of those that were not asked for the longest."""
        with self._lock:
            self._drop(self._entries.pop(key, None))
            self._entries[key] = (entry, size)
            self._bytes += size
            while len(self._entries) > MOST or self._bytes > MOST_BYTES:
                self._drop(self._entries.popitem(last=False)[1])

    def _drop(self, entry: tuple[Any, int] | None) -> None:
        self._bytes -= entry[1] if entry else 0

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0


_store = _Store()
forget = _store.clear
"""Forgets all that is kept: for tests, each of which has a register of its own."""


def body(etag: str) -> bytes | None:
    """Return the answer with this ETag, as it was rendered; None where it is not kept."""
    found: bytes | None = _store.get(("body", etag))
    return found


def keep(etag: str, rendered: bytes) -> None:
    """Keep an answer, unless it is very long."""
    if len(rendered) <= LONGEST:
        _store.put(("body", etag), rendered, len(rendered))


@dataclass(frozen=True)
class Answer:
    """How a request was answered: with a 200 and these headers, when the newest publishing was at `newest`."""

    newest: dt.datetime
    headers: Mapping[str, str]


def answer(request_key: tuple[str, ...]) -> Answer | None:
    """Return how a request was answered the last time; its key is all that the answer goes by."""
    found: Answer | None = _store.get(("answer", *request_key))
    return found


def remember(request_key: tuple[str, ...], given: Answer) -> None:
    """Keep how a request was answered; the body is kept by its ETag, or not at all."""
    words = (*request_key, *given.headers, *given.headers.values())
    _store.put(("answer", *request_key), given, sum(map(len, words)))


def count(path: str, params: Mapping[str, str], moment: dt.datetime, counting: Callable[[], int]) -> int:
    """Return how many rows a list has as of `moment`, counted once for all pages of it."""
    narrow = narrowing(params)
    return once(
        ("count", path, moment, *narrow),
        counting,
        lambda rows: len(path) + sum(len(name) + len(value) for name, value in narrow),
    )


def narrowing(params: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return those parameters of a list that may leave some of its rows out, in order."""
    return sorted((name, params[name]) for name in params if name not in _OF_PAGES)


def once(key: CacheKey, work: Callable[[], T], size_of: Callable[[T], int] = lambda done: 2**14) -> T:
    """Return what `work` does, done once for a `key` that names all that it depends on.

    `size_of` says about how many bytes that takes.
    """
    done: T | None = _store.get(key)
    if done is None:
        done = work()
        _store.put(key, done, size_of(done))
    return done
