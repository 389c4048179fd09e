"""Which exchange rate the amounts of a pledge are converted by."""

from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError


def nothing(apps, schema_editor):
    """Do nothing: every pledge has the policy that held for all before this."""


def refuse_to_lose(apps, schema_editor):
    """Refuse to go back while a pledge is converted by another policy: its rows could not be recomputed."""
    pledges = apps.get_model("tracker", "Pledge").objects.using(schema_editor.connection.alias)
    count = pledges.exclude(rate_policy="month_mean").count()
    if count:
        raise IrreversibleError(
            f"Going back before 0007_rate_policy would lose the rate policy of {count} pledges. "
            "Set them to the mean of the month and publish that, or keep this version."
        )


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0006_staged_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="pledge",
            name="rate_policy",
            field=models.CharField(choices=[("month_mean", "mean of the month"), ("day", "rate of the day"), ("annual_mean", "mean of the year")], default="month_mean", help_text="By which exchange rate its amounts are converted. Where only the year is known: the year's mean.", max_length=20, verbose_name="rate policy"),
        ),
        migrations.RunPython(nothing, refuse_to_lose),
    ]
