"""The table in which attempts to obtain a token are counted, for all processes."""

from django.core.management import call_command
from django.db import migrations

TABLE = "tracker_attempts"


def create(apps, schema_editor):
    """Create the table of the cache as Django does."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0005_imports"),
    ]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, f"DROP TABLE IF EXISTS {TABLE}"),
    ]
