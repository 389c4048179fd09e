"""Many texts that are kept in a temporary file, and read again one by one."""

import os
from tempfile import TemporaryFile
from threading import Lock

Place = int
"""Where a text stands in the file, and in its lower bits how many bytes it has: one number, as many places are held."""

_BITS = 32
_TOGETHER = 65_536
"""How many bytes are written at once."""


class Spilled:
    """A temporary file of texts, which goes with the object.

    What of it is read often, the system holds in memory as far as there is any.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115  Closed with the object.
        self._end = self._written = 0
        self._waiting = bytearray()
        """What is written next, together: each writing is a call of the system."""
        self._lock = Lock()

    def __del__(self) -> None:
        self._file.close()

    def put(self, text: bytes) -> Place:
        """Keep a text; returns its place."""
        with self._lock:
            start = self._end
            self._end += len(text)
            self._waiting += text
            if len(self._waiting) >= _TOGETHER:
                self._write()
        return start << _BITS | len(text)

    def get(self, place: Place) -> bytes:
        """Return the text at `place`."""
        start, size = divmod(place, 1 << _BITS)
        if start + size > self._written:
            with self._lock:
                self._write()
        return os.pread(self._file.fileno(), size, start)

    def _write(self) -> None:
        left = memoryview(self._waiting)
        while left:
            left = left[os.pwrite(self._file.fileno(), left, self._end - len(left)) :]
        self._waiting, self._written = bytearray(), self._end
