"""Recorded answers in a folder: a line of JSON for each in `answers.jsonl`, and each body once, by its hash."""

import gzip
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

_FAST = 1
"""Of gzip; most of a recording's time would go into packing."""


@dataclass(frozen=True)
class Answer:
    """How an address answered: `size` is the bytes of the body, `seconds` what the processor took."""

    name: str
    kind: str
    status: int
    headers: dict[str, str]
    sha256: str
    size: int
    seconds: float


def keep_body(folder: Path, body: bytes) -> str:
    """Store a body, and return its hash."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = _path(folder, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(body, _FAST, mtime=0))
    return sha256


def body_of(folder: Path, answer: Answer) -> bytes:
    """Return the body of an answer."""
    return gzip.decompress(_path(folder, answer.sha256).read_bytes())


def keep_answers(folder: Path, answers: list[Answer]) -> None:
    """Write the list of answers, when all are there."""
    _list(folder).write_text("".join(f"{json.dumps(asdict(answer))}\n" for answer in answers), encoding="utf-8")


def load_answers(folder: Path) -> dict[str, Answer]:
    """Return the answers of a folder by their names."""
    lines = _list(folder).read_text(encoding="utf-8").splitlines()
    return {answer.name: answer for answer in (Answer(**json.loads(line)) for line in lines)}


def _list(folder: Path) -> Path:
    return folder / "answers.jsonl"


def _path(folder: Path, sha256: str) -> Path:
    return folder / "bodies" / sha256[:2] / f"{sha256[2:]}.gz"
