"""What people keep of a list: choosing its columns, and saving its filters under a name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin.lists import columns
from tracker.curation import lists
from tracker.curation.errors import CurationError
from tracker.models import SavedFilter


@dataclass(frozen=True)
class Tab:
    """A saved filter over its list."""

    saved: SavedFilter
    address: str
    is_active: bool
    is_own: bool


def normal(query: str) -> str:
    """Return the query of a list without its page and what is empty, in order, so that two can be compared."""
    return urlencode(sorted(parse_qsl(lists.kept_query(query))))


def tabs(model_admin: Any, request: Any) -> list[Tab]:
    """Return the filters of a list that the person kept, and those that others share."""
    saved = SavedFilter.objects.filter(listed=model_admin.opts.model_name).select_related("owner")
    here = normal(request.GET.urlencode())
    return [
        Tab(each, f"?{each.query}", normal(each.query) == here, each.owner_id == request.user.pk)
        for each in saved.filter(Q(owner=request.user.pk) | Q(is_shared=True))
    ]


def columns_view(model_admin: Any, request: Any) -> HttpResponse:
    """Keep the columns that were ticked, or with `usual` those that the list comes with."""

    def keep() -> None:
        ticked = set(request.POST.getlist("column")) if "usual" not in request.POST else set()
        wanted = [name for name in columns.offered(model_admin) if name in ticked]
        if len(wanted) > columns.MOST:
            raise CurationError(_("A list has %s columns at most, so that nothing is cut off.") % columns.MOST)
        lists.choose_columns(user=request.user, listed=model_admin.opts.model_name, columns=wanted)

    return _done(model_admin, request, keep)


def save_view(model_admin: Any, request: Any) -> HttpResponse:
    """Keep the filters in force under a name."""

    def keep() -> None:
        misunderstood = model_admin.misunderstood(request.user, normal(request.POST.get("query", "")))
        if misunderstood:
            raise CurationError(misunderstood)
        saved = lists.save_filter(
            owner=request.user, listed=model_admin.opts.model_name, name=request.POST.get("name", "").replace("\0", ""),
            query=normal(request.POST.get("query", "")), is_shared=request.POST.get("shared") == "on",
        )  # fmt: skip
        model_admin.message_user(request, _("The filter “%s” is saved.") % saved.name, messages.SUCCESS)

    return _done(model_admin, request, keep)


def remove_view(model_admin: Any, request: Any, number: int) -> HttpResponse:
    """Remove a saved filter of one's own."""
    saved = get_object_or_404(SavedFilter, pk=number, listed=model_admin.opts.model_name)
    return _done(model_admin, request, lambda: lists.remove_filter(saved=saved, by=request.user))


def _done(model_admin: Any, request: Any, act: Callable[[], Any]) -> HttpResponse:
    """Do what was posted, say what stood in the way, and go back to the list as it was."""
    if request.method != "POST" or not model_admin.has_view_permission(request):
        raise PermissionDenied
    try:
        act()
    except CurationError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    query = normal(request.POST.get("query", ""))
    address = reverse(f"admin:tracker_{model_admin.opts.model_name}_changelist")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
