"""Many texts that are kept in a temporary file, and read again one by one."""

import os
from tempfile import TemporaryFile
from threading import Lock

Place = int
"""Where a text stands in the file, and in its lower bits how many bytes it has: one number, as many places are held."""

_BITS = 32


class Spilled:
    """A temporary file of texts, which goes with the object.

    What of it is read often, the system holds in memory as far as there is any.
    """

    def __init__(self) -> None:
        # Nothing stands in a buffer: it can be read at once.
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115  Closed with the object.
        self._end = 0
        self._lock = Lock()

    def __del__(self) -> None:
        self._file.close()

    def put(self, text: bytes) -> Place:
        """Keep a text; returns its place."""
        with self._lock:
            start = self._end
            self._end += len(text)
        left = memoryview(text)
        while left:
            left = left[os.pwrite(self._file.fileno(), left, start + len(text) - len(left)) :]
        return start << _BITS | len(text)

    def get(self, place: Place) -> bytes:
        """Return the text at `place`."""
        start, size = divmod(place, 1 << _BITS)
        return os.pread(self._file.fileno(), size, start)
