"""The methodology: the rules by which the tables are made, as the tables name them."""

from django.utils.translation import gettext as _

from tracker.reporting.named.rules import SECTIONS
from tracker.web.answering import Shown
from tracker.web.asked import Asked


def methodology(asked: Asked) -> Shown:
    """Show every rule under its id."""
    return Shown("web/methodology.html", {"title": _("Methodology"), "sections": SECTIONS.items()})
