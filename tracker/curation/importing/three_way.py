"""The three-way comparison of an import: what the source said last, what stands here, and what it says now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import eq
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Outcome, Step
from tracker.models import ImportStep
from tracker.records.engine.types import Document

OURS, THEIRS = ImportStep.Side.OURS, ImportStep.Side.THEIRS
FOR_ALL = ""
"""In what is decided: stands for every record that is not named itself."""


@dataclass(frozen=True)
class Sides:
    """One record as each side has it, in the form in which the source writes it."""

    last: Document | None
    """What the source said last; None where it said nothing of the record yet."""
    here: Document
    now: Document


def compare(
    step: Step, names: Iterable[str], sides: Sides, *, conflict: str, is_equal: Callable[[Any, Any], bool] = eq
) -> None:
    """Note in a step which of the fields `names` change, and in which what was changed here stands against that.

    A field conflicts where it stands here neither as the source said it last nor as it says it now: it stays as it is,
    and the other fields follow the source. `conflict` is the reason to give then, with a place for the names.
    """
    last, here, now = sides.last, sides.here, sides.now
    changing = [name for name in names if not is_equal(here.get(name), now.get(name))]
    step.conflicts = [name for name in changing if last is None or not is_equal(here.get(name), last.get(name))]
    step.fields = [name for name in changing if name not in step.conflicts]
    step.before = {name: here.get(name) for name in changing}
    step.outcome = Outcome.CHANGED if changing else Outcome.UNCHANGED
    if step.conflicts:
        step.outcome, step.reason = Outcome.CONFLICTING, conflict % ", ".join(step.conflicts)


def side_of(step: Step, sides: Mapping[str, str]) -> str:
    """Return what is decided about a record, by its id in the file or its own; nothing where nobody has."""
    names = (step.draft.source_id, step.public_id, FOR_ALL)
    return next((sides[name] for name in names if name in sides), "")


def settle(step: Step, side: str, shown: list[str], undecided: str) -> None:
    """Say what becomes of the fields in conflict, `shown` to people: kept, taken, or left until it is decided.

    The other fields follow the source. `undecided` is the reason where nobody has decided.
    """
    if not step.conflicts:
        step.outcome, step.reason = Outcome.CHANGED, ""
    elif side == THEIRS:
        step.fields = list(dict.fromkeys([*step.fields, *step.conflicts]))
        step.reason = _("Taken from the file, as decided: %s.") % ", ".join(shown)
        step.conflicts, step.outcome = [], Outcome.CHANGED
    elif side == OURS:
        step.keeps_ours = True
        step.reason = _("Kept as it was changed here, as decided: %s.") % ", ".join(shown)
        step.conflicts, step.outcome = [], Outcome.CHANGED
    else:
        step.keeps_ours = True
        step.reason = undecided


def refuse(step: Step, reason: str) -> None:
    """Note that nothing of a step is written, because of what is here."""
    step.outcome, step.reason, step.is_held = Outcome.CONFLICTING, reason, True


def merged(last: Iterable[str], here: Iterable[str], now: Iterable[str]) -> list[str]:
    """Return what a set becomes: what came here and what the source added, without what either took away; in order."""
    was, stands, says = set(last), set(here), set(now)
    return sorted((stands - (was - says)) | (says - (was - stands)))
