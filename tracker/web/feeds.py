"""What changed, as Atom: all of it, or what touches one record."""

from http import HTTPStatus
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.models import ChangeSet, Facet, Publication
from tracker.records.shelved import facets_naming
from tracker.records.words import first_capital
from tracker.reporting.shelf import published
from tracker.web.answering import kept, read_only, refused
from tracker.web.page_request import PageRequest, of_newest
from tracker.web.redirects_of_merged import moved_to

ENTRIES, NAMED = 50, 20
"""How many change sets a feed has, and how many of its records each names."""


@read_only
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Answer the newest change sets."""
    asked = of_newest(request)
    return feed_of(
        asked, _("Changes of the Defence Aid Tracker"), reverse("changes"), published.change_sets(asked.moment)
    )


@read_only
def record_feed(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Answer the change sets that touch a record, or one that refers to it: of a contributor, its pledges.

    The feed of one that was merged into another is that of the other.
    """
    asked = of_newest(request)
    record = published.records(kind, asked.moment).filter(public_id=public_id).first()
    if record is None:
        other = published.merged_into(kind, public_id, asked.moment)
        if other:
            return moved_to(asked, kind, public_id, other)
        if published.tombstones(kind, [public_id], asked.moment):
            # Readers of feeds take it from their list.
            return refused(request, HTTPStatus.GONE, _("Withdrawn"))
        raise Http404
    naming = Facet.objects.filter(name__in=facets_naming(kind), value=public_id).values("publication")
    touching = Publication.objects.filter(pk__in=naming).exclude(kind="claim").order_by().values("change_set")
    own = Publication.objects.filter(kind=kind, public_id=public_id).order_by().values("change_set")
    found = published.change_sets(asked.moment).filter(Q(pk__in=touching) | Q(pk__in=own))
    title = _("Changes of %s in the Defence Aid Tracker") % record.name
    return feed_of(asked, title, reverse(f"page-{kind}", args=[public_id]), found)


def feed_of(asked: PageRequest, title: str, path: str, change_sets: QuerySet[ChangeSet]) -> HttpResponse:
    """Return change sets as a feed, the newest first; `path` is the address of the page that it is about."""
    feed = Atom1Feed(
        title, asked.origin + path, _("Every change, with its cause."), language=get_language(),
        feed_url=asked.origin + asked.now,
    )  # fmt: skip
    for each in change_sets.order_by("-published_at")[:ENTRIES]:
        where = asked.origin + reverse("change-set", args=[each.pk])
        feed.add_item(each.message, where, _summary(each), updateddate=each.published_at, pubdate=each.published_at,
                      unique_id=where, categories=[str(each.get_cause_display())])  # fmt: skip
    return kept(asked, feed.writeString("utf-8").encode(), Atom1Feed.content_type)


def _summary(each: ChangeSet) -> str:
    """Return the cause, and the records."""
    rows: Any = each.publications.exclude(kind="claim").order_by("kind", "public_id")
    names = list(rows.values_list("name", flat=True)[:NAMED])
    more = rows.count() - len(names)
    listed = ", ".join([*names, *([_("and %s more") % more] if more else [])])
    return f"{first_capital(str(each.get_cause_display()))}: {listed}"
