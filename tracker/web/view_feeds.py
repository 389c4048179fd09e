"""What changed in a view, as Atom: in a table or a list, narrowed as its page is, and at the page's address."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.filters.registry import FILTERSETS
from tracker.models import ChangeSet, Contribution, Publication
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import NotHere, read_only, reasons, refused
from tracker.web.explorer.questions import asked_of, check_explorer, title_of
from tracker.web.feeds import feed_of
from tracker.web.named.pages import question_of
from tracker.web.page_request import PageRequest, of_newest
from tracker.web.pages.lists import ListPage, check_list, filters_of, searched
from tracker.web.tables.questions import Asking

Found = tuple[str, QuerySet[Any]]
"""What a view is called, and the rows of the shelf that are, or once were, in it."""

View = Callable[..., HttpResponse]


def _feed(rows_of: Callable[..., Found]) -> View:
    """Return a view that answers the change sets by which rows came into a view or left it, the newest first.

    What cannot be read, answered or found is a 400, a 422 or a 404 that says why.
    """

    @read_only
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        asked = of_newest(request)
        try:
            title, rows = rows_of(asked, **parts)
        except ValidationError as error:
            return refused(request, HTTPStatus.BAD_REQUEST, *reasons(error))
        except MixedSum as error:
            return refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except NotHere as error:
            return refused(request, error.status, str(error))
        page = asked.now.replace(".atom", "/", 1)
        return feed_of(asked, _("Changes of “%s” in the Defence Aid Tracker") % title, page, _of_rows(asked, rows))

    return answer


def _of_rows(asked: PageRequest, rows: QuerySet[Any]) -> QuerySet[ChangeSet]:
    """Return the change sets that opened or closed any of some rows: their moments are those of the rows."""
    opened, closed = (rows.order_by().values(name) for name in ("recorded_from", "recorded_to"))
    return published.change_sets(asked.moment).filter(Q(published_at__in=opened) | Q(published_at__in=closed))


def _of_question(asked: PageRequest) -> Found:
    check_explorer(asked)
    params = asked_of(asked)
    return title_of(asked, params), Asking(asked, params).question().ever_counted()


def _of_named(asked: PageRequest, name: str) -> Found:
    question = question_of(asked, name)
    filters: Any = question.filters
    if question.named.kind:
        every: QuerySet[Any] = Publication.objects.filter(kind=question.named.kind)
        return str(question.named.title), type(filters)(filters.data, every, moment=asked.moment).qs
    return str(question.named.title), filters.over(Contribution.objects.all())


def _of_list(asked: PageRequest, listed: ListPage) -> Found:
    check_list(asked, listed.kind)
    in_list = listed.rows(asked).order_by().values("public_id")
    every = Publication.objects.filter(kind=listed.kind)
    # Also those of records that were withdrawn, and so are in no list.
    rows = every.filter(Q(public_id__in=in_list) | Q(is_tombstone=False, recorded_to__isnull=False))
    filterset = FILTERSETS[listed.kind](filters_of(asked.params, listed.kind), rows, moment=asked.moment)
    if not filterset.is_valid():
        raise ValidationError({name: [str(each) for each in found] for name, found in filterset.errors.items()})
    return listed.title(), searched(filterset.qs, asked.params.get("search", ""))


table_feed = _feed(_of_question)
"""What changed in a question to the explorer."""

named_feed = _feed(_of_named)
"""What changed in a named table."""


def list_feed(listed: ListPage) -> View:
    """Return what changed in a list."""
    return _feed(partial(_of_list, listed=listed))
