"""The comments of a change set as threads: what was said first, and the answers to it."""

from dataclasses import dataclass

from tracker.models import ChangeSet, Comment
from tracker.records.registry import KINDS
from tracker.reporting.shelf.wording import place_of


@dataclass(frozen=True)
class Thread:
    """A comment and the answers to it; `place` says in words which field it is about."""

    comment: Comment
    answers: list[Comment]
    place: str


def threads(change_set: ChangeSet) -> list[Thread]:
    """Return the threads of a change set, in the order in which they were begun."""
    comments = list(change_set.comments.select_related("author", "settled_by").order_by("pk"))
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.parent_id is not None:
            answers.setdefault(comment.parent_id, []).append(comment)
    begun = [comment for comment in comments if comment.parent_id is None]
    return [Thread(comment, answers.get(comment.pk, []), _place(comment)) for comment in begun]


def of_record(found: list[Thread], kind: str, public_id: str) -> list[Thread]:
    """Return the threads on one record; with empty names, those on the change set as a whole."""
    return [each for each in found if (each.comment.kind, each.comment.public_id) == (kind, public_id)]


def _place(comment: Comment) -> str:
    if not comment.field or comment.kind not in KINDS:
        return comment.field
    return place_of(comment.kind, comment.field)
