"""Links by which contributors confirm or dispute their figures without an account."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AnswerLink(models.Model):
    """One link: who made it, for which contributor, to whom it was sent, and when it ends.

    What is in its address is not kept: it is the signed number of the row (see `curation.answer_links`).
    """

    contributor = models.ForeignKey(
        "tracker.Party", models.PROTECT, verbose_name=_("contributor"), related_name="answer_links"
    )
    recipient = models.CharField(
        _("recipient"), max_length=250, help_text=_("Who is sent it: an office of the contributor, by name or e-mail.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("made by"), related_name="answer_links"
    )
    made_at = models.DateTimeField(_("made at"))
    ends_at = models.DateTimeField(_("ends at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("revoked by"), null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a contributor’s answer")
        verbose_name_plural = _("links for contributors’ answers")
        ordering = ("-id",)
        default_permissions = ("view", "add", "change")
        constraints = [
            models.CheckConstraint(condition=~Q(recipient=""), name="answer_link_is_for_somebody"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="answer_link_ends_after_it_was_made"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="answer_link_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.recipient}"

    def is_open(self, at: dt.datetime) -> bool:
        """Tell whether it can be used at a moment."""
        return self.revoked_at is None and at < self.ends_at
