"""The page of a meeting: who was there, what was on the agenda, what was announced, and what became of it."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.charts.shown import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(meeting: Document) -> str:
    """Return which forum met when, and where."""
    texts = {
        "forum": meeting["forum"]["name"],
        "when": words.when(meeting["date"]),
        "where": meeting["location"],
    }
    if meeting["location"]:
        texts["where"] = meeting["location"]
        return _("%(forum)s, %(when)s, %(where)s.") % texts
    return _("%(forum)s, %(when)s.") % texts


def _more(asked: PageRequest, meeting: Document) -> dict[str, Any]:
    own = {"meeting": meeting["id"], "rows": "contributor", "columns": "stage"}
    return charted(asked, (_("What was announced, and what became of it"), own))


MEETING = RecordPage("meeting", sentence, _more)
