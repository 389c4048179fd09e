"""Change sets: who edits which record, who reviewed it, and the public ids that were given."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0001_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(max_length=300, verbose_name='message')),
                ('cause', models.CharField(choices=[('new_information', 'new information'), ('correction', 'correction'), ('exchange_rate', 'exchange rate'), ('import', 'import'), ('reference', 'reference data'), ('withdrawal', 'withdrawal')], default='new_information', max_length=20, verbose_name='cause')),
                ('status', models.CharField(choices=[('open', 'open'), ('submitted', 'submitted'), ('rejected', 'rejected'), ('published', 'published'), ('discarded', 'discarded')], default='open', max_length=20, verbose_name='status')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_sets', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_change_sets', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason for rejection')),
                ('opened_at', models.DateTimeField(verbose_name='opened at')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('published_at', models.DateTimeField(blank=True, null=True, unique=True, verbose_name='published at')),
            ],
            options={
                'verbose_name': 'change set',
                'verbose_name_plural': 'change sets',
                'ordering': ('-id',),
                'permissions': [('publish_changeset', 'Can review and publish change sets of others')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='change_set_reviewer_is_not_author', violation_error_message='Nobody reviews their own change set.'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('reviewer__isnull', False), ('status', 'published')), models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='change_set_published_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'rejected'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('reviewer__isnull', False)), _connector='OR'), name='change_set_rejected_with_reason'), models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='change_set_has_message')],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='tracker.changeset')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('public_id', models.CharField(max_length=100, verbose_name='public id')),
                ('action', models.CharField(choices=[('save', 'save'), ('withdraw', 'withdraw'), ('repost', 'value again')], default='save', max_length=20, verbose_name='action')),
                ('before', models.TextField(blank=True, default='', help_text='Of a record that stood on the desk and was never published; discarding puts it back.', verbose_name='document before the edit')),
                ('reason', models.TextField(blank=True, default='', help_text='Why the record is withdrawn; it is public.', verbose_name='reason')),
                ('edited_at', models.DateTimeField(verbose_name='last edited at')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released at')),
            ],
            options={
                'verbose_name': 'edit',
                'verbose_name_plural': 'edits',
                'ordering': ('kind', 'public_id', 'id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at__isnull', True)), fields=('kind', 'public_id'), name='edit_one_holder'), models.UniqueConstraint(fields=('change_set', 'kind', 'public_id'), name='edit_once_per_change_set')],
            },
        ),
        migrations.CreateModel(
            name='PublicId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('public_id', models.CharField(max_length=100)),
            ],
            options={
                'verbose_name': 'public id',
                'verbose_name_plural': 'public ids',
                'ordering': ('kind', 'public_id'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'public_id'), name='public_id_given_once')],
            },
        ),
    ]
