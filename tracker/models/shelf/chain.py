"""The chain of publishings: each has a link whose hash covers that of the one before."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet
from tracker.models.shelf.publications import AppendOnly, AppendOnlyQuerySet


class ChainLink(AppendOnly):
    """What one publishing was, in one text, and the hash of that text.

    The text names the hash of the link before, so that the newest one (the head) stands for all that was ever
    published: none of it can be altered, left out or put in later without another head.
    """

    change_set = models.OneToOneField(ChangeSet, models.PROTECT, related_name="link")
    number = models.PositiveIntegerField(_("number"), unique=True)
    document = models.TextField(_("what it covers"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    counts = models.JSONField(_("rows of each list"), default=dict)
    """How many records of each kind, and rows of the ledger as its list has them unasked, stand after this publishing.

    Not among what the hash covers, for it follows from that; empty where nobody counted.
    """

    objects = models.Manager.from_queryset(AppendOnlyQuerySet["ChainLink"])()

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("links of the chain")
        ordering = ("number",)
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="chain_link_numbered_from_one")]

    def __str__(self) -> str:
        return f"{self.number} {self.sha256}"
