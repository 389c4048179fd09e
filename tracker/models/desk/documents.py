"""Documents: the sources that claims point into."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record
from tracker.models.fields import EarliestDayField, LatestDayField, PartialDateField


class Document(Record):
    """A source: an article, a press release, a workbook.

    Of its text it says length and hash, so that a passage can be checked against a copy; the desk holds the text
    itself, if anybody brought it (see texts.py).
    """

    kind = "document"

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        PRESS_RELEASE = "press_release", _("press release")
        OFFICIAL = "official", _("official document")
        DATASET = "dataset", _("dataset")
        CONTRIBUTOR_ANSWER = "contributor_answer", _("answer of a contributor")
        OTHER = "other", _("other")

    class Tier(models.TextChoices):
        """How near the publisher stands to what it reports; empty: nobody has judged it."""

        PRIMARY = "primary", _("primary: who decides it says so")
        ESTABLISHED = "established", _("established: an agency, a paper or an institute that checks")
        OTHER = "other", _("other: re-tells what others reported")

    document_kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.ARTICLE)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier, blank=True, default="")
    publisher = models.CharField(_("publisher"), max_length=250, blank=True, default="")
    url = models.URLField(_("address"), max_length=1000, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, blank=True, default="", help_text=_("Such as en."))
    published = PartialDateField(_("published"))
    published_earliest = EarliestDayField("published")
    published_latest = LatestDayField("published", db_index=False)
    date_note = models.CharField(
        _("how the date is known"), max_length=250, blank=True, default="",
        help_text=_("Where the date is derived and not stated by the source, say how."),
    )  # fmt: skip
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    characters = models.PositiveIntegerField(_("length in characters"), null=True, blank=True)
    sha256 = models.CharField(
        _("SHA-256 of the text"), max_length=64, blank=True, default="",
        validators=[RegexValidator(r"^[0-9a-f]{64}\Z", _("A SHA-256 has 64 digits from 0 to 9 and a to f."))],
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("found_by", "id")
