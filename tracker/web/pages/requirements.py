"""The page of a requirement: what is needed; the pledges that are held against it are listed below."""

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.names import of_party
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(requirement: Document) -> str:
    """Return who needs what."""
    what = (requirement["platform"] or requirement["category"] or {"name": requirement["name"]})["name"]
    texts = {
        "who": of_party(requirement["beneficiary"]), "what": words.of_quantity(requirement["quantity"], what),
        "when": words.when(requirement["stated"]),
    }  # fmt: skip
    return _("%(who)s needs %(what)s, stated %(when)s.") % texts


REQUIREMENT = RecordPage("requirement", sentence)
