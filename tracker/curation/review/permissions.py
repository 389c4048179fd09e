"""Who may publish, reject and discard change sets: a second person, with the right to."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from tracker.curation.errors import NotAllowed
from tracker.models import ChangeSet

PUBLISH = "tracker.publish_changeset"
"""The right to publish, and to reject or discard what others did; the role of reviewers has it."""


def require_reviewer(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless `by` may review the change set: with the right, and not the author.

    A constraint of the database refuses the author, too.
    """
    if not by.has_perm(PUBLISH):
        raise NotAllowed(_("Only a reviewer can publish or reject a change set."))
    if change_set.author_id == by.pk:
        raise NotAllowed(_("Nobody reviews their own change set: ask a colleague."))


def require_author(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless the change set is that of `by`."""
    if change_set.author_id != by.pk:
        raise NotAllowed(_("Change set #%(id)s is %(author)s's.") % {"id": change_set.pk, "author": change_set.author})


def require_author_or_reviewer(change_set: ChangeSet, by: User) -> None:
    """Raise NotAllowed unless `by` is the author of the change set or a reviewer."""
    if not by.has_perm(PUBLISH):
        require_author(change_set, by)
