"""How the support of a claim is shown, and whether its passage still stands where it was noted."""

from django.utils.translation import gettext as _

from tracker.models import Claim

SUPPORT_COLOURS = {
    Claim.Support.PASSAGE: "success", Claim.Support.ROW: "success", Claim.Support.REFERENCE: "warning",
    Claim.Support.NOT_HELD: "info", Claim.Support.BROKEN: "danger",
}  # fmt: skip


def support_shown(claim: Claim) -> tuple[str, str]:
    """Return the support of a claim and the words for it, with the score of what is not word for word."""
    words = str(claim.get_support_display())
    return claim.support, f"{words} ({claim.score} %)" if claim.score is not None and claim.score < 100 else words


def passage_trouble(claim: Claim) -> str:
    """Return what became of the passage of a claim that is dead, moved or gone (filters/claims.py)."""
    if claim.support == Claim.Support.BROKEN:
        return _("dead: the text does not have these words, or the field is gone")
    if claim.text_sha256:
        return _("moved: it stands in another version of the text")
    if claim.score is not None and claim.score < 100:
        return _("moved: the text has it in other words (%s %% the same)") % claim.score
    return _("gone: an older text has it, and the newest no more")
