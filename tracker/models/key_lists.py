"""Keys that a query names all together, as one value."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Aggregate, BooleanField, Count, Expression, F, Func, QuerySet, TextField

from tracker.lib import canonical

FEW = 10_000
"""How many keys are looked up one by one; where there are more, rows are read in their order and held against them."""


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


@dataclass(frozen=True)
class KeptKeys:
    """The keys that a query found, for other queries to look among, which need not find them again.

    The database writes them as one text and reads it: it is no list of Python's, however many they are.
    """

    text: str
    count: int

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> "KeptKeys":
        """Ask a query for its keys, once."""
        found = queryset.order_by().aggregate(text=_KeysAsText("pk"), count=Count("pk"))
        return cls(found["text"] or "", found["count"])

    def among(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `queryset` whose keys these are."""
        return queryset.filter(_IsKept(self)) if self.count else queryset.none()


class _KeysAsText(Aggregate):
    """Keys as one text: a list in JSON, for PostgreSQL an array."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="ARRAY_AGG(%(expressions)s)::text", **context)


class _IsKept(Func):
    """The condition that the key of a row is among those kept."""

    output_field = BooleanField()

    def __init__(self, kept: KeptKeys) -> None:
        super().__init__(F("pk"))
        self.kept = kept

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The plus has it go through the rows in their order, in which the first of a page are soon found.
        plus = "+" if self.kept.count > FEW else ""
        return self._among(compiler, connection, f"{plus}%(expressions)s IN (SELECT value FROM JSON_EACH(%%s))")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self._among(compiler, connection, "%(expressions)s = ANY(%%s::bigint[])")

    def _among(self, compiler: Any, connection: Any, template: str) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.as_sql(compiler, connection, template=template)
        return sql, (*params, self.kept.text)
