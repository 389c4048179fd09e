"""The page of a requirement: what is needed; the pledges that are held against it are listed below."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.english import english, filled, party_named
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def sentence(requirement: Document) -> SafeString:
    """Return who needs what."""
    what = (requirement["platform"] or requirement["category"] or {"name": requirement["name"]})["name"]
    quantity = words.of_quantity(requirement["quantity"], "%(what)s")
    return filled(
        _("%(who)s needs %(what)s, stated %(when)s."), who=party_named(requirement["beneficiary"]),
        what=filled(quantity, what=english(what)), when=words.when(requirement["stated"]),
    )  # fmt: skip


REQUIREMENT = RecordPage("requirement", sentence)
