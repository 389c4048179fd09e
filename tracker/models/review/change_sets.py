"""Change sets: the edits of one piece of work, and the door that they pass together."""

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ChangeSet(models.Model):
    """The edits of one piece of work, with a message and a cause; published as one."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("submitted")
        REJECTED = "rejected", _("rejected")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")

    class Cause(models.TextChoices):
        NEW_INFORMATION = "new_information", _("new information")
        CORRECTION = "correction", _("correction")
        EXCHANGE_RATE = "exchange_rate", _("exchange rate")
        IMPORT = "import", _("import")
        REFERENCE = "reference", _("reference data")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        RECLASSIFICATION = "reclassification", _("reclassification")
        PRICE_LIST = "price_list", _("price list")
        METHOD = "method", _("method")
        MEMBERSHIP = "membership", _("membership")
        MERGING = "merging", _("merging")

    class Naming(models.TextChoices):
        TYPED = "typed", _("by a person")
        RECORDS = "records", _("after what is in it")
        WORK = "work", _("after what was done to all that is in it")

    EDITABLE = (Status.OPEN, Status.REJECTED)
    HOLDING = (Status.OPEN, Status.REJECTED, Status.SUBMITTED)
    PUBLISH = "tracker.publish_changeset"
    """The right to publish, and to reject or discard what others did; the role of reviewers has it."""

    message = models.CharField(_("message"), max_length=300)
    naming = models.CharField(
        _("how it is named"), max_length=10, choices=Naming, default=Naming.TYPED, editable=False,
        help_text=_("A name that nobody typed follows what is in the change set."),
    )  # fmt: skip
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, default=Cause.NEW_INFORMATION)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OPEN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="change_sets"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reviewer"), null=True, blank=True,
        related_name="reviewed_change_sets",
    )  # fmt: skip
    reason = models.TextField(_("reason for rejection"), blank=True, default="")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("to be reviewed by"), null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    due = models.DateField(_("to be reviewed until"), null=True, blank=True)
    alone_reason = models.TextField(
        _("why its author publishes it"), blank=True, default="",
        help_text=_("Where there is truly nobody else who could review it; it is public."),
    )  # fmt: skip
    reverts = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("takes back"), null=True, blank=True, related_name="reverted_by",
        help_text=_("The published change set whose records it puts back to what they were before."),
    )  # fmt: skip
    revision = models.PositiveIntegerField(
        _("revision"), default=0, editable=False,
        help_text=_("Counts how often what is in it changed; unlike a time it tells two changes of one moment apart."),
    )  # fmt: skip
    opened_at = models.DateTimeField(_("opened at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ("-id",)
        permissions = [("publish_changeset", _("Can review and publish change sets of others"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")) | ~Q(alone_reason=""),
                name="change_set_reviewer_is_not_author",
                violation_error_message=_("Nobody reviews their own change set."),
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False, reviewer__isnull=False)
                | (~Q(status="published") & Q(published_at__isnull=True)),
                name="change_set_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | (~Q(reason="") & Q(reviewer__isnull=False)),
                name="change_set_rejected_with_reason",
            ),
            models.CheckConstraint(condition=~Q(message=""), name="change_set_has_message"),
            models.CheckConstraint(
                condition=Q(reverts__isnull=True) | Q(reverts__lt=F("id")),
                name="change_set_reverts_an_earlier_one",
            ),
            models.UniqueConstraint(
                fields=["reverts"],
                condition=Q(status__in=["open", "rejected", "submitted"]),
                name="change_set_reverted_by_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(assignee__isnull=True) | ~Q(assignee=F("author")),
                name="change_set_assignee_is_not_author",
                violation_error_message=_("Nobody reviews their own change set."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.message}"


class Edit(models.Model):
    """That a change set holds a record, and what is to become of it when it is published."""

    class Action(models.TextChoices):
        SAVE = "save", _("save")
        WITHDRAW = "withdraw", _("withdraw")
        REPOST = "repost", _("value again")
        MERGE = "merge", _("merge into another")

    GOING = (Action.WITHDRAW, Action.MERGE)
    """What takes a record from the shelf."""

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="edits")
    kind = models.CharField(_("kind"), max_length=20)
    public_id = models.CharField(_("public id"), max_length=100)
    action = models.CharField(_("action"), max_length=20, choices=Action, default=Action.SAVE)
    before = models.TextField(
        _("document before the edit"), blank=True, default="",
        help_text=_("Of a record that stood on the desk and was never published; discarding puts it back."),
    )  # fmt: skip
    reason = models.TextField(
        _("reason"), blank=True, default="", help_text=_("Why the record is withdrawn; it is public.")
    )
    merged_into = models.CharField(
        _("merged into"), max_length=100, blank=True, default="",
        help_text=_("The public id of the record, of the same kind, that this one is from now on."),
    )  # fmt: skip
    edited_at = models.DateTimeField(_("last edited at"))
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("That of the change set by the last edit of the record.")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ("kind", "public_id", "id")
        indexes = [models.Index(fields=["kind", "merged_into"], condition=Q(action="merge"), name="edit_merged_into")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "public_id"], condition=Q(released_at__isnull=True), name="edit_one_holder"
            ),
            models.UniqueConstraint(fields=["change_set", "kind", "public_id"], name="edit_once_per_change_set"),
            models.CheckConstraint(
                condition=(Q(action="merge") & ~Q(merged_into="") & ~Q(merged_into=F("public_id")))
                | (~Q(action="merge") & Q(merged_into="")),
                name="edit_merge_names_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


_TRIES = 50
"""How often another id is chosen: more writers at one moment than one register has."""


class PublicId(models.Model):
    """Every public id ever given, so that none is given twice. Rows are only added."""

    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("public id")
        verbose_name_plural = _("public ids")
        ordering = ("kind", "public_id")
        constraints = [models.UniqueConstraint(fields=["kind", "public_id"], name="public_id_given_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def give_unused(cls, kind: str, choose: Callable[[], str]) -> str:
        """Give the id that `choose` finds unused, and return it.

        Where another gave it at the same moment, whom the database has us wait for, one more is chosen.
        """
        for _try in range(_TRIES):
            public_id = choose()
            with suppress(IntegrityError), transaction.atomic():
                cls._default_manager.create(kind=kind, public_id=public_id)
                return public_id
        raise OperationalError(f"no id of {kind} could be given: others give them all the time")
