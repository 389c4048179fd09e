"""Listings of pledges, by which the filters that are asked for most find them, and indexes by which changes are found.

Each pledge that was ever published gets its listings, from its facets. The way back drops them: they say nothing that
the publications do not.
"""

import django.db.models.deletion
from django.db import migrations, models

_YEAR = {
    "sqlite": "CAST(strftime('%Y', {day}) AS INTEGER)",
    "postgresql": "CAST(EXTRACT(YEAR FROM {day}) AS INTEGER)",
}
_DAY = "COALESCE(p.earliest, p.latest)"
_COLUMNS = "publication_id, contributor, category, year, day, public_id, recorded_from, recorded_to"
_JOIN = "JOIN tracker_facet {name} ON {name}.publication_id = p.id AND {name}.name = '{name}'"
_FACET_INDEX = "tracker_facet_publication_id_bb4dc62e"


def fill(apps, schema_editor):
    """List every pledge on the shelf under each of its contributors and all, and each of its categories and all."""
    year = _YEAR[schema_editor.connection.vendor].format(day=_DAY)
    for listed in ((), ("contributor",), ("category",), ("contributor", "category")):
        values = [f"{name}.value" if name in listed else "''" for name in ("contributor", "category")]
        schema_editor.execute(
            f"INSERT INTO tracker_listing ({_COLUMNS}) SELECT p.id, {', '.join(values)}, {year}, {_DAY}, "
            "p.public_id, p.recorded_from, p.recorded_to FROM tracker_publication p "
            f"{' '.join(_JOIN.format(name=name) for name in listed)} WHERE p.kind = 'pledge' AND NOT p.is_tombstone",
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0011_kept_sums")]

    operations = [
        # In the order of time, SQLite would go through the new index of it to look a few publications up.
        migrations.AlterModelOptions(
            name="publication",
            options={
                "ordering": ("kind", "public_id", "version"),
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contributor",
                    models.CharField(blank=True, max_length=100, verbose_name="contributor; empty for all"),
                ),
                ("category", models.CharField(blank=True, max_length=100, verbose_name="category; empty for all")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                ("day", models.DateField(null=True, verbose_name="day")),
                ("public_id", models.CharField(max_length=100, verbose_name="public id")),
                ("recorded_from", models.DateTimeField(verbose_name="recorded from")),
                ("recorded_to", models.DateTimeField(null=True, verbose_name="recorded to")),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="tracker.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "listing",
                "verbose_name_plural": "listings",
                "ordering": ("contributor", "category", "public_id", "id"),
                "indexes": [
                    models.Index(
                        fields=["contributor", "category", "year", "public_id", "day", "recorded_from", "recorded_to"],
                        name="listing_in_order",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "contributor", "category"), name="listing_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["kind", "recorded_from"], name="publication_recorded"),
        ),
        # Dropped by its name: told to alter the field, SQLite would write the whole table anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {_FACET_INDEX}", f"CREATE INDEX {_FACET_INDEX} ON tracker_facet (publication_id)"
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="facet",
                    name="publication",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facets",
                        to="tracker.publication",
                    ),
                )
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
