"""Which roll-up answers a question to the contribution table, and checking roll-ups against the ledger."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.filters.contributions import HEADLINE, ContributionFilterSet
from tracker.ledger import roll_ups
from tracker.models import ROLL_UPS, Contribution
from tracker.reporting.shelf import counts, moments
from tracker.reporting.tables.contributions import dimensions_of, make_table
from tracker.reporting.tables.measures import PLEDGES, Measure, WeightedRows
from tracker.reporting.tables.table import Options, Table

MOST_CHANGES = 250_000
"""How many rows of the ledger may have changed for them to be read beside a roll-up: an index finds each apart."""


def rows_to_sum(
    filters: ContributionFilterSet, columns: Iterable[str], measure: str, newest: dt.datetime,
    without: Iterable[str] = (),
) -> list[WeightedRows]:  # fmt: skip
    """Return the fewest rows that answer: those of a roll-up that has all `columns`, else those of the ledger.

    `columns` are what is grouped and narrowed by beside valid `filters`, of which those named in `without` are left
    out. A roll-up is of the newest publishing, at `newest`: as of an earlier moment, it comes with what was closed
    since, and with what was opened since, to be taken away. It is of headline amounts, and does not know which pledges
    it adds up.
    """
    asked = {name for name in filters.asked if name not in without}
    if filters.asked.get("basis") == [HEADLINE]:
        asked.discard("basis")
    used = {*columns, *(filters.filters[name].field_name for name in asked)}
    roll_up = next((roll_up for roll_up in ROLL_UPS if used <= set(roll_up.KEYS)), None)
    if roll_up is not None and measure != PLEDGES:
        changes = [] if filters.moment == newest else _changes_since(filters.moment)
        if changes is not None:
            changed = [(filters.over(rows, *without), weight) for rows, weight in changes]
            return [(filters.over(roll_up.objects.nonempty(), "basis", *without), 1), *changed]
    return [(filters.without(*without), 1)]


def _changes_since(moment: dt.datetime) -> list[WeightedRows] | None:
    """Return the rows that stood at `moment` and were closed since, and those opened since that stand; None: many."""
    since = ({"recorded_to__gt": moment}, {"recorded_from__gt": moment})
    for recorded in since:
        if Contribution.objects.filter(**recorded).order_by()[: MOST_CHANGES + 1].count() > MOST_CHANGES:
            return None
    closed, opened = (Contribution.objects.changed(**recorded) for recorded in since)
    return [(closed.filter(recorded_from__lte=moment), 1), (opened.filter(recorded_to__isnull=True), -1)]


def table_of(
    filters: ContributionFilterSet, *, rows: str, columns: str, measure: Measure, asked: dict[str, Any],
    options: Options, without: Iterable[str] = (), where: dict[str, Any] | None = None,
) -> Table:  # fmt: skip
    """Return the contribution table of what valid `filters`, but those in `without`, and `where` keep.

    From the fewest rows that answer, as of the moment of `filters`. Roll-ups say nothing of when: where something was
    published while they were read, the ledger is read instead. Raises MixedSum. See `make_table`.
    """
    moment, where = filters.moment, where or {}
    used = [name.partition("__")[0] for name in where] + options.figures.columns
    used += [each.column for text in (rows, columns) for each in dimensions_of(text, asked, moment)]

    def made(found: QuerySet[Any], *changes: WeightedRows) -> Table:
        changed = [(each.filter(**where), weight) for each, weight in changes]
        return make_table(
            found.filter(**where), rows=rows, columns=columns, measure=measure, asked=asked, moment=moment,
            options=options, changes=changed,
        )  # fmt: skip

    newest = moments.newest()
    [(found, _weight), *changes] = rows_to_sum(filters, used, measure.measure, newest, without)
    table = made(found, *changes)
    if found.model is Contribution or newest == moments.newest():
        return table
    return made(filters.without(*without))


def differences() -> Iterator[str]:
    """Yield where a roll-up is not what the ledger adds up to."""
    for roll_up in ROLL_UPS:
        found = set(roll_ups.stored(roll_up))
        right = set(roll_ups.computed(roll_up))
        for row in sorted(found ^ right, key=str):
            words = {"table": roll_up._meta.verbose_name, "row": ", ".join(map(str, row))}
            if row in right:
                yield _("%(table)s: %(row)s is missing") % words
            else:
                yield _("%(table)s: %(row)s should not be there") % words


def stored_count(filters: ContributionFilterSet, moment: dt.datetime) -> counts.StoredCount | None:
    """Return the roll-up that says how many contributions valid `filters` keep; None where none does."""
    [(rows, _weight), *_changes] = rows_to_sum(filters, (), "", moment)
    return None if rows.model is Contribution else (rows, "contributions")
