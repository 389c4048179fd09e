"""Figures that can hardly be meant: in other units than those that stand, or a point taken for another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.reference.indicators import ALIASES, LoadedFigure, takers
from tracker.curation.reference.platforms import Price
from tracker.models import Indicator, PlatformPrice

ALL = "all"
"""Accepts whatever can hardly be meant."""
_SHOWN = 20

_MEASURE = Indicator.Measure
_TIMES = 10
"""By how much a figure of one year may differ from another: no state's has between two years since 2000."""
_TIMES_A_PRICE = 100
"""By how much prices of one platform may differ: new and used, bare and with all that belongs to it."""
_JUMPS_BEFORE = 2000
"""Until this year the World Bank's own GDP has larger jumps: Georgia's of 1990, Iraq's of 1991."""
_BOUNDS = {_MEASURE.GDP_USD: (10**7, 10**15), _MEASURE.POPULATION: (500, 10**10)}
"""Least and most of any state or group of states, in dollars and people."""


@dataclass(frozen=True)
class Doubt:
    """A figure or price that can hardly be meant, and why."""

    name: str
    """What it is called where somebody accepts it all the same: DEU-2021, leopard-2."""
    reason: str


def doubts(figures: Iterable[LoadedFigure], measure: Indicator.Measure, scale: int = 1) -> list[Doubt]:
    """Return the figures that differ by more than ten times from what stands, or from the year beside them.

    Also those that no state can have; what is no state here is passed over. A price index is compared with what stands
    only: it may be set anew, and prices can rise tenfold. `scale` is by what figures are multiplied; reasons show them
    without it.
    """
    standing, parties = _standing(measure), takers(measure)
    found: dict[tuple[str, int], Doubt] = {}
    by_code: dict[str, list[LoadedFigure]] = defaultdict(list)
    taken = (one for one in figures if ALIASES.get(one[0], one[0]) in parties)
    for figure in sorted(taken, key=lambda one: (one[0], one[2])):
        by_code[figure[0]].append(figure)
        reason = _alone(figure, standing.get((ALIASES.get(figure[0], figure[0]), figure[2])), measure, scale)
        if reason:
            found[figure[0], figure[2]] = Doubt(f"{figure[0]}-{figure[2]}", reason)
    for own in by_code.values() if measure in _BOUNDS else ():
        for before, after in pairwise(own):
            if before[2] >= _JUMPS_BEFORE and _differ(before[3], after[3]):
                odd, other = _odd_one(before, after, own)
                reason = _("%(value)s beside %(other)s in %(year)s") % {
                    "value": _shown(odd[3], scale), "other": _shown(other[3], scale), "year": other[2]}  # fmt: skip
                found.setdefault((odd[0], odd[2]), Doubt(f"{odd[0]}-{odd[2]}", reason))
    return [found[key] for key in sorted(found)]


def price_doubts(prices: Iterable[Price]) -> list[Doubt]:
    """Return the prices that differ by more than a hundred times from one that stands of the platform, in its currency.

    One doubt a platform, by its public id.
    """
    standing: dict[tuple[str, str], PlatformPrice] = {}
    for row in PlatformPrice.objects.select_related("platform").order_by("valid_from", "pk"):
        standing[row.platform.public_id, row.currency] = row
    found: dict[str, Doubt] = {}
    for price in prices:
        known = standing.get((price.platform, price.currency))
        if known is not None and max(known.amount, price.amount) > _TIMES_A_PRICE * min(known.amount, price.amount):
            reason = _("%(price)s %(currency)s, where %(known)s stands since %(day)s") % {
                "price": f"{price.amount:,}", "currency": price.currency, "known": f"{known.amount:,}",
                "day": known.valid_from}  # fmt: skip
            found.setdefault(price.platform, Doubt(price.platform, reason))
    return [found[key] for key in sorted(found)]


def refuse(found: list[Doubt], accepted: Iterable[str]) -> None:
    """Raise CurationError, naming each doubt that is not among the `accepted` names; `all` is every one."""
    known = set(accepted)
    asked = [] if ALL in known else [doubt for doubt in found if doubt.name not in known]
    if not asked:
        return
    shown = "; ".join(f"{doubt.name}: {doubt.reason}" for doubt in asked[:_SHOWN])
    more = _("; and %s more") % (len(asked) - _SHOWN) if len(asked) > _SHOWN else ""
    raise CurationError(
        _(
            "These can hardly be meant: %(shown)s. Are they in other units, or is a point taken for another? "
            "If they are right, add --accept-implausible %(names)s."
        )
        % {"shown": shown + more, "names": ALL if more else " ".join(doubt.name for doubt in asked)}
    )


def _standing(measure: Indicator.Measure) -> dict[tuple[str, int], int]:
    """Return the figures that stand or wait, by public id and year; of several, the newest."""
    rows = Indicator.objects.filter(measure=measure, recorded_to__isnull=True).order_by("pk")
    return {(row[0], row[1]): row[2] for row in rows.values_list("party__public_id", "year", "value")}


def _alone(figure: LoadedFigure, standing: int | None, measure: Indicator.Measure, scale: int) -> str:
    value = figure[3]
    if standing is not None and _differ(standing, value):
        return _("%(value)s, where %(standing)s stands") % {
            "value": _shown(value, scale), "standing": _shown(standing, scale)}  # fmt: skip
    least, most = _BOUNDS.get(measure, (0, None))
    if figure[2] >= _JUMPS_BEFORE and (value < least or (most is not None and value > most)):
        return _("%(value)s is not between %(least)s and %(most)s, as that of any state is") % {
            "value": _shown(value, scale), "least": f"{least:,}", "most": f"{most:,}"}  # fmt: skip
    return ""


def _differ(one: int, other: int) -> bool:
    return max(one, other) > _TIMES * min(one, other)


def _odd_one(before: LoadedFigure, after: LoadedFigure, own: list[LoadedFigure]) -> tuple[LoadedFigure, LoadedFigure]:
    """Return which of two years is the odd one: the one that is further from the country's middle figure."""
    middle = sorted(figure[3] for figure in own)[len(own) // 2]
    distances = [max(one[3], middle) / max(min(one[3], middle), 1) for one in (before, after)]
    return (before, after) if distances[0] > distances[1] else (after, before)


def _shown(value: int, scale: int) -> str:
    return f"{value:,}" if scale == 1 else f"{value / scale:,.3f}"
