"""Figures that tables hold contributions against: recorded from a publishing on, and only closed after it."""

from django.db import migrations, models
from django.db.models import F, Q

WHAT = ["party", "measure", "year", "source"]


def nothing(apps, schema_editor):
    """Do nothing: figures loaded before wait for the next publishing."""


def keep_the_newest(apps, schema_editor):
    """Drop the figures that another followed, as the older table has one a year, and the kinds it does not know."""
    figures = apps.get_model("tracker", "Indicator").objects.using(schema_editor.connection.alias)
    newest = {}
    for pk, *what in figures.order_by("pk").values_list("pk", *WHAT):
        newest[tuple(what)] = pk
    kept = set(newest.values())
    old = [pk for pk in figures.values_list("pk", flat=True) if pk not in kept]
    for start in range(0, len(old), 400):
        figures.filter(pk__in=old[start : start + 400]).delete()
    figures.exclude(measure__in=["gdp_usd", "population"]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0007_rate_policy"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="indicator", name="indicator_once_a_year"),
        migrations.AddField(
            model_name="indicator",
            name="recorded_from",
            field=models.DateTimeField(editable=False, null=True, verbose_name="recorded from"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="recorded_to",
            field=models.DateTimeField(editable=False, null=True, verbose_name="recorded to"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="measure",
            field=models.CharField(choices=[("gdp_usd", "GDP, current US dollars"), ("gdp_eur", "GDP, current euros"), ("population", "population"), ("deflator", "price index, in millionths"), ("eu_key", "weight in paying for the EU's institutions")], max_length=20, verbose_name="measure"),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="value",
            field=models.BigIntegerField(help_text="Whole US dollars, euros or persons; an index in millionths.", verbose_name="value"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(condition=Q(("recorded_from__isnull", False), ("recorded_to__isnull", True)), fields=WHAT, name="indicator_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(condition=Q(("recorded_from__isnull", True)), fields=WHAT, name="indicator_waits_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(condition=Q(("recorded_to__isnull", True), ("recorded_to__gt", F("recorded_from")), _connector="OR"), name="indicator_closed_after_opened"),
        ),
        migrations.RunPython(nothing, keep_the_newest),
    ]
