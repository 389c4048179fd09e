"""SIPRI's trend-indicator values as a basis of their own, without a currency; and the condition of an item."""

from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError

BASES = [
    ("dataset", "dataset"), ("market_price", "market price"), ("replacement", "replacement"),
    ("net_book", "net book"), ("contract", "contract"), ("tiv", "SIPRI TIV"),
]


def nothing(apps, schema_editor):
    """Do nothing: no row has a value in TIV, or a condition, before this."""


def refuse_to_lose(apps, schema_editor):
    """Refuse to go back while rows hold what the older tables have no place for."""
    alias = schema_editor.connection.alias
    rows = {
        "valuations in TIV": apps.get_model("tracker", "Valuation").objects.using(alias).filter(basis="tiv"),
        "contributions in TIV": apps.get_model("tracker", "Contribution").objects.using(alias).filter(basis="tiv"),
        "items with a condition": apps.get_model("tracker", "Item").objects.using(alias).exclude(condition=""),
    }
    found = [f"{count} {name}" for name, queryset in rows.items() if (count := queryset.count())]
    if found:
        raise IrreversibleError(
            f"Going back before 0005_tiv would lose {', '.join(found)}. Discard the change sets that brought them; "
            "what is published stays: restore a backup from before, or keep this version."
        )


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0004_imports"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="contribution", name="contribution_value_or_gap"),
        migrations.RemoveConstraint(model_name="valuation", name="valuation_has_currency"),
        migrations.AddField(
            model_name="item",
            name="condition",
            field=models.CharField(blank=True, choices=[("new", "new"), ("second_hand", "second hand"), ("modernised", "second hand, modernised")], default="", help_text="Empty: unknown.", max_length=20, verbose_name="condition"),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="basis",
            field=models.CharField(blank=True, choices=[("stated", "stated"), *BASES], max_length=20, verbose_name="basis"),
        ),
        migrations.AlterField(
            model_name="valuation",
            name="basis",
            field=models.CharField(choices=BASES, max_length=20, verbose_name="basis"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(condition=models.Q(("basis", "tiv"), models.Q(("eur_cents__isnull", False), ("gap", "")), models.Q(models.Q(("gap", ""), _negated=True), ("eur_cents__isnull", True)), _connector="OR"), name="contribution_value_or_gap"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("basis", "tiv"), _negated=True), models.Q(("amount_minor__isnull", False), ("currency", ""), ("eur_cents__isnull", True), ("gap", ""), ("is_headline", False), ("usd_cents__isnull", True)), _connector="OR"), name="contribution_tiv_is_no_money"),
        ),
        migrations.AddConstraint(
            model_name="platformprice",
            constraint=models.CheckConstraint(condition=models.Q(("basis", "tiv"), _negated=True), name="price_not_tiv"),
        ),
        migrations.AddConstraint(
            model_name="valuation",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("basis", "tiv"), ("currency", "")), models.Q(models.Q(("basis", "tiv"), _negated=True), models.Q(("currency", ""), _negated=True)), _connector="OR"), name="valuation_has_currency", violation_error_message="A valuation needs a currency, but for one in SIPRI TIV, which has none."),
        ),
        migrations.RunPython(nothing, refuse_to_lose),
    ]
