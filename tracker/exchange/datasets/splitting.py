"""Splitting: packages that a release divides or puts together, told by amounts that add up to the cent.

It changes no match and no total; it says of what is new and of what is gone where it comes from and where it went.
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TypeVar

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import GoneRecord, Outcome, Step
from tracker.exchange.datasets.known import BroughtRecord
from tracker.models import ImportStep
from tracker.records.engine.source_form import compared
from tracker.records.likeness_score import Traits

_CAUSE = ImportStep.Cause
_MOST, _TOGETHER = 12, 3
"""How many pledges are tried, and how many of them together."""

T = TypeVar("T")
Donation = tuple[str, str]
"""Contributor and aid type: what the pledges of a split share."""


def note_splits(steps: list[Step], records: list[BroughtRecord], gone: list[GoneRecord]) -> list[GoneRecord]:
    """Note in `steps` which were split or merged, and return what is gone with what it became."""
    changed = [step for step in steps if step.outcome is Outcome.CHANGED and "lines" in step.fields]
    if not changed:
        return gone
    known = {record.public_id: record for record in records}
    fresh: dict[Donation, list[tuple[Step, Traits]]] = defaultdict(list)
    left: dict[Donation, list[tuple[GoneRecord, Traits]]] = defaultdict(list)
    for step in steps:
        if step.outcome is Outcome.NEW:
            traits = Traits(compared(step.draft.document))
            fresh[traits.lead, traits.aid_type].append((step, traits))
    for one in gone:
        traits = Traits(known[one.public_id].content)
        left[traits.lead, traits.aid_type].append((one, traits))
    became: dict[str, Step] = {}
    for step in changed:
        if fresh or left:
            before, now = Traits(known[step.public_id].content), Traits(compared(step.draft.document))
            key = (now.lead, now.aid_type)
            parts, lost = _adding_up(before, now, fresh[key]), _adding_up(now, before, left[key])
            why = [_CAUSE.SPLIT.value] * bool(parts) + [_CAUSE.MERGED.value] * bool(lost)
            step.because = [*step.because, *why]
            for part in parts:
                part.because = [_CAUSE.SPLIT.value]
                part.reason = part.reason or _("It was a part of %s before.") % step.public_id
            became |= {one.public_id: step for one in lost}
    return [
        replace(one, became=_("It went into %s.") % became[one.public_id].public_id)
        if one.public_id in became else one
        for one in gone
    ]  # fmt: skip


def _adding_up(more: Traits, less: Traits, candidates: list[tuple[T, Traits]]) -> list[T]:
    """Return the candidates that make up what `more` comes to and `less` does not, at one stage; nothing where none do.

    Only such are tried as have anything telling in common with either: the day, a source, or the words.
    """
    near = [pair for pair in candidates if _related(pair[1], more) or _related(pair[1], less)][:_MOST]
    for stage, amount in sorted(more.amounts.items()):
        lack = amount - less.amounts.get(stage, Decimal(0))
        if lack <= 0:
            continue
        for count in range(1, min(_TOGETHER, len(near)) + 1):
            for chosen in combinations(near, count):
                if sum(traits.amounts.get(stage, Decimal(0)) for _one, traits in chosen) == lack:
                    return [one for one, _traits in chosen]
    return []


def _related(one: Traits, other: Traits) -> bool:
    has_day = bool(one.announced) and one.announced == other.announced
    return has_day or bool(one.sources & other.sources) or (bool(one.words) and one.words == other.words)
