"""Who may publish, reject and discard change sets: a second person, with the right to, who names what differs."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tracker.curation.accounts import ADMINISTER, gives, roles_with, staff_with, who_made_reviewer
from tracker.curation.errors import DifferencesNotNamed, NotAllowed
from tracker.models import AccountEvent, ChangeSet, ReconciliationLine

PUBLISH = ChangeSet.PUBLISH
AWAY = dt.timedelta(days=30)
"""For how long before a change set is opened whoever its author had away counts as still there."""
TOLD = dt.timedelta(days=365)
"""For how long before it is opened the public reads of those who could review and went."""


def require_reviewer(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless `by` may review the change set: with the right, as a second person.

    That is neither its author nor somebody whom the author gave that right, or the use of an account, themselves or
    through others, since the day on which the change set was opened. An author who stated why nobody else can review it
    (`discussion.alone`) may. A constraint of the database refuses the author, too.
    """
    if not by.has_perm(PUBLISH):
        raise NotAllowed(_("Only a reviewer can publish or reject a change set."))
    if change_set.author_id == by.pk:
        if not change_set.alone_reason:
            raise NotAllowed(_("Nobody reviews their own change set: ask a colleague."))
        require_alone(change_set, by)
        return
    through = who_made_reviewer(user=by, by=change_set.author, since=_day_opened(change_set))
    if len(through) == 1:
        raise NotAllowed(
            _("%(author)s made %(reviewer)s a reviewer since this change set was opened: ask somebody else.")
            % {"author": change_set.author, "reviewer": by}
        )
    if through:
        raise NotAllowed(
            _("%(author)s made %(reviewer)s a reviewer through %(through)s since this change set was opened: "
              "ask somebody else.")
            % {"author": change_set.author, "reviewer": by, "through": ", ".join(map(str, through[1:]))}
        )  # fmt: skip


def may_review(change_set: ChangeSet, by: User) -> bool:
    """Tell whether `by` may review the change set, as `require_reviewer` says."""
    try:
        require_reviewer(change_set, by)
    except NotAllowed:
        return False
    return True


def _day_opened(change_set: ChangeSet) -> dt.datetime:
    return change_set.opened_at.replace(hour=0, minute=0, second=0, microsecond=0)


def require_alone(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless `by` is an administrator, and nobody else could review the change set."""
    if not by.has_perm(ADMINISTER):
        raise NotAllowed(_("Only an administrator who is alone publishes their own change set."))
    others = reviewers_of(change_set).exclude(pk=by.pk)
    if others.exists():
        raise NotAllowed(_("Nobody reviews their own change set: ask %s.") % _names(others))
    made = who_may_review().exclude(pk=by.pk)
    if made.exists():
        raise NotAllowed(
            _("Nobody reviews their own change set, and %s cannot review this one: you made them a reviewer on the day "
              "it was opened or since. What you open on a later day they can review.") % _names(made)
        )  # fmt: skip
    lost = who_could_review(change_set).exclude(pk=by.pk)
    if lost.exists():
        raise NotAllowed(
            _("Nobody reviews their own change set: %(names)s could review it on the day it was opened or later, or "
              "within %(days)s days before it you took the account or the role away. Have it given back.")
            % {"names": _names(lost), "days": AWAY.days}
        )  # fmt: skip


def _names(users: QuerySet[User]) -> str:
    return ", ".join(users.values_list("username", flat=True)[:5])


def who_may_review() -> QuerySet[User]:
    """Return the members of staff who have the right to review change sets, by name; not each may review each."""
    return staff_with(PUBLISH)


def reviewers_of(change_set: ChangeSet) -> QuerySet[User]:
    """Return who may review a change set, as `require_reviewer` says, by name; its author is never among them."""
    author, since = change_set.author, _day_opened(change_set)
    others = who_may_review().exclude(pk=author.pk)
    return others.exclude(pk__in=[each.pk for each in others if who_made_reviewer(user=each, by=author, since=since)])


def who_could_review(change_set: ChangeSet) -> QuerySet[User]:
    """Return who may review, and who could since the day on which the change set was opened, by name.

    Whose account was closed since, or who lost the role, counts as still there, and so does whom the author had away
    in the thirty days before: else an author could have everybody else away for as long as it takes to publish alone.
    """
    opened = _day_opened(change_set)
    losses = _losses(since=opened) | _losses(since=opened - AWAY).filter(by=change_set.author)
    of_user = losses.filter(user=OuterRef("pk"))
    closed = Exists(of_user.filter(what=AccountEvent.What.CLOSED))
    taken = Exists(of_user.filter(what=AccountEvent.What.TAKEN))
    there = Q(is_active=True, is_staff=True) | Q(closed)
    return User.objects.filter(gives(PUBLISH) | Q(taken), there).distinct().order_by("username")


def who_went(change_set: ChangeSet) -> list[AccountEvent]:
    """Return how others who could review went in the year before the change set was opened, or since, in order.

    Who came back is not among them.
    """
    gone = _losses(since=_day_opened(change_set) - TOLD).exclude(user=change_set.author)
    return list(gone.exclude(user__in=who_may_review()).order_by("at", "pk"))


def _losses(since: dt.datetime) -> QuerySet[AccountEvent]:
    """Return the events by which somebody lost their account, or what gives the right to review."""
    lost = Q(what=AccountEvent.What.CLOSED) | Q(what=AccountEvent.What.TAKEN, role__in=roles_with(PUBLISH))
    return AccountEvent.objects.filter(lost, at__gte=since)


def require_author(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless the change set is that of `by`."""
    if change_set.author_id != by.pk:
        raise NotAllowed(_("Change set #%(id)s is %(author)s's.") % {"id": change_set.pk, "author": change_set.author})


def require_author_or_reviewer(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless `by` is the author of the change set or a reviewer."""
    if not by.has_perm(PUBLISH):
        require_author(change_set, by)


def require_named(change_set: ChangeSet, named: Collection[str]) -> None:
    """Raise DifferencesNotNamed where totals of an import in it are not those of its file, and why is not `named`."""
    lines = ReconciliationLine.objects.filter(imported__change_set=change_set).exclude(difference=0)
    causes = sorted(lines.order_by().values_list("cause", flat=True).distinct())
    if set(causes) - set(named):
        labels = dict(ReconciliationLine.Cause.choices)
        raise DifferencesNotNamed({cause: str(labels[cause]) for cause in causes})
