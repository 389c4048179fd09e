"""Keys that a query names all together, as one value."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Expression

from tracker.lib import canonical


class Listed(Expression):
    """Keys or public ids to look among: `filter(pledge__in=Listed(keys))`.

    Django checks each value of a list several times, which takes longer than SQLite does to read the rows. SQLite gets
    them here as one, a list in JSON; others get them one by one.
    """

    def __init__(self, keys: Iterable[int | str]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return a list with a mark for each key. Raises EmptyResultSet where there is none, as for an empty list."""
        self._refuse_none()
        return f"({', '.join(['%s'] * len(self.keys))})", self.keys

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return a query for the members of a list. Raises EmptyResultSet where there is none."""
        self._refuse_none()
        return "(SELECT value FROM json_each(%s))", (canonical.dump(self.keys),)

    def _refuse_none(self) -> None:
        if not self.keys:
            raise EmptyResultSet
