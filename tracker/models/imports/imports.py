"""Imports: a file that somebody brought, the plan made of it, and what became of that."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet


class Import(models.Model):
    """A file on its way into the register: received, planned, accepted, applied into one change set.

    Nothing of it is in the register before it is applied. A file that cannot be read is refused, and says why.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("being planned")
        REFUSED = "refused", _("refused")
        PLANNED = "planned", _("planned")
        ACCEPTED = "accepted", _("being applied")
        APPLIED = "applied", _("applied")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="imports"
    )
    profile = models.CharField(_("profile"), max_length=40)
    release = models.CharField(_("release"), max_length=40, blank=True, default="")
    sheet = models.CharField(_("sheet"), max_length=100, blank=True, default="")
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    message = models.CharField(_("message"), max_length=300, blank=True, default="")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.WAITING)
    problem = models.TextField(_("problem"), blank=True, default="")
    title = models.CharField(_("title"), max_length=250, blank=True, default="")
    digest = models.CharField(
        _("digest of the plan"), max_length=64, blank=True, default="",
        help_text=_("SHA-256: what is applied is the plan that was looked at, or nothing."),
    )  # fmt: skip
    notices = models.JSONField(
        _("to be looked at first"), default=list, blank=True, help_text=_("What is odd in the file, a line each.")
    )  # fmt: skip
    matches = models.JSONField(
        _("records chosen by hand"), default=dict, blank=True,
        help_text=_("Which record an id in the file means; nothing for a new one."),
    )  # fmt: skip
    likeliest = models.BooleanField(
        _("take the likeliest"), default=False,
        help_text=_("Where a row could be one of several records, and nobody chose: the likeliest is right."),
    )  # fmt: skip
    questions = models.JSONField(
        _("columns that can be read in two ways"), default=list, blank=True,
        help_text=_("Column, what it is headed, what is asked, and the answers to choose from."),
    )  # fmt: skip
    conventions = models.JSONField(
        _("how columns are written"), default=dict, blank=True, help_text=_("As somebody said, by column."),
    )  # fmt: skip
    sides = models.JSONField(
        _("conflicts decided"), default=dict, blank=True,
        help_text=_("By the id of a record, whether ours is kept or theirs taken; no id stands for all others."),
    )  # fmt: skip
    unread = models.JSONField(_("columns that are not read"), default=list, blank=True)
    renamed = models.JSONField(
        _("parties called otherwise"), default=list, blank=True,
        help_text=_("Label, public id, name in the register, and rows."),
    )  # fmt: skip
    change_set = models.ForeignKey(
        ChangeSet, models.PROTECT, verbose_name=_("change set"), null=True, blank=True, related_name="imports"
    )
    merging = models.ForeignKey(
        ChangeSet, models.PROTECT, verbose_name=_("change set of merges"), null=True, blank=True, related_name="+",
        help_text=_("Where pledges of the file were merged into others, so that this alone can be reverted."),
    )  # fmt: skip
    received_at = models.DateTimeField(_("received at"))
    planned_at = models.DateTimeField(_("planned at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=(Q(status="applied") & Q(applied_at__isnull=False))
                | (~Q(status="applied") & Q(applied_at__isnull=True, change_set__isnull=True, merging__isnull=True)),
                name="import_applied_at_some_time",
            ),
            models.CheckConstraint(condition=~Q(status="refused") | ~Q(problem=""), name="import_refused_with_reason"),
            models.CheckConstraint(
                condition=~Q(status__in=["planned", "accepted", "applied"]) | ~Q(digest=""),
                name="import_planned_with_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title or self.file_name}"


class ImportedFile(models.Model):
    """The bytes of an imported file, kept apart from what lists read."""

    imported = models.OneToOneField(Import, models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.imported)


class KeptPlan(models.Model):
    """A piece of what the plan of an import would write, packed, and the digest of what it was made from.

    Whole, that of a long file would stand in memory twice when it is written: as it is, and as the database takes it.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="kept_plan")
    ground = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["imported", "position"], name="kept_plan_piece_once")]

    def __str__(self) -> str:
        return f"{self.imported}, {self.position}"


class ImportStep(models.Model):
    """What a plan does to one record; a record that the file no longer has is a step of outcome `gone`.

    `causes` are words of `Cause` between spaces; `changes` are the fields that change, before and after.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        CONFLICTING = "conflicting", _("conflicting")
        INVALID = "invalid", _("invalid")
        PASSED = "passed", _("passed over")
        GONE = "gone", _("gone")

    class Decision(models.TextChoices):
        ASK = "ask", _("ask again")
        KEEP = "keep", _("keep, and mark")
        WITHDRAW = "withdraw", _("withdraw")

    class Side(models.TextChoices):
        """Whose a field stays that staff and the file have both changed."""

        OURS = "ours", _("keep ours")
        THEIRS = "theirs", _("take theirs")

    class Cause(models.TextChoices):
        NEW = "new", _("new in the file")
        VALUE = "value", _("value changed")
        ITEMS = "items", _("items changed")
        PARTIES = "parties", _("contributor or beneficiary changed")
        DATE = "date", _("date changed")
        CLASSIFICATION = "classification", _("classification changed")
        WORDING = "wording", _("wording changed")
        SOURCES = "sources", _("sources changed")
        OTHER = "other", _("other fields changed")
        ID_USED_AGAIN = "id_used_again", _("id used again for something else")
        ID_CHANGED = "id_changed", _("id changed")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        MOVED = "moved", _("tranche of another, or of none")
        COULD_BE_OTHERS = "could_be_others", _("could be another record")
        BLANK = "blank", _("left blank by the file")
        GONE = "gone", _("gone from the file")

    imported = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField(_("position"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    causes = models.CharField(_("causes"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name"), max_length=250, blank=True, default="")
    source_id = models.CharField(_("id in the dataset"), max_length=150, blank=True, default="")
    public_id = models.CharField(_("record"), max_length=100, blank=True, default="")
    recognised_by = models.CharField(_("recognised by"), max_length=20, blank=True, default="")
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    conflicts = models.JSONField(
        _("conflicts"), default=list, blank=True,
        help_text=_("Of the fields in `changes`, those that both sides changed, and that stay as they are here."),
    )  # fmt: skip
    reason = models.TextField(_("reason"), blank=True, default="")
    evidence = models.TextField(
        _("evidence"), blank=True, default="",
        help_text=_("What speaks for the record that it is taken for, and how much."),
    )  # fmt: skip
    others = models.JSONField(
        _("other records"), default=list, blank=True,
        help_text=_("Records that it could be as well: public id, name, score and reasons."),
    )  # fmt: skip
    is_held = models.BooleanField(
        _("held"), default=False, help_text=_("Something keeps a record that is gone from being withdrawn.")
    )  # fmt: skip
    was_kept = models.BooleanField(_("kept before"), default=False)
    decision = models.CharField(
        _("decision"), max_length=20, choices=Decision, blank=True, default="",
        help_text=_("What becomes of a record that is gone from the file."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("position", "id")
        indexes = [models.Index(fields=["imported", "outcome", "position"], name="import_step_by_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["imported", "position"], name="import_step_once"),
            models.CheckConstraint(
                condition=Q(decision="") | Q(outcome="gone"), name="import_step_decides_on_what_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id or self.public_id}: {self.get_outcome_display()}"


class ImportRow(models.Model):
    """What becomes of one row of the file, and what was odd in it. `position` counts through all sheets."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(_("position"))
    sheet = models.CharField(_("sheet"), max_length=100, blank=True, default="")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=ImportStep.Outcome)
    step_position = models.PositiveIntegerField(_("position of the step"), null=True)
    reason = models.TextField(_("reason"), blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ("position", "id")
        indexes = [models.Index(fields=["imported", "outcome", "position"], name="import_row_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["imported", "position"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}".strip()


class ImportLabel(models.Model):
    """A name in the file that no record goes by, how many rows use it, and the records that are called most alike."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="labels")
    kind = models.CharField(_("kind"), max_length=20)
    label = models.CharField(_("label"), max_length=500)
    rows = models.PositiveIntegerField(_("rows"))
    first_row = models.PositiveIntegerField(_("first row"))
    nearest = models.JSONField(_("nearest"), default=list, blank=True)
    likeness = models.PositiveSmallIntegerField(
        _("likeness"), default=0, help_text=_("How much the nearest of them reads like it, of 100.")
    )
    group = models.CharField(
        _("group"), max_length=500, blank=True, default="",
        help_text=_("The most used of the labels that say the same: one decision is for all of them."),
    )  # fmt: skip
    is_left = models.BooleanField(
        _("left as a description"), default=False,
        help_text=_("It was decided that it means no record; the next release does not ask again."),
    )  # fmt: skip
    mapped_to = models.CharField(_("mapped to"), max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ("-rows", "kind", "label", "id")
        constraints = [models.UniqueConstraint(fields=["imported", "kind", "label"], name="import_label_once")]

    def __str__(self) -> str:
        return self.label
