"""Texts: what a document said on the day on which it was read. They never leave the desk."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.documents import Document
from tracker.models.triggers import Trigger

MAX_CHARACTERS = 1_000_000
"""A long report has half of it; more is a book, or a file that was made to be one."""


class TextManager(models.Manager["Text"]):
    """Texts without their content, which lists have no use for and which can be long."""

    def without_content(self) -> models.QuerySet["Text"]:
        """Return the texts with all but what they say."""
        return self.get_queryset().defer("content")


class Text(models.Model):
    """The text of a document as it was read on a day; a new reading is a new version.

    It is stored once and never altered, which the database trigger `text_never_altered` keeps. Nothing of it is
    published: claims quote a few words of it, and say by its SHA-256 which text their positions count in.
    """

    document = models.ForeignKey(Document, models.CASCADE, verbose_name=_("document"), related_name="texts")
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField(_("text"))
    sha256 = models.CharField(
        _("SHA-256 of the text"), max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}\Z")],
        help_text=_("Of the text in UTF-8."),
    )  # fmt: skip
    characters = models.PositiveIntegerField(_("length in characters"))
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    tool = models.CharField(
        _("taken out by"), max_length=40, help_text=_("The program that took the text out of a file, and its version.")
    )
    tool_version = models.CharField(_("version of the program"), max_length=40, blank=True, default="")
    read_on = models.DateField(_("read on"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("added by"), null=True, blank=True,
        related_name="texts", help_text=_("Empty: by a command."),
    )  # fmt: skip

    objects = TextManager()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ("document", "version")
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="text_version_once"),
            models.UniqueConstraint(
                fields=["document", "sha256"], name="text_once_per_document",
                violation_error_message=_("This text of the document is held already."),
            ),
            models.CheckConstraint(
                condition=Q(characters__gt=0) & Q(characters__lte=MAX_CHARACTERS) & ~Q(content=""),
                name="text_not_empty",
            ),
            Trigger(name="text_never_altered", sqlite="1", postgresql="TRUE", events=["UPDATE"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document}, version {self.version}"
