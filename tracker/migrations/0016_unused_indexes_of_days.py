"""Drop the indexes of days that no list, filter or page reads, and that cost each import a tenth of its writing."""

from django.db import migrations

import tracker.models.fields

_INDEXES = {
    "tracker_entry_date_earliest_c439de59": ("tracker_entry", "date_earliest"),
    "tracker_entry_date_latest_8a5e028a": ("tracker_entry", "date_latest"),
    "tracker_pledge_announced_earliest_8a2a1f1e": ("tracker_pledge", "announced_earliest"),
    "tracker_pledge_announced_latest_d914f1b9": ("tracker_pledge", "announced_latest"),
    "tracker_document_published_latest_62350b09": ("tracker_document", "published_latest"),
}
"""Table and column of each. Both databases have them under these names."""


def _day(model, name, field):
    return migrations.AlterField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0015_revisions")]

    operations = [
        # By their names: to alter a field, SQLite would write the whole table anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX {name}", f"CREATE INDEX {name} ON {table} ({column})")
                for name, (table, column) in _INDEXES.items()
            ],
            state_operations=[
                _day("entry", "date_earliest", tracker.models.fields.EarliestDayField("date", db_index=False)),
                _day("entry", "date_latest", tracker.models.fields.LatestDayField("date", db_index=False)),
                _day("pledge", "announced_earliest", tracker.models.fields.EarliestDayField("announced", db_index=False)),
                _day("pledge", "announced_latest", tracker.models.fields.LatestDayField("announced", db_index=False)),
                _day("document", "published_latest", tracker.models.fields.LatestDayField("published", db_index=False)),
            ],
        ),
    ]
