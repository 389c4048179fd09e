"""Claims: what a document asserts of a record, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part
from tracker.models.desk.documents import Document
from tracker.models.fields import PUBLIC_ID, ClaimFoundByField

QUOTE_LENGTH = 120


class Claim(Part):
    """What a passage of a document says about one field of one record.

    The record is named by kind and public id, which both never change; this is the one generic
    link of the register. A claim is published with its record, and listed by itself too.
    """

    kind = "claim"
    identified_by = ("public_id",)

    class Support(models.TextChoices):
        """What stands behind a claim. It is worked out by `curation.evidence`, never typed."""

        PASSAGE = "passage", _("passage: the quote stands in the text")
        ROW = "row", _("row: a row of an imported file")
        REFERENCE = "reference", _("reference: a source is named, no passage")
        NOT_HELD = "not_held", _("text not held here: it is known by its hash")
        BROKEN = "broken", _("broken: quote, field or value do not hold")

    class Verdict(models.TextChoices):
        OPEN = "open", _("open")
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")

    public_id = models.CharField(
        _("public id"), max_length=100, unique=True, validators=[PUBLIC_ID],
        help_text=_("Given once, never changed. Leave it empty to have one made."),
    )  # fmt: skip
    record_kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.CharField(_("record"), max_length=100)
    field = models.CharField(
        _("field"), max_length=160, blank=True, default="",
        help_text=_("Which field of the record it is about, such as items[eurofighter-typhoon].quantity; or none."),
    )  # fmt: skip
    value = models.CharField(_("value"), max_length=250, blank=True, default="", help_text=_("What it asserts."))
    document = models.ForeignKey(Document, models.PROTECT, verbose_name=_("document"), related_name="claims")
    passage_start = models.PositiveIntegerField(
        _("from character"), null=True, blank=True, help_text=_("Counted from 0.")
    )
    passage_end = models.PositiveIntegerField(
        _("to character"), null=True, blank=True, help_text=_("The first one after the passage.")
    )
    locator = models.CharField(
        _("place in the document"), max_length=250, blank=True, default="",
        help_text=_("Page, table or row, where the text has no characters to count."),
    )  # fmt: skip
    quote = models.CharField(
        _("quote"), max_length=QUOTE_LENGTH, blank=True, default="", help_text=_("A few words, never a whole sentence.")
    )
    found_by = ClaimFoundByField("quote")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict, default=Verdict.ADOPTED)
    reason = models.TextField(_("reason"), blank=True, default="")
    support = models.CharField(_("support"), max_length=20, choices=Support, default=Support.REFERENCE, editable=False)
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, editable=False,
        help_text=_("How well the quote fits its passage: 100 is word for word."),
    )  # fmt: skip
    text_sha256 = models.CharField(
        _("SHA-256 of the text"), max_length=64, blank=True, default="", editable=False,
        help_text=_(
            "Of the text in which the positions count, or of the imported file in which the cells stand; empty: the "
            "text that the document says."
        ),
    )  # fmt: skip
    cells = models.JSONField(
        _("cells"), blank=True, default=list, editable=False,
        help_text=_(
            "What an import read in the rows: for each field its value as the register holds it, and the cell where it "
            "stands. Where the kept file is read otherwise by now, what is found there."
        ),
    )  # fmt: skip
    differs = models.TextField(
        _("differs from its row"), blank=True, default="", editable=False,
        help_text=_("Fields of the record, between commas, that are not as the cells have them."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("public_id",)
        indexes = [models.Index(fields=["record_kind", "record_id"], name="claim_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(passage_start__isnull=True, passage_end__isnull=True)
                | Q(passage_start__isnull=False, passage_end__gt=F("passage_start")),
                name="claim_passage_has_length",
                violation_error_message=_("A passage needs both ends, and its end after its start."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="rejected") | ~Q(reason=""),
                name="claim_rejected_with_reason",
                violation_error_message=_("Say why the claim is rejected."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(support__in=["passage", "broken"], score__lte=100),
                name="claim_score_of_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}: {self.quote or self.value}"

    @property
    def name(self) -> str:
        """The words that lists show for it."""
        return self.quote or self.value or self.public_id
