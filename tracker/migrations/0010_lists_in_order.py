"""Indexes in the order of three lists, so that a page reads its own rows, and a count none of the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0009_entry_total_by_pledge")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["kind", "public_id", "is_tombstone", "recorded_from", "recorded_to"],
                name="publication_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["public_id", "is_headline", "recorded_from", "recorded_to"], name="contribution_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="pledge",
            index=models.Index(fields=["-announced_earliest", "public_id"], name="pledge_in_order"),
        ),
    ]
