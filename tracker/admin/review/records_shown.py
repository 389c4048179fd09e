"""A page of the records of a change set: what moves most money first, by kind, by a search, and what was seen."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

from tracker.curation.review.permissions import PUBLISH
from tracker.filters.desk_search import search
from tracker.models import ChangeSet, Edit, Seen
from tracker.records import labels
from tracker.records.registry import KINDS
from tracker.records.words import first_capital
from tracker.reporting.desk.differences import SHOWN, differences
from tracker.reporting.desk.largest import edits_by_money, kinds_in

UNSEEN = "unseen"


def records_shown(change_set: ChangeSet, request: HttpRequest) -> dict[str, Any]:
    """Return a page of what the change set changes, its kinds, and how much of it the person has seen."""
    kinds = kinds_in(change_set)
    asked = request.GET.get("kind", "")
    kind = asked if asked in dict(kinds) else ""
    term = request.GET.get("search", "").replace("\0", "").strip()[:100]
    ticked = set(Seen.objects.by(request.user, change_set).values_list("edit", flat=True))
    may_tick = request.user.has_perm(PUBLISH) and change_set.status in ChangeSet.HOLDING
    only_unseen = may_tick and request.GET.get("show") == UNSEEN
    edits = _found(edits_by_money(change_set, kind), term)
    page = Paginator([edit for edit in edits if not (only_unseen and edit.pk in ticked)], SHOWN).get_page(
        request.GET.get("page")
    )
    shown = differences(change_set, list(page))
    seen = {(edit.kind, edit.public_id) for edit in page if edit.pk in ticked}
    for difference in shown:
        difference.is_seen = (difference.kind, difference.public_id) in seen
    return {
        "differences": shown, "page": page, "kind": kind, "term": term, "only_unseen": only_unseen,
        "kinds": [(name, first_capital(labels.many(name)), count) for name, count in kinds],
        "may_tick": may_tick, "seen_count": len(ticked), "asked": _asked(kind, term, only_unseen),
    }  # fmt: skip


def _found(edits: list[Edit], term: str) -> list[Edit]:
    """Return the edits whose record is found by `term`, as the lists of the desk find it; all without one."""
    if not term:
        return edits
    found = {
        (kind, public_id)
        for kind in {edit.kind for edit in edits} & KINDS.keys()
        for public_id in search(KINDS[kind].model.objects.all(), term).values_list("public_id", flat=True)
    }
    return [edit for edit in edits if (edit.kind, edit.public_id) in found]


def _asked(kind: str, term: str, only_unseen: bool) -> str:
    """Return the parameters that the links to other pages keep."""
    asked = QueryDict(mutable=True)
    for name, value in (("kind", kind), ("search", term), ("show", UNSEEN if only_unseen else "")):
        if value:
            asked[name] = value
    return asked.urlencode()
