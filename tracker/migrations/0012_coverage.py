"""The coverage of publications, worked out from their documents as publishing does."""

from django.db import migrations, models

from tracker.lib import canonical
from tracker.records.shelved import COVERED, coverage_of


def fill(apps, schema_editor):
    """Work out the coverage of every publication that says any facts."""
    publications = apps.get_model("tracker", "Publication").objects.using(schema_editor.connection.alias)
    waiting = []
    for row in publications.filter(kind__in=COVERED, is_tombstone=False).only("kind", "document").iterator(500):
        found = coverage_of(row.kind, canonical.load(row.document))
        row.values_said, row.values_supported = found.said, found.supported
        waiting.append(row)
        if len(waiting) == 500:
            publications.bulk_update(waiting, ["values_said", "values_supported"])
            waiting = []
    publications.bulk_update(waiting, ["values_said", "values_supported"])


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0011_internal_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='values_said',
            field=models.PositiveIntegerField(default=0, verbose_name='values that it says'),
        ),
        migrations.AddField(
            model_name='publication',
            name='values_supported',
            field=models.PositiveIntegerField(default=0, verbose_name='values that a passage or a row supports'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
