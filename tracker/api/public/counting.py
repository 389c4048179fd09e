"""How many rows a list of the public side has."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from tracker.lib import response_cache
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Cursor, Page

Counting = Callable[[], int]
"""What counts the rows of a list when it is called."""


class CountingMixin:
    """Counts the rows of the list of a viewset, with as little as the database has to read."""

    request: Any
    moment: dt.datetime
    cursor: Cursor | None
    kind: ClassVar[str] = ""
    """The kind of what is listed, as publishings count it; empty where they do not."""
    has_all: ClassVar[bool] = True
    """Whether it lists all that there is of its kind."""

    def count_of(self, page: Page, counting: Counting) -> int:
        """Return how many rows the list has; they are counted once for all its pages, and not where one has all."""
        if self.cursor is None and page.next is None:
            return len(page.rows)
        params = self.request.query_params

        def count() -> int:
            is_whole = self.kind and self.has_all and not response_cache.narrowing(params)
            noted = published.recorded_count(self.kind, self.moment) if is_whole else None
            return counting() if noted is None else noted

        return response_cache.count(self.request.path, params, self.moment, count)
