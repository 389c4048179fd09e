"""How many records stand in each list, kept by each publishing; filled from what stands. The way back drops it."""

import django.db.models.functions.comparison
from django.db import migrations, models

_FILL = """
    INSERT INTO tracker_listcount (kind, contributor, category, year, records)
    SELECT p.kind, COALESCE(l.contributor, '') AS contributor, COALESCE(l.category, '') AS category, l.year, COUNT(*)
    FROM tracker_publication p LEFT JOIN tracker_listing l ON l.publication_id = p.id
    WHERE NOT p.is_tombstone AND p.recorded_to IS NULL
    GROUP BY p.kind, COALESCE(l.contributor, ''), COALESCE(l.category, ''), l.year"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0015_condition_of_items")]

    operations = [
        migrations.CreateModel(
            name="ListCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                (
                    "contributor",
                    models.CharField(blank=True, max_length=100, verbose_name="contributor; empty for all"),
                ),
                ("category", models.CharField(blank=True, max_length=100, verbose_name="category; empty for all")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                ("records", models.IntegerField(verbose_name="records")),
            ],
            options={
                "verbose_name": "count of a list",
                "verbose_name_plural": "counts of lists",
                "ordering": ("kind", "contributor", "category", "year", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("kind"),
                        models.F("contributor"),
                        models.F("category"),
                        django.db.models.functions.comparison.Coalesce("year", models.Value(0)),
                        name="list_count_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
