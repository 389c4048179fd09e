"""Causes: why a step of a plan is there, in the words in which a reader of two releases asks."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Outcome, Step
from tracker.models import ImportStep
from tracker.records.engine.source_form import LINES, compared

_CAUSE = ImportStep.Cause
_OF_FIELD = {
    "shares": _CAUSE.PARTIES,
    "beneficiary": _CAUSE.PARTIES,
    "host": _CAUSE.PARTIES,
    "announced": _CAUSE.DATE,
    "aid_type": _CAUSE.CLASSIFICATION,
    "aid_kind": _CAUSE.CLASSIFICATION,
    "nature": _CAUSE.CLASSIFICATION,
    "initiative": _CAUSE.CLASSIFICATION,
    "category": _CAUSE.CLASSIFICATION,
    "name": _CAUSE.WORDING,
    "description": _CAUSE.WORDING,
    "claims": _CAUSE.SOURCES,
    "items": _CAUSE.ITEMS,
    "entries": _CAUSE.VALUE,
    "valuations": _CAUSE.VALUE,
}


def changes_of(step: Step) -> dict[str, dict[str, Any]]:
    """Return the fields that a step changes, or conflicts in, with `before` and `after` as a source writes them."""
    changes: dict[str, dict[str, Any]] = {}
    names = [*step.fields, *(name for name in step.conflicts if name not in step.fields)]
    after = step.after or compared(step.draft.document) if names else {}
    for name in names:
        old, new = step.before.get(name), after.get(name)
        if name == "lines":
            sides = zip(LINES, old or [[]] * len(LINES), new or [[]] * len(LINES), strict=True)
            changes |= {part: {"before": was, "after": now} for part, was, now in sides if was != now}
        else:
            changes[name] = {"before": old, "after": new}
    return changes


def conflicts_of(step: Step) -> list[str]:
    """Return the fields of a step that conflict, under the names that `changes_of` gives them."""
    return [part for name in step.conflicts for part in (LINES if name == "lines" else (name,))]


def _cause_of(name: str, change: dict[str, Any]) -> ImportStep.Cause:
    """Return why a field changes. Entries are dated with their pledge: another day alone is no other value."""
    if name == "entries" and _undated(change["before"]) == _undated(change["after"]):
        return _CAUSE.DATE
    return _OF_FIELD.get(name, _CAUSE.OTHER)


def _undated(entries: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return [{key: value for key, value in entry.items() if key != "date"} for entry in entries or []]


def causes_of(step: Step, changes: dict[str, Any]) -> list[ImportStep.Cause]:
    """Return why a step is there: the kinds of fields that change, and what became of its id. Each once."""
    causes = [_CAUSE.NEW] if step.outcome is Outcome.NEW else []
    # A name is made of the other fields: where these change, it says nothing more.
    told = {name: change for name, change in changes.items() if name != "name"} or changes
    causes += [_cause_of(name, change) for name, change in told.items()]
    if step.earlier_record:
        causes.append(_CAUSE.ID_USED_AGAIN)
    if step.earlier_id:
        causes.append(_CAUSE.ID_CHANGED)
    causes += [_CAUSE(cause) for cause in step.because]
    if step.is_moved:
        causes.append(_CAUSE.MOVED)
    if step.others:
        causes.append(_CAUSE.COULD_BE_OTHERS)
    if any(change["before"] and not change["after"] for change in changes.values()):
        causes.append(_CAUSE.BLANK)
    return list(dict.fromkeys(causes))


def reason_of(step: Step) -> str:
    """Return why a step is as it is, with what its id meant before, and by which id the record went."""
    reasons = [step.reason] if step.reason else []
    if step.earlier_record:
        reasons.append(
            _("In another release %(id)s is %(record)s.") % {"id": step.draft.source_id, "record": step.earlier_record}
        )
    if step.earlier_id:
        reasons.append(_("In another release its id is %s.") % step.earlier_id)
    return " ".join(reasons)


def evidence_of(step: Step) -> str:
    """Return what speaks for the record that a step is taken for, and how much; empty for a new one."""
    if not step.evidence:
        return ""
    return _("%(score)s of 100: %(reasons)s") % {"score": step.score, "reasons": ", ".join(step.evidence)}
