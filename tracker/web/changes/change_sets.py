"""Published change sets: what was changed, when, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Count, QuerySet, When
from django.utils.translation import gettext as _

from tracker.filters.change_sets import ChangeSetFilterSet, saying
from tracker.lib.text import search_terms
from tracker.models import ChainLink, ChangeSet, Edit, Publication
from tracker.records import field_labels
from tracker.records.words import first_capital
from tracker.reporting.shelf import history, published
from tracker.reporting.shelf.paging import Order, page_of
from tracker.web.answering import NotHere, ShownPage
from tracker.web.changes.between import publishings_before
from tracker.web.changes.effects import effects_of
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.page_request import PageRequest
from tracker.web.pages.versions import said_of

LIMIT = 15
NAMED = 5
"""How many of its records a change set names in a list."""

MOST = 200
"""How many of its records the page of a change set names."""


def change_sets_shown(asked: PageRequest, most: int) -> list[dict[str, Any]]:
    """Return the newest change sets by the moment of a page."""
    return shown(asked, list(published.change_sets(asked.moment).order_by("-published_at")[:most]))


def shown(asked: PageRequest, change_sets: Sequence[ChangeSet]) -> list[dict[str, Any]]:
    """Return what a list says of change sets, each thing asked once for all of them."""
    rows = Publication.objects.filter(change_set__in=change_sets).exclude(kind="claim").order_by("kind", "public_id")
    counts = _counts(rows)
    reposted = _counts(Edit.objects.filter(change_set__in=change_sets, action=Edit.Action.REPOST))
    # Of an import of thousands, five would say nothing.
    few = [each.pk for each in change_sets if counts.get(each.pk, 0) <= NAMED]
    named: dict[int, list[Publication]] = defaultdict(list)
    for row in rows.filter(change_set__in=few).defer("search"):
        named[row.change_set_id].append(row)
    starts, taken_back = publishings_before(change_sets), published.reverting(change_sets, asked.moment)
    effects = effects_of(asked, change_sets, starts)
    return [
        {
            "id": each.pk, "message": each.message, "at": each.published_at, "count": counts.get(each.pk, 0),
            "cause": first_capital(str(each.get_cause_display())),
            "alone_reason": each.alone_reason, "reverts": each.reverts_id, "reverted_by": taken_back.get(each.pk, []),
            "rows": named[each.pk],
            "effects": effects[each.pk],
            "reposted": reposted.get(each.pk, 0),
        }
        for each in change_sets
    ]  # fmt: skip


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    """Return how many of the rows each change set has."""
    return dict(rows.order_by().values("change_set").annotate(count=Count("pk")).values_list("change_set", "count"))


def changes(asked: PageRequest) -> ShownPage:
    """Show the change sets, the newest first; raises ValidationError for a cursor that is none."""
    asked.check([*ChangeSetFilterSet.base_filters, "search", "cursor"], ChangeSetFilterSet.lists())
    params = asked.params
    known = {name: text for name, text in params.items() if name in ChangeSetFilterSet.base_filters}
    filters = ChangeSetFilterSet(known, published.change_sets(asked.moment), moment=asked.moment)
    rows = saying(filters.qs if filters.is_valid() else filters.queryset, search_terms(params.get("search", "")))
    page = page_of(
        rows, orders={"published": Order("published_at")}, ordering="-published", unique="pk", limit=LIMIT,
        moment=asked.moment, cursor=asked.cursor,
    )  # fmt: skip
    return ShownPage(
        "web/changes.html",
        {
            "title": _("What changed, and why"), "rows": shown(asked, page.rows),
            "causes": [(value, first_capital(str(text))) for value, text in ChangeSet.Cause.choices],
            "cause": params.get("cause", ""), "head": published.head(asked.moment),
            "next": asked.here(cursor=page.next) if page.next else "",
            "previous": asked.here(cursor=page.previous) if page.previous else "",
        },
        forms=file_links(asked, "changes", known, ALL_FORMS),
    )  # fmt: skip


def change_set(asked: PageRequest, number: int) -> ShownPage:
    """Show one change set: its records, each with what became of it."""
    found = published.change_sets(asked.moment).filter(pk=number).first()
    if found is None:
        raise NotHere(_("There is no published change set %s.") % number)
    # Sources come last: an import has more of them than can be named.
    is_source = Case(When(kind="document", then=1), default=0)
    rows = list(found.publications.exclude(kind="claim").order_by(is_source, "kind", "public_id")[:MOST])
    return ShownPage(
        "web/change_set.html",
        {"title": found.message, "set": shown(asked, [found])[0], "groups": _by_kind(rows), "most": MOST,
         "link": ChainLink.objects.filter(change_set=found).first(),
         "details": [_detail(row, asked) for row in rows[:NAMED]] if len(rows) <= NAMED else []},
        forms=file_links(asked, "change-set", {}, ALL_FORMS, str(number)),
    )  # fmt: skip


def _by_kind(rows: Iterable[Publication]) -> list[dict[str, Any]]:
    found: dict[str, list[Publication]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return [{"title": first_capital(field_labels.many(kind)), "rows": each} for kind, each in found.items()]


def _detail(row: Publication, asked: PageRequest) -> dict[str, Any]:
    versions = history.versions(row.kind, row.public_id, asked.moment)
    one = [version for version in versions if version.number == row.version]
    return {
        "kind": row.kind,
        "id": row.public_id,
        "row": row,
        "version": said_of(row.kind, one)[0],
    }
