"""The page of an official: which office, for whom, and when."""

from django.utils.translation import gettext as _

from tracker.web.names import of_party
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(official: Document) -> str:
    """Return which office an official holds or held."""
    texts = {"office": official["office"], "party": of_party(official["party"])}
    return _("%(office)s, %(party)s.") % texts if texts["party"] else f"{texts['office']}."


OFFICIAL = RecordPage("official", sentence)
