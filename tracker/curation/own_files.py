"""Files that a process has to itself while it works, in a folder of their own that does not outlive it for long."""

import fcntl
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def own_file(parent: Path, prefix: str, name: str) -> Iterator[Path]:
    """Yield where a file of this name can be written, in a new folder in `parent` that goes with the block.

    Those of processes that were killed meanwhile go, too. Each is locked for as long as its process lives.
    """
    for left in parent.glob(f"{glob.escape(prefix)}*"):
        # That of somebody who is at work stays, and so does one of another user.
        with suppress(OSError):
            _remove_unlocked(left, name)
    folder, lock = _made(parent, prefix)
    try:
        yield folder / name
    finally:
        shutil.rmtree(folder)
        os.close(lock)


def _made(parent: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder and lock it; return it with what holds the lock."""
    while True:
        folder = Path(mkdtemp(prefix=prefix, dir=parent))
        # Before it is locked, another process may take it for one that is left.
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _remove_unlocked(folder: Path, name: str) -> None:
    """Remove a folder, unless something else stands in it than such a file, and what a database keeps beside one.

    Raises OSError where its process is at work.
    """
    lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if all(file.name.startswith(name) for file in folder.iterdir()):
            shutil.rmtree(folder)
    finally:
        os.close(lock)
