"""A page of the records of a change set: what moves most money first, by kind, by a search, and what was seen."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

from tracker.curation.review.permissions import may_review
from tracker.filters.desk_search import search
from tracker.models import ChangeSet, Seen
from tracker.records import field_labels
from tracker.records.registry import KINDS
from tracker.records.words import first_capital
from tracker.reporting.desk.differences import differences
from tracker.reporting.desk.largest import EditedRecord, edits_by_money, kinds_in, whole

UNSEEN = "unseen"
SHOWN = 20
"""How many records a page spells out: of an import each has some forty fields, and a page is there in a second."""


@dataclass(frozen=True)
class RecordsAskedFor:
    """Which records of a change set somebody looks at: one, of one kind, found by a search, not seen yet; or all."""

    kind: str
    term: str
    only_unseen: bool
    record: str = ""
    """The public id of the one, of the kind."""

    @classmethod
    def read(cls, query: QueryDict) -> "RecordsAskedFor":
        """Read the parameters of an address; what is no kind is passed over."""
        kind = query.get("kind", "")
        term = query.get("search", "").replace("\0", "").strip()[:100]
        record = query.get("record", "")[:100] if kind in KINDS else ""
        return cls(kind if kind in KINDS else "", term, query.get("show") == UNSEEN, record)

    def encoded(self) -> str:
        """Return the parameters that the links to other pages keep."""
        asked = QueryDict(mutable=True)
        said = {"kind": self.kind, "record": self.record, "search": self.term}
        for name, value in (said | {"show": UNSEEN if self.only_unseen else ""}).items():
            if value:
                asked[name] = value
        return asked.urlencode()


def edits_found(change_set: ChangeSet, asked: RecordsAskedFor, user: User) -> list[EditedRecord]:
    """Return all edits of a change set that are asked for, on whichever page, what moves most money first."""
    edits = _found(edits_by_money(change_set, asked.kind), asked.term)
    if asked.record:
        edits = [edit for edit in edits if edit.public_id == asked.record]
    if not asked.only_unseen:
        return edits
    ticked = _ticked(change_set, user)
    return [edit for edit in edits if edit.pk not in ticked]


def records_shown(change_set: ChangeSet, request: HttpRequest) -> dict[str, Any]:
    """Return a page of what the change set changes, its kinds, and how much of it the person has seen."""
    assert isinstance(request.user, User)
    asked = RecordsAskedFor.read(request.GET)
    # That of the row as it was read, before the records: what is edited meanwhile counts as not seen.
    revision = change_set.revision
    ticked = _ticked(change_set, request.user)
    page = Paginator(edits_found(change_set, asked, request.user), SHOWN).get_page(request.GET.get("page"))
    shown = differences(change_set, whole(list(page)))
    seen = {(edit.kind, edit.public_id) for edit in page if edit.pk in ticked}
    for difference in shown:
        difference.is_seen = (difference.kind, difference.public_id) in seen
    return {
        "differences": shown, "page": page, "kind": asked.kind, "term": asked.term, "only_unseen": asked.only_unseen,
        "record": asked.record, "is_alone": page.paginator.count == 1,
        "kinds": [(name, first_capital(field_labels.many(name)), count) for name, count in kinds_in(change_set)],
        "may_tick": may_review(change_set, request.user) and change_set.status in ChangeSet.HOLDING,
        "seen_count": len(ticked), "asked": asked.encoded(), "revision": revision,
    }  # fmt: skip


def _ticked(change_set: ChangeSet, user: User) -> set[int]:
    return set(Seen.objects.by(user, change_set).values_list("edit", flat=True))


def _found(edits: list[EditedRecord], term: str) -> list[EditedRecord]:
    """Return the edits whose record is found by `term`, as the lists of the desk find it; all without one."""
    if not term:
        return edits
    found = {
        (kind, public_id)
        for kind in {edit.kind for edit in edits} & KINDS.keys()
        for public_id in search(KINDS[kind].model.objects.all(), term).values_list("public_id", flat=True)
    }
    return [edit for edit in edits if (edit.kind, edit.public_id) in found]
