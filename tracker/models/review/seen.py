"""What reviewers have looked at: a tick for each record of a change set, until the record is edited again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet, Edit


class SeenQuerySet(QuerySet["Seen"]):
    """Ticks, in the words of a review."""

    def standing(self) -> "SeenQuerySet":
        """Return the ticks of edits that are as they were when they were looked at."""
        return self.filter(revision=F("edit__revision"))

    def by(self, reviewer: Any, change_set: ChangeSet) -> "SeenQuerySet":
        """Return the standing ticks of a reviewer in a change set."""
        return self.standing().filter(reviewer=reviewer, edit__change_set=change_set)


class Seen(models.Model):
    """That a reviewer has looked at the edit of a record, as it was at a revision of its change set."""

    edit = models.ForeignKey(Edit, models.CASCADE, verbose_name=_("edit"), related_name="seen")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("reviewer"), related_name="+")
    revision = models.PositiveIntegerField(_("revision"), default=0)
    seen_at = models.DateTimeField(_("seen at"))

    objects = models.Manager.from_queryset(SeenQuerySet)()

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        ordering = ("id",)
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edit", "reviewer"], name="seen_once_per_reviewer")]

    def __str__(self) -> str:
        return f"{self.edit}: {self.reviewer}"
