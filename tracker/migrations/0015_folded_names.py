"""Folded names of all records, for searches and for the order of lists; and all that was folded before, folded anew.

Letters that do not decompose (ł ø ß), quotes, dashes and invisible characters are folded since, and phrases of a search
end with the text that they stand in.
"""

import tracker.models.fields
from django.db import migrations, models

from tracker.lib import canonical
from tracker.lib.text import fold
from tracker.records.engine.base import searched_text

RECORDS = (
    "category", "document", "forum", "group", "incident", "initiative", "meeting", "official", "package", "party",
    "platform", "pledge", "requirement",
)
ALIASES = ("categoryalias", "initiativealias", "partyalias", "platformalias")
CHUNK = 500


def order_by_bytes(apps, schema_editor):
    """Have PostgreSQL compare folded names by their bytes, whatever its language, as SQLite does."""
    _collate(apps, schema_editor, "C")


def order_by_language(apps, schema_editor):
    """Take that back."""
    _collate(apps, schema_editor, "default")


def _collate(apps, schema_editor, collation):
    if schema_editor.connection.vendor != "postgresql":
        return
    columns = [(name, "found_by") for name in RECORDS] + [(name, "folded") for name in (*ALIASES, "publication")]
    for name, column in columns:
        field = apps.get_model("tracker", name)._meta.get_field(column)
        kind = field.db_type(schema_editor.connection)
        table = apps.get_model("tracker", name)._meta.db_table
        schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} COLLATE "{collation}"')


def fold_again(apps, schema_editor):
    """Fold names, aliases and the texts of publications as they are folded now."""
    alias = schema_editor.connection.alias
    for name in RECORDS:
        _write(apps.get_model("tracker", name).objects.using(alias), ["found_by"], lambda row: None)
    for name in ALIASES:
        _fold_aliases(apps.get_model("tracker", name).objects.using(alias))

    def of_publication(row):
        row.folded = fold(row.name)[:500]
        row.search = "" if row.is_tombstone else searched_text(canonical.load(row.document))

    _write(apps.get_model("tracker", "publication").objects.using(alias), ["folded", "search"], of_publication)


def _write(rows, columns, change):
    waiting = []
    for row in rows.order_by("pk").iterator(CHUNK):
        change(row)
        waiting.append(row)
        if len(waiting) == CHUNK:
            rows.bulk_update(waiting, columns)
            waiting = []
    rows.bulk_update(waiting, columns)


def _fold_aliases(rows):
    """Fold aliases. Of two that are one now, the later keeps its place in its record, and is not found by its name."""
    taken = set()
    for pk, name in rows.order_by("pk").values_list("pk", "name"):
        folded = fold(name)[:250]
        if folded in taken:
            folded = f"{folded[:230]} #{pk}"
        taken.add(folded)
        rows.filter(pk=pk).update(folded=folded)


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0014_corrections'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='category',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'category', 'verbose_name_plural': 'categories'},
        ),
        migrations.AlterModelOptions(
            name='categoryalias',
            options={'ordering': ('folded', 'id'), 'verbose_name': 'alias', 'verbose_name_plural': 'aliases'},
        ),
        migrations.AlterModelOptions(
            name='document',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'document', 'verbose_name_plural': 'documents'},
        ),
        migrations.AlterModelOptions(
            name='forum',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'forum', 'verbose_name_plural': 'forums'},
        ),
        migrations.AlterModelOptions(
            name='group',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'group', 'verbose_name_plural': 'groups'},
        ),
        migrations.AlterModelOptions(
            name='incident',
            options={'ordering': ('-date_earliest', 'found_by', 'id'), 'verbose_name': 'incident', 'verbose_name_plural': 'incidents'},
        ),
        migrations.AlterModelOptions(
            name='indicator',
            options={'ordering': ('party__found_by', 'measure', '-year', 'id'), 'verbose_name': 'indicator', 'verbose_name_plural': 'indicators'},
        ),
        migrations.AlterModelOptions(
            name='initiative',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'initiative', 'verbose_name_plural': 'initiatives'},
        ),
        migrations.AlterModelOptions(
            name='initiativealias',
            options={'ordering': ('folded', 'id'), 'verbose_name': 'alias', 'verbose_name_plural': 'aliases'},
        ),
        migrations.AlterModelOptions(
            name='meeting',
            options={'ordering': ('-date_earliest', 'found_by', 'id'), 'verbose_name': 'meeting', 'verbose_name_plural': 'meetings'},
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'ordering': ('valid_from', 'party__found_by', 'id'), 'verbose_name': 'membership', 'verbose_name_plural': 'memberships'},
        ),
        migrations.AlterModelOptions(
            name='official',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'official', 'verbose_name_plural': 'officials'},
        ),
        migrations.AlterModelOptions(
            name='package',
            options={'ordering': ('initiative__found_by', 'number', 'id'), 'verbose_name': 'package', 'verbose_name_plural': 'packages'},
        ),
        migrations.AlterModelOptions(
            name='party',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'party', 'verbose_name_plural': 'parties'},
        ),
        migrations.AlterModelOptions(
            name='partyalias',
            options={'ordering': ('folded', 'id'), 'verbose_name': 'alias', 'verbose_name_plural': 'aliases'},
        ),
        migrations.AlterModelOptions(
            name='platform',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'platform', 'verbose_name_plural': 'platforms'},
        ),
        migrations.AlterModelOptions(
            name='platformalias',
            options={'ordering': ('folded', 'id'), 'verbose_name': 'alias', 'verbose_name_plural': 'aliases'},
        ),
        migrations.AlterModelOptions(
            name='requirement',
            options={'ordering': ('found_by', 'id'), 'verbose_name': 'requirement', 'verbose_name_plural': 'requirements'},
        ),
        migrations.AddField(
            model_name='category',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='document',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='forum',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='group',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='incident',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='initiative',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='meeting',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='official',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='package',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='party',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='platform',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='publication',
            name='folded',
            field=models.CharField(default='', help_text='For the order of lists.', max_length=500, verbose_name='folded name'),
        ),
        migrations.AddField(
            model_name='requirement',
            name='found_by',
            field=tracker.models.fields.FoundByField('name', default='', editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.RunPython(order_by_bytes, order_by_language),
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
