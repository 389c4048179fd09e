"""Evidence: how likely two descriptions of a pledge are of the same one: a file's and the register's, or two of ours.

What is compared: contributor, aid type, day, amounts, words, items as a set, sources. What either side does not say
counts neither for nor against. The id in the dataset comes on top, as publishers use ids again for something else.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rapidfuzz import fuzz

from tracker.lib import partial_dates
from tracker.lib.text import fold

_CONTRIBUTOR, _AID_TYPE, _DAY, _AMOUNTS, _WORDS, _ITEMS, _SOURCES = 15, 5, 12, 15, 30, 15, 10
"""What each kind of evidence weighs."""
_NEAR = dt.timedelta(days=31)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOLD_APART = 60
"""How alike texts count at most that name different numbers: Package 1 is not Package 2."""
_WORDS_READ = 2_000

Scorer = Callable[[str, str], float]


@dataclass(frozen=True)
class Likeness:
    """How much of the evidence on both sides agrees, of 100, and of which kind it is: from 1 to below 0."""

    content: int
    evidence: tuple[tuple[str, float], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What does and does not agree, in words: translating takes long, so that only what is alike is asked."""
        return in_words(self.evidence)


def in_words(evidence: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return what does and does not agree, in the words of who reads it."""
    return tuple(_in_words(_(name), found) for name, found in evidence)


class Traits:
    """What tells a pledge from others, from a document in the form in which it is compared."""

    def __init__(self, content: dict[str, Any]) -> None:
        items, entries, valuations = content["lines"]
        shares = content.get("shares") or [{}]
        self.lead = shares[0].get("contributor") or _first(items, "supplier") or content.get("beneficiary", "")
        self.aid_type = content.get("aid_type", "")
        self.announced = content.get("announced", "")
        self.description = content.get("description", "") or content.get("name", "")
        self.items = frozenset(fold(item.get("description", "")) for item in items)
        self.sources = frozenset(content.get("claims", ()))
        self.initiative = content.get("initiative") or ""
        self.stated = _sums((entry["stage"], entry["amount"]) for entry in entries if entry.get("amount"))
        """What a source states at each stage, in whichever currency."""
        self.amounts = self.stated | _valued(entries, valuations)
        """The publisher's own value of each stage, or what is stated where there is none."""

    @cached_property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The earliest and the latest day of the announcement; None where either is not known."""
        found = partial_dates.stored(self.announced)
        return (found.earliest, found.latest) if found.earliest and found.latest else None

    @cached_property
    def words(self) -> str:
        """The words of the description in alphabetical order."""
        return " ".join(sorted(fold(self.description[:_WORDS_READ]).split()))

    @property
    def all_amounts(self) -> frozenset[Decimal]:
        """What it comes to at any stage, as stated and as the publisher values it."""
        return frozenset((*self.stated.values(), *self.amounts.values()))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that the description names."""
        return frozenset(_NUMBER.findall(self.description[:_WORDS_READ]))


def _first(items: list[dict[str, Any]], name: str) -> str:
    return next((str(item[name]) for item in items if item.get(name)), "")


def _valued(entries: list[dict[str, Any]], valuations: list[dict[str, Any]]) -> dict[str, Decimal]:
    stages = {entry["number"]: entry["stage"] for entry in entries}
    return _sums((stages.get(row.get("entry")), row["amount"]) for row in valuations if row.get("entry"))


def _sums(pairs: Iterable[tuple[Any, str]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for stage, amount in pairs:
        sums[str(stage)] = sums.get(str(stage), Decimal(0)) + Decimal(amount)
    return {stage: total for stage, total in sums.items() if total}


def likeness(one: Traits, other: Traits, words: Scorer = fuzz.ratio) -> Likeness:
    """Return how alike two pledges are; `words` scores two texts, with their words in order, from 0 to 100."""
    evidence: list[tuple[str, float]] = []
    earned = weighed = 0.0
    for name, weight, found in _compared(one, other, words):
        if found is not None:
            weighed += weight
            earned += weight * found
            evidence.append((name, found))
    return Likeness(max(round(100 * earned / weighed), 0) if weighed else 0, tuple(evidence))


def _compared(one: Traits, other: Traits, words: Scorer) -> list[tuple[str, int, float | None]]:
    """Return what speaks for and against, from 1 to below 0; None where one side says nothing."""
    return [
        (gettext_noop("contributor"), _CONTRIBUTOR, _leads(one, other)),
        (gettext_noop("aid type"), _AID_TYPE, 1 if one.aid_type == other.aid_type else -2),
        (gettext_noop("day"), _DAY, _days(one, other)),
        (gettext_noop("amounts"), _AMOUNTS, _amounts_alike(one, other)),
        (gettext_noop("words"), _WORDS, _words(one, other, words)),
        (gettext_noop("items"), _ITEMS, _shared(one.items, other.items)),
        (gettext_noop("sources"), _SOURCES, _shared(one.sources, other.sources)),
    ]


def _leads(one: Traits, other: Traits) -> float | None:
    if not one.lead or not other.lead:
        return None
    return 1 if one.lead == other.lead else -2


def _days(one: Traits, other: Traits) -> float | None:
    if one.announced and one.announced == other.announced:
        return 1
    if one.span is None or other.span is None:
        return None
    is_near = one.span[0] <= other.span[1] + _NEAR and other.span[0] <= one.span[1] + _NEAR
    return 0.5 if is_near else -0.5


def _amounts_alike(one: Traits, other: Traits) -> float | None:
    """Tell how many of the stages that both name come to the same; a tenth more or less counts a little."""
    stages = one.amounts.keys() & other.amounts.keys()
    if not stages:
        return None
    alike = 0.0
    for stage in stages:
        first, second = one.amounts[stage], other.amounts[stage]
        stated = one.stated.get(stage, first) == other.stated.get(stage)
        near = abs(first - second) * 10 <= max(abs(first), abs(second))
        # Of two that state the same, the one that the publisher values the same is likelier.
        alike += 1 if first == second else 0.8 if stated else 0.3 if near else 0
    return alike / len(stages)


def _words(one: Traits, other: Traits, scorer: Scorer) -> float | None:
    if not one.words or not other.words:
        return None
    if one.words == other.words:
        return 1
    alike = scorer(one.words, other.words)
    if one.numbers != other.numbers:
        alike = min(alike, _TOLD_APART)
    return max((alike - 50) / 50, -0.5)


def _shared(one: frozenset[str], other: frozenset[str]) -> float | None:
    return len(one & other) / len(one | other) if one and other else None


def _in_words(name: str, found: float) -> str:
    if found >= 1:
        return _("same %s") % name
    if found <= 0:
        return _("other %s") % name
    return _("%(name)s alike") % {"name": name}
