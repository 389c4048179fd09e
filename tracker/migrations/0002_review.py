"""Change sets: who edits which record, who reviewed it, and the public ids that were given.

With them come what people say to one another about records and change sets, what each of them keeps about lists,
what happened to their accounts, and the links by which contributors answer.
"""

import django.core.validators
import django.db.models.deletion
import tracker.models.review.error_reports
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
                ('cause', models.CharField(choices=[('new_information', 'new information'), ('correction', 'correction'), ('exchange_rate', 'exchange rate'), ('import', 'import'), ('reference', 'reference data'), ('withdrawal', 'withdrawal'), ('reclassification', 'reclassification'), ('price_list', 'price list'), ('method', 'method'), ('membership', 'membership'), ('merging', 'merging')], default='new_information', max_length=20, verbose_name='cause')),
                ('status', models.CharField(choices=[('open', 'open'), ('submitted', 'submitted'), ('rejected', 'rejected'), ('published', 'published'), ('discarded', 'discarded')], default='open', max_length=20, verbose_name='status')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_sets', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_change_sets', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('reason', models.TextField(blank=True, default='', verbose_name='reason for rejection')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='to be reviewed by')),
                ('due', models.DateField(blank=True, null=True, verbose_name='to be reviewed until')),
                ('alone_reason', models.TextField(blank=True, default='', help_text='Where there is truly nobody else who could review it; it is public.', verbose_name='why its author publishes it')),
                ('opened_at', models.DateTimeField(verbose_name='opened at')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('published_at', models.DateTimeField(blank=True, null=True, unique=True, verbose_name='published at')),
                ('reverts', models.ForeignKey(blank=True, help_text='The published change set whose records it puts back to what they were before.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reverted_by', to='tracker.changeset', verbose_name='takes back')),
                ('naming', models.CharField(choices=[('typed', 'by a person'), ('records', 'after what is in it'), ('work', 'after what was done to all that is in it')], default='typed', editable=False, help_text='A name that nobody typed follows what is in the change set.', max_length=10, verbose_name='how it is named')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, help_text='Counts how often what is in it changed; unlike a time it tells two changes of one moment apart.', verbose_name='revision')),
            ],
            options={
                'verbose_name': 'change set',
                'verbose_name_plural': 'change sets',
                'ordering': ('-id',),
                'permissions': [('publish_changeset', 'Can review and publish change sets of others')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), models.Q(('alone_reason', ''), _negated=True), _connector='OR'), name='change_set_reviewer_is_not_author', violation_error_message='Nobody reviews their own change set.'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('reviewer__isnull', False), ('status', 'published')), models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='change_set_published_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'rejected'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('reviewer__isnull', False)), _connector='OR'), name='change_set_rejected_with_reason'), models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='change_set_has_message'), models.CheckConstraint(condition=models.Q(('assignee__isnull', True), models.Q(('assignee', models.F('author')), _negated=True), _connector='OR'), name='change_set_assignee_is_not_author', violation_error_message='Nobody reviews their own change set.'), models.CheckConstraint(condition=models.Q(('reverts__isnull', True), ('reverts__lt', models.F('id')), _connector='OR'), name='change_set_reverts_an_earlier_one'), models.UniqueConstraint(condition=models.Q(('status__in', ['open', 'rejected', 'submitted'])), fields=('reverts',), name='change_set_reverted_by_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='tracker.changeset')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('public_id', models.CharField(max_length=100, verbose_name='public id')),
                ('action', models.CharField(choices=[('save', 'save'), ('withdraw', 'withdraw'), ('repost', 'value again'), ('merge', 'merge into another')], default='save', max_length=20, verbose_name='action')),
                ('before', models.TextField(blank=True, default='', help_text='Of a record that stood on the desk and was never published; discarding puts it back.', verbose_name='document before the edit')),
                ('reason', models.TextField(blank=True, default='', help_text='Why the record is withdrawn; it is public.', verbose_name='reason')),
                ('merged_into', models.CharField(blank=True, default='', help_text='The public id of the record, of the same kind, that this one is from now on.', max_length=100, verbose_name='merged into')),
                ('edited_at', models.DateTimeField(verbose_name='last edited at')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released at')),
                ('revision', models.PositiveIntegerField(default=0, help_text='That of the change set by the last edit of the record.', verbose_name='revision')),
            ],
            options={
                'verbose_name': 'edit',
                'verbose_name_plural': 'edits',
                'ordering': ('kind', 'public_id', 'id'),
                'indexes': [models.Index(condition=models.Q(('action', 'merge')), fields=['kind', 'merged_into'], name='edit_merged_into')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at__isnull', True)), fields=('kind', 'public_id'), name='edit_one_holder'), models.UniqueConstraint(fields=('change_set', 'kind', 'public_id'), name='edit_once_per_change_set'), models.CheckConstraint(condition=models.Q(models.Q(('action', 'merge'), models.Q(('merged_into', ''), _negated=True), models.Q(('merged_into', models.F('public_id')), _negated=True)), models.Q(models.Q(('action', 'merge'), _negated=True), ('merged_into', '')), _connector='OR'), name='edit_merge_names_record')],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='tracker.edit', verbose_name='edit')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('seen_at', models.DateTimeField(verbose_name='seen at')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='revision')),
            ],
            options={
                'verbose_name': 'tick',
                'verbose_name_plural': 'ticks',
                'ordering': ('id',),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('edit', 'reviewer'), name='seen_once_per_reviewer')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='tracker.changeset', verbose_name='change set')),
                ('kind', models.CharField(blank=True, default='', max_length=20, verbose_name='kind of record')),
                ('public_id', models.CharField(blank=True, default='', max_length=100, verbose_name='record')),
                ('field', models.CharField(blank=True, default='', help_text='Such as entries[2].amount; or none.', max_length=160, verbose_name='field')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='tracker.comment', verbose_name='answers')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('text', models.TextField(max_length=5000, verbose_name='text')),
                ('written_at', models.DateTimeField(verbose_name='written at')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ('id',),
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('field', ''), ('kind', ''), ('public_id', '')), models.Q(models.Q(('kind', ''), _negated=True), models.Q(('public_id', ''), _negated=True)), _connector='OR'), name='comment_on_a_record'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('parent__isnull', True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='comment_settled_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='for')),
                ('change_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='tracker.changeset', verbose_name='change set')),
                ('what', models.CharField(choices=[('submitted', 'waits for review'), ('assigned', 'is yours to review'), ('commented', 'has a new comment'), ('returned', 'is back with you'), ('published', 'is published')], max_length=20, verbose_name='what happened')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('text', models.TextField(blank=True, default='', verbose_name='in their words')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='seen at')),
                ('mail', models.CharField(blank=True, choices=[('', 'none'), ('waiting', 'waits to be sent'), ('sent', 'sent')], default='', help_text='None: the recipient has no address.', max_length=10, verbose_name='mail')),
                ('mail_problem', models.TextField(blank=True, default='', help_text='When that was tried last.', verbose_name='why it was not sent')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ('-id',),
                'default_permissions': (),
                'indexes': [models.Index(fields=['recipient', 'seen_at'], name='notice_of_recipient'), models.Index(condition=models.Q(('mail', 'waiting')), fields=['id'], name='notice_with_waiting_mail')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('recipient', ''), _negated=True), name='answer_link_is_for_somebody'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='answer_link_ends_after_it_was_made'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='answer_link_revoked_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=tracker.models.review.error_reports.new_reference, editable=False, max_length=20, unique=True, verbose_name='reference')),
                ('stance', models.CharField(choices=[('error', 'something is wrong'), ('confirmed', 'the contributor confirms it'), ('disputed', 'the contributor disputes it')], default='error', max_length=10, verbose_name='what is said')),
                ('kind', models.CharField(max_length=20, verbose_name='kind of record')),
                ('public_id', models.CharField(max_length=100, verbose_name='public id')),
                ('field', models.CharField(blank=True, default='', max_length=200, verbose_name='field')),
                ('message', models.TextField(max_length=4000, validators=[django.core.validators.MinLengthValidator(10)], verbose_name='message')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='e-mail')),
                ('contributor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.party', verbose_name='contributor')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('settled', 'settled by a change'), ('declined', 'answered without a change')], default='waiting', max_length=10, verbose_name='status')),
                ('answer', models.TextField(blank=True, default='', max_length=2000, verbose_name='answer, which is public')),
                ('change_set', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='tracker.changeset', verbose_name='change set that settles it')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('claim', models.CharField(blank=True, default='', editable=False, help_text='What a contributor answers becomes a claim, which is adopted or rejected like any other.', max_length=100, verbose_name='claim that was made of it')),
                ('value', models.CharField(blank=True, default='', help_text='What the field should say; of a contributor that confirms it, what it says.', max_length=250, verbose_name='value')),
                ('link', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='tracker.answerlink', verbose_name='link by which it came')),
            ],
            options={
                'verbose_name': 'report of an error',
                'verbose_name_plural': 'reports of errors',
                'ordering': ('-id',),
                'default_permissions': ('view', 'change'),
                'indexes': [models.Index(fields=['kind', 'public_id'], name='error_report_of_record')],
                'constraints': [models.CheckConstraint(condition=models.Q(('message', ''), _negated=True), name='error_report_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('contributor__isnull', True), ('stance', 'error')), models.Q(models.Q(('stance', 'error'), _negated=True), ('contributor__isnull', False)), _connector='OR'), name='error_report_stance_of_contributor'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('change_set__isnull', True), ('status', 'waiting')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(models.Q(('change_set__isnull', False), ('status', 'settled')), models.Q(('change_set__isnull', True), ('status', 'declined'), models.Q(('answer', ''), _negated=True)), _connector='OR')), _connector='OR'), name='error_report_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('link__isnull', True), ('contributor__isnull', False), _connector='OR'), name='error_report_of_contributor_by_link')],
            },
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.CharField(help_text='The public id that comes first.', max_length=100, verbose_name='pledge')),
                ('other', models.CharField(max_length=100, verbose_name='other pledge')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'pair that is different',
                'verbose_name_plural': 'pairs that are different',
                'ordering': ('one', 'other'),
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['other'], name='kept_apart_other')],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='kept_apart_once'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='kept_apart_are_two')],
            },
        ),
        migrations.CreateModel(
            name='ListColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='list_columns', to=settings.AUTH_USER_MODEL)),
                ('listed', models.CharField(max_length=50, verbose_name='list')),
                ('columns', models.JSONField(verbose_name='columns')),
            ],
            options={
                'verbose_name': 'columns of a list',
                'verbose_name_plural': 'columns of lists',
                'ordering': ('user', 'listed'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'listed'), name='list_columns_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('listed', models.CharField(max_length=50, verbose_name='list')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(help_text='As it stands in the address.', max_length=2000, verbose_name='query')),
                ('is_shared', models.BooleanField(default=False, help_text='All see it; only its owner removes it.', verbose_name='shared')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ('listed', 'name', 'id'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('owner', 'listed', 'name'), name='saved_filter_name_once', violation_error_message='You have a filter of this name in this list.'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('query', ''), _negated=True)), name='saved_filter_is_complete')],
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('made', 'account made'), ('granted', 'role granted'), ('taken', 'role taken away'), ('closed', 'account closed'), ('opened', 'account opened again'), ('link', 'link to choose a password made'), ('password', 'password set by another'), ('token', 'token issued')], max_length=20, verbose_name='what')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_events', to=settings.AUTH_USER_MODEL, verbose_name='whose account')),
                ('by', models.ForeignKey(blank=True, help_text='Empty: by a command.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('role', models.CharField(blank=True, default='', help_text='The name of a role, `superuser`, or a single permission such as `tracker.publish_changeset`.', max_length=150, verbose_name='role')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('mail', models.CharField(blank=True, choices=[('', 'none'), ('waiting', 'waits to be sent'), ('sent', 'sent')], default='', max_length=10, verbose_name='mail')),
                ('mail_problem', models.TextField(blank=True, default='', verbose_name='why it was not sent')),
            ],
            options={
                'verbose_name': 'event of an account',
                'verbose_name_plural': 'events of accounts',
                'ordering': ('-id',),
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['user', 'what', 'at'], name='account_event_of_user'), models.Index(condition=models.Q(('mail', 'waiting')), fields=['id'], name='account_event_with_mail')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('what__in', ['granted', 'taken']), models.Q(('role', ''), _negated=True)), models.Q(models.Q(('what__in', ['granted', 'taken']), _negated=True), ('role', '')), _connector='OR'), name='account_event_names_role')],
            },
        ),
    ]
