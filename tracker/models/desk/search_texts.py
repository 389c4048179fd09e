"""What a search of pledges looks at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.pledges import Pledge


class SearchText(models.Model):
    """The folded words by which one pledge is found, a text a line: its own, and those of what it refers to.

    `curation.search_texts` writes it and says which words these are. In a table of its own, which a search reads from
    end to end: it is a fraction of what the desk keeps of a pledge.
    """

    pledge = models.OneToOneField(
        Pledge, models.CASCADE, primary_key=True, verbose_name=_("pledge"), related_name="search_text"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")
        ordering = ("pledge",)

    def __str__(self) -> str:
        return self.text
