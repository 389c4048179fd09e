"""Loading figures of parties, such as GDP, into a change set."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from tracker.curation.publishing.tasks import submit_written
from tracker.curation.reference.proposing import Proposed, loader, nothing_is_published, propose
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.figures import proposes
from tracker.ledger.rates import RateBook
from tracker.lib import partial_dates
from tracker.models import ChangeSet, Indicator, Party

SOURCE = "World Bank"
UNION = "EU"
ALIASES = {"EUU": UNION}
"""Codes of the World Bank for parties that are no states. Its EMU, the euro area, is no party of the register."""

LoadedFigure = tuple[str, str, int, int]
"""Code, name, year and value."""


@dataclass(frozen=True)
class LoadedIndicators:
    """What a loading of figures did, and whose figures no party of the register takes."""

    proposed: Proposed
    unknown: dict[str, tuple[str, int]]
    """By code, in alphabetical order: the name in the source, and the number of its figures."""
    change_set: ChangeSet | None = None


@transaction.atomic
def load_for_review(
    *, figures: Iterable[LoadedFigure], measure: Indicator.Measure, source: str, message: str, at: dt.datetime,
    author: User | None = None,
) -> LoadedIndicators:  # fmt: skip
    """Propose the figures of a file in a change set of their own, submitted in the name of `author` or of the program.

    GDP is proposed in euros, too. While nothing is published, figures are in force at once. Raises what `load` raises.
    """
    author, listed = author or loader(), list(figures)
    change_set = None
    if not nothing_is_published():
        change_set = open_change_set(author=author, message=message, cause=ChangeSet.Cause.REFERENCE, at=at)
    loaded = load(figures=listed, measure=measure, source=source, change_set=change_set, at=at)
    if measure == Indicator.Measure.GDP_USD:
        euros = in_euros(listed, at)
        load(figures=euros, measure=Indicator.Measure.GDP_EUR, source=source, change_set=change_set, at=at)
    if change_set and not proposes(change_set):
        change_set.delete()
        return loaded
    return replace(loaded, change_set=change_set and submit_written(change_set=change_set, at=at))


@transaction.atomic
def load(
    *, figures: Iterable[LoadedFigure], measure: Indicator.Measure, change_set: ChangeSet | None, at: dt.datetime,
    source: str = SOURCE,
) -> LoadedIndicators:  # fmt: skip
    """Propose figures: ISO alpha-3 code, name, year, and whole units. Figures that are not among them stay.

    A code is that of a state where it is its public id; a price index can be that of the European Union, too. All
    others, such as those of aggregates, are counted and left out. Tables show what is new once the change set is
    published; without one it is in force from `at`. Raises HeldByAnother where another change set that waits proposes
    something else.
    """
    parties = takers(measure)
    taken: list[tuple[int, int, int]] = []
    unknown: dict[str, tuple[str, int]] = {}
    for code, name, year, value in figures:
        party = parties.get(ALIASES.get(code, code))
        if party is None:
            unknown[code] = (name, unknown.get(code, (name, 0))[1] + 1)
        else:
            taken.append((party, year, value))
    proposed = propose(model=Indicator, rows=taken, change_set=change_set, at=at, measure=measure, source=source)
    return LoadedIndicators(proposed, dict(sorted(unknown.items())))


def takers(measure: Indicator.Measure) -> dict[str, int]:
    """Return the keys of the parties that can have a figure of this measure, by public id.

    The union has a price index, but no GDP or population of its own beside those of its members.
    """
    takes = Q(party_kind=Party.Kind.STATE)
    if measure == Indicator.Measure.DEFLATOR:
        takes |= Q(public_id=UNION)
    return dict(Party.objects.filter(takes).values_list("public_id", "pk"))


def in_euros(figures: Iterable[LoadedFigure], at: dt.datetime) -> list[LoadedFigure]:
    """Return figures in US dollars in euros, by the mean of the ECB's rates of their year.

    A year that is not over on the day `at`, or has no rate, is left out.
    """
    book = RateBook(at.date())
    rates: dict[int, Decimal | None] = {}
    found: list[LoadedFigure] = []
    for code, name, year, value in figures:
        if year not in rates:
            rate = book.find("USD", partial_dates.parse(str(year)))
            rates[year] = None if rate is None or rate.is_provisional else rate.currency
        mean = rates[year]
        if mean is not None:
            found.append((code, name, year, round(Fraction(value) / Fraction(mean))))
    return found
