"""Evidence: how likely two descriptions of a pledge are of the same one: a file's and the register's, or two of ours.

What is compared: contributor, aid type, day, amounts, words, items as a set, sources. What either side does not say
counts neither for nor against. The id in the dataset comes on top, as publishers use ids again for something else.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rapidfuzz import fuzz

from tracker.lib import partial_dates
from tracker.lib.partial_dates import PartialDate
from tracker.lib.text import fold, folded_words

_CONTRIBUTOR, _AID_TYPE, _DAY, _AMOUNTS, _WORDS, _ITEMS, _SOURCES = 15, 5, 12, 15, 30, 15, 10
"""What each kind of evidence weighs."""
_NEAR = dt.timedelta(days=31)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TOLD_APART = 60
"""How alike texts count at most that name different numbers: Package 1 is not Package 2."""
_WORDS_READ = 2_000

_ROUNDED = 50
"""Two amounts in other currencies come to the same where they differ by less than one part in so many: people round."""
_CONVERTED_SAID = gettext_noop("amounts alike once converted to euros, at the mean rate of the month")

Scorer = Callable[[str, str], float]
ToEuros = Callable[[Decimal, str, PartialDate], Decimal | None]
"""Returns what an amount of a currency was in euros at a date; None where there is no rate."""
Amounts = dict[tuple[str, str], Decimal]
"""Sums by stage and currency, which is empty for a unit that is none."""


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
    return tuple(_in_words(name, found) for name, found in evidence)


class Traits:
    """What tells a pledge from others, from a document in the form in which it is compared.

    `to_euros` converts its amounts where they are compared with those in another currency; without it, such tell
    nothing. All of a long file stand in memory at once: texts that many of them share are kept once.
    """

    __slots__ = (
        "_euros", "aid_type", "all_amounts", "amounts", "announced", "description", "initiative", "items", "lead",
        "sources", "stated", "to_euros",
    )  # fmt: skip

    def __init__(self, content: dict[str, Any], to_euros: ToEuros | None = None) -> None:
        self.to_euros = to_euros
        self._euros: dict[str, Decimal | None] | None = None
        """What it comes to in euros by stage, once asked for: it is compared with many others."""
        items, entries, valuations = content["lines"]
        shares = content.get("shares") or [{}]
        lead = shares[0].get("contributor") or _first(items, "supplier") or content.get("beneficiary")
        # What nobody filled in is empty in some documents, and missing or None in others.
        self.lead, self.aid_type = intern(lead or ""), intern(content.get("aid_type") or "")
        self.announced = intern(content.get("announced") or "")
        self.description = content.get("description") or content.get("name") or ""
        self.items = _once(frozenset(fold(item.get("description") or "") for item in items))
        self.sources = frozenset(map(intern, content.get("claims", ())))
        self.initiative = intern(content.get("initiative") or "")
        self.stated = _sums((entry["stage"], entry) for entry in entries if entry.get("amount"))
        """What a source states at each stage."""
        self.amounts = _values(self.stated, _valued(entries, valuations))
        """The publisher's own value of each stage, or what is stated where there is none."""
        self.all_amounts = frozenset(
            (currency, amount) for of in (self.stated, self.amounts) for (_stage, currency), amount in of.items()
        )
        """What it comes to at any stage, as stated and as the publisher values it: currencies and amounts."""

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The earliest and the latest day of the announcement; None where either is not known."""
        found = partial_dates.stored(self.announced)
        return (found.earliest, found.latest) if found.earliest and found.latest else None

    def euros(self, stage: str) -> Decimal | None:
        """Return what it comes to at a stage in euros, at the rates of its announcement; None where one is missing."""
        if self._euros is None:
            self._euros = {}
        if stage not in self._euros:
            self._euros[stage] = self._in_euros(stage)
        return self._euros[stage]

    def _in_euros(self, stage: str) -> Decimal | None:
        if self.to_euros is None or not self.announced:
            return None
        date = partial_dates.stored(self.announced)
        total = Decimal(0)
        for currency, amount in at_stage(self.amounts, stage).items():
            worth = self.to_euros(amount, currency, date)
            if worth is None:
                return None
            total += worth
        return total

    @property
    def words(self) -> str:
        """The words of the description in alphabetical order."""
        return _words_in(self.description[:_WORDS_READ])

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that the description names."""
        return _numbers_in(self.description[:_WORDS_READ])


_once = lru_cache(maxsize=10_000)(frozenset[str])
"""Returns one of equal sets."""


@lru_cache(maxsize=1_000)
def _words_in(text: str) -> str:
    return " ".join(sorted(folded_words(text)))


@lru_cache(maxsize=1_000)
def _numbers_in(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _first(items: list[dict[str, Any]], name: str) -> str:
    return next((str(item[name]) for item in items if item.get(name)), "")


def _valued(entries: list[dict[str, Any]], valuations: list[dict[str, Any]]) -> Amounts:
    stages = {entry["number"]: entry["stage"] for entry in entries}
    return _sums((stages.get(row.get("entry")), row) for row in valuations if row.get("entry"))


def _values(stated: Amounts, valued: Amounts) -> Amounts:
    stages = {stage for stage, _currency in valued}
    return {key: amount for key, amount in stated.items() if key[0] not in stages} | valued


def _sums(rows: Iterable[tuple[Any, dict[str, Any]]]) -> Amounts:
    sums: Amounts = {}
    for stage, row in rows:
        key = (intern(str(stage)), intern(row.get("currency") or ""))
        sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount"])
    return {key: total for key, total in sums.items() if total}


def at_stage(amounts: Amounts, stage: str) -> dict[str, Decimal]:
    """Return the sums of one stage by currency."""
    return {currency: amount for (other, currency), amount in amounts.items() if other == stage}


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
    alike, is_converted = _amounts_alike(one, other)
    return [
        (gettext_noop("contributor"), _CONTRIBUTOR, _leads(one, other)),
        (gettext_noop("aid type"), _AID_TYPE, 1 if one.aid_type == other.aid_type else -2),
        (gettext_noop("day"), _DAY, _days(one, other)),
        (_CONVERTED_SAID if is_converted else gettext_noop("amounts"), _AMOUNTS, alike),
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


def _amounts_alike(one: Traits, other: Traits) -> tuple[float | None, bool]:
    """Tell how many of the stages that both name come to the same, and whether some do once converted.

    A tenth more or less counts a little. Nothing is told by stages in other currencies where there is no rate.
    """
    stages = {stage for stage, _currency in one.amounts} & {stage for stage, _currency in other.amounts}
    found = [_alike_at(one, other, stage) for stage in sorted(stages)]
    known = [alike for alike, _is_converted in found if alike is not None]
    if not known:
        return None, False
    return sum(known) / len(known), any(is_converted for alike, is_converted in found if alike)


def _alike_at(one: Traits, other: Traits, stage: str) -> tuple[float | None, bool]:
    """Tell how much two pledges come to the same at a stage, and whether that is after converting."""
    first, second = at_stage(one.amounts, stage), at_stage(other.amounts, stage)
    if first == second:
        return 1, False
    # Of two that state the same, the one that the publisher values the same is likelier.
    if (at_stage(one.stated, stage) or first) == at_stage(other.stated, stage):
        return 0.8, False
    if first.keys() == second.keys() and len(first) == 1:
        near = all(_are_near(amount, second[currency], 10) for currency, amount in first.items())
        return (0.3 if near else 0), False
    worth, other_worth = one.euros(stage), other.euros(stage)
    if worth is None or other_worth is None:
        return None, False
    return (0.8 if _are_near(worth, other_worth, _ROUNDED) else 0.3 if _are_near(worth, other_worth, 10) else 0), True


def are_worth_the_same(one: Traits, other: Traits) -> bool:
    """Tell whether two pledges state amounts in other currencies that come to the same at a stage, as people round."""
    for stage in {stage for stage, _currency in one.amounts}:
        first, second = at_stage(one.amounts, stage), at_stage(other.amounts, stage)
        if second and first.keys() != second.keys():
            worth, other_worth = one.euros(stage), other.euros(stage)
            if worth is not None and other_worth is not None and _are_near(worth, other_worth, _ROUNDED):
                return True
    return False


def _are_near(one: Decimal, other: Decimal, parts: int) -> bool:
    """Tell whether two amounts differ by no more than one part in so many of the larger."""
    return abs(one - other) * parts <= max(abs(one), abs(other))


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
    if name == _CONVERTED_SAID:
        return _(name)
    if found >= 1:
        return _("same %s") % _(name)
    if found <= 0:
        return _("other %s") % _(name)
    return _("%(name)s alike") % {"name": _(name)}
