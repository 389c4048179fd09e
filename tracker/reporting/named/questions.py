"""A question to a named table, read from the parameters of an address, and its answer."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.filters.contributions import COUNTINGS
from tracker.filters.fields import ShelfFilterSet
from tracker.filters.parameters import Params, choice, refuse
from tracker.filters.values import DayField
from tracker.models import Basis, Stage
from tracker.reporting.named.base import NamedTableOptions
from tracker.reporting.named.lineage import ROWS, cells_of
from tracker.reporting.named.tables import DAY, DEFAULT_YEAR, STAGE, YEAR, Named
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import CURRENCIES, Measure, MixedSum


def own_parameters(named: Named) -> tuple[str, ...]:
    """Return the parameters that a table takes beside its filters."""
    return named.takes if named.kind or DAY in named.takes else ("currency", "counting", *named.takes)


@dataclass(frozen=True)
class NamedQuestion:
    """What is asked of a named table as of a moment; any of it can raise ValidationError or MixedSum."""

    named: Named
    params: Params
    moment: dt.datetime

    @cached_property
    def filters(self) -> ShelfFilterSet:
        """The filters; `errors` says which cannot be read."""
        kind = self.named.kind
        rows: Any = published.records(kind, self.moment) if kind else published.contributions(self.moment)
        return self.named.filterset(self.params, rows, moment=self.moment)

    def grid(self) -> Grid:
        """Return the table; the filters are valid. Raises ValidationError for another parameter, and MixedSum."""
        named, filters = self.named, self.filters
        reading = None if named.kind else self._reading()
        columns, lines, notes = named.read(reading or filters)
        stated = {name: ",".join(v) if isinstance(v, list) else str(v) for name, v in sorted(filters.asked.items())}
        stated |= {name: self.params[name] for name in own_parameters(named) if name in self.params}
        return Grid(
            named.id, str(named.title), columns, lines, self._measure(reading), str(named.sentence), stated,
            self.moment if self.moment > moments.NEVER else None, notes, self._rules(reading),
            is_table=True,
        )  # fmt: skip

    def lineage(self) -> dict[str, dict[str, str]]:
        """Return by column what to ask of the free table for the rows behind its cells.

        `row` is there where each row leads to the same; else the address of the row is to be added.
        """
        named = self.named
        if named.id not in ROWS:
            return {}
        # What narrows records of another kind says nothing of contributions.
        names = [] if named.kind else [*named.filter_names, "currency", "counting"]
        asked: dict[str, str | None] = {name: self.params[name] for name in names if name in self.params}
        if self.moment > moments.NEVER:
            asked["as_of"] = self.moment.isoformat()
        asked |= {"rows": ",".join(ROWS[named.id]), "columns": "none"}
        cells = cells_of(named.id, self._stage(), self._year())
        both = {name: asked | cell for name, cell in cells.items()}
        return {name: {key: text for key, text in each.items() if text is not None} for name, each in both.items()}

    def _measure(self, reading: NamedTableOptions | None) -> str:
        """Return what was measured, as it was asked for."""
        if reading is None or DAY in self.named.takes:
            return str(self.named.measure)
        stage = [_("stage: %s") % Stage(reading.stage).label] if STAGE in self.named.takes else []
        return "; ".join([str(self.named.measure), *stage, reading.in_words])

    def _rules(self, reading: NamedTableOptions | None) -> list[str]:
        """Return the rules in force: TIV are on no headline basis, and never converted."""
        if reading is None or Basis.TIV not in reading.basis:
            return list(self.named.rules)
        return [*(rule for rule in self.named.rules if rule not in ("headline", "rates")), "tiv"]

    def _stage(self) -> str:
        stages = self.params.get(STAGE, "").split(",")
        if len(stages) > 1 and set(stages) <= set(Stage.values):
            raise MixedSum(_("Stages are never added: ask for one stage= at a time, or for the stage funnel."))
        return str(choice(self.params, STAGE, Stage.values) or Stage.ALLOCATION)

    def _reading(self) -> NamedTableOptions:
        measure = Measure(
            currency=choice(self.params, "currency", CURRENCIES) or "",
            counting=choice(self.params, "counting", COUNTINGS) or COUNTINGS[0],
        )
        filters: Any = self.filters
        return NamedTableOptions(filters, measure, self._stage(), self._year(), self._day())

    def _year(self) -> int:
        text = self.params.get(YEAR, str(DEFAULT_YEAR))
        if not (text.isascii() and text.isdigit() and len(text) == 4 and text[:2] in ("19", "20")):
            refuse(YEAR, _("“%s” is not a year such as 2021.") % text[:20])
        return int(text)

    def _day(self) -> Any:
        if DAY not in self.params:
            # Not today: the same address has the same answer until something is published.
            return self.moment.date()
        try:
            return DayField().clean(self.params[DAY])
        except ValidationError as error:
            refuse(DAY, " ".join(error.messages))
