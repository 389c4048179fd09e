"""Imports that are planned, looked at and accepted: editors bring files, everybody on the desk may look at them."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

VIEWERS = ("viewer", "editor", "reviewer", "administrator")
EDITORS = ("editor", "reviewer", "administrator")
MODELS = ("import", "importedfile", "importlabel", "importrow", "importstep")
SHOWN = ("import", "importlabel", "importrow", "importstep")


def grant(apps, schema_editor):
    """Give the roles their rights, which post_migrate has not made yet. The bytes of files are nobody's to list."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="tracker")
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for group in groups.filter(name__in=VIEWERS):
        group.permissions.add(*permissions.filter(codename__in=[f"view_{model}" for model in SHOWN]))
    for group in groups.filter(name__in=EDITORS):
        group.permissions.add(*permissions.filter(codename__in=["add_import", "change_import", "delete_import"]))


def take_back(apps, schema_editor):
    """Take the rights back."""
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label="tracker")
    permissions.filter(content_type__model__in=MODELS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0005_tiv'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('profile', models.CharField(max_length=40, verbose_name='profile')),
                ('release', models.CharField(blank=True, default='', max_length=40, verbose_name='release')),
                ('sheet', models.CharField(blank=True, default='', max_length=100, verbose_name='sheet')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('message', models.CharField(blank=True, default='', max_length=300, verbose_name='message')),
                ('status', models.CharField(choices=[('waiting', 'being planned'), ('refused', 'refused'), ('planned', 'planned'), ('accepted', 'being applied'), ('applied', 'applied')], default='waiting', max_length=20, verbose_name='status')),
                ('problem', models.TextField(blank=True, default='', verbose_name='problem')),
                ('title', models.CharField(blank=True, default='', max_length=250, verbose_name='title')),
                ('digest', models.CharField(blank=True, default='', help_text='SHA-256: what is applied is the plan that was looked at, or nothing.', max_length=64, verbose_name='digest of the plan')),
                ('renamed', models.JSONField(blank=True, default=list, help_text='Label, public id, name in the register, and rows.', verbose_name='parties called otherwise')),
                ('unread', models.JSONField(blank=True, default=list, verbose_name='columns that are not read')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('planned_at', models.DateTimeField(blank=True, null=True, verbose_name='planned at')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied at')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('change_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='tracker.changeset', verbose_name='change set')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('imported', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='tracker.import')),
            ],
        ),
        migrations.CreateModel(
            name='ImportLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('label', models.CharField(max_length=500, verbose_name='label')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('first_row', models.PositiveIntegerField(verbose_name='first row')),
                ('nearest', models.JSONField(blank=True, default=list, verbose_name='nearest')),
                ('mapped_to', models.CharField(blank=True, default='', max_length=100, verbose_name='mapped to')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='tracker.import')),
            ],
            options={
                'verbose_name': 'label',
                'verbose_name_plural': 'labels',
                'ordering': ('-rows', 'kind', 'label', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('sheet', models.CharField(blank=True, default='', max_length=100, verbose_name='sheet')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('outcome', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('conflicting', 'conflicting'), ('invalid', 'invalid'), ('gone', 'gone')], max_length=20, verbose_name='outcome')),
                ('step_position', models.PositiveIntegerField(null=True, verbose_name='position of the step')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason')),
                ('notes', models.TextField(blank=True, default='', verbose_name='notes')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='tracker.import')),
            ],
            options={
                'verbose_name': 'row',
                'verbose_name_plural': 'rows',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ImportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('outcome', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('conflicting', 'conflicting'), ('invalid', 'invalid'), ('gone', 'gone')], max_length=20, verbose_name='outcome')),
                ('causes', models.CharField(blank=True, default='', max_length=200, verbose_name='causes')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('name', models.CharField(blank=True, default='', max_length=250, verbose_name='name')),
                ('source_id', models.CharField(blank=True, default='', max_length=150, verbose_name='id in the dataset')),
                ('public_id', models.CharField(blank=True, default='', max_length=100, verbose_name='record')),
                ('trusted', models.CharField(blank=True, default='', max_length=20, verbose_name='recognised by')),
                ('changes', models.JSONField(blank=True, default=dict, verbose_name='changes')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason')),
                ('is_withdrawn', models.BooleanField(default=False, verbose_name='withdraw')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tracker.import')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ('position', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'applied'), ('applied_at__isnull', False)), models.Q(models.Q(('status', 'applied'), _negated=True), ('applied_at__isnull', True), ('change_set__isnull', True)), _connector='OR'), name='import_applied_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='import_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['planned', 'accepted', 'applied']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='import_planned_with_digest'),
        ),
        migrations.AddConstraint(
            model_name='importlabel',
            constraint=models.UniqueConstraint(fields=('imported', 'kind', 'label'), name='import_label_once'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['imported', 'outcome', 'position'], name='import_row_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('imported', 'position'), name='import_row_once'),
        ),
        migrations.AddIndex(
            model_name='importstep',
            index=models.Index(fields=['imported', 'outcome', 'position'], name='import_step_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importstep',
            constraint=models.UniqueConstraint(fields=('imported', 'position'), name='import_step_once'),
        ),
        migrations.AddConstraint(
            model_name='importstep',
            constraint=models.CheckConstraint(condition=models.Q(('is_withdrawn', False), ('outcome', 'gone'), _connector='OR'), name='import_step_withdraws_what_is_gone'),
        ),
        migrations.RunPython(grant, take_back),
    ]
