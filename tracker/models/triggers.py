"""Rules over several rows of a table, which no CHECK can hold, declared beside the table like any constraint."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

EVENTS = ("INSERT", "UPDATE")

_SQLITE = (
    "CREATE TRIGGER %(trigger)s AFTER %(event)s ON %(table)s"
    " BEGIN SELECT RAISE(ABORT, '%(name)s') WHERE %(broken)s; END"
)
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION %(trigger)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF %(broken)s THEN"
    " RAISE EXCEPTION '%(name)s' USING ERRCODE = 'check_violation', CONSTRAINT = '%(name)s';"
    " END IF; RETURN NULL; END $$"
)
_POSTGRESQL = "CREATE TRIGGER %(trigger)s AFTER %(events)s ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(trigger)s()"


class Trigger(models.BaseConstraint):
    """A rule that a trigger checks after each row that is inserted or updated, or at one of these `events` only.

    `sqlite` and `postgresql` are the condition, in the SQL of either, that holds where the row `NEW` breaks the rule.
    It reads no other table: SQLite cannot rename one that the trigger of another reads.

    Migrations add and remove it as they do any constraint. To alter a table on SQLite, Django makes a new one from the
    model, constraints included, so its triggers are made again with it. On PostgreSQL the function of the trigger
    outlives a table that is dropped; remove the constraint first.
    """

    def __init__(
        self, *, name: str, sqlite: str, postgresql: str, events: Sequence[str] = EVENTS, **messages: Any
    ) -> None:
        super().__init__(name=name, **messages)
        self.sqlite = sqlite
        self.postgresql = postgresql
        self.events = tuple(events)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trigger) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]  # as Django does for what can be compared and changed

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {
            "sqlite": self.sqlite, "postgresql": self.postgresql,
            **({} if self.events == EVENTS else {"events": self.events}),
        }  # fmt: skip

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]  # makes it after the table, not in it
        """Have the trigger made once the table is there: nothing of it stands in CREATE TABLE."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what makes the trigger on PostgreSQL, having made its function. On SQLite the table is made anew."""
        assert model is not None
        assert schema_editor is not None
        function, trigger = self._statements(model, schema_editor)
        schema_editor.execute(function, params=None)
        return str(trigger)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Return what drops function and trigger on PostgreSQL. On SQLite the table is made anew."""
        assert schema_editor is not None
        return f"DROP FUNCTION {schema_editor.quote_name(self.name)}() CASCADE"

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = DEFAULT_DB_ALIAS
    ) -> None:
        """Leave it to the database: the other rows may change in the same form, so one row says nothing."""

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Iterator[Statement]:
        quote = schema_editor.quote_name
        table = Table(model._meta.db_table, quote)
        if schema_editor.connection.vendor == "sqlite":
            for event in self.events:
                trigger = quote(f"{self.name}_{event.lower()}")
                parts = {"trigger": trigger, "event": event, "name": self.name, "broken": self.sqlite}
                yield Statement(_SQLITE, table=table, **parts)
        else:
            events = " OR ".join(self.events)
            parts = {"trigger": quote(self.name), "events": events, "name": self.name, "broken": self.postgresql}
            for template in (_POSTGRESQL_FUNCTION, _POSTGRESQL):
                yield Statement(template, table=table, **parts)
