"""Jobs: long work that somebody asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0016_conflicts_of_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'planning a file'), ('apply', 'applying a plan'), ('publish', 'publishing'), ('effect', 'working out the effect')], max_length=20, verbose_name='kind')),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('running', 'at work'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=20, verbose_name='status')),
                ('differences', models.JSONField(blank=True, default=list, help_text='By whoever publishes an import all the same.', verbose_name='differences named')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('begun_at', models.DateTimeField(blank=True, null=True, verbose_name='begun at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                ('runs', models.PositiveSmallIntegerField(default=0, verbose_name='how often it was begun')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='of')),
                ('problem', models.TextField(blank=True, default='', verbose_name='problem')),
                ('result', models.JSONField(blank=True, null=True, verbose_name='result')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('change_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='tracker.changeset')),
                ('imported', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='tracker.import')),
            ],
            options={
                'verbose_name': 'job',
                'verbose_name_plural': 'jobs',
                'ordering': ('-id',),
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('change_set__isnull', False), ('imported__isnull', True)), models.Q(('change_set__isnull', True), ('imported__isnull', False)), _connector='OR'), name='job_of_one_thing'), models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'running'])), fields=('kind', 'change_set'), name='job_once_per_change_set'), models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'running'])), fields=('kind', 'imported'), name='job_once_per_import'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='job_failed_with_reason')],
            },
        ),
    ]
