"""Where an edit goes: an open change set of the person, or a new one. It is chosen, and seen, on every form."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.publishing import moving
from tracker.curation.review import change_sets, holding
from tracker.models import ChangeSet
from tracker.models.base import Record

NEW = "new"
LAST_CHOSEN = "change_set"
"""The key of the session for the change set that somebody chose last; what was opened for one record is not chosen."""

CAUSES = [(cause.value, cause.label) for cause in ChangeSet.Cause]


@dataclass(frozen=True)
class Where:
    """What the choice shows: the open change sets, the one that is chosen, and what a new one would be called."""

    open_sets: list[ChangeSet]
    chosen: str
    holding: ChangeSet | None
    message: str
    cause: str
    causes: list[tuple[str, Any]]


def shown(request: Any, record: Record | None, cause: str = ChangeSet.Cause.NEW_INFORMATION) -> Where:
    """Return the choice for an edit of `record`, None or unsaved where it is new; as it was posted, if it was."""
    holding = _holding(request.user, record)
    open_sets = change_sets.editable_of(author=request.user)
    usual = holding.pk if holding else request.session.get(LAST_CHOSEN)
    usual = str(usual) if usual in [each.pk for each in open_sets] else NEW
    post = request.POST
    return Where(
        open_sets, post.get("change_set", usual), holding, post.get("change_set_message", ""),
        post.get("change_set_cause", cause), CAUSES,
    )  # fmt: skip


def chosen(
    request: Any, record: Record | None, title: str, *, named: str = ChangeSet.Naming.RECORDS
) -> ChangeSet | None:  # fmt: skip
    """Return the change set that was chosen for an edit of `record`; None where nothing was, so that curation decides.

    A new one is called as typed, else `title`, which says what is in it or, as `named` tells, what is done to all of
    it. A record that another change set of the person holds moves. Raises CurationError, NotAllowed or WrongStatus.
    """
    choice, at = request.POST.get("change_set", ""), timezone.now()
    if not choice:
        return None
    holding = _holding(request.user, record)
    if choice == NEW:
        found = _opened(request, title, named)
    else:
        found = _open_set(request.user, choice)
        request.session[LAST_CHOSEN] = found.pk
    if record is not None and holding is not None and holding.pk != found.pk:
        moving.move(
            change_set=holding, keys=[(record.kind, record.public_id)], to=found, by=request.user, at=at
        )  # fmt: skip
    return found


def named(request: Any) -> ChangeSet | None:
    """Return the open change set that was chosen for new edits; None where a new one was. Opens none.

    Raises CurationError where none was chosen, one that takes no more edits, or a new one without a cause.
    """
    choice = request.POST.get("change_set", "")
    if not choice:
        raise CurationError(_("Choose where the edit goes."))
    if choice == NEW:
        _cause_of(request)
        return None
    return _open_set(request.user, choice)


def _opened(request: Any, title: str, named: str) -> ChangeSet:
    message, cause = request.POST.get("change_set_message", "").strip(), _cause_of(request)
    opened = change_sets.open_change_set(
        author=request.user,
        message=message.replace("\0", "") or title,
        cause=cause,
        at=timezone.now(),
        named=ChangeSet.Naming.TYPED if message else named,
    )
    # A piece of work that somebody gave a name goes on; what was opened for one record does not.
    request.session[LAST_CHOSEN] = opened.pk if message else None
    return opened


def _cause_of(request: Any) -> str:
    cause: str = request.POST.get("change_set_cause", "")
    if cause not in ChangeSet.Cause:
        raise CurationError(_("Choose a cause for the new change set."))
    return cause


def _open_set(user: User, choice: str) -> ChangeSet:
    for each in change_sets.editable_of(author=user):
        if str(each.pk) == choice:
            return each
    raise CurationError(_("The change set that you chose takes no more edits: choose another one."))


def _holding(user: User, record: Record | None) -> ChangeSet | None:
    """Return the change set of `user` that holds the record."""
    if record is None or record.pk is None:
        return None
    held = holding.holder(kind=record.kind, public_id=record.public_id)
    return held.change_set if held and held.change_set.author_id == user.pk else None
