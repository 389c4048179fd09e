"""Whose a row of a file is, and what kind of aid it tells of; or why it cannot be used."""

from django.utils.translation import gettext as _

from tracker.exchange.drafting.labels import Labels
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.profiles.base import Profile


def recognise(line: FileLine, profile: Profile, parties: Labels) -> str:
    """Set the parties and the aid type of `line`; returns why it cannot be used, or nothing."""
    if not line.activity:
        return _("It names no activity in %s.") % profile.activity
    reason = _find_parties(line, profile, parties) or _not_to_be_counted(line, profile)
    if reason:
        return reason
    aid_type = line.word(profile.aid_type)
    if not aid_type:
        return _("%(column)s: “%(found)s” is unknown; allowed are: %(allowed)s.") % {
            "column": profile.aid_type.column, "found": line.text(profile.aid_type.column)[:60],
            "allowed": ", ".join(profile.aid_type.meanings),
        }  # fmt: skip
    line.aid_type = aid_type
    return ""


def _find_parties(line: FileLine, profile: Profile, parties: Labels) -> str:
    """Find the parties that a row names; returns what is wrong with one, or nothing."""
    roles = {"contributor": profile.contributor, "supplier": profile.supplier, "beneficiary": profile.recipient}
    for role, column in roles.items():
        label = line.text(column)
        if column and not label and role != "supplier":
            return _("It names no %(role)s in %(column)s.") % {"role": role, "column": column}
        if label:
            party = parties.resolve(label, line.number)
            if party is None:
                return _("No party goes by “%s”: map the label, or create the party.") % label[:80]
            setattr(line, role, party)
    return ""


def _not_to_be_counted(line: FileLine, profile: Profile) -> str:
    """Return why a row could not be counted: without a contributor only items are."""
    if profile.contributor or profile.items is None or line.first_text(profile.items.names):
        return ""
    return _("It names no item in %s.") % " or ".join(profile.items.names)
