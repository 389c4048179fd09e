"""A process that works beside this one: it gives what this one would, and nothing of it stays behind."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.curation.desk import Desk, submitted
from tracker.curation.publishing import deriving, second_core
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.preparing import take_first_steps
from tracker.ledger.rates import RateBook
from tracker.models import Party


def _own_process(_value: int) -> int:
    return os.getpid()


def _long(folder: Path, number: int) -> bytes:
    (folder / str(number)).touch()
    return bytes(1_000_000)


def _dies(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _is_told_to_end(number: int) -> int:
    """Everything on a terminal is, when somebody presses Ctrl+C, and everything of a service that is stopped."""
    os.kill(os.getpid(), signal.SIGINT)
    return number


def _raises_deep_within(_number: int) -> int:
    raise ProcessLookupError("deep within")


class NotPickled(Exception):
    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)


def _raises_what_cannot_be_sent(number: int) -> int:
    raise NotPickled(reason=f"number {number}")


def _gives_what_cannot_be_sent(number: int) -> Any:
    return [bytes(100_000), lambda: number]


def _derived(batch: Batch, desk: Desk, *, beside: bool) -> list[Any]:
    found = deriving.derive(batch, RateBook(desk.at.date()), beside=beside)
    return [(deriving.unpacked(each), each._replace(shelved=b"")) for each in found]


@pytest.mark.django_db
def test_what_is_derived_beside_is_what_would_be_derived(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(submitted(desk), desk.at)
    take_first_steps(batch, lambda _done, _of: None)
    expected = _derived(batch, desk, beside=False)
    monkeypatch.setattr(deriving, "WORTH_IT", 1)
    monkeypatch.setattr(second_core, "is_there", lambda: True)
    mapped = second_core.mapped
    asked: list[int] = []
    monkeypatch.setattr(second_core, "mapped", lambda *given: (asked.append(1), mapped(*given))[1])
    assert _derived(batch, desk, beside=True) == expected
    assert expected
    assert asked == [1]


def test_results_come_in_order_and_from_another_process() -> None:
    assert list(second_core.mapped(str, [3, 1, 2])) == ["3", "1", "2"]
    [number] = second_core.mapped(_own_process, [0])
    assert number != os.getpid()


def test_it_is_not_further_ahead_than_one_result(tmp_path: Path) -> None:
    results = second_core.mapped(lambda number: _long(tmp_path, number), range(20))
    for _result in zip(range(3), results, strict=False):
        pass
    time.sleep(0.2)
    assert len(list(tmp_path.iterdir())) <= 5
    results.close()  # type: ignore[attr-defined]  # It is a generator.


def test_it_is_gone_when_the_rest_is_not_asked_for() -> None:
    results = second_core.mapped(_own_process, range(1_000_000))
    number = next(results)
    results.close()  # type: ignore[attr-defined]  # It is a generator.
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(second_core.mapped(int, ["1", "one"]))


def test_where_it_was_raised_there_is_told_here() -> None:
    with pytest.raises(ProcessLookupError) as raised:
        list(second_core.mapped(_raises_deep_within, [2]))
    assert "in _raises_deep_within" in raised.value.__notes__[0]


@pytest.mark.parametrize(
    ("act", "words"),
    [(_raises_what_cannot_be_sent, "NotPickled: number 1"), (_gives_what_cannot_be_sent, "_gives_what_cannot_be_sent")],
)
def test_what_cannot_be_sent_is_not_taken_for_a_want_of_memory(act: Callable[[int], Any], words: str) -> None:
    with pytest.raises(Exception, match=words):
        list(second_core.mapped(act, [1]))


def test_who_asks_both_to_end_asks_this_one() -> None:
    assert list(second_core.mapped(_is_told_to_end, range(3))) == [0, 1, 2]


def test_without_room_for_another_process_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_room)
    held = os.listdir("/proc/self/fd")
    assert list(second_core.mapped(_own_process, [1, 2])) == [os.getpid()] * 2
    assert os.listdir("/proc/self/fd") == held
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_that_it_was_killed_is_said() -> None:
    results = second_core.mapped(_dies, range(5))
    assert [next(results) for _value in range(3)] == [0, 1, 2]
    with pytest.raises(RuntimeError, match="was killed"):
        next(results)


@pytest.mark.django_db
def test_it_asks_the_database_nothing() -> None:
    with pytest.raises(RuntimeError, match="asks the database nothing"):
        list(second_core.mapped(lambda _value: Party.objects.count(), [1]))
    assert Party.objects.count() >= 0, "this one asks it as before"


WAITING = """
import os, signal, time, django
django.setup()
from tracker.curation.publishing import second_core
results = second_core.mapped(lambda number: bytes(1000), range(10**9))
next(results)
print("at work", flush=True)
time.sleep(600)
"""
"""A program that has a process work beside it, and then waits."""


def test_it_does_not_outlive_its_parent() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    parent = subprocess.Popen([sys.executable, "-c", WAITING], env=environment, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"at work\n"
    parent.kill()
    # Both can write there, so that it ends when both have.
    rest, _errors = parent.communicate(timeout=30)
    assert rest == b""
    assert parent.returncode == -signal.SIGKILL
