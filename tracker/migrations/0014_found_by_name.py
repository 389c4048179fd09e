"""The text that pledges are searched by, in a column of its own, and a narrow index to read it from.

Filled from the names that stand there; the way back drops it, as it says nothing that they do not.
"""

from django.db import migrations, models

import tracker.models.fields
from tracker.lib.text import fold

_CHUNK = 2000


def fill(apps, schema_editor):
    """Fold the name and the public id of every pledge."""
    connection, key = schema_editor.connection, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, name, public_id FROM tracker_pledge WHERE id > %s ORDER BY id LIMIT %s", [key, _CHUNK]
            )
            rows = cursor.fetchall()
            if not rows:
                return
            texts = [(f"{fold(name)[:500]} {public_id.lower()}", pk) for pk, name, public_id in rows]
            cursor.executemany("UPDATE tracker_pledge SET found_by = %s WHERE id = %s", texts)
            key = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("tracker", "0013_ordered_by_bytes")]

    operations = [
        migrations.AddField(
            model_name="pledge",
            name="found_by",
            field=tracker.models.fields.FoundByField("name", default="", editable=False, max_length=601),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(model_name="pledge", index=models.Index(fields=["found_by"], name="pledge_found_by")),
    ]
