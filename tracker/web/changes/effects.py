"""What a published change set did to the totals of aid: before and after it, stage by stage."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from tracker.lib import money
from tracker.models import ChangeSet, Stage
from tracker.records import words
from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import summed_column
from tracker.web.changes.between import times_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import Number
from tracker.web.tables.questions import Asking

_TOTALS = {"rows": "stage", "columns": "none"}


@dataclass(frozen=True)
class Effect:
    """What became of the total of one stage, in EUR on the headline basis; `address` is where it is taken apart."""

    stage: str
    before: Number
    after: Number
    difference: Number
    aloud: str
    address: str


def effects_of(
    asked: PageRequest, change_sets: Iterable[ChangeSet], starts: Mapping[int, dt.datetime]
) -> dict[int, list[Effect]]:
    """Return what each published change set changed of the totals since its start, by its key."""
    spans = {each.pk: (starts[each.pk], each.published_at) for each in change_sets if each.published_at}
    totals = _totals(asked, {moment for span in spans.values() for moment in span} - {moments.NEVER})
    return {number: _effects(asked, start, end, totals) for number, (start, end) in spans.items()}


def _effects(
    asked: PageRequest, start: dt.datetime, end: dt.datetime, totals: dict[dt.datetime, dict[str, Decimal]]
) -> list[Effect]:
    """Return what became of each total between two moments; nothing where nothing did."""
    then, now, times = totals.get(start, {}), totals[end], times_of(start, end)
    found = []
    for stage in Stage.values:
        difference = now.get(stage, Decimal()) - then.get(stage, Decimal())
        if difference:
            where = asked.address("table-changes", rows="contributor", columns="aid_type", stage=stage, **times)
            found.append(_effect(str(Stage(stage).label), then.get(stage), now.get(stage), difference, where))
    return found


def _effect(stage: str, then: Decimal | None, now: Decimal | None, difference: Decimal, where: str) -> Effect:
    sign = "+" if difference > 0 else "−"
    return Effect(
        words.first_capital(stage), _aloud(then), _aloud(now), Number(exact=format(difference, "f")),
        f"{sign}{_spoken(abs(difference))}", where,
    )  # fmt: skip


def _aloud(value: Decimal | None) -> Number:
    return Number() if value is None else Number(_spoken(value), format(value, "f"))


def _spoken(value: Decimal) -> str:
    return f"{words.aloud(value)}{words.NBSP}EUR"


def _totals(asked: PageRequest, at: Collection[dt.datetime]) -> dict[dt.datetime, dict[str, Decimal]]:
    """Return the known total of each stage as of some moments, for all of which the ledger is read once."""
    if not at:
        return {}
    question = Asking(asked, _TOTALS).question()
    column, currency = summed_column(question.measure), question.measure.currency
    sums = {f"total_{place}": Sum(column, filter=_stood(moment)) for place, moment in enumerate(at)}
    found: dict[dt.datetime, dict[str, Decimal]] = {moment: {} for moment in at}
    for stage, *totals in question.ever_counted().order_by().values_list("stage").annotate(**sums):
        for moment, total in zip(at, totals, strict=True):
            if total is not None:
                found[moment][stage] = money.from_minor(int(total), currency)
    return found


def _stood(moment: dt.datetime) -> Q:
    return Q(recorded_from__lte=moment) & (Q(recorded_to__isnull=True) | Q(recorded_to__gt=moment))
