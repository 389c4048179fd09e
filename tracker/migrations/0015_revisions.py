"""Ticks go by a revision that only grows, in place of the time of an edit: two of one moment look alike."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def drop_ticks_of_earlier_edits(apps: Any, schema_editor: Any) -> None:
    """Take away the ticks that count no more, so that none of them stands at the first revision."""
    apps.get_model("tracker", "Seen").objects.exclude(edited_at=F("edit__edited_at")).delete()


def give_times_back(apps: Any, schema_editor: Any) -> None:
    """Take away the ticks that count no more, and say of the others as of which edit they are."""
    seen, edits = apps.get_model("tracker", "Seen"), apps.get_model("tracker", "Edit")
    seen.objects.exclude(revision=F("edit__revision")).delete()
    edited = edits.objects.filter(pk=OuterRef("edit")).values("edited_at")
    seen.objects.update(edited_at=Subquery(edited))


def nothing(apps: Any, schema_editor: Any) -> None:
    """The other way there is nothing to do."""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0014_chain")]

    operations = [
        migrations.RunPython(drop_ticks_of_earlier_edits, nothing),
        migrations.AddField(
            "changeset", "revision",
            models.PositiveIntegerField(default=0, editable=False, help_text="Counts how often what is in it changed; unlike a time it tells two changes of one moment apart.", verbose_name="revision"),
        ),
        migrations.AddField(
            "edit", "revision",
            models.PositiveIntegerField(default=0, help_text="That of the change set by the last edit of the record.", verbose_name="revision"),
        ),
        migrations.AddField("seen", "revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
        migrations.AlterField("seen", "edited_at", models.DateTimeField(null=True, verbose_name="edit of")),
        migrations.RunPython(nothing, give_times_back),
        migrations.RemoveField("seen", "edited_at"),
    ]
