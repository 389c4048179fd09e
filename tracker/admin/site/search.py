"""The search over everything on the desk: a box in the sidebar, opened by `/`, and a page of its own."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.lib.text import fold
from tracker.models import ChangeSet, Claim
from tracker.records.registry import KINDS
from tracker.reporting.desk.search_all_kinds import SHOWN, FoundOfKind, find

LONGEST = 200
SHOWN_ON_PAGE = 20
ICONS: dict[type[Any], str] = {kind.model: kind.icon for kind in KINDS.values()} | {
    Claim: "format_quote", ChangeSet: "rate_review",
}  # fmt: skip


def search_view(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """Answer what the desk has of the words in `s`: below the box while somebody types, else as a page."""
    term = request.GET.get("s", "").replace("\0", "").strip()[:LONGEST]
    in_box = "HX-Request" in request.headers

    def allowed(model: type[Any]) -> bool:
        return bool(site._registry[model].has_view_permission(request))

    found = find(term, allowed=allowed, most=SHOWN if in_box else SHOWN_ON_PAGE)
    context = {
        "term": term,
        "groups": [_group(each, term) for each in found.groups],
        "lists": _lists(site, request, term),
        "meant": [
            {"term": each, "address": f"{reverse('admin:search')}?{urlencode({'s': each})}"} for each in found.meant
        ],
    }
    if in_box:
        return TemplateResponse(request, "admin/tracker/search_results.html", context)
    context |= site.each_context(request) | {"title": _("Search the desk")}
    return TemplateResponse(request, "admin/tracker/search.html", context)


def _group(found: FoundOfKind, term: str) -> dict[str, Any]:
    meta = found.model._meta
    return {
        "kind": str(meta.verbose_name_plural),
        "icon": ICONS[found.model],
        "count": found.count,
        "address": f"{reverse(f'admin:tracker_{meta.model_name}_changelist')}?{urlencode({'q': term})}",
        "records": [_record(record) for record in found.best],
    }


def _name(record: Any) -> str:
    """Return what a record is called; a claim, which has no name but its id, by its words or what it is about."""
    if not isinstance(record, Claim):
        return str(record.name)
    words = f"“{record.quote}”" if record.quote else record.value
    return words or f"{record.record_kind} {record.record_id}"


def _record(record: Any) -> dict[str, str]:
    is_set = isinstance(record, ChangeSet)
    return {
        "name": record.message if is_set else _name(record),
        "id": f"#{record.pk}" if is_set else record.public_id,
        "address": reverse(f"admin:tracker_{record._meta.model_name}_change", args=[record.pk]),
    }


def _lists(site: AdminSite, request: HttpRequest, term: str) -> list[dict[str, str]]:
    """Return the lists of the menu whose name has the words."""
    if not term:
        return []
    return [
        {"name": model["name"], "address": model["admin_url"]}
        for app in site.get_app_list(request)
        for model in app["models"]
        if fold(term) in fold(str(model["name"])) and model.get("admin_url")
    ]
