"""The second core: a forked process works out one result after another while this one does something else.

What it works out is pure. It has copies of all that its parent has at hand, the connection to the database among them,
whose locks and place in the protocol are its parent's alone: to ask anything in it is an error.
"""

import os
import pickle
import signal
import sys
import threading
import traceback
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
    within a result of its parent being killed, as nobody reads from the pipe any more. Where there is no room for
    another process, this one does the work.
    """
    reading, writing = os.pipe()
    try:
        child = _forked(function, values, reading, writing)
    except OSError:
        os.close(reading)
        yield from map(function, values)
        return
    finally:
        os.close(writing)
    try:
        with open(reading, "rb") as results:
            for _value in values:
                yield _next(results)
    finally:
        # Where it has ended by itself, this tells nobody anything; else nobody asks for the rest.
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _forked(function: Callable[[V], R], values: Sequence[V], reading: int, writing: int) -> int:
    """Have another process do the work, and return its number. Raises OSError where there can be no other."""
    # A signal in that process would be handled as this one does, in the midst of a copy of what this one is at. Who
    # asks both to end asks this one, with which that ends.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        child = os.fork()
        if not child:
            _work(function, values, reading, writing)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return child


def _next(results: BinaryIO) -> Any:
    try:
        result = pickle.load(results)
    except (EOFError, pickle.UnpicklingError) as error:
        raise RuntimeError("the process that works beside this one was killed, perhaps for want of memory") from error
    if isinstance(result, Exception):
        raise result
    return result


def _work(function: Callable[[V], R], values: Sequence[V], reading: int, writing: int) -> NoReturn:
    """Send the results, or what was raised in their place, and end without all that the parent does at its end."""
    try:
        os.close(reading)
        for connection in connections.all(initialized_only=True):
            connection.execute_wrappers.append(_refuse)
        with open(writing, "wb") as results:
            try:
                for result in map(function, values):
                    # As a whole or not at all: what is raised can then stand in its place.
                    results.write(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
                    results.flush()
            except Exception as error:
                results.write(_packed(error))
    finally:
        os._exit(0)


def _packed(error: Exception) -> bytes:
    """Return an error as it is sent, which tells where in this process it was raised; or another that tells of it."""
    told = traceback.format_exc()
    error.add_note(told)
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:
        return pickle.dumps(RuntimeError(told))
    return packed


def _refuse(*_args: Any) -> NoReturn:
    raise RuntimeError("a process that works beside another asks the database nothing")
