"""What PostgreSQL needs beside the indexes of the models, to list, to search and to read files in order.

Folded names are compared by their bytes, whatever the language of the database, as SQLite compares everything. Public
ids have an index by bytes as well: the indexes of a list are in the order of the language, files in that of bytes. The
statistics say how many rows stand at a moment: without them PostgreSQL takes them for few, and sorts them. Trigrams are
an extension that the owner of a database may install; a search finds the same without.
"""

from django.db import NotSupportedError, ProgrammingError, migrations, transaction

RECORDS = (
    "category", "document", "forum", "group", "incident", "initiative", "meeting", "official", "package", "party",
    "platform", "pledge", "requirement",
)
ALIASES = ("categoryalias", "initiativealias", "partyalias", "platformalias")
TABLES = {"publication": "kind, ", "contribution": ""}


def compare_by_bytes(apps, schema_editor):
    """Have folded names compared by their bytes."""
    _collate(apps, schema_editor, "C")


def compare_by_language(apps, schema_editor):
    """Take that back."""
    _collate(apps, schema_editor, "default")


def _collate(apps, schema_editor, collation):
    if schema_editor.connection.vendor != "postgresql":
        return
    columns = [(name, "found_by") for name in RECORDS] + [(name, "folded") for name in (*ALIASES, "publication")]
    for name, column in columns:
        meta = apps.get_model("tracker", name)._meta
        kind = meta.get_field(column).db_type(schema_editor.connection)
        schema_editor.execute(f'ALTER TABLE {meta.db_table} ALTER COLUMN {column} TYPE {kind} COLLATE "{collation}"')


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
    """Index trigrams of the search texts, unless the extension is missing, not allowed, or out of sight."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                "CREATE INDEX search_text_trigrams ON tracker_searchtext USING gin (text gin_trgm_ops)"
            )
    except (NotSupportedError, ProgrammingError):
        return


def drop_trigrams(apps, schema_editor):
    """Drop the index. The extension stays, as others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_text_trigrams")


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0006_attempts'),
    ]

    operations = [
        migrations.RunPython(compare_by_bytes, compare_by_language),
        migrations.RunPython(order_by_bytes, forget_bytes),
        migrations.RunPython(add_trigrams, drop_trigrams),
    ]
