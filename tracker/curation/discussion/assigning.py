"""Who is to review a change set, and by when."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.notices import notify
from tracker.curation.review.permissions import require_author_or_reviewer, reviewers_of
from tracker.curation.review.statuses import locked, require_holding
from tracker.models import ChangeSet, Notice


@transaction.atomic
def assign(
    *, change_set: ChangeSet, to: User | None, due: dt.date | None, by: User, at: dt.datetime
) -> ChangeSet:  # fmt: skip
    """Say who is to review a change set, or nobody in particular, and by which day. Its author can, and reviewers.

    Raises NotAllowed, WrongStatus where it is published or discarded, and CurationError where `to` may not review it
    or the day is past.
    """
    change_set = locked(change_set)
    require_holding(change_set)
    require_author_or_reviewer(change_set, by)
    if to is not None and to.pk != change_set.assignee_id and not reviewers_of(change_set).filter(pk=to.pk).exists():
        raise CurationError(
            _("%s cannot review this change set: a reviewer can whom its author did not make one since it was opened.")
            % to
        )
    if due is not None and due != change_set.due and due < at.date():
        raise CurationError(_("%s is past: give a day from today on.") % due.isoformat())
    is_new = to is not None and to.pk != change_set.assignee_id
    change_set.assignee, change_set.due = to, due
    change_set.save(update_fields=["assignee", "due"])
    if is_new and to is not None:
        notify(change_set=change_set, what=Notice.What.ASSIGNED, by=by, to=[to], at=at)
    return change_set
