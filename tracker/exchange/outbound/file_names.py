"""Names of files, which say what the files hold."""

import hashlib
import re

from tracker.reporting.tables.grids import Grid

LONGEST = 110
"""How many characters all that was asked has in a name."""


def file_name(grid: Grid, extension: str) -> str:
    """Return a name such as `pledges_initiative-purl_2025-10-20.csv`: what, by which filters, as of when.

    The name of a table begins with `table-`. It has letters, digits, `.`, `-` and `_` only, 255 at most.
    """
    day = f"{grid.as_of:%Y-%m-%d}" if grid.as_of else "nothing-published"
    what = _plain(f"table-{grid.name}" if grid.is_table else grid.name)
    return f"{'_'.join(part for part in (what, _asked(grid.filters), day) if part)}.{extension}"


def _asked(filters: dict[str, str]) -> str:
    """Return what was asked; what does not fit, or has other letters, ends in a hash, so that names differ."""
    asked = [f"{name}-{value}" for name, value in sorted(filters.items())]
    text = "_".join(_plain(part) for part in asked)
    if len(text) <= LONGEST and "".join(asked).isascii():
        return text
    digest = hashlib.sha256("&".join(asked).encode()).hexdigest()[:8]
    return f"{text[: LONGEST - 9].rstrip('-_')}-{digest}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")
