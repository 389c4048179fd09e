"""Writing very many rows, without what makes `bulk_create` and `bulk_update` slow: model instances, and long SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import SimpleNamespace
from typing import Any

from django.db import connections, models, router, transaction

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models.fields import PartialDateField, QuantityField

_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types whose values the database takes as they are."""

_BATCH = 2_000
"""How many rows are sent at a time."""

_VALUES = 3_000
"""How many values one statement has."""

_ANALYZE_FROM = 200
"""How many rows of a batch it takes to ask whether PostgreSQL must analyse the table again."""


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, or_ignore: bool = False
) -> None:
    """Insert `rows`, each with a value for each of the fields `names`. All other columns are null, or the key.

    `full_clean` is not called: what is wrong breaks a constraint of the database (IntegrityError). Some of the rows may
    be inserted then: whoever goes on in the same transaction has a savepoint to return to. Primary keys are not
    returned. With `or_ignore`, a row that breaks a unique constraint is left out.
    """
    fields = [model._meta.get_field(name) for name in names]
    for part in chunked(rows, _BATCH):
        columns = zip(fields, zip(*part, strict=True), strict=True)
        _insert(model, fields, [_plain(*column) for column in columns], or_ignore=or_ignore)


Columns = dict[str, Sequence[Any]]
"""The values of each column of some rows, as the database takes them, by the name of its field."""


def columns_of(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Columns:
    """Return the columns of rows that have a value for each of the fields `names`; of no rows, none."""
    values = list(zip(*rows, strict=True))
    named = zip(names, values, strict=True) if values else ()
    return {name: _plain(model._meta.get_field(name), column) for name, column in named}


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Return `count` new primary keys, in order, that no other row gets. Whoever leaves some unused does no harm."""
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(
                f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [table, model._meta.pk.column, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        last = cursor.fetchone()
        if last is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
    end = last[0] if last else count
    return list(range(end - count + 1, end + 1))


def _insert(
    model: type[models.Model], fields: Sequence[Any], columns: Iterable[Sequence[Any]], *, or_ignore: bool = False
) -> None:  # fmt: skip
    """Insert rows given as a list of values for each of `fields`, as the database takes them."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    table = f"{quote(model._meta.db_table)} ({names})"
    values = list(columns)
    count = len(values[0]) if values else 0
    if not count:
        return
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not or_ignore:
            _copy(cursor, table, zip(*values, strict=True), connection)
        else:
            # A transaction goes as a whole, or back to a savepoint. To undo a statement by itself where one of its rows
            # breaks a constraint, SQLite would copy each page that it changes to a file first.
            insert = "INSERT OR FAIL" if connection.vendor == "sqlite" else "INSERT"
            _insert_many(cursor, f"{insert} INTO {table} VALUES", marks, values, " ON CONFLICT DO NOTHING" * or_ignore)
        if connection.vendor == "postgresql" and count >= _ANALYZE_FROM:
            _analyze_if_outgrown(cursor, quote(model._meta.db_table))


def _insert_many(cursor: Any, into: str, marks: str, columns: Sequence[Sequence[Any]], conflict: str) -> None:
    """Insert by statements of many rows each: to begin one takes SQLite as long as to insert a short row."""
    count = len(columns[0])
    width = max(_VALUES // len(columns), 1)
    whole = count - count % width
    together = [_row_by_row(columns, at, width) for at in range(0, whole, width)]
    for rows, statements in ((width, together), (count - whole, [_row_by_row(columns, whole, count - whole)])):
        if rows and statements:
            cursor.executemany(f"{into} {', '.join([marks] * rows)}{conflict}", statements)


def _row_by_row(columns: Sequence[Sequence[Any]], start: int, count: int) -> list[Any]:
    """Return the values of `count` rows in one list, one row after the other; no row is made of them."""
    values = [None] * (len(columns) * count)
    for place, column in enumerate(columns):
        values[place :: len(columns)] = column[start : start + count]
    return values


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set the fields `names` of rows that are there: each of `rows` has a value for each of them, then the primary key.

    `full_clean` is not called: what is wrong breaks a constraint of the database (IntegrityError).
    """
    connection = connections[router.db_for_write(model)]
    key: Any = model._meta.pk
    fields = [*(model._meta.get_field(name) for name in names), key]
    quote = connection.ops.quote_name
    settings = [f"{quote(str(getattr(field, 'column', '')))} = %s" for field in fields]
    sql = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(settings[:-1])} WHERE {settings[-1]}"
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        for part in chunked(rows, _BATCH):
            columns = zip(fields, zip(*part, strict=True), strict=True)
            cursor.executemany(sql, list(zip(*(_plain(*column) for column in columns), strict=True)))


def _analyze_if_outgrown(cursor: Any, table: str) -> None:
    """Analyse a table again once this transaction has added more than twice the rows that PostgreSQL plans for.

    PostgreSQL plans queries by the number of rows that it last counted, and autovacuum counts only what is committed.
    In a long import it would go on planning for a table that is nearly empty, and read it from end to end for each row
    that it joins: publishing the import then takes hours. Rows that this connection added shortly before count, too,
    even if they were rolled back, so that a table may be analysed more often than needed.
    """
    cursor.execute(
        "SELECT pg_stat_get_xact_tuples_inserted(oid) > 2 * reltuples FROM pg_class WHERE oid = %s::regclass", [table]
    )
    if cursor.fetchone()[0]:
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {table}")


def _copy(cursor: Any, table: str, rows: Iterable[Sequence[Any]], connection: Any) -> None:
    """Insert by COPY, the fastest way into PostgreSQL. Constraints and triggers are checked as for INSERT."""
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _plain(field: Any, values: Sequence[Any]) -> Sequence[Any]:
    """Return the values of a column as texts and numbers that either database takes. Equal values are prepared once."""
    if isinstance(field, models.JSONField):
        # Lists and dicts are no keys of a dict, so each is prepared by itself.
        return [None if value is None else canonical.dump(value) for value in values]
    # These fields put text into its canonical spelling first.
    spelled = isinstance(field, PartialDateField | QuantityField)
    if not spelled and _PLAIN.issuperset(map(type, values)):
        return values
    connection = connections[router.db_for_write(field.model)]
    prepared = {}
    for value in set(values):
        taken = value if not spelled and type(value) in _PLAIN else field.get_db_prep_save(value, connection)
        prepared[value] = taken if type(taken) in _PLAIN else str(taken)
    return [prepared[value] for value in values]


def insert_plain(instances: Iterable[models.Model]) -> None:
    """Insert unsaved instances of one model, made as they are taken. See `insert_rows`."""
    rest = iter(instances)
    first = next(rest, None)
    if first is None:
        return
    model = type(first)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    attributes = [field.attname for field in fields]
    rows = ([getattr(instance, name) for name in attributes] for instance in chain([first], rest))
    insert_rows(model, [field.name for field in fields], rows)


def insert_columns(model: type[models.Model], rows: Iterable[dict[str, Any]], *, or_ignore: bool = False) -> None:
    """Insert rows given by column, such as `pledge_id`. See `insert_rows`.

    A column that a row leaves out gets the default of its field; derived columns are derived from the others. Raises
    KeyError where a row names a column that the table does not have.
    """
    for columns in plain_columns(model, rows):
        insert_plain_columns(model, columns, or_ignore=or_ignore)


def plain_columns(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> Iterator[Columns]:
    """Yield what `insert_columns` writes of `rows`, which all bring their primary keys or do not, a batch at a time."""
    for part in chunked(rows, _BATCH):
        fields = [field for field in model._meta.concrete_fields if not field.primary_key or field.attname in part[0]]
        defaults = {field.attname: field.get_default() for field in fields}
        named: set[str] = set().union(*part)
        if named - defaults.keys():
            raise KeyError(", ".join(sorted(named - defaults.keys())))
        columns = {
            name: [row.get(name, default) for row in part] if name in named else [default] * len(part)
            for name, default in defaults.items()
        }
        derived: list[Any] = [field for field in fields if hasattr(field, "derive")]
        for field in derived:
            names = (field.source, *getattr(field, "also", ()))
            columns[field.attname] = _derived(field, names, [columns[name] for name in names])
        yield {field.name: _plain(field, columns[field.attname]) for field in fields}


def insert_plain_columns(
    model: type[models.Model], columns: Columns, *, or_ignore: bool = False, same: Mapping[str, Any] | None = None
) -> None:  # fmt: skip
    """Insert rows by their columns; `same` are the values of fields in which all rows are alike. See `insert_rows`."""
    count = len(next(iter(columns.values()), ()))
    fields = {name: model._meta.get_field(name) for name in (*columns, *(same or ()))}
    alike = [[*_plain(fields[name], [value])] * count for name, value in (same or {}).items()]
    _insert(model, [*fields.values()], [*columns.values(), *alike], or_ignore=or_ignore)


def _derived(field: Any, names: Sequence[str], sources: Sequence[list[Any]]) -> list[Any]:
    """Return a column that is derived from others, of equal values once."""
    keys = list(zip(*sources, strict=True))
    known = {key: field.derive(SimpleNamespace(**dict(zip(names, key, strict=True)))) for key in set(keys)}
    return [known[key] for key in keys]
