"""The page of an official: which office, for whom, and when."""

from django.utils.safestring import SafeString

from tracker.records import words
from tracker.web.english import english, filled, joined, party_named
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(official: Document) -> SafeString:
    """Return which office an official holds or held."""
    held = _period(official["held_from"], official["held_to"])
    return filled("%(all)s.", all=joined([english(official["office"]), party_named(official["party"]), held], ", "))


def _period(start: Document | None, end: Document | None) -> str:
    """Return for how long an office is or was held, as far as it is known."""
    if not start and not end:
        return ""
    return words.partial_date({"edtf": f"{_edtf(start)}/{_edtf(end)}"})


def _edtf(date: Document | None) -> str:
    return str(date["edtf"]) if date else ""


OFFICIAL = RecordPage("official", sentence)
