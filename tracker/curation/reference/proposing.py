"""Proposing exchange rates and indicators: each belongs to a change set, whatever page or command it comes from."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, HeldByAnother, WrongStatus
from tracker.curation.review import naming
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.permissions import require_author
from tracker.curation.review.statuses import require_editable
from tracker.models import ChangeSet, Publication
from tracker.models.figures import Figure
from tracker.models.inserting import insert_rows

LOADER = "figures"
"""The user in whose name commands load figures where they name nobody. It cannot log in."""


@dataclass(frozen=True)
class Proposed:
    """How many figures are new, say something else than those that stand, and say what is known already."""

    added: int
    changed: int
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not (self.added or self.changed)


def loader() -> User:
    """Return the user in whose name commands load figures."""
    user, created = User.objects.get_or_create(username=LOADER, defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save()
    return user


def nothing_is_published() -> bool:
    """Tell whether figures can change no public number yet, so that they need no review."""
    return not Publication.objects.exists()


class _Known:
    """The figures that stand and that wait, by the values of their key: primary key, amount and change set."""

    def __init__(self, model: type[Figure], names: Sequence[str], same: dict[str, Any]) -> None:
        self.standing: dict[tuple[Any, ...], tuple[int, Any, int | None]] = {}
        self.waiting: dict[tuple[Any, ...], tuple[int, Any, int | None]] = {}
        columns = (*names, "pk", model.VALUE, "change_set", "recorded_from")
        rows = model.objects.filter(recorded_to__isnull=True, **same).order_by().values_list(*columns)
        for *key, pk, amount, change_set, since in rows.iterator():
            (self.waiting if since is None else self.standing)[tuple(key)] = (pk, amount, change_set)


@transaction.atomic
def propose(
    *, model: type[Figure], rows: Iterable[Sequence[Any]], change_set: ChangeSet | None, at: dt.datetime, **same: Any
) -> Proposed:  # fmt: skip
    """Put figures into a change set. A row is the values of the model's key, but for those in `same`, and the amount.

    Without a change set they are in force from `at`: that is for a register that has published nothing. What stands
    or waits as it is, is not proposed again. Raises HeldByAnother where another change set proposes something else.
    """
    names = [name for name in model.KEY if name not in same]
    known = _Known(model, names, same)
    added: list[tuple[Any, ...]] = []
    amended: list[Figure] = []
    needless: list[int] = []
    new = changed = unchanged = 0
    for *listed, amount in rows:
        key = tuple(listed)
        before, held = known.standing.get(key), known.waiting.get(key)
        latest = held or before
        if latest and latest[1] == amount:
            unchanged += 1
            continue
        new, changed = new + (latest is None), changed + (latest is not None)
        if held and (change_set is None or held[2] != change_set.pk):
            raise _held(model.objects.get(pk=held[0]))
        if held and before and before[1] == amount:
            needless.append(held[0])
        elif latest and (held or change_set is None):
            amended.append(model(**{"pk": latest[0], model.VALUE: amount}))
        else:
            added.append((*key, amount, *same.values(), change_set and change_set.pk, None if change_set else at))
    insert_rows(model, [*names, model.VALUE, *same, "change_set", "recorded_from"], added)
    model.objects.bulk_update(amended, [model.VALUE], batch_size=400)
    model.objects.filter(pk__in=needless).delete()
    return Proposed(new, changed, unchanged)


def _held(figure: Figure) -> HeldByAnother:
    """Return the refusal of a figure of which another change set proposes something else."""
    return HeldByAnother(
        _("%(figure)s waits in change set %(change_set)s with %(amount)s: publish or discard that first.")
        % {"figure": figure, "change_set": figure.change_set, "amount": figure.amount}
    )


@transaction.atomic
def propose_one(
    *, figure: Figure, by: User, at: dt.datetime, change_set: ChangeSet | None = None
) -> ChangeSet:  # fmt: skip
    """Put one figure into `change_set`, or into a new one named after it; returns that.

    One that waits stays in its own. Raises CurationError where the same stands already, HeldByAnother, NotAllowed or
    WrongStatus.
    """
    if figure.pk is not None:
        waits_in = _editable(figure, by)
        figure.save()
        return waits_in
    columns = dict(zip(figure.columns(), figure.key, strict=True))
    before = type(figure).objects.standing().filter(**columns).first()
    if before is not None and before.amount == figure.amount:
        raise CurationError(
            _("%(figure)s stands with %(amount)s already.") % {"figure": before, "amount": before.amount}
        )
    held = type(figure).objects.waiting().filter(**columns).first()
    if held is not None:
        raise _held(held)
    working = change_set or open_change_set(
        author=by, message=str(figure), cause=ChangeSet.Cause.REFERENCE, at=at, named=ChangeSet.Naming.RECORDS
    )
    require_author(working, by)
    require_editable(working)
    figure.change_set = working
    figure.save()
    naming.follow(working)
    return working


@transaction.atomic
def take_back(*, figure: Figure, by: User) -> None:
    """Remove a figure that waits from its change set. Raises NotAllowed or WrongStatus."""
    waits_in = _editable(figure, by)
    figure.delete()
    naming.left(waits_in)


def _editable(figure: Figure, by: User) -> ChangeSet:
    """Return the change set of a figure that `by` may still change; raises NotAllowed or WrongStatus."""
    if figure.recorded_from is not None or figure.change_set is None:
        raise WrongStatus(_("%s is in force: propose another figure, which follows it.") % figure)
    require_author(figure.change_set, by)
    require_editable(figure.change_set)
    return figure.change_set
