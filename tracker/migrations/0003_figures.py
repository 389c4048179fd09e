"""Reference figures, which stand once a change set is published: exchange rates and indicators."""

import django.db.models.deletion
import tracker.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0002_review'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_set', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='tracker.changeset', verbose_name='change set')),
                ('recorded_from', models.DateTimeField(editable=False, null=True, verbose_name='recorded from')),
                ('recorded_to', models.DateTimeField(editable=False, null=True, verbose_name='recorded to')),
                ('currency', tracker.models.fields.CurrencyField(blank=True, default='', max_length=3, verbose_name='currency')),
                ('date', models.DateField(verbose_name='day')),
                ('rate', models.DecimalField(decimal_places=6, max_digits=15, verbose_name='units for one euro')),
                ('source', models.CharField(default='ECB', max_length=40, verbose_name='source')),
            ],
            options={
                'verbose_name': 'exchange rate',
                'verbose_name_plural': 'exchange rates',
                'ordering': ('-date', 'currency', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', False), ('recorded_to__isnull', True)), fields=('currency', 'date', 'source'), name='rate_stands_once'), models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', True)), fields=('currency', 'date', 'source'), name='rate_waits_once'), models.CheckConstraint(condition=models.Q(('recorded_from__isnull', False), ('change_set__isnull', False), _connector='OR'), name='rate_waits_in_change_set'), models.CheckConstraint(condition=models.Q(('recorded_to__isnull', True), ('recorded_to__gt', models.F('recorded_from')), _connector='OR'), name='rate_closed_after_opened'), models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='rate_positive'), models.CheckConstraint(condition=models.Q(('currency', ''), _negated=True), name='rate_has_currency')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_set', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='tracker.changeset', verbose_name='change set')),
                ('recorded_from', models.DateTimeField(editable=False, null=True, verbose_name='recorded from')),
                ('recorded_to', models.DateTimeField(editable=False, null=True, verbose_name='recorded to')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='tracker.party', verbose_name='party')),
                ('measure', models.CharField(choices=[('gdp_usd', 'GDP, current US dollars'), ('gdp_eur', 'GDP, current euros'), ('population', 'population'), ('deflator', 'price index, in millionths'), ('eu_key', "weight in paying for the EU's institutions")], max_length=20, verbose_name='measure')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('value', models.BigIntegerField(help_text='Whole US dollars, euros or persons; an index in millionths.', verbose_name='value')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ('party__found_by', 'measure', '-year', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', False), ('recorded_to__isnull', True)), fields=('party', 'measure', 'year', 'source'), name='indicator_stands_once'), models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', True)), fields=('party', 'measure', 'year', 'source'), name='indicator_waits_once'), models.CheckConstraint(condition=models.Q(('recorded_from__isnull', False), ('change_set__isnull', False), _connector='OR'), name='indicator_waits_in_change_set'), models.CheckConstraint(condition=models.Q(('recorded_to__isnull', True), ('recorded_to__gt', models.F('recorded_from')), _connector='OR'), name='indicator_closed_after_opened'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='indicator_not_negative')],
            },
        ),
    ]
