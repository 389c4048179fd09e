"""Texts of documents, which editors take in and nobody alters; and tiers of documents."""

import django.core.validators
import django.db.models.deletion
import tracker.models.triggers
from django.conf import settings
from django.db import migrations, models

from tracker.migrations._roles import grant


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0006_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='tier',
            field=models.CharField(blank=True, choices=[('primary', 'primary: who decides it says so'), ('established', 'established: an agency, a paper or an institute that checks'), ('other', 'other: re-tells what others reported')], default='', max_length=20, verbose_name='tier'),
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.TextField(verbose_name='text')),
                ('sha256', models.CharField(help_text='Of the text in UTF-8.', max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}\\Z')], verbose_name='SHA-256 of the text')),
                ('characters', models.PositiveIntegerField(verbose_name='length in characters')),
                ('language', models.CharField(blank=True, default='', max_length=10, verbose_name='language')),
                ('tool', models.CharField(help_text='The program that took the text out of a file, and its version.', max_length=40, verbose_name='taken out by')),
                ('tool_version', models.CharField(blank=True, default='', max_length=40, verbose_name='version of the program')),
                ('read_on', models.DateField(verbose_name='read on')),
                ('added_by', models.ForeignKey(blank=True, help_text='Empty: by a command.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='tracker.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ('document', 'version'),
                'constraints': [models.UniqueConstraint(fields=('document', 'version'), name='text_version_once'), models.UniqueConstraint(fields=('document', 'sha256'), name='text_once_per_document', violation_error_message='This text of the document is held already.'), models.CheckConstraint(condition=models.Q(('characters__gt', 0), ('characters__lte', 1000000), models.Q(('content', ''), _negated=True)), name='text_not_empty'), tracker.models.triggers.Trigger(events=('UPDATE',), name='text_never_altered', postgresql='TRUE', sqlite='1')],
            },
        ),
        grant(
            viewer=["view_text"], editor=["view_text", "add_text"], reviewer=["view_text", "add_text"],
            administrator=["view_text", "add_text"],
        ),
    ]
