"""Figures of other sources that enter a table: GDP, population, price indices, and the key of the EU's institutions.

Each is a factor by which the value of a contribution is multiplied. Factors are fractions, so that
parts add up to their whole exactly; a sum is rounded once, when it is printed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tracker.filters.groups import GroupMembers
from tracker.models import Contribution, Facet, Indicator
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import TableCell

EU = "EU"
"""The public id of the union, and of the group of its members, whose institutions' aid can be shared out."""

OWN = "own"
PER = ("gdp", "population")
_M = Indicator.Measure

Raw = dict[str, Any]
Shares = Callable[[Raw], Iterable[tuple[Raw, Fraction | None]]]
Portion = tuple[QuerySet[Any], Shares, list[str]]
"""Some of what is added up, how it is shared out, and by which columns it is grouped."""


@dataclass(frozen=True)
class Figure:
    """One figure of a party for a year, and who gives it."""

    measure: str
    party: str
    year: int
    value: int
    source: str


Series = dict[tuple[str, int], Figure]
"""Figures of one measure by party and year."""


def series(measure: str, moment: dt.datetime, party: str | None = None) -> Series:
    """Return the figures of a measure that tables as of `moment` are made with, the newest where sources differ."""
    rows = Indicator.objects.as_of(moment).filter(measure=measure)
    if party is not None:
        rows = rows.filter(party__public_id=party)
    named = rows.order_by("recorded_from", "source").values_list("party__public_id", "year", "value", "source")
    return {(public_id, year): Figure(measure, public_id, year, value, source)
            for public_id, year, value, source in named}  # fmt: skip


class Factor:
    """Something that values are multiplied by, looked up by columns of the ledger."""

    columns: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    measure: Indicator.Measure
    series: Series

    def years(self, parties: Collection[str]) -> list[int]:
        """Return the years of which there is a figure: of some parties where it depends on them, empty for all."""
        wanted = parties if "contributor" in self.columns else ()
        return sorted({y for (party, y), one in self.series.items() if one.value and (not wanted or party in wanted)})

    def figures(self, raw: Raw) -> list[Figure]:
        """Return the figures that enter for a row; none where one is missing."""
        raise NotImplementedError

    def of(self, raw: Raw) -> Fraction | None:
        """Return the factor of a row; None where a figure is missing."""
        raise NotImplementedError


class PerFigure(Factor):
    """Holds values against the GDP (in per cent) or the population of the contributor.

    `year` is that of the figure; None is the row's own. Money is in minor units, so that hundredths
    of a euro over euros are per cent; amounts per head stay in cents.
    """

    def __init__(self, per: str, currency: str, year: int | None, moment: dt.datetime) -> None:
        gdp = {"USD": _M.GDP_USD, "EUR": _M.GDP_EUR}
        self.measure, self.year = _M.POPULATION if per == "population" else gdp[currency or "EUR"], year
        self.columns = ("contributor",) if year else ("contributor", "year")
        self.series = series(self.measure, moment)

    def missing(self, name: str, parties: Iterable[Any]) -> list[str]:
        """Return a note on how many of `parties` have no figure, called `name`, of the year; none where all have."""
        asked = list(parties)
        lacking = sum(not self.figures({"contributor": party, "year": self.year}) for party in asked)
        if not lacking:
            return []
        words = {"name": name, "year": self.year, "count": lacking, "all": len(asked)}
        return [_("no %(name)s of %(year)s is loaded for %(count)s of %(all)s contributors") % words]

    def figures(self, raw: Raw) -> list[Figure]:
        found = self.series.get((raw["contributor"], self.year or raw["year"] or 0))
        return [found] if found and found.value else []

    def of(self, raw: Raw) -> Fraction | None:
        found = self.figures(raw)
        return Fraction(1, found[0].value) if found else None


class ConstantPrices(Factor):
    """Values in the prices of one year, by the price index of a party."""

    columns = ("year",)
    rules = ("constant-prices",)

    def __init__(self, year: int, party: str, moment: dt.datetime) -> None:
        self.measure, self.year, self.party = _M.DEFLATOR, year, party
        self.series = series(self.measure, moment, party)

    def figures(self, raw: Raw) -> list[Figure]:
        base, own = self.series.get((self.party, self.year)), self.series.get((self.party, raw["year"] or 0))
        return [base, own] if base and own and own.value else []

    def of(self, raw: Raw) -> Fraction | None:
        found = self.figures(raw)
        return Fraction(found[0].value, found[1].value) if found else None


class SharedOut:
    """The aid of the EU's institutions, shared out to those who were members at the date, by a key of their year.

    The key of a year is the newest that is not after it, else the first. `rows` are the contributions
    of all institutions that a table counts, whoever it is asked about; `keeps` says which members it is
    asked about. Where nobody has a weight, a contribution stays with its institution, and counts as one that lacks a
    figure: what it is of each member's is unknown.
    """

    columns = ("contributor", "earliest", "latest", "year")

    def __init__(
        self, rows: QuerySet[Contribution], keeps: Callable[[str, dt.date | None], bool], groups: GroupMembers,
        moment: dt.datetime,
    ) -> None:  # fmt: skip
        self.institutions = institutions(moment)
        self.rows = rows.filter(contributor__in=self.institutions)
        self.keeps, self.groups, self.moment = keeps, groups, moment
        self.union = GroupMembers([EU], moment)
        self.keys: dict[int, dict[str, Figure]] = defaultdict(dict)
        for (party, year), figure in series(_M.EU_KEY, moment).items():
            self.keys[year][party] = figure

    @property
    def members(self) -> set[str]:
        """All who ever were members of the union."""
        return {party for parties in self.union.spans[EU].values() for party in parties}

    def key(self, year: int | None) -> dict[str, Figure]:
        """Return the weights of a year by member."""
        if not self.keys:
            return {}
        year = year or self.moment.year
        return self.keys[max((known for known in self.keys if known <= year), default=min(self.keys))]

    def weights(self, raw: Raw) -> dict[str, tuple[Fraction, Figure]]:
        """Return the fraction of each member, and its figure; the fractions add up to one."""
        day = raw["earliest"] or raw["latest"] or self.moment.date()
        members = {party: figure for party, figure in self.key(raw["year"]).items() if self.union.of(party, day)}
        whole = sum(figure.value for figure in members.values())
        return {party: (Fraction(f.value, whole), f) for party, f in sorted(members.items())} if whole else {}

    @cached_property
    def without_key(self) -> dict[dt.date, int]:
        """How many contributions nobody has a weight for, by the day whose members they would be shared out to."""
        found: dict[dt.date, int] = defaultdict(int)
        dates = ("earliest", "latest", "year")
        for raw in self.rows.order_by().values(*dates).annotate(number=Count("pk")):
            if not self.weights(raw):
                found[raw["earliest"] or raw["latest"] or self.moment.date()] += raw["number"]
        return dict(found)

    def lacks(self, party: Any) -> bool:
        """Tell whether it is unknown what a party has a share in, or what of an institution's own is that of others."""
        if not self.without_key:
            return False
        return party in self.institutions or any(self.union.of(party, day) for day in self.without_key)

    def in_words(self) -> str:
        """Return what is shared out, and how much of it is not, for lack of a key."""
        text = _("aid of the EU's institutions shared out to the members of its date")
        missing = sum(self.without_key.values())
        if not missing:
            return text
        return text + _(", but for %(count)s contributions that no key is loaded for: they stay with their "
                        "institution, and the members' shares in them are unknown") % {"count": missing}  # fmt: skip

    def shares(self, raw: Raw) -> Iterator[tuple[Raw, Fraction | None]]:
        """Yield what a table counts of a group of rows: each member's part, as if it were its own."""
        day = raw["earliest"] or raw["latest"]
        weights = self.weights(raw)
        if not weights and self.keeps(raw["contributor"], day):
            yield raw | {"in_groups": self.groups.signature_of(raw["contributor"], day)}, None
        for party, (fraction, _figure) in weights.items():
            if self.keeps(party, day):
                yield raw | {"contributor": party, "in_groups": self.groups.signature_of(party, day)}, fraction


def institutions(moment: dt.datetime) -> list[str]:
    """Return the union and all that is part of it, as published at `moment`."""
    parts = Facet.objects.filter(name="part_of", value=EU)
    members = published.records("party", moment).filter(pk__in=parts.values("publication"))
    return [EU, *members.order_by("public_id").values_list("public_id", flat=True)]


def _as_they_are(raw: Raw) -> Iterable[tuple[Raw, Fraction | None]]:
    return [(raw, None)]


@dataclass(frozen=True)
class Figures:
    """All figures that enter a table, and what for: sentences that go with its measure."""

    factors: tuple[Factor, ...] = ()
    shared_out: SharedOut | None = None
    text: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The columns of the ledger that factors are looked up by."""
        return [column for factor in self.factors for column in factor.columns]

    @property
    def enter(self) -> bool:
        """Whether any figure enters."""
        return bool(self.factors) or self.shared_out is not None

    def portions(self, rows: QuerySet[Any], annotate: dict[str, Any], needed: list[str]) -> list[Portion]:
        """Return what is added up, in which portions, how each is shared out, and by which columns it is grouped."""
        columns = list(dict.fromkeys([*needed, *self.columns]))
        if self.shared_out is None:
            return [(rows.annotate(**annotate), _as_they_are, columns)]
        own = rows.exclude(contributor__in=self.shared_out.institutions)
        # The groups of a part are those of the member that it counts as.
        by = [column for column in dict.fromkeys([*columns, *SharedOut.columns]) if column != "in_groups"]
        shared = self.shared_out.rows.annotate(**{name: each for name, each in annotate.items() if name in by})
        return [(own.annotate(**annotate), _as_they_are, columns), (shared, self.shared_out.shares, by)]

    def of(self, raw: Raw) -> Fraction | None:
        """Return the product of all factors of a row; None where a figure is missing."""
        product = Fraction(1)
        for factor in self.factors:
            each = factor.of(raw)
            if each is None:
                return None
            product *= each
        return product

    def apply(self, cell: TableCell, raw: Raw) -> TableCell:
        """Return a cell with all factors in it, and marked where a key lacks to share it out."""
        if self.shared_out is not None and raw.get("contributor") in self.shared_out.institutions:
            cell = cell.all_are("no_figure")
        return cell.times(self.of(raw)) if self.factors else cell


@dataclass(frozen=True)
class FigureOptions:
    """Which figures a table was asked for: `year` None is each row's own; `prices` None is current ones."""

    per: str = ""
    year: int | None = None
    prices: int | None = None
    deflator: str = ""


def figures_for(asked: FigureOptions, currency: str, shared_out: SharedOut | None, moment: dt.datetime) -> Figures:
    """Return the figures that enter a table, and the words for its measure."""
    factors: list[Factor] = []
    text: list[str] = []
    if asked.prices:
        factors.append(ConstantPrices(asked.prices, asked.deflator, moment))
        text.append(_("in prices of %(year)s, by the index of %(party)s")
                    % {"year": asked.prices, "party": asked.deflator})  # fmt: skip
    if asked.per:
        factors.append(PerFigure(asked.per, currency, asked.year, moment))
        year = asked.year or _("its own year")
        text.append((_("in per cent of GDP of %s") if asked.per == "gdp" else _("per head of %s")) % year)
    if shared_out:
        text.append(shared_out.in_words())
    return Figures(tuple(factors), shared_out, tuple(text))
