"""Comments on a change set, one of its records, or a field of one; answers stand below what they answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet


class Comment(models.Model):
    """What somebody says to the others of a change set. It is for the desk alone."""

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, verbose_name=_("change set"), related_name="comments")
    kind = models.CharField(_("kind of record"), max_length=20, blank=True, default="")
    public_id = models.CharField(_("record"), max_length=100, blank=True, default="")
    field = models.CharField(
        _("field"), max_length=160, blank=True, default="", help_text=_("Such as entries[2].amount; or none.")
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name=_("answers"), null=True, blank=True, related_name="answers"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="+")
    text = models.TextField(_("text"), max_length=5000)
    written_at = models.DateTimeField(_("written at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("settled by"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=(Q(kind="", public_id="", field="") | (~Q(kind="") & ~Q(public_id=""))),
                name="comment_on_a_record",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, parent__isnull=True),
                name="comment_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"
