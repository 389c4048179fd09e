"""External ids of imported records, which everybody on the desk may look at."""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

ROLES = ("viewer", "editor", "reviewer", "administrator")


def show_external_ids(apps, schema_editor):
    """Give every role the right to look at external ids, which post_migrate has not made yet."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    view = apps.get_model("auth", "Permission").objects.using(alias).get(
        content_type__app_label="tracker", codename="view_externalid"
    )
    for group in apps.get_model("auth", "Group").objects.using(alias).filter(name__in=ROLES):
        group.permissions.add(view)


def hide_external_ids(apps, schema_editor):
    """Take the right back."""
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    permissions.filter(content_type__app_label="tracker", codename="view_externalid").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0003_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dataset', models.CharField(max_length=40, verbose_name='dataset')),
                ('release', models.CharField(max_length=40, verbose_name='release')),
                ('source_id', models.CharField(max_length=150, verbose_name='id in the dataset')),
                ('record_kind', models.CharField(max_length=20, verbose_name='kind of record')),
                ('public_id', models.CharField(max_length=100, verbose_name='record')),
                ('fingerprint', models.CharField(help_text='SHA-256 of what tells this record from others.', max_length=64, verbose_name='fingerprint')),
                ('content', models.TextField(help_text='The record as the dataset had it, as JSON.', verbose_name='content')),
                ('change_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='tracker.changeset', verbose_name='change set')),
            ],
            options={
                'verbose_name': 'external id',
                'verbose_name_plural': 'external ids',
                'ordering': ('dataset', 'release', 'source_id', 'id'),
                'indexes': [models.Index(fields=['dataset', 'release', 'source_id'], name='external_id_of_source'), models.Index(fields=['record_kind', 'public_id'], name='external_id_of_record')],
                'constraints': [models.UniqueConstraint(fields=('dataset', 'release', 'record_kind', 'source_id', 'change_set'), name='external_id_once_per_change_set'), models.CheckConstraint(condition=models.Q(models.Q(('dataset', ''), _negated=True), models.Q(('release', ''), _negated=True), models.Q(('source_id', ''), _negated=True)), name='external_id_is_complete')],
            },
        ),
        migrations.RunPython(show_external_ids, hide_external_ids),
    ]
