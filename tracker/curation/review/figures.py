"""Exchange rates and indicators go through the door, too: what a change set proposes comes into force with it.

From publishing on, a figure is only closed, never changed, and what it touches is posted anew in the same transaction.
"""

import datetime as dt
import hashlib
from collections import defaultdict

from django.db.models import Exists, Max, Min, OuterRef, Q

from tracker.ledger.chain import FIGURES
from tracker.ledger.rates import LOOK_BACK
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution, ExchangeRate
from tracker.models.figures import Figure
from tracker.records.engine.types import Key


def proposes(change_set: ChangeSet) -> bool:
    """Tell whether a change set proposes figures."""
    return any(model.objects.waiting().filter(change_set=change_set).exists() for model in FIGURES)


def are_of(change_set: ChangeSet) -> bool:
    """Tell whether any figures belong to a change set, whether they are in force or not."""
    return any(model.objects.filter(change_set=change_set).exists() for model in FIGURES)


def count(change_set: ChangeSet) -> int:
    """Return how many figures a change set proposes."""
    return sum(model.objects.waiting().filter(change_set=change_set).count() for model in FIGURES)


def first(change_set: ChangeSet) -> Figure | None:
    """Return the first figure that a change set proposes; None for none."""
    waiting = (model.objects.waiting().filter(change_set=change_set).order_by("pk").first() for model in FIGURES)
    return next((figure for figure in waiting if figure is not None), None)


def fingerprint(change_set: ChangeSet) -> str:
    """Return what a change set proposes as a short hash, which is another once a figure of it is; empty for none."""
    found = hashlib.sha256()
    for model in FIGURES:
        waiting = model.objects.waiting().filter(change_set=change_set).order_by("pk")
        for row in waiting.values_list("pk", model.VALUE):
            found.update(f"{model.__name__} {row}".encode())
    return found.hexdigest() if proposes(change_set) else ""


def drop(*, change_set: ChangeSet) -> None:
    """Remove the figures that a change set proposes."""
    for model in FIGURES:
        model.objects.waiting().filter(change_set=change_set).delete()


def put_in_force(*, change_set: ChangeSet, moment: dt.datetime) -> set[Key]:
    """Put the figures that a change set proposes in force from `moment`, in place of those that they follow.

    Returns the published pledges whose worth can be another with the rates among them.
    """
    reposted = touched(change_set)
    for model in FIGURES:
        waiting = model.objects.waiting().filter(change_set=change_set)
        following = waiting.filter(**{name: OuterRef(name) for name in model.KEY})
        replaced = list(model.objects.standing().filter(Exists(following)).values_list("pk", flat=True))
        for part in chunked(replaced):
            model.objects.filter(pk__in=part).update(recorded_to=moment)
        waiting.update(recorded_from=moment)
    return reposted


def touched(change_set: ChangeSet) -> set[Key]:
    """Return the pledges that have a row with a rate of days for which rates are proposed, or a row without a rate."""
    spans: dict[tuple[dt.date, dt.date], list[str]] = defaultdict(list)
    proposed = ExchangeRate.objects.waiting().filter(change_set=change_set).order_by()
    for currency, first, last in proposed.values_list("currency").annotate(Min("date"), Max("date")):
        spans[first, last].append(currency)
    if not spans:
        return set()
    affected = Q(is_provisional=True) | Q(gap=Contribution.Gap.NO_RATE) | Q(gap="", rate_usd__isnull=True)
    for (first, last), currencies in spans.items():
        # The rate of a day can be that of a day before it.
        of_these_days = Q(rate_from__lte=last, rate_to__gte=first - LOOK_BACK)
        # Every amount is worth something in dollars.
        affected |= of_these_days if "USD" in currencies else of_these_days & Q(currency__in=currencies)
    rows = Contribution.objects.as_of(None).filter(affected).order_by()
    return {("pledge", public_id) for public_id in rows.values_list("pledge", flat=True).distinct()}
