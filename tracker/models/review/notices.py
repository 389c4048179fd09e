"""Notices: what happened to a change set, for those whom it concerns."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet


class Notice(models.Model):
    """That something happened to a change set which concerns somebody; their start page has it until it is seen."""

    class What(models.TextChoices):
        SUBMITTED = "submitted", _("waits for review")
        ASSIGNED = "assigned", _("is yours to review")
        COMMENTED = "commented", _("has a new comment")
        RETURNED = "returned", _("is back with you")
        PUBLISHED = "published", _("is published")

    class Mail(models.TextChoices):
        NONE = "", _("none")
        WAITING = "waiting", _("waits to be sent")
        SENT = "sent", _("sent")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("for"), related_name="notices"
    )
    change_set = models.ForeignKey(ChangeSet, models.CASCADE, verbose_name=_("change set"), related_name="notices")
    what = models.CharField(_("what happened"), max_length=20, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    text = models.TextField(_("in their words"), blank=True, default="")
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    mail = models.CharField(
        _("mail"), max_length=10, choices=Mail, blank=True, default=Mail.NONE,
        help_text=_("None: the recipient has no address."),
    )  # fmt: skip
    mail_problem = models.TextField(
        _("why it was not sent"), blank=True, default="", help_text=_("When that was tried last.")
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-id",)
        default_permissions = ()
        indexes = [
            models.Index(fields=["recipient", "seen_at"], name="notice_of_recipient"),
            models.Index(fields=["id"], condition=models.Q(mail="waiting"), name="notice_with_waiting_mail"),
        ]

    def __str__(self) -> str:
        return f"#{self.change_set_id} {self.get_what_display()}"
