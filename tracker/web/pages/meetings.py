"""The page of a meeting: who was there, what was on the agenda, what was announced, and what became of it."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Participation
from tracker.records import words
from tracker.web.charts.shown import charted
from tracker.web.names import of_party
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.pledges import listed
from tracker.web.pages.promised import promised
from tracker.web.pages.records import RecordPage


def sentence(meeting: Document) -> str:
    """Return which forum met when, and where, and who led it."""
    texts = {"forum": meeting["forum"]["name"], "when": words.when(meeting["date"]), "where": meeting["location"]}
    said = _("%(forum)s, %(when)s, %(where)s.") if meeting["location"] else _("%(forum)s, %(when)s.")
    chairs = [_chair(row) for row in meeting["participations"] if row["role"] == Participation.Role.CHAIR]
    led = _("Led by %s.") % listed(chairs) if chairs else ""
    return f"{said % texts} {led}".strip()


def _chair(row: Document) -> str:
    party, official = of_party(row["party"]), row["official"]
    return _("%(official)s (%(party)s)") % {"official": official["name"], "party": party} if official else party


def _more(asked: PageRequest, meeting: Document) -> dict[str, Any]:
    own = {"meeting": meeting["id"], "rows": "contributor", "columns": "stage"}
    return {"promised": promised(asked, "meeting", "meeting", meeting["id"])} | charted(
        asked, (_("What came of it, by contributor"), own)
    )


MEETING = RecordPage("meeting", sentence, _more, "web/meeting.html", apart=("announced",), unlisted=("pledge",))
