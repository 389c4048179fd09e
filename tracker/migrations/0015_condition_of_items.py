"""The condition of the item, and the year of the announcement, in the ledger: dimensions of SIPRI's register.

What is posted gets them from the documents that it was posted from. The way back drops them: they say nothing that the
documents do not.
"""

from django.db import migrations, models

from tracker.lib import canonical, partial_dates

_CHUNK = 1000
_UPDATE = "UPDATE tracker_contribution SET"


def fill(apps, schema_editor):
    """Give each row what its publication says, as posting would, a page of publications at a time."""
    connection, key = schema_editor.connection, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT id, kind, is_tombstone, document FROM tracker_publication WHERE id > %s ORDER BY id LIMIT {_CHUNK}",
                [key],
            )
            # Other kinds are left out here: asked to, SQLite would sort all pledges for each page.
            rows = cursor.fetchall()
            if not rows:
                return
            page = [(pk, canonical.load(text)) for pk, kind, gone, text in rows if kind == "pledge" and not gone]
            conditions = [
                (item["condition"], pk, item["number"])
                for pk, document in page
                for item in document["items"]
                if item.get("condition")
            ]
            years = [(year, pk) for pk, document in page if (year := _announced_in(document)) is not None]
            cursor.executemany(f"{_UPDATE} condition = %s WHERE publication_id = %s AND item = %s", conditions)
            cursor.executemany(f"{_UPDATE} announced_year = %s WHERE publication_id = %s", years)
            key = rows[-1][0]


def _announced_in(document):
    """Return the one year in which a pledge was announced, or None."""
    announced = document["announced"]
    return partial_dates.parse(announced["edtf"]).year if announced else None


class Migration(migrations.Migration):

    dependencies = [("tracker", "0014_found_by_name")]

    operations = [
        # With a default that stays: told to add the field, SQLite would write the whole table anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE tracker_contribution ADD COLUMN condition varchar(20) DEFAULT '' NOT NULL",
                    "ALTER TABLE tracker_contribution DROP COLUMN condition",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="contribution",
                    name="condition",
                    field=models.CharField(default="", max_length=20, verbose_name="condition"),
                    preserve_default=False,
                )
            ],
        ),
        migrations.AddField(
            model_name="contribution",
            name="announced_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="year of the announcement"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
