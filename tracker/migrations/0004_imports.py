"""Imports: files that are brought, planned, looked at and accepted, and the ids that records have in them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0003_shelf'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                ('unread', models.JSONField(blank=True, default=list, verbose_name='columns that are not read')),
                ('renamed', models.JSONField(blank=True, default=list, help_text='Label, public id, name in the register, and rows.', verbose_name='parties called otherwise')),
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
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'applied'), ('applied_at__isnull', False)), models.Q(models.Q(('status', 'applied'), _negated=True), ('applied_at__isnull', True), ('change_set__isnull', True)), _connector='OR'), name='import_applied_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='import_refused_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['planned', 'accepted', 'applied']), _negated=True), models.Q(('digest', ''), _negated=True), _connector='OR'), name='import_planned_with_digest')],
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
                'constraints': [models.UniqueConstraint(fields=('imported', 'kind', 'label'), name='import_label_once')],
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
                'indexes': [models.Index(fields=['imported', 'outcome', 'position'], name='import_row_by_outcome')],
                'constraints': [models.UniqueConstraint(fields=('imported', 'position'), name='import_row_once')],
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
                ('recognised_by', models.CharField(blank=True, default='', max_length=20, verbose_name='recognised by')),
                ('changes', models.JSONField(blank=True, default=dict, verbose_name='changes')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason')),
                ('is_withdrawn', models.BooleanField(default=False, verbose_name='withdraw')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tracker.import')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ('position', 'id'),
                'indexes': [models.Index(fields=['imported', 'outcome', 'position'], name='import_step_by_outcome')],
                'constraints': [models.UniqueConstraint(fields=('imported', 'position'), name='import_step_once'), models.CheckConstraint(condition=models.Q(('is_withdrawn', False), ('outcome', 'gone'), _connector='OR'), name='import_step_withdraws_what_is_gone')],
            },
        ),
    ]
