"""Exchange rates and indicators belong to a change set until it is published, and rates are closed, never changed.

Rates that are there stand from now on. Indicators that wait for the next publishing come into a change set that is
submitted by a user of its own, for whoever reviews it.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

LOADER = "figures"
"""The user in whose name figures are loaded; as `tracker.curation.reference.proposing` has it."""


def put_in_force(apps, schema_editor):
    """Let the rates stand, and give the indicators that wait a change set."""
    alias, now = schema_editor.connection.alias, timezone.now()
    apps.get_model("tracker", "ExchangeRate").objects.using(alias).update(recorded_from=now)
    waiting = apps.get_model("tracker", "Indicator").objects.using(alias).filter(recorded_from__isnull=True)
    if waiting.exists():
        users = apps.get_model("auth", "User").objects.using(alias)
        author, _created = users.get_or_create(username=LOADER, defaults={"is_active": False, "password": "!"})
        change_set = apps.get_model("tracker", "ChangeSet").objects.using(alias).create(
            author=author, message="Figures that waited for the next publishing", cause="reference",
            status="submitted", opened_at=now, submitted_at=now,
        )
        waiting.update(change_set=change_set)
    _check_now(schema_editor)


def keep_one_a_day(apps, schema_editor):
    """Delete the rates that no longer stand, or that wait: before, there was one for each day."""
    rates = apps.get_model("tracker", "ExchangeRate").objects.using(schema_editor.connection.alias)
    rates.exclude(recorded_from__isnull=False, recorded_to__isnull=True).delete()
    _check_now(schema_editor)


def _check_now(schema_editor):
    """Have PostgreSQL check foreign keys now: it alters no table with checks still to come."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0019_without_roll_ups'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='exchangerate',
            name='rate_once_a_day',
        ),
        migrations.AddField(
            model_name='exchangerate',
            name='change_set',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='tracker.changeset', verbose_name='change set'),
        ),
        migrations.AddField(
            model_name='exchangerate',
            name='recorded_from',
            field=models.DateTimeField(editable=False, null=True, verbose_name='recorded from'),
        ),
        migrations.AddField(
            model_name='exchangerate',
            name='recorded_to',
            field=models.DateTimeField(editable=False, null=True, verbose_name='recorded to'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='change_set',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='tracker.changeset', verbose_name='change set'),
        ),
        migrations.RunPython(put_in_force, keep_one_a_day),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', False), ('recorded_to__isnull', True)), fields=('currency', 'date', 'source'), name='rate_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.UniqueConstraint(condition=models.Q(('recorded_from__isnull', True)), fields=('currency', 'date', 'source'), name='rate_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_from__isnull', False), ('change_set__isnull', False), _connector='OR'), name='rate_waits_in_change_set'),
        ),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_to__isnull', True), ('recorded_to__gt', models.F('recorded_from')), _connector='OR'), name='rate_closed_after_opened'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_from__isnull', False), ('change_set__isnull', False), _connector='OR'), name='indicator_waits_in_change_set'),
        ),
    ]
