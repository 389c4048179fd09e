"""The folded texts of claims, which searches of the desk look at."""

import tracker.models.fields
from django.db import migrations

CHUNK = 500


def fold_claims(apps, schema_editor):
    """Fold what claims say."""
    rows = apps.get_model("tracker", "claim").objects.using(schema_editor.connection.alias)
    waiting = []
    for row in rows.order_by("pk").iterator(CHUNK):
        waiting.append(row)
        if len(waiting) == CHUNK:
            rows.bulk_update(waiting, ["found_by"])
            waiting = []
    rows.bulk_update(waiting, ["found_by"])


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0017_jobs'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='found_by',
            field=tracker.models.fields.ClaimFoundByField('quote', default='', editable=False, max_length=1200),
        ),
        migrations.RunPython(fold_claims, migrations.RunPython.noop, elidable=True),
    ]
