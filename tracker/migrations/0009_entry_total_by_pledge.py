"""The trigger `entry_total_stands_alone` looks at the entries of one pledge, not at all that name the same item.

Most entries name no item, and without statistics SQLite goes through all of those for each one that is added: the
plus before `item_id` keeps it from that. What the trigger refuses stays the same. On PostgreSQL nothing changes.

A later migration that alters the table of entries or of shares ends with `create_triggers` of this one.
"""

from importlib import import_module

from django.db import migrations

_rules = import_module("tracker.migrations.0002_cross_row_rules")
_NAME = "entry_total_stands_alone"
_TABLE, _BEFORE = _rules.SQLITE[_NAME]
_AFTER = _BEFORE.replace("AND item_id IS", "AND +item_id IS")


def _replace(schema_editor, body):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_NAME}_{event.lower()}")
            schema_editor.execute(
                f"CREATE TRIGGER {_NAME}_{event.lower()} AFTER {event} ON {_TABLE} BEGIN {body} END"
            )


def forwards(apps, schema_editor):
    """Look at the entries of the pledge."""
    _replace(schema_editor, _AFTER)


def backwards(apps, schema_editor):
    """Put back the trigger of migration 0002."""
    _replace(schema_editor, _BEFORE)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0008_figures")]

    operations = [migrations.RunPython(forwards, backwards)]
