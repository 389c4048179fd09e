"""The page of an incident: what happened, where, by whom, and what it prompted."""

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.records.registry import KINDS
from tracker.web.names import of_party
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(incident: Document) -> str:
    """Return what happened, in a sentence."""
    fields = KINDS["incident"].published().fields
    kind = str(fields["kind"].choices[incident["kind"]])  # type: ignore[attr-defined]
    texts = {
        "kind": words.first_capital(kind), "actor": of_party(incident["actor"]),
        "place": of_party(incident["place"]), "when": words.when(incident["date"]),
    }  # fmt: skip
    if texts["actor"] and texts["place"]:
        return _("%(kind)s by %(actor)s over or in %(place)s, %(when)s.") % texts
    return _("%(kind)s, %(when)s.") % texts


INCIDENT = RecordPage("incident", sentence)
