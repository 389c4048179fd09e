"""What a published change set did to the totals of aid: before and after it, stage by stage."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from tracker.lib import response_cache
from tracker.models import ChangeSet, Stage
from tracker.records import words
from tracker.reporting.shelf import moments
from tracker.web.changes.between import times_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import Number
from tracker.web.tables.table_on_page import table_shown

_TOTALS = {"rows": "stage", "columns": "none"}
_SIZE = 1000
"""About how many bytes the totals of a moment take."""


@dataclass(frozen=True)
class Effect:
    """What became of the total of one stage, in EUR on the headline basis; `address` is where it is taken apart."""

    stage: str
    before: Number
    after: Number
    difference: Number
    aloud: str
    address: str


def effects_of(asked: PageRequest, change_set: ChangeSet, start: dt.datetime) -> list[Effect]:
    """Return what a published change set changed of the totals since `start`; nothing where it changed none."""
    at = change_set.published_at
    assert at is not None
    then, now = _totals(asked, start), _totals(asked, at)
    times = times_of(start, at)
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


def _totals(asked: PageRequest, moment: dt.datetime) -> dict[str, Decimal]:
    """Return the known total of each stage as of a moment, which never changes."""
    if moment == moments.NEVER:
        return {}
    return response_cache.once(("totals by stage", moment), lambda: _read(asked, moment), lambda totals: _SIZE)


def _read(asked: PageRequest, moment: dt.datetime) -> dict[str, Decimal]:
    at_moment = PageRequest(asked.request, moment, asked.newest, moment.isoformat())
    table = table_shown(at_moment, "", _TOTALS)
    return {
        str(member.id): Decimal(line.numbers[0].exact)
        for member, line in zip(table.table.rows, table.lines, strict=True)
        if line.numbers[0].exact
    }
