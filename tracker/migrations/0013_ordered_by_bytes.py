"""What PostgreSQL needs to read files in order, and not sort them first: public ids by their bytes, and who stands.

The indexes of a list are in the order of the database's language, files in that of bytes, which SQLite has anyway. The
statistics say how many rows stand at a moment: without them PostgreSQL takes them for few, and sorts them.
"""

from django.db import migrations

_TABLES = {"publication": "kind, ", "contribution": ""}


def prepare(apps, schema_editor):
    """Make the indexes and the statistics."""
    if schema_editor.connection.vendor == "postgresql":
        for name, before in _TABLES.items():
            schema_editor.execute(f'CREATE INDEX {name}_by_bytes ON tracker_{name} ({before}public_id COLLATE "C")')
            schema_editor.execute(
                f"CREATE STATISTICS {name}_standing_at ON "
                f"(COALESCE(recorded_to, '9999-12-31 00:00:00+00'::timestamptz)) FROM tracker_{name}"
            )


def forget(apps, schema_editor):
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        for name in _TABLES:
            schema_editor.execute(f"DROP STATISTICS {name}_standing_at")
            schema_editor.execute(f"DROP INDEX {name}_by_bytes")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0012_found_at_once")]

    operations = [migrations.RunPython(prepare, forget)]
