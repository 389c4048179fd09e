"""How the support of a claim is shown, and whether its passage still stands where it was noted."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tracker.models import Claim, Text

SUPPORT_COLOURS = {
    Claim.Support.PASSAGE: "success", Claim.Support.ROW: "success", Claim.Support.REFERENCE: "warning",
    Claim.Support.NOT_HELD: "info", Claim.Support.BROKEN: "danger",
}  # fmt: skip

DEAD = Q(support=Claim.Support.BROKEN, score__isnull=True) & ~Q(quote="") & Exists(
    Text.objects.filter(document=OuterRef("document"))
)  # fmt: skip
"""Claims whose words a text that is held does not have, or whose field is gone."""

MOVED = Q(support=Claim.Support.PASSAGE) & (~Q(text_sha256="") | Q(score__lt=100))
"""Claims whose words stand in another version of the text, or in other words."""


def support_shown(claim: Claim) -> tuple[str, str]:
    """Return the support of a claim and the words for it, with the score of what is not word for word."""
    words = str(claim.get_support_display())
    return claim.support, f"{words} ({claim.score} %)" if claim.score is not None and claim.score < 100 else words


def passage_trouble(claim: Claim) -> str:
    """Return why the passage of a claim that is DEAD or MOVED is so; empty for any other."""
    if claim.support == Claim.Support.BROKEN:
        return _("dead: the text does not have these words, or the field is gone")
    if claim.text_sha256:
        return _("moved: it stands in another version of the text")
    return _("moved: the text has it in other words (%s %% the same)") % claim.score
