"""The page of an official: which office, for whom, and when."""

from django.utils.safestring import SafeString

from tracker.web.english import english, filled, joined, party_named
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(official: Document) -> SafeString:
    """Return which office an official holds or held."""
    return filled("%(all)s.", all=joined([english(official["office"]), party_named(official["party"])], ", "))


OFFICIAL = RecordPage("official", sentence)
