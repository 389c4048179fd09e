"""The page of a meeting: who was there, what was on the agenda, what was announced, and what became of it."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.models import Participation
from tracker.records import words
from tracker.web.charts.chart_on_page import charted
from tracker.web.english import english, filled, joined, party_named
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.pledge_lists import promised
from tracker.web.pages.pledges import NAMED, listed
from tracker.web.pages.records import RecordPage


def sentence(meeting: Document) -> SafeString:
    """Return when a forum met, and where, who led it, and what was on the agenda."""
    chairs = [_chair(row) for row in meeting["participations"] if row["role"] == Participation.Role.CHAIR]
    agenda = [english(item["name"]) for item in meeting["agenda"]]
    return joined([
        _met(meeting),
        filled(_("Led by %(names)s."), names=listed(chairs)) if chairs else "",
        filled(_("On the agenda: %(titles)s."), titles=joined(agenda[:NAMED], "; ")) if agenda else "",
    ])  # fmt: skip


def _met(meeting: Document) -> SafeString:
    # What the name says already is not said once more.
    forum = meeting["forum"]["name"]
    parts = ["" if forum in meeting["name"] else english(forum), words.when(meeting["date"])]
    return filled("%(all)s.", all=joined([*parts, english(meeting["location"])], ", "))


def _chair(row: Document) -> str:
    party, official = party_named(row["party"]), row["official"]
    if not official:
        return party
    return filled(_("%(official)s (%(party)s)"), official=english(official["name"]), party=party)


def _more(asked: PageRequest, meeting: Document) -> dict[str, Any]:
    own = {"meeting": meeting["id"], "rows": "contributor", "columns": "stage"}
    return {"promised": promised(asked, "meeting", "meeting", meeting["id"])} | charted(
        asked, (_("What came of it, by contributor"), own)
    )


MEETING = RecordPage("meeting", sentence, _more, "web/meeting.html", apart=("announced",), unlisted=("pledge",))
