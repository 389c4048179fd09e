"""Names what differs between two recordings of answers."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Set
from itertools import zip_longest
from pathlib import Path
from typing import Any

from recorded import Answer, body_of, load_answers

_SHOWN = 70


def compare(before: Path, after: Path, ignored: Set[str]) -> int:
    """Print every difference by address and a line for each kind of address; returns how many answers differ.

    `ignored` are headers, in small letters, that may differ.
    """
    old, new = load_answers(before), load_answers(after)
    every, differing = Counter[str](), Counter[str]()
    parts: dict[str, Counter[str]] = {}
    for name in sorted(old.keys() | new.keys(), key=lambda name: ((old.get(name) or new[name]).kind, name)):
        kind = (old.get(name) or new[name]).kind
        every[kind] += 1
        found = dict(_differences(before, old.get(name), after, new.get(name), ignored))
        if found:
            differing[kind] += 1
            parts.setdefault(kind, Counter()).update(found.keys())
            _say("\n".join([f"{kind}  {name}", *(f"    {part}: {words}" for part, words in found.items())]))
    _say(f"\n{'':20}{'answers':>9}{'differ':>9}{'CPU before':>13}{'after':>9}  what differs, and in how many")
    for kind, count in sorted(every.items()):
        listed = ", ".join(f"{part} {times}" for part, times in parts.get(kind, Counter()).most_common())
        taken = f"{_seconds(old, kind):>11.2f} s{_seconds(new, kind):>7.2f} s"
        _say(f"{kind:20}{count:>9,}{differing[kind]:>9,}{taken}  {listed or '–'}")
    _say(f"{differing.total():,} of {every.total():,} answers differ.")
    return differing.total()


def _seconds(answers: dict[str, Answer], kind: str) -> float:
    return sum(answer.seconds for answer in answers.values() if answer.kind == kind)


def _differences(
    before: Path, old: Answer | None, after: Path, new: Answer | None, ignored: Set[str]
) -> Iterator[tuple[str, str]]:
    """Yield what differs, and how, in words."""
    if old is None or new is None:
        yield "there", "only after" if old is None else "only before"
        return
    if old.status != new.status:
        yield "status", f"{old.status} → {new.status}"
    for header in sorted(old.headers.keys() | new.headers.keys()):
        was, now = old.headers.get(header), new.headers.get(header)
        if was != now and header.lower() not in ignored:
            yield header, f"{was} → {now}"
    if old.sha256 != new.sha256:
        where = _first(body_of(before, old), body_of(after, new))
        yield "body", f"{old.size:,} → {new.size:,} bytes; {where}"


def _first(old: bytes, new: bytes) -> str:
    """Return where two bodies differ first: a path in JSON, else a line and what stands there."""
    try:
        was, now = (json.loads(body, parse_float=str, parse_int=str) for body in (old, new))
    except ValueError:
        return _first_line(old, new)
    return next(_in_json(was, now, ""), "the same JSON in other bytes")


def _in_json(old: Any, new: Any, path: str) -> Iterator[str]:
    """Yield the path of each difference, with both values."""
    if isinstance(old, dict) and isinstance(new, dict):
        if list(old) != list(new):
            gone, added = [key for key in old if key not in new], [key for key in new if key not in old]
            yield (
                f"{path or 'keys'}: without {gone}, with {added}"
                if gone or added
                else f"{path or 'answer'}: keys in another order"
            )
        for key in (key for key in old if key in new):
            yield from _in_json(old[key], new[key], f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list):
        for number, (was, now) in enumerate(zip_longest(old, new)):
            yield from _in_json(was, now, f"{path}[{number}]")
    elif old != new:
        yield f"{path}: {_around(str(old), str(new))}"


def _first_line(old: bytes, new: bytes) -> str:
    """Return the first line that differs, both ways; of what is no text, the byte."""
    try:
        lines = enumerate(zip_longest(old.decode().splitlines(), new.decode().splitlines()), start=1)
    except UnicodeDecodeError:
        return f"from byte {next(at for at, (was, now) in enumerate(zip_longest(old, new)) if was != now):,} on"
    found = ((number, was, now) for number, (was, now) in lines if was != now)
    number, was, now = next(found, (0, "", ""))
    return f"line {number}: {_around(str(was), str(now))}"


def _around(old: str, new: str) -> str:
    """Return what stands on both sides where two texts differ first."""
    at = next((at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), min(len(old), len(new)))
    start = max(0, at - _SHOWN // 3)
    return " → ".join(f"“{text[start : start + _SHOWN]}”" for text in (old, new))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
