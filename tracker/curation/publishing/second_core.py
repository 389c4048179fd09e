"""The second core: a forked process works out one result after another while this one does something else.

What it works out is pure. It has copies of all that its parent has at hand, the connection to the database among them,
whose locks and place in the protocol are its parent's alone: to ask anything in it is an error.
"""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NoReturn, TypeVar

from django.db import connections

V = TypeVar("V")
R = TypeVar("R")


def is_there() -> bool:
    """Tell whether there is one, on Linux, and nothing else is at work in this process that a fork would cut off."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def mapped(function: Callable[[V], R], values: Sequence[V]) -> Iterator[R]:
    """Do as `map` in another process, not further ahead than one result, which goes through a pipe as pickle has it.

    What `function` raises is raised here; RuntimeError where that process was killed. It ends with the iterator, and
    within a result of its parent being killed, as nobody reads from the pipe any more.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(function, values, writing)
    os.close(writing)
    try:
        with open(reading, "rb") as results:
            for _value in values:
                yield _next(results)
    finally:
        # Where it has ended by itself, this tells nobody anything; else nobody asks for the rest.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _next(results: BinaryIO) -> Any:
    try:
        result = pickle.load(results)
    except (EOFError, pickle.UnpicklingError) as error:
        raise RuntimeError("the process that works beside this one was killed, perhaps for want of memory") from error
    if isinstance(result, Exception):
        raise result
    return result


def _work(function: Callable[[V], R], values: Sequence[V], writing: int) -> NoReturn:
    """Send the results, or what was raised in their place, and end without all that the parent does at its end."""
    try:
        for connection in connections.all(initialized_only=True):
            connection.execute_wrappers.append(_refuse)
        with open(writing, "wb") as results:
            try:
                for result in map(function, values):
                    pickle.dump(result, results, pickle.HIGHEST_PROTOCOL)
                    results.flush()
            except Exception as error:
                pickle.dump(error, results)
    finally:
        os._exit(0)


def _refuse(*_args: Any) -> NoReturn:
    raise RuntimeError("a process that works beside another asks the database nothing")
