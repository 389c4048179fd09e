"""The process that asks for every public answer and keeps it, for `benchmarks/answers.py`."""

import io
import json
import logging
import re
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import ROOT  # isort: split

from addresses import ask_everything
from django.test import Client
from recorded import Answer, keep_answers, keep_body

__all__ = ["ROOT"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON = re.compile("[/+]json")
MADE_AT = "docProps/core.xml"
"""The part of a workbook that says when the file was made; with it goes its length in bytes."""


class Recorder:
    """Asks as an anonymous reader, and keeps each answer under its address or the name that is given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client = Client(raise_request_exception=False, headers={"Host": "localhost"})
        self.answers: dict[str, Answer] = {}

    def __call__(self, kind: str, address: str, /, *, name: str = "", **headers: str) -> Any:
        """Return the JSON of the answer; None where it is none."""
        sent = {header.replace("_", "-"): value for header, value in headers.items()}
        start = time.process_time()
        response = self._client.get(address, headers=sent)
        content: bytes = response.getvalue()
        seconds = time.process_time() - start
        address = address.removeprefix("http://localhost")
        name = name or "; ".join([address, *(f"{header}: {value}" for header, value in sent.items())])
        if name not in self.answers:
            body = _unpacked(content) if response.headers.get("Content-Type") == XLSX else content
            kept = {header: value for header, value in response.headers.items() if header != "Content-Length"}
            self.answers[name] = Answer(
                name, kind, response.status_code, kept, keep_body(self._folder, body), len(body), seconds
            )
        return json.loads(content) if _JSON.search(response.headers.get("Content-Type", "")) else None


def _unpacked(workbook: bytes) -> bytes:
    """Return the parts of a workbook, all but the time when it was made, as JSON."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return json.dumps({name: parts.read(name).decode() for name in parts.namelist() if name != MADE_AT}).encode()


def main() -> None:
    """Record into the folder that is named."""
    # Refusals are asked for.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    folder = Path(sys.argv[1])
    recorder = Recorder(folder)
    start = time.monotonic()
    ask_everything(recorder)
    keep_answers(folder, list(recorder.answers.values()))
    sys.stdout.write(f"{len(recorder.answers):,} answers in {time.monotonic() - start:.0f} seconds: {folder}\n")


if __name__ == "__main__":
    main()
