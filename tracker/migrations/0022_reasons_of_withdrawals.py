"""Withdrawals have a reason of their own."""

from django.db import migrations, models


def keep_messages(apps, schema_editor):
    """Give withdrawals that wait the message of their change set, which would have been their reason."""
    edits = apps.get_model("tracker", "Edit").objects.using(schema_editor.connection.alias)
    for edit in edits.filter(action="withdraw", released_at__isnull=True).select_related("change_set"):
        edits.filter(pk=edit.pk).update(reason=edit.change_set.message)


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0021_attempts'),
    ]

    operations = [
        migrations.AddField(
            model_name='edit',
            name='reason',
            field=models.TextField(blank=True, default='', help_text='Why the record is withdrawn; it is public.', verbose_name='reason'),
        ),
        migrations.RunPython(keep_messages, migrations.RunPython.noop),
    ]
