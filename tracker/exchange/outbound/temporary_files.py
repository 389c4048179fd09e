"""Files that are sent once: nobody else sees them, and closing one removes it."""

import tempfile
from collections.abc import Callable
from typing import IO


def filled(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """Return a file with what `write` puts into it, open at its start; whoever sends it closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it outlives this function.
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
