"""Comments on a change set: asking, answering, and settling a thread."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.notices import notify
from tracker.curation.publishing.moving import edits_of
from tracker.curation.review.statuses import require_holding
from tracker.lib import canonical
from tracker.models import ChangeSet, Comment, Notice, Publication
from tracker.records.naming_places import why_no_place
from tracker.records.registry import KINDS, document_of

LONGEST = 5000
"""Characters of a comment."""


@transaction.atomic
def comment(
    *, change_set: ChangeSet, by: User, text: str, at: dt.datetime, kind: str = "", public_id: str = "",
    field: str = "",
) -> Comment:  # fmt: skip
    """Begin a thread on a change set, on a record that it holds, or on a field of that; returns the comment.

    Raises CurationError for an empty or too long text, a record that is not held and a field that is not there, and
    WrongStatus where the change set is published or discarded.
    """
    require_holding(change_set)
    if kind or public_id or field:
        _require_record(kind, public_id)
        edits_of(change_set, [(kind, public_id)])
        _require_place(kind, public_id, field)
    written = Comment.objects.create(
        change_set=change_set, kind=kind, public_id=public_id, field=field[:160], author=by, text=_checked(text),
        written_at=at,
    )  # fmt: skip
    _tell(written)
    return written


@transaction.atomic
def answer(*, comment: Comment, by: User, text: str, at: dt.datetime) -> Comment:
    """Answer a thread; one that was settled is open again. Raises as `comment` does."""
    require_holding(comment.change_set)
    thread = comment.parent or comment
    Comment.objects.filter(pk=thread.pk).update(settled_at=None, settled_by=None)
    written = Comment.objects.create(
        change_set=thread.change_set, kind=thread.kind, public_id=thread.public_id, field=thread.field, parent=thread,
        author=by, text=_checked(text), written_at=at,
    )  # fmt: skip
    _tell(written)
    return written


@transaction.atomic
def settle(*, comment: Comment, by: User, at: dt.datetime) -> Comment:
    """Note that a thread is settled. Raises WrongStatus where the change set is published or discarded."""
    require_holding(comment.change_set)
    thread = comment.parent or comment
    thread.settled_at, thread.settled_by = at, by
    thread.save(update_fields=["settled_at", "settled_by"])
    return thread


def _require_record(kind: str, public_id: str) -> None:
    """Raise CurationError where what a comment is on is named in part only."""
    given = {_("kind"): kind, _("record"): public_id}
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise CurationError(
            _("A comment on a record, or on a field of one, names its kind and the record; missing: %s.")
            % ", ".join(missing)
        )


def _require_place(kind: str, public_id: str, path: str) -> None:
    """Raise CurationError where a path, such as `items[99].quantity`, names nothing that is new or published."""
    if not path:
        return
    record = KINDS[kind].model.named(public_id)
    shelf = Publication.objects.published().filter(kind=kind, public_id=public_id).first()
    documents = [document_of(record)] if record else []
    documents += [canonical.load(shelf.document)] if shelf and not shelf.is_tombstone else []
    problem = why_no_place(kind, documents, path)
    if problem:
        raise CurationError(problem)


def _tell(written: Comment) -> None:
    """Tell the author of the change set, who is to review it, and who spoke in the thread."""
    change_set, thread = written.change_set, written.parent or written
    spoke = User.objects.filter(pk__in=[thread.author_id, *thread.answers.values_list("author", flat=True)])
    concerned = [change_set.author, *([change_set.assignee] if change_set.assignee else []), *spoke]
    notify(
        change_set=change_set, what=Notice.What.COMMENTED, by=written.author, to=concerned, at=written.written_at,
        text=written.text,
    )  # fmt: skip


def _checked(text: str) -> str:
    text = text.replace("\0", "").strip()
    if not text:
        raise CurationError(_("Write what you want to say."))
    if len(text) > LONGEST:
        raise CurationError(_("A comment has up to %s characters.") % f"{LONGEST:,}")
    return text
