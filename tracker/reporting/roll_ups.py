"""Which roll-up answers a question to the contribution table, and checking roll-ups against the ledger."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.filters.contributions import HEADLINE, ContributionFilterSet
from tracker.ledger import roll_ups
from tracker.models import ROLL_UPS, Contribution
from tracker.reporting import shelf
from tracker.reporting.contributions import dimensions_of, make_table
from tracker.reporting.measures import PLEDGES, Measure
from tracker.reporting.tables import Options, Table


def fewest(filters: ContributionFilterSet, columns: Iterable[str], measure: str, *without: str) -> QuerySet[Any]:
    """Return the fewest rows that answer: those of a roll-up that has all `columns`, else those of the ledger.

    `columns` are what is grouped and narrowed by beside valid `filters`, of which those named in `without` are left
    out. A roll-up is of the newest publishing, of headline amounts, and does not know which pledges it adds up.
    """
    asked = {name for name in filters.asked if name not in without}
    if filters.asked.get("basis") == [HEADLINE]:
        asked.discard("basis")
    used = {*columns, *(filters.filters[name].field_name for name in asked)}
    roll_up = next((roll_up for roll_up in ROLL_UPS if used <= set(roll_up.KEYS)), None)
    if roll_up is None or measure == PLEDGES or filters.moment != shelf.newest():
        return filters.without(*without)
    return filters.over(roll_up.objects.standing(), "basis", *without)


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

    def made(found: QuerySet[Any]) -> Table:
        return make_table(
            found.filter(**where), rows=rows, columns=columns, measure=measure, asked=asked, moment=moment,
            options=options,
        )  # fmt: skip

    found = fewest(filters, used, measure.measure, *without)
    table = made(found)
    if found.model is Contribution or moment == shelf.newest():
        return table
    return made(filters.without(*without))


def differences() -> Iterator[str]:
    """Yield where a roll-up is not what the ledger adds up to."""
    for roll_up in ROLL_UPS:
        found = set(roll_ups.kept(roll_up))
        right = set(roll_ups.standing(roll_up))
        for row in sorted(found ^ right, key=str):
            words = {"table": roll_up._meta.verbose_name, "row": ", ".join(map(str, row))}
            if row in right:
                yield _("%(table)s: %(row)s is missing") % words
            else:
                yield _("%(table)s: %(row)s should not be there") % words
