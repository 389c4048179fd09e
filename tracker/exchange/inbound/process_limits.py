"""Runs one of our programs with limits that the operating system keeps. It is run as a file and knows nothing else.

A hostile file can make a parser take all memory, or never end. Here that ends this process, and nothing else.
Arguments: address space in bytes, seconds of processor time, the program, and its own arguments.
"""

import resource
import runpy
import sys


def _limit(what: int, most: int) -> None:
    """Set a limit, or leave a lower one that the machine has set."""
    hard = resource.getrlimit(what)[1]
    kept = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (kept, kept))


def _main(memory: str, seconds: str, program: str, *arguments: str) -> None:
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_CORE, 0)
    sys.argv = [program, *arguments]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    _main(*sys.argv[1:])
