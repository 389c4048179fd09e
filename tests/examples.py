"""How much the suite tries: everything; or, with EXAMPLES=few, what is not the same on every database.

Then tests that need no database are left out, too: see `tests/conftest.py`.
"""

import os
from typing import TypeVar

T = TypeVar("T")

FEW = os.environ.get("EXAMPLES") == "few"


def examples(number: int) -> int:
    """Return how many examples hypothesis tries where it usually tries `number`."""
    return max(number // 5, 1) if FEW else number


def by_database(values: dict[str, T], *names: str) -> dict[str, T]:
    """Return `values`; of few, those called `names`, which databases themselves take in different ways."""
    return {name: values[name] for name in names} if FEW else values
