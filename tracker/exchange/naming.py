"""Names of files, which say what the files hold."""

import re

from tracker.reporting.grids import Grid

LONGEST = 120
"""How many characters the filters have in a name."""


def file_name(grid: Grid, extension: str) -> str:
    """Return a name such as `pledges_initiative-purl_2025-10-20.csv`: what, by which filters, as of when."""
    filters = [f"{name}-{value}" for name, value in sorted(grid.filters.items())]
    day = f"{grid.as_of:%Y-%m-%d}" if grid.as_of else "nothing-published"
    parts = [grid.name, "_".join(_plain(part) for part in filters)[:LONGEST].rstrip("-_"), day]
    return f"{'_'.join(part for part in parts if part)}.{extension}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-")
