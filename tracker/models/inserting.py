"""Inserting very many rows: Django's own bulk_create spends most of its time on making objects and SQL."""

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connections, models, router

from tracker.lib.chunks import chunked
from tracker.models.fields import PartialDateField, QuantityField

_PLAIN = frozenset({str, int, bool, type(None)})
_BATCH = 2_000

_MANY = 200
"""So many rows at once may be part of so many more that PostgreSQL has to look at the table again."""


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, or_ignore: bool = False
) -> None:
    """Insert `rows`, each with values for the fields `names`; every other column may be null, or is the key.

    Primary keys are not returned, and nothing is checked but by the database: constraints hold, `full_clean` is
    not called. With `or_ignore`, rows that stand there already are left as they are.
    """
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(getattr(field, "column", ""))) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = f"{quote(model._meta.db_table)} ({columns})"
    sql = f"INSERT INTO {table} VALUES ({marks})" + (" ON CONFLICT DO NOTHING" if or_ignore else "")
    with connection.cursor() as cursor:
        for part in chunked(rows, _BATCH):
            taken = zip(fields, zip(*part, strict=True), strict=True)
            prepared = [_prepared(field, values, connection) for field, values in taken]
            values = list(zip(*prepared, strict=True))
            if connection.vendor == "postgresql" and not or_ignore:
                _copy(cursor, table, values, connection)
            else:
                cursor.executemany(sql, values)
            if connection.vendor == "postgresql" and len(part) >= _MANY:
                _count_again(cursor, quote(model._meta.db_table))


def _count_again(cursor: Any, table: str) -> None:
    """Have PostgreSQL look at a table to which this transaction adds more than twice what is thought to be there.

    Nobody else does until it commits, and PostgreSQL would plan as if the table were as it was before, perhaps empty,
    and go through all of it for each row of another: the publishing of an import then takes hours. What this connection
    added just before counts too, even if it was undone.
    """
    cursor.execute(
        "SELECT pg_stat_get_xact_tuples_inserted(oid) > 2 * reltuples FROM pg_class WHERE oid = %s::regclass", [table]
    )
    if cursor.fetchone()[0]:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")


def _copy(cursor: Any, table: str, rows: Iterable[Sequence[Any]], connection: Any) -> None:
    """Insert as PostgreSQL takes rows fastest; constraints and triggers hold as ever."""
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _prepared(field: Any, values: Sequence[Any], connection: Any) -> Sequence[Any]:
    """Return the values of a column as the database takes them; each that is not plain is prepared once."""
    if isinstance(field, models.JSONField):
        # What it holds cannot be looked up.
        return [field.get_db_prep_save(value, connection) for value in values]
    spelled = isinstance(field, PartialDateField | QuantityField)
    if not spelled and _PLAIN.issuperset(map(type, values)):
        return values
    prepared = {
        value: value if not spelled and type(value) in _PLAIN else field.get_db_prep_save(value, connection)
        for value in set(values)
    }
    return [prepared[value] for value in values]


def insert_plain(instances: Sequence[models.Model]) -> None:
    """Insert unsaved instances of one model. See `insert_rows`."""
    if not instances:
        return
    model = type(instances[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    attributes = [field.attname for field in fields]
    rows = ([getattr(instance, name) for name in attributes] for instance in instances)
    insert_rows(model, [field.name for field in fields], rows)


def insert_columns(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows given by column, such as `pledge_id`. See `insert_rows`.

    What they leave out takes the default of its field, and derived columns are derived. Raises KeyError where a
    row names a column that there is not.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    defaults = {field.attname: field.get_default() for field in fields}
    derived: list[tuple[int, Any]] = [(at, field) for at, field in enumerate(fields) if hasattr(field, "derive")]
    known: dict[tuple[Any, ...], Any] = {}

    def whole(row: dict[str, Any]) -> list[Any]:
        columns = defaults | row
        values = list(columns.values())
        if len(values) != len(fields):
            raise KeyError(", ".join(row.keys() - defaults.keys()))
        for at, field in derived:
            sources = {name: columns[name] for name in (field.source, *getattr(field, "also", ()))}
            key = (at, *sources.values())
            if key not in known:
                known[key] = field.derive(SimpleNamespace(**sources))
            values[at] = known[key]
        return values

    insert_rows(model, [field.name for field in fields], map(whole, rows))
