"""What PostgreSQL needs beside the indexes of the models, to read files in order and to search names.

Public ids by their bytes: the indexes of a list are in the order of the database's language, files in that of bytes,
which SQLite has anyway. The statistics say how many rows stand at a moment: without them PostgreSQL takes them for few,
and sorts them. Trigrams are an extension that the owner of a database may install; a search finds the same without.
"""

from django.db import NotSupportedError, ProgrammingError, migrations, transaction

TABLES = {"publication": "kind, ", "contribution": ""}


def order_by_bytes(apps, schema_editor):
    """Make the indexes and the statistics."""
    if schema_editor.connection.vendor == "postgresql":
        for name, before in TABLES.items():
            schema_editor.execute(f'CREATE INDEX {name}_by_bytes ON tracker_{name} ({before}public_id COLLATE "C")')
            schema_editor.execute(
                f"CREATE STATISTICS {name}_standing_at ON "
                f"(COALESCE(recorded_to, '9999-12-31 00:00:00+00'::timestamptz)) FROM tracker_{name}"
            )


def forget_bytes(apps, schema_editor):
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        for name in TABLES:
            schema_editor.execute(f"DROP STATISTICS {name}_standing_at")
            schema_editor.execute(f"DROP INDEX {name}_by_bytes")


def add_trigrams(apps, schema_editor):
    """Index trigrams, unless the extension is missing, not allowed, or out of sight."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                "CREATE INDEX pledge_found_by_trigrams ON tracker_pledge USING gin (found_by gin_trgm_ops)"
            )
    except (NotSupportedError, ProgrammingError):
        return


def drop_trigrams(apps, schema_editor):
    """Drop the index. The extension stays, as others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS pledge_found_by_trigrams")


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0004_imports'),
    ]

    operations = [
        migrations.RunPython(order_by_bytes, forget_bytes),
        migrations.RunPython(add_trigrams, drop_trigrams),
    ]
