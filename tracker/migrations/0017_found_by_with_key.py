"""How PostgreSQL finds pledges by their text without reading the table: the key beside it, and trigrams where it may.

SQLite has the key in every index. In the order of keys new pledges come last, which is also the cheapest to keep.
Trigrams are an extension that the owner of a database may install; a search finds the same without them.
"""

from django.db import NotSupportedError, ProgrammingError, migrations, models, transaction


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


def count_again(apps, schema_editor):
    """Have SQLite look at the indexes that came since somebody had it look at the others, or it takes these for small."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite" and "sqlite_stat1" in connection.introspection.table_names(include_views=True):
        schema_editor.execute("PRAGMA analysis_limit=1000")
        schema_editor.execute("ANALYZE")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0016_kept_counts")]

    operations = [
        migrations.RemoveIndex(model_name="pledge", name="pledge_found_by"),
        migrations.AddIndex(model_name="pledge", index=models.Index(fields=["id", "found_by"], name="pledge_found_by")),
        migrations.RunPython(add_trigrams, drop_trigrams),
        migrations.RunPython(count_again, migrations.RunPython.noop),
    ]
