"""What was done to accounts: made, given and deprived of roles, given tokens. Rows are only added.

Of a link, whether its mail was sent is noted as well.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.notices import Notice


class AccountEvent(models.Model):
    """One thing that was done to the account of a user, by whom and when.

    Who logged in, or failed to, is kept by django-axes, and who published by the change sets themselves.
    """

    class What(models.TextChoices):
        MADE = "made", _("account made")
        GRANTED = "granted", _("role granted")
        TAKEN = "taken", _("role taken away")
        CLOSED = "closed", _("account closed")
        OPENED = "opened", _("account opened again")
        LINK = "link", _("link to choose a password made")
        PASSWORD = "password", _("password set by another")
        TOKEN = "token", _("token issued")

    what = models.CharField(_("what"), max_length=20, choices=What)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("whose account"), related_name="account_events"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+",
        help_text=_("Empty: by a command."),
    )  # fmt: skip
    role = models.CharField(
        _("role"), max_length=150, blank=True, default="",
        help_text=_("The name of a role, `superuser`, or a single permission such as `tracker.publish_changeset`."),
    )  # fmt: skip
    at = models.DateTimeField(_("at"))
    mail = models.CharField(_("mail"), max_length=10, choices=Notice.Mail, blank=True, default=Notice.Mail.NONE)
    mail_problem = models.TextField(_("why it was not sent"), blank=True, default="")

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        ordering = ("-id",)
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["user", "what", "at"], name="account_event_of_user"),
            models.Index(fields=["id"], condition=Q(mail="waiting"), name="account_event_with_mail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(what__in=["granted", "taken"]) & ~Q(role=""))
                | (~Q(what__in=["granted", "taken"]) & Q(role="")),
                name="account_event_names_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.user} {self.role}".strip()
