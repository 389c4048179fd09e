"""The texts by which pledges are found, in place of the index of their names.

Until `check_register` has worked them out, pledges that are there already are found by name and public id. On
PostgreSQL the index of trigrams comes with them, unless the extension is missing, not allowed, or out of sight.
"""

import django.db.models.deletion
from django.db import NotSupportedError, ProgrammingError, migrations, models, transaction

NAMES, TEXTS = "pledge_found_by_trigrams", "search_text_trigrams"


def take_names(apps, schema_editor):
    """Have pledges found by their names."""
    schema_editor.execute("INSERT INTO tracker_searchtext (pledge_id, text) SELECT id, found_by FROM tracker_pledge")


def index_texts(apps, schema_editor):
    """Index the trigrams of texts, and no longer those of names."""
    _index(schema_editor, NAMES, f"CREATE INDEX {TEXTS} ON tracker_searchtext USING gin (text gin_trgm_ops)")


def index_names(apps, schema_editor):
    """Take that back."""
    _index(schema_editor, TEXTS, f"CREATE INDEX {NAMES} ON tracker_pledge USING gin (found_by gin_trgm_ops)")


def _index(schema_editor, before, statement):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(f"DROP INDEX IF EXISTS {before}")
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute(statement)
    except (NotSupportedError, ProgrammingError):
        return


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0009_account_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('pledge', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='tracker.pledge', verbose_name='pledge')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'verbose_name': 'search text',
                'verbose_name_plural': 'search texts',
                'ordering': ('pledge',),
            },
        ),
        migrations.RemoveIndex(
            model_name='pledge',
            name='pledge_found_by',
        ),
        migrations.RunPython(take_names, migrations.RunPython.noop),
        migrations.RunPython(index_texts, index_names),
    ]
