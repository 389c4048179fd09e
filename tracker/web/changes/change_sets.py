"""Published change sets: what was changed, when, and why."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.filters.change_sets import ChangeSetFilterSet, saying
from tracker.lib.text import search_terms
from tracker.models import ChangeSet, Edit, Publication
from tracker.records import labels
from tracker.records.words import first_capital
from tracker.reporting.shelf import history, published
from tracker.reporting.shelf.paging import Order, decode, page_of
from tracker.web.answering import NotHere, ShownPage
from tracker.web.changes.effects import effects_of
from tracker.web.files import file_links
from tracker.web.page_request import PageRequest
from tracker.web.pages.versions import said_of

LIMIT = 15
NAMED = 5
"""How many of its records a change set names in a list."""

MOST = 200
"""How many of its records the page of a change set names."""


def change_sets_shown(asked: PageRequest, most: int) -> list[dict[str, Any]]:
    """Return the newest change sets by the moment of a page."""
    return [shown(asked, row) for row in published.change_sets(asked.moment).order_by("-published_at")[:most]]


def shown(asked: PageRequest, change_set: ChangeSet) -> dict[str, Any]:
    """Return what a list says of a change set."""
    rows = change_set.publications.exclude(kind="claim")
    count = rows.count()
    first = rows.defer("document", "search").order_by("kind", "public_id")[:NAMED]
    return {
        "id": change_set.pk, "message": change_set.message, "at": change_set.published_at, "count": count,
        "cause": first_capital(str(change_set.get_cause_display())),
        "alone_reason": change_set.alone_reason,
        # Of an import of thousands, five would say nothing.
        "rows": list(first) if count <= NAMED else [],
        "effects": effects_of(asked, change_set),
        "reposted": change_set.edits.filter(action=Edit.Action.REPOST).count(),
    }  # fmt: skip


def changes(asked: PageRequest) -> ShownPage:
    """Show the change sets, the newest first; raises ValidationError for a cursor that is none."""
    params = asked.params
    known = {name: text for name, text in params.items() if name in ChangeSetFilterSet.base_filters}
    filters = ChangeSetFilterSet(known, published.change_sets(asked.moment), moment=asked.moment)
    rows = saying(filters.qs if filters.is_valid() else filters.queryset, search_terms(params.get("search", "")))
    cursor = decode(params["cursor"]) if "cursor" in params else None
    page = page_of(
        rows, orders={"published": Order("published_at")}, ordering="-published", unique="pk", limit=LIMIT,
        moment=asked.moment, cursor=cursor,
    )  # fmt: skip
    return ShownPage(
        "web/changes.html",
        {
            "title": _("What changed, and why"), "rows": [shown(asked, row) for row in page.rows],
            "causes": [(value, first_capital(str(text))) for value, text in ChangeSet.Cause.choices],
            "cause": params.get("cause", ""),
            "next": asked.here(cursor=page.next) if page.next else "",
            "previous": asked.here(cursor=page.previous) if page.previous else "",
        },
        forms=file_links(asked, "changes", known, ("csv", "json")),
    )  # fmt: skip


def change_set(asked: PageRequest, number: int) -> ShownPage:
    """Show one change set: its records, each with what became of it."""
    found = published.change_sets(asked.moment).filter(pk=number).first()
    if found is None:
        raise NotHere(_("There is no published change set %s.") % number)
    rows = list(found.publications.exclude(kind="claim").order_by("kind", "public_id")[:MOST])
    return ShownPage(
        "web/change_set.html",
        {"title": found.message, "set": shown(asked, found), "groups": _by_kind(rows), "most": MOST,
         "details": [_detail(row, asked) for row in rows[:NAMED]] if len(rows) <= NAMED else []},
        forms=[],
    )  # fmt: skip


def _by_kind(rows: Iterable[Publication]) -> list[dict[str, Any]]:
    found: dict[str, list[Publication]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return [{"title": first_capital(labels.many(kind)), "rows": each} for kind, each in found.items()]


def _detail(row: Publication, asked: PageRequest) -> dict[str, Any]:
    versions = history.versions(row.kind, row.public_id, asked.moment)
    one = [version for version in versions if version.number == row.version]
    return {"kind": row.kind, "id": row.public_id, "name": row.name, "version": said_of(row.kind, one)[0]}
