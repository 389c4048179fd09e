"""External ids: by which id a release of a dataset knows a record, and what it said of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet


class ExternalId(models.Model):
    """What a release of a dataset calls a record of the register, and what it said of it.

    Ids are kept per release, because publishers use them again for something else. Rows are added by
    each import that says something new, and the newest counts; discarding the import takes them back.
    """

    dataset = models.CharField(_("dataset"), max_length=40)
    release = models.CharField(_("release"), max_length=40)
    source_id = models.CharField(_("id in the dataset"), max_length=150)
    record_kind = models.CharField(_("kind of record"), max_length=20)
    public_id = models.CharField(_("record"), max_length=100)
    merged_from = models.CharField(
        _("merged from"), max_length=100, blank=True, default="",
        help_text=_("The record, merged into this one since, that the id in the dataset stood for."),
    )  # fmt: skip
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, help_text=_("SHA-256 of what tells this record from others.")
    )
    is_gone = models.BooleanField(
        _("gone, kept"), default=False,
        help_text=_("The release no longer has it, and it was decided to keep it; the rest is as it was."),
    )  # fmt: skip
    content = models.TextField(_("content"), help_text=_("The record as the dataset had it, as JSON."))
    change_set = models.ForeignKey(
        ChangeSet, models.CASCADE, verbose_name=_("change set"), null=True, blank=True, related_name="external_ids"
    )

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        ordering = ("dataset", "release", "source_id", "id")
        indexes = [
            models.Index(fields=["dataset", "release", "source_id"], name="external_id_of_source"),
            models.Index(fields=["record_kind", "public_id"], name="external_id_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "release", "record_kind", "source_id", "change_set"],
                # What is kept though it is gone may have had an id that the release gives to another.
                condition=Q(is_gone=False),
                name="external_id_once_per_change_set",
            ),
            models.CheckConstraint(
                condition=~Q(dataset="") & ~Q(release="") & ~Q(source_id=""), name="external_id_is_complete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.release} {self.source_id}"
