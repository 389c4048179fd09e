"""Loading GDP and population of parties."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from tracker.models import Indicator, Party

SOURCE = "World Bank"


@dataclass(frozen=True)
class Loaded:
    """What a loading of figures did, and whose figures no state of the register takes."""

    added: int
    changed: int
    unchanged: int
    unknown: dict[str, tuple[str, int]]
    """By code, in alphabetical order: the name in the source, and the number of its figures."""


@transaction.atomic
def load(*, figures: Iterable[tuple[str, str, int, int]], measure: Indicator.Measure, source: str = SOURCE) -> Loaded:
    """Store figures: ISO alpha-3 code, name, year, and whole units. Figures that are not among them stay.

    A code is that of a state where it is its public id; all others, such as those of aggregates, are
    counted and left out.
    """
    states = dict(Party.objects.filter(party_kind=Party.Kind.STATE).values_list("public_id", "pk"))
    known = {
        (party, year): (pk, value)
        for pk, party, year, value in Indicator.objects.filter(measure=measure, source=source).values_list(
            "pk", "party", "year", "value"
        )
    }
    added: list[Indicator] = []
    changed: list[Indicator] = []
    unchanged = 0
    unknown: dict[str, tuple[str, int]] = {}
    for code, name, year, value in figures:
        party = states.get(code)
        if party is None:
            unknown[code] = (name, unknown.get(code, (name, 0))[1] + 1)
            continue
        pk, before = known.get((party, year), (None, None))
        row = Indicator(pk=pk, party_id=party, measure=measure, year=year, value=value, source=source)
        if pk is None:
            added.append(row)
        elif before != value:
            changed.append(row)
        else:
            unchanged += 1
    Indicator.objects.bulk_create(added, batch_size=2000)
    Indicator.objects.bulk_update(changed, ["value"], batch_size=400)
    return Loaded(len(added), len(changed), unchanged, dict(sorted(unknown.items())))
