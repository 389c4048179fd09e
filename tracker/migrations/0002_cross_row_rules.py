"""Two rules over several rows of a pledge, which no CHECK can hold, as triggers.

`share_fractions_at_most_one`: the fractions of a pledge come to one at most.
`entry_total_stands_alone`: an entry that states the total of its stage (and item) has no other beside it.

SQLite drops the triggers of a table that a later migration alters: such a migration ends with
`create_triggers` again, and tests/models/test_constraints.py fails where one is missing.
Its decimals are floats: the fractions, of twelve places, are rounded to whole units before they are compared.
"""

from django.db import migrations

SQLITE = {
    "share_fractions_at_most_one": (
        "tracker_share",
        """SELECT RAISE(ABORT, 'share_fractions_at_most_one') FROM tracker_share
        WHERE pledge_id = NEW.pledge_id AND NEW.fraction IS NOT NULL
        GROUP BY pledge_id HAVING ROUND(SUM(fraction) * 1e12) > 1e12;""",
    ),
    "entry_total_stands_alone": (
        "tracker_entry",
        """SELECT RAISE(ABORT, 'entry_total_stands_alone') FROM tracker_entry
        WHERE pledge_id = NEW.pledge_id AND stage = NEW.stage AND item_id IS NEW.item_id
        GROUP BY pledge_id HAVING COUNT(*) > 1 AND MAX(is_total);""",
    ),
}
POSTGRESQL = {
    "share_fractions_at_most_one": (
        "tracker_share",
        """IF (SELECT SUM(fraction) FROM tracker_share WHERE pledge_id = NEW.pledge_id) > 1 THEN
        RAISE EXCEPTION 'share_fractions_at_most_one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'share_fractions_at_most_one';
        END IF;""",
    ),
    "entry_total_stands_alone": (
        "tracker_entry",
        """IF (SELECT COUNT(*) > 1 AND BOOL_OR(is_total) FROM tracker_entry WHERE pledge_id = NEW.pledge_id
        AND stage = NEW.stage AND item_id IS NOT DISTINCT FROM NEW.item_id) THEN
        RAISE EXCEPTION 'entry_total_stands_alone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_total_stands_alone';
        END IF;""",
    ),
}


def create_triggers(apps, schema_editor):
    """Create both triggers in the dialect of the database."""
    if schema_editor.connection.vendor == "sqlite":
        for name, (table, body) in SQLITE.items():
            for event in ("INSERT", "UPDATE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} BEGIN {body} END"
                )
    else:
        for name, (table, body) in POSTGRESQL.items():
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def drop_triggers(apps, schema_editor):
    """Drop both triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {name}_{event}")
    else:
        for name, (table, _body) in POSTGRESQL.items():
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_register")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
