"""Loading figures of parties, such as GDP, and putting them on the shelf with the next publishing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Q

from tracker.ledger.rates import RateBook
from tracker.lib import partial_dates
from tracker.models import Indicator, Party

SOURCE = "World Bank"
UNION = "EU"
ALIASES = {"EUU": UNION}
"""Codes of the World Bank for parties that are no states. Its EMU, the euro area, is no party of the register."""
_CHUNK = 400

LoadedFigure = tuple[str, str, int, int]
"""Code, name, year and value."""


@dataclass(frozen=True)
class LoadedIndicators:
    """What a loading of figures did, and whose figures no party of the register takes."""

    added: int
    changed: int
    unchanged: int
    unknown: dict[str, tuple[str, int]]
    """By code, in alphabetical order: the name in the source, and the number of its figures."""


@transaction.atomic
def load(*, figures: Iterable[LoadedFigure], measure: Indicator.Measure, source: str = SOURCE) -> LoadedIndicators:
    """Store figures: ISO alpha-3 code, name, year, and whole units. Figures that are not among them stay.

    A code is that of a state where it is its public id; a price index can be that of the European Union, too. All
    others, such as those of aggregates, are counted and left out. What is new shows in tables from the next publishing
    on.
    """
    parties = takers(measure)
    known = {
        (row.party_id, row.year): row
        # What waits follows what stands, and is what a later loading changes.
        for row in Indicator.objects.filter(measure=measure, source=source, recorded_to__isnull=True).order_by("pk")
    }
    added: list[Indicator] = []
    changed: list[Indicator] = []
    unchanged = 0
    unknown: dict[str, tuple[str, int]] = {}
    for code, name, year, value in figures:
        party = parties.get(ALIASES.get(code, code))
        if party is None:
            unknown[code] = (name, unknown.get(code, (name, 0))[1] + 1)
            continue
        before = known.get((party, year))
        if before is None:
            added.append(Indicator(party_id=party, measure=measure, year=year, value=value, source=source))
        elif before.value == value:
            unchanged += 1
        else:
            changed.append(_changed(before, value))
    Indicator.objects.bulk_create([*added, *(row for row in changed if row.pk is None)], batch_size=_CHUNK)
    Indicator.objects.bulk_update([row for row in changed if row.pk], ["value"], batch_size=_CHUNK)
    return LoadedIndicators(len(added), len(changed), unchanged, dict(sorted(unknown.items())))


def takers(measure: Indicator.Measure) -> dict[str, int]:
    """Return the keys of the parties that can have a figure of this measure, by public id.

    The union has a price index, but no GDP or population of its own beside those of its members.
    """
    takes = Q(party_kind=Party.Kind.STATE)
    if measure == Indicator.Measure.DEFLATOR:
        takes |= Q(public_id=UNION)
    return dict(Party.objects.filter(takes).values_list("public_id", "pk"))


def _changed(row: Indicator, value: int) -> Indicator:
    """Return the row that says `value`: the same one while it waits, else one that will follow it."""
    if row.recorded_from is None:
        row.value = value
        return row
    return Indicator(party_id=row.party_id, measure=row.measure, year=row.year, value=value, source=row.source)


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
