"""Which roll-up answers a question to the contribution table, and checking roll-ups against the ledger."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.filters.contributions import HEADLINE, ContributionFilterSet
from tracker.ledger import roll_ups
from tracker.models import ROLL_UPS, Contribution
from tracker.reporting import shelf
from tracker.reporting.measures import PLEDGES

T = TypeVar("T")


def fewest(filters: ContributionFilterSet, columns: Iterable[str], measure: str, *without: str) -> QuerySet[Any]:
    """Return the fewest rows that answer: those of a roll-up that has all `columns`, else those of the ledger.

    `columns` are what is grouped and narrowed by beside valid `filters`, of which those named in `without` are left
    out. A roll-up is of the newest publishing, of headline amounts, and does not know which pledges it adds up.
    """
    asked = {name for name in filters.asked if name not in without}
    if filters.asked.get("basis") == [HEADLINE]:
        asked.discard("basis")
    used = {*columns, *(filters.filters[name].field_name for name in asked)}
    if measure != PLEDGES and filters.moment == shelf.resolve(None):
        for roll_up in ROLL_UPS:
            if used <= set(roll_up.KEYS):
                return filters.over(roll_up.objects.standing(), "basis", *without)
    return filters.without(*without)


def read(filters: ContributionFilterSet, columns: Iterable[str], measure: str, *without: str,
         make: Callable[[QuerySet[Any]], T]) -> T:  # fmt: skip
    """Return what `make` makes of the fewest rows, as of the moment of `filters`. See `fewest`.

    Roll-ups say nothing of when: where something was published while they were read, the ledger is read instead.
    """
    rows = fewest(filters, columns, measure, *without)
    made = make(rows)
    if rows.model is Contribution or filters.moment == shelf.resolve(None):
        return made
    return make(filters.without(*without))


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
