"""The page of an incident: what happened, where, by whom, and what it prompted."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.reporting.shelf import references
from tracker.web.english import filled, party_named
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.pledge_lists import promised
from tracker.web.pages.records import RecordPage


def sentence(incident: Document) -> SafeString:
    """Return what happened, in a sentence."""
    kind = field_labels.choice_of(KINDS["incident"].published().fields["kind"], incident["kind"]) or ""
    texts = {
        "kind": words.first_capital(kind), "actor": party_named(incident["actor"]),
        "place": party_named(incident["place"]), "when": words.when(incident["date"]),
    }  # fmt: skip
    if texts["actor"] and texts["place"]:
        return filled(_("%(kind)s by %(actor)s over or in %(place)s, %(when)s."), **texts)
    return filled(_("%(kind)s, %(when)s."), **texts)


def _more(asked: PageRequest, incident: Document) -> dict[str, Any]:
    """Return the initiatives that an incident prompted, each with what was promised under it."""
    prompted = references.rows(references.Referring("initiative", "prompted_by", 0), incident["id"], asked.moment)
    documents = [canonical.load(text) for text in prompted.values_list("document", flat=True)]
    return {
        "prompted": [
            {"initiative": each, "promised": promised(asked, "initiative", "initiative", each["id"])}
            for each in documents
        ]
    }


INCIDENT = RecordPage("incident", sentence, _more, "web/incident.html", unlisted=("initiative",))
