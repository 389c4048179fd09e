"""Roll-ups of the ledger, filled from what stands in it, and indexes for publishing and for tables without one."""

import django.db.models.functions.comparison
from django.db import migrations, models


_KEYS = ("stage", "contributor", "beneficiary", "nature", "aid_type", "year", "is_netted", "gap")
_TABLES = {"rollupbycategory": (*_KEYS, "category", "category_path"), "rollupbymonth": (*_KEYS, "month")}
_SUMS = {
    "contributions": "COUNT(*)",
    "eur_cents": "COALESCE(SUM(eur_cents), 0)",
    "eur_known": "COUNT(eur_cents)",
    "eur_no_rate": "COUNT(CASE WHEN eur_cents IS NULL THEN amount_minor END)",
    "usd_cents": "COALESCE(SUM(usd_cents), 0)",
    "usd_known": "COUNT(usd_cents)",
    "usd_no_rate": "COUNT(CASE WHEN usd_cents IS NULL THEN amount_minor END)",
    "quantity_millionths": "COALESCE(SUM(quantity_millionths), 0)",
    "quantity_known": "COUNT(quantity_millionths)",
    "unknown_quantity": "COUNT(CASE WHEN quantity_qualifier IN ('unknown', 'withheld') THEN 1 END)",
    "estimated": "COUNT(CASE WHEN is_estimated THEN 1 END)",
    "provisional": "COUNT(CASE WHEN is_provisional THEN 1 END)",
    "inexact": "COUNT(CASE WHEN quantity_qualifier IN ('about', 'at least', 'up to', 'range') THEN 1 END)",
    "no_month": "COUNT(CASE WHEN month = '' THEN 1 END)",
}


def fill(apps, schema_editor):
    """Add up the ledger as it stands; on the way back the tables go as a whole."""
    for table, keys in _TABLES.items():
        by = ", ".join(keys)
        schema_editor.execute(
            f"INSERT INTO tracker_{table} ({by}, {', '.join(_SUMS)}) SELECT {by}, {', '.join(_SUMS.values())} "
            f"FROM tracker_contribution WHERE recorded_to IS NULL AND is_headline GROUP BY {by}"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0010_lists_in_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='RollUpByCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('pledge', 'pledge'), ('commitment', 'commitment'), ('allocation', 'allocation'), ('contract', 'contract'), ('disbursement', 'disbursement'), ('delivery', 'delivery'), ('lapse', 'lapse'), ('cancellation', 'cancellation')], max_length=20, verbose_name='stage')),
                ('contributor', models.CharField(max_length=100, verbose_name='contributor')),
                ('beneficiary', models.CharField(max_length=100, verbose_name='beneficiary')),
                ('nature', models.CharField(choices=[('transfer', 'transfer (changes hands)'), ('financing', 'financing'), ('deployment', 'deployment (own forces under a mission)')], max_length=20, verbose_name='nature')),
                ('aid_type', models.CharField(max_length=20, verbose_name='aid type')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('is_netted', models.BooleanField(verbose_name='netted against another pledge')),
                ('gap', models.CharField(blank=True, choices=[('', 'none'), ('no_value', 'no value is known'), ('no_rate', 'no exchange rate'), ('bundled', 'part of an amount for several items')], max_length=20, verbose_name='why there is no value')),
                ('contributions', models.IntegerField(verbose_name='contributions')),
                ('eur_cents', models.BigIntegerField(verbose_name='EUR cents')),
                ('eur_known', models.IntegerField(verbose_name='with EUR cents')),
                ('eur_no_rate', models.IntegerField(verbose_name='with an amount and without EUR cents')),
                ('usd_cents', models.BigIntegerField(verbose_name='USD cents')),
                ('usd_known', models.IntegerField(verbose_name='with USD cents')),
                ('usd_no_rate', models.IntegerField(verbose_name='with an amount and without USD cents')),
                ('quantity_millionths', models.BigIntegerField(verbose_name='quantity in millionths')),
                ('quantity_known', models.IntegerField(verbose_name='with a quantity')),
                ('unknown_quantity', models.IntegerField(verbose_name='of an unknown quantity')),
                ('estimated', models.IntegerField(verbose_name='share estimated')),
                ('provisional', models.IntegerField(verbose_name='rate provisional')),
                ('inexact', models.IntegerField(verbose_name='of an inexact quantity')),
                ('no_month', models.IntegerField(verbose_name='without a month')),
                ('category', models.CharField(max_length=100, verbose_name='category')),
                ('category_path', models.CharField(max_length=1000, verbose_name='category with those above it')),
            ],
            options={
                'verbose_name': 'roll-up by category',
                'verbose_name_plural': 'roll-ups by category',
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='RollUpByMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('pledge', 'pledge'), ('commitment', 'commitment'), ('allocation', 'allocation'), ('contract', 'contract'), ('disbursement', 'disbursement'), ('delivery', 'delivery'), ('lapse', 'lapse'), ('cancellation', 'cancellation')], max_length=20, verbose_name='stage')),
                ('contributor', models.CharField(max_length=100, verbose_name='contributor')),
                ('beneficiary', models.CharField(max_length=100, verbose_name='beneficiary')),
                ('nature', models.CharField(choices=[('transfer', 'transfer (changes hands)'), ('financing', 'financing'), ('deployment', 'deployment (own forces under a mission)')], max_length=20, verbose_name='nature')),
                ('aid_type', models.CharField(max_length=20, verbose_name='aid type')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='year')),
                ('is_netted', models.BooleanField(verbose_name='netted against another pledge')),
                ('gap', models.CharField(blank=True, choices=[('', 'none'), ('no_value', 'no value is known'), ('no_rate', 'no exchange rate'), ('bundled', 'part of an amount for several items')], max_length=20, verbose_name='why there is no value')),
                ('contributions', models.IntegerField(verbose_name='contributions')),
                ('eur_cents', models.BigIntegerField(verbose_name='EUR cents')),
                ('eur_known', models.IntegerField(verbose_name='with EUR cents')),
                ('eur_no_rate', models.IntegerField(verbose_name='with an amount and without EUR cents')),
                ('usd_cents', models.BigIntegerField(verbose_name='USD cents')),
                ('usd_known', models.IntegerField(verbose_name='with USD cents')),
                ('usd_no_rate', models.IntegerField(verbose_name='with an amount and without USD cents')),
                ('quantity_millionths', models.BigIntegerField(verbose_name='quantity in millionths')),
                ('quantity_known', models.IntegerField(verbose_name='with a quantity')),
                ('unknown_quantity', models.IntegerField(verbose_name='of an unknown quantity')),
                ('estimated', models.IntegerField(verbose_name='share estimated')),
                ('provisional', models.IntegerField(verbose_name='rate provisional')),
                ('inexact', models.IntegerField(verbose_name='of an inexact quantity')),
                ('no_month', models.IntegerField(verbose_name='without a month')),
                ('month', models.CharField(max_length=7, verbose_name='month')),
            ],
            options={
                'verbose_name': 'roll-up by month',
                'verbose_name_plural': 'roll-ups by month',
                'ordering': ('id',),
            },
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['recorded_from'], name='contribution_recorded'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['stage', 'contributor', 'category', 'year', 'month', 'category_path', 'beneficiary', 'nature', 'aid_type', 'is_headline', 'is_netted', 'gap', 'basis', 'earliest', 'latest', 'eur_cents', 'usd_cents', 'amount_minor', 'quantity_millionths', 'quantity_qualifier', 'is_estimated', 'is_provisional', 'recorded_from', 'recorded_to'], name='contribution_in_tables'),
        ),
        migrations.AddConstraint(
            model_name='rollupbycategory',
            constraint=models.UniqueConstraint(models.F('stage'), models.F('contributor'), models.F('category'), models.F('category_path'), models.F('beneficiary'), models.F('nature'), models.F('aid_type'), models.F('is_netted'), models.F('gap'), django.db.models.functions.comparison.Coalesce('year', models.Value(0)), name='roll_up_by_category_once'),
        ),
        migrations.AddConstraint(
            model_name='rollupbymonth',
            constraint=models.UniqueConstraint(models.F('stage'), models.F('contributor'), models.F('month'), models.F('beneficiary'), models.F('nature'), models.F('aid_type'), models.F('is_netted'), models.F('gap'), django.db.models.functions.comparison.Coalesce('year', models.Value(0)), name='roll_up_by_month_once'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
