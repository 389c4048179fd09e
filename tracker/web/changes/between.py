"""What became of a table between two moments, as a page asks it: of its total, or of one of its cells."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.parameters import refuse
from tracker.models import ChangeSet, clock
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.changes import (
    MOST_CHANGE_SETS,
    CellChange,
    TableChanges,
    TooManyChangeSets,
    changes_between,
)
from tracker.reporting.tables.lineage import NoSuchCell, lineage_of
from tracker.reporting.tables.measures import COUNT, QUANTITY, VALUE, as_number
from tracker.reporting.tables.members import address_of
from tracker.reporting.tables.parameters import question
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table
from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import Asking

FROM, TO = "from", "to"
LONG_AGO = "2000-01-01"
_ADDED_UP = (VALUE, QUANTITY, COUNT)


@dataclass(frozen=True)
class Between:
    """What changed of one number between two moments; `row` and `column` are the addresses of its cell, else None."""

    asking: Asking
    start: dt.datetime
    end: dt.datetime
    table: Table
    cells: list[CellChange]
    before: Decimal
    after: Decimal
    row: str | None = None
    column: str | None = None

    @cached_property
    def by_change_set(self) -> list[tuple[ChangeSet, str, Decimal]]:
        """What each change set added, by cause, in the order of publishing; those that added nothing are left out."""
        found: dict[tuple[int, str], tuple[ChangeSet, str, Decimal]] = {}
        for cell in self.cells:
            for part in cell.parts:
                key = (part.change_set.pk, part.cause)
                known = found.get(key, (part.change_set, part.cause, Decimal()))
                found[key] = (part.change_set, part.cause, known[2] + Decimal(part.difference))
        return [each for _key, each in sorted(found.items()) if each[2]]


def read_moments(asked: PageRequest) -> tuple[dt.datetime, dt.datetime]:
    """Return between which publishings a page compares: unless it says so, before and after the newest.

    Raises MomentError and Unsettled for what cannot be asked, and ValidationError where they are the wrong way round.
    """
    first, last = _moment(asked, FROM), _moment(asked, TO)
    end = asked.moment if last is None else moments.resolve(last)
    start = before(end) if first is None else moments.resolve(first)
    # As they were asked, too: both can lie between the same two publishings.
    if start > end or (first is not None and last is not None and first > last):
        refuse(FROM, _("It is after “to”: give the earlier moment as from."))
    return start, end


def times_of(start: dt.datetime, end: dt.datetime) -> dict[str, str]:
    """Return two moments as an address says them; before anything was published, a day on which nothing was."""
    return {FROM: start.isoformat() if start > moments.NEVER else LONG_AGO, TO: end.isoformat()}


def before(moment: dt.datetime) -> dt.datetime:
    """Return the moment of the publishing before that of `moment`; NEVER where there was none."""
    return moments.resolve(moment - dt.timedelta(microseconds=1)) if moment > moments.NEVER else moment


def publishings_before(change_sets: Sequence[ChangeSet]) -> dict[int, dt.datetime]:
    """Return the moment of the publishing before each of some published change sets, by its key, as `before` does."""
    earlier = ChangeSet.objects.filter(published_at__lt=OuterRef("published_at")).order_by("-published_at")
    rows = ChangeSet.objects.filter(pk__in=[each.pk for each in change_sets]).order_by()
    found = rows.annotate(before=Subquery(earlier.values("published_at")[:1])).values_list("pk", "before")
    return {number: moment or moments.NEVER for number, moment in found}


def _moment(asked: PageRequest, name: str) -> dt.datetime | None:
    text = asked.params.get(name, "").strip()
    return moments.settled_moment(text, clock=clock.now) if text else None


def between(asking: Asking, start: dt.datetime, end: dt.datetime, row: str | None, column: str | None) -> Between:
    """Return what changed of a table: in all where its cells may be added up, else of the cell that changed most.

    `row` and `column` choose a cell. Raises ValidationError, and MixedSum.
    """
    later = replace(asking, asked=replace(asking.asked, moment=end))
    changes = _changes(later, start, end)
    found = Between(later, start, end, changes.after, changes.cells, Decimal(), Decimal(), row, column)
    if row is not None or column is not None:
        return _of_cell(found, row, column)
    if _adds_up(changes.after):
        numbers = (as_number(cell.value, changes.after.measure) for cell in changes.after.cells.values())
        after = sum((Decimal(number) for number in numbers if number is not None), Decimal())
        return replace(found, before=after - sum((cell.difference for cell in found.cells), Decimal()), after=after)
    if not changes.cells:
        return found
    most = changes.cells[0]
    return _of_cell(found, address_of(most.row.id), address_of(most.column.id))


def _adds_up(table: Table) -> bool:
    """Tell whether the sum of the cells is the total to the cent: what is rounded, or runs along, does not add up."""
    options = table.options
    return (
        table.total is not None and table.measure.measure in _ADDED_UP and not table.measure.per
        and not options.cumulative and not options.figures.enter
    )  # fmt: skip


def _of_cell(found: Between, row: str | None, column: str | None) -> Between:
    cells = [
        cell for cell in found.cells
        if row in (None, address_of(cell.row.id)) and column in (None, address_of(cell.column.id))
    ]  # fmt: skip
    try:
        lineage = lineage_of(found.asking.question(), row, column)
    except NoSuchCell as error:
        if not cells:
            raise ValidationError({error.parameter: [str(error)]}) from error
        after = Decimal()
    else:
        after = Decimal(as_number(lineage.cell.value, lineage.table.measure) or 0) if lineage.cell else Decimal()
    gone = sum((cell.difference for cell in cells), Decimal())
    return replace(found, cells=cells, before=after - gone, after=after, row=row, column=column)


def was_nothing(found: Between) -> bool:
    """Tell whether nothing was registered at the start that counts in a number, which then was not zero either."""
    if found.before or found.start == moments.NEVER:
        return not found.before
    earlier = replace(found.asking, asked=replace(found.asking.asked, moment=found.start))
    try:
        return not lineage_of(earlier.question(), found.row, found.column).contributions.exists()
    except (NoSuchCell, ValidationError):
        # No row, column or record of the kind was there yet.
        return True


def _changes(asking: Asking, start: dt.datetime, end: dt.datetime) -> TableChanges:
    def ask(moment: dt.datetime) -> Question | None:
        filters = ContributionFilterSet(asking.params, published.contributions(moment), moment=moment)
        return question(asking.params, filters) if filters.is_valid() else None

    asking.question()  # Says what is wrong with it, where something is.
    try:
        return changes_between(ask, start, end)
    except TooManyChangeSets as error:
        words = {"found": error.found, "most": MOST_CHANGE_SETS}
        refuse(FROM, _("%(found)s change sets were published in between, and at most %(most)s are gone through at "
                       "once: ask for a shorter time.") % words)  # fmt: skip
