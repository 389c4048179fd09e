"""What readers say is wrong, and what contributors say of their own figures: it waits at the desk for an answer."""

import secrets

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.answer_links import AnswerLink
from tracker.models.review.change_sets import ChangeSet

SHORTEST, LONGEST = 10, 4000
"""How many characters a report has."""


def new_reference() -> str:
    """Return what a report is found by: nobody guesses that of another."""
    return secrets.token_urlsafe(9)


class ErrorReport(models.Model):
    """One report about a field of a published record, or about the whole of it, and its answer.

    It is answered once: by the change set that settles it, or by a reason. Only the answer is public.
    """

    class Stance(models.TextChoices):
        ERROR = "error", _("something is wrong")
        CONFIRMED = "confirmed", _("the contributor confirms it")
        DISPUTED = "disputed", _("the contributor disputes it")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SETTLED = "settled", _("settled by a change")
        DECLINED = "declined", _("answered without a change")

    reference = models.CharField(_("reference"), max_length=20, unique=True, default=new_reference, editable=False)
    stance = models.CharField(_("what is said"), max_length=10, choices=Stance, default=Stance.ERROR)
    kind = models.CharField(_("kind of record"), max_length=20)
    public_id = models.CharField(_("public id"), max_length=100)
    field = models.CharField(_("field"), max_length=200, blank=True, default="")
    message = models.TextField(_("message"), validators=[MinLengthValidator(SHORTEST)], max_length=LONGEST)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    contributor = models.ForeignKey(
        "tracker.Party", models.PROTECT, verbose_name=_("contributor"), null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey(
        AnswerLink, models.PROTECT, verbose_name=_("link by which it came"), null=True, blank=True,
        related_name="answers", editable=False,
    )  # fmt: skip
    value = models.CharField(
        _("value"), max_length=250, blank=True, default="",
        help_text=_("What the field should say; of a contributor that confirms it, what it says."),
    )  # fmt: skip
    claim = models.CharField(
        _("claim that was made of it"), max_length=100, blank=True, default="", editable=False,
        help_text=_("What a contributor answers becomes a claim, which is adopted or rejected like any other."),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    answer = models.TextField(_("answer, which is public"), blank=True, default="", max_length=2000)
    change_set = models.ForeignKey(
        ChangeSet, models.PROTECT, verbose_name=_("change set that settles it"), null=True, blank=True,
        related_name="error_reports",
    )  # fmt: skip
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ("-id",)
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["kind", "public_id"], name="error_report_of_record")]
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="error_report_says_something"),
            models.CheckConstraint(
                condition=Q(stance="error", contributor__isnull=True)
                | (~Q(stance="error") & Q(contributor__isnull=False)),
                name="error_report_stance_of_contributor",
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=True) | Q(contributor__isnull=False),
                name="error_report_of_contributor_by_link",
            ),
            models.CheckConstraint(
                condition=(
                    Q(answered_at__isnull=True, answered_by__isnull=True, status="waiting", change_set__isnull=True)
                    | Q(answered_at__isnull=False, answered_by__isnull=False)
                    & (Q(status="settled", change_set__isnull=False)
                       | Q(status="declined", change_set__isnull=True) & ~Q(answer=""))
                ),
                name="error_report_answered_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id} {self.field}".strip()
