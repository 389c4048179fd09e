"""Links by which contributors answer for their figures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tracker.migrations._roles import grant


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0011_reverts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(help_text='Who is sent it: an office of the contributor, by name or e-mail.', max_length=250, verbose_name='recipient')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                ('contributor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_links', to='tracker.party', verbose_name='contributor')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answer_links', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='revoked by')),
            ],
            options={
                'verbose_name': 'link for a contributor’s answer',
                'verbose_name_plural': 'links for contributors’ answers',
                'ordering': ('-id',),
                'default_permissions': ('view', 'add', 'change'),
            },
        ),
        migrations.AddField(
            model_name='errorreport',
            name='link',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='tracker.answerlink', verbose_name='link by which it came'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('link__isnull', True), ('contributor__isnull', False), _connector='OR'), name='error_report_of_contributor_by_link'),
        ),
        migrations.AddConstraint(
            model_name='answerlink',
            constraint=models.CheckConstraint(condition=models.Q(('recipient', ''), _negated=True), name='answer_link_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='answerlink',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='answer_link_ends_after_it_was_made'),
        ),
        migrations.AddConstraint(
            model_name='answerlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='answer_link_revoked_by_somebody'),
        ),
        # Whoever sees the address of a link can answer by it, and whoever made it would be taken for the contributor.
        grant(
            viewer=["view_answerlink"], editor=["view_answerlink"],
            reviewer=["view_answerlink", "add_answerlink", "change_answerlink"],
            administrator=["view_answerlink", "add_answerlink", "change_answerlink"],
        ),
    ]
