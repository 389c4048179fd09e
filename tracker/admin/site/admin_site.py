"""The admin site: its own addresses, and what browsers may do on its pages."""

import datetime as dt
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from tracker import models
from tracker.admin.site.home import waiting_for
from tracker.admin.site.menu import SECTIONS, may_view, menu
from tracker.admin.site.passwords import ChoosePasswordView
from tracker.admin.site.search import search_view
from tracker.admin.site.typed_values import understood_view
from tracker.curation.notices import see
from tracker.models.base import Record
from tracker.records.registry import KINDS


def _with_admin_policy(response: Any) -> Any:
    """Return the response with the policy that the admin's theme needs, in place of the strict one."""
    response._csp_replace = settings.ADMIN_CSP
    return response


def _page_before(request: HttpRequest) -> str:
    """Return the page of the desk from which something was sent, as the browser says; empty where it does not."""
    told = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(told, hosts, require_https=request.is_secure())
    page = urlsplit(told if is_ours else "")
    if not page.path.startswith(reverse("admin:index")) or page.path == reverse("admin:login"):
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


class SuggestionView(AutocompleteJsonView):
    """What an autocomplete suggests: names with public ids, so that two of a name can be told apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        public_id = getattr(obj, "public_id", "")
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": f"{obj} · {public_id}" if public_id else str(obj),
        }


class TrackerAdminSite(UnfoldAdminSite):
    """The admin, with a content security policy of its own that its theme needs."""

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method == "POST" and not self.has_permission(request) and (page := _page_before(request)):
                # What was sent may be a step, which has no page of its own: back to where the person was.
                return _with_admin_policy(redirect_to_login(page, reverse("admin:login")))
            return _with_admin_policy(protected(request, *args, **kwargs))

        return answer

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return _with_admin_policy(super().login(request, extra_context))

    def get_urls(self) -> list[Any]:
        own = [
            path("choose-password/<uidb64>/<token>/", self.choose_password, name="choose_password"),
            path("notices/seen/", self.admin_view(self.notices_seen), name="notices_seen"),
            path("understood/", self.admin_view(understood_view), name="understood"),
            path("record/<slug:kind>/<slug:public_id>/", self.admin_view(self.record), name="record"),
            path(
                "record/<slug:kind>/<slug:public_id>/rows/",
                self.admin_view(self.record),
                {"page": "rows"},
                name="rows_of_record",
            ),
        ]
        return [*own, *super().get_urls()]

    def choose_password(self, request: HttpRequest, **parts: str) -> HttpResponse:
        """Let somebody who has a link choose a password; whoever has none is not logged in, and needs not be."""
        response: HttpResponse = _with_admin_policy(ChoosePasswordView.as_view(site=self)(request, **parts))
        return response

    def notices_seen(self, request: Any) -> HttpResponse:
        """Note that the person has seen their notices, and lead back to the start page."""
        if request.method == "POST":
            see(user=request.user, at=timezone.now())
        return HttpResponseRedirect(reverse("admin:index"))

    def record(self, request: HttpRequest, kind: str, public_id: str, page: str = "change") -> HttpResponse:
        """Lead to a page of a record, its form or the rows of files behind it, by kind and public id."""
        found: models.Claim | Record | None = None
        if kind == models.Claim.kind:
            found = models.Claim.objects.filter(public_id=public_id).first()
        elif kind in KINDS:
            found = KINDS[kind].model.named(public_id)
        if found is None:
            raise Http404
        return HttpResponseRedirect(reverse(f"admin:tracker_{found._meta.model_name}_{page}", args=[found.pk]))

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Answer the search over everything on the desk, in place of the theme's search for lists."""
        return search_view(self, request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return SuggestionView.as_view(admin_site=self)(request)  # type: ignore[return-value]  # the stubs know no as_view of its views

    def index(self, request: Any, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show what waits for the person who is logged in."""
        response: HttpResponse = super().index(request, waiting_for(request.user) | (extra_context or {}))
        return response

    def get_sidebar_list(self, request: HttpRequest) -> Any:
        """Return the menu, worked out when a page shows it: each right to each model is asked for.

        The theme would do so also where none shows it, and make a class for each right.
        """
        return SimpleLazyObject(lambda: menu(self, request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the models in their sections, for the index; Django's own order for one app.

        Only the index looks at the sections, but each page asks for them: they are worked out when they are looked at,
        as each right to each model is asked for.
        """
        if app_label:
            return super().get_app_list(request, app_label)
        return SimpleLazyObject(lambda: self._in_sections(request))

    def _in_sections(self, request: HttpRequest) -> list[dict[str, Any]]:
        apps = super().get_app_list(request)
        shown = {
            entry["model"]: entry for app in apps for entry in app["models"] if may_view(self, entry["model"])(request)
        }
        return [
            {
                "name": title, "app_label": "tracker", "app_url": reverse(f"{self.name}:index"),
                "has_module_perms": True, "models": [shown[model] for model, _icon in entries if model in shown],
            }
            for title, entries in SECTIONS
            if any(model in shown for model, _icon in entries)
        ]  # fmt: skip


site = TrackerAdminSite()


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token, and lead back to the page that it is on (`CSRF_FAILURE_VIEW`)."""
    return render(request, "403_csrf.html", {"page": _page_before(request)}, status=403)


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Say that too many wrong passwords were tried, and how long to wait."""
    minutes = round(dt.timedelta(hours=settings.AXES_COOLOFF_TIME).total_seconds() / 60)
    if not request.path.startswith(reverse("admin:index")):
        detail = _("Too many wrong passwords. Wait %(minutes)s minutes and try again.") % {"minutes": minutes}
        return JsonResponse({"detail": detail}, status=429)
    context = {"minutes": minutes, "title": _("Too many attempts"), **site.each_context(request)}
    return _with_admin_policy(render(request, "admin/locked_out.html", context, status=429))
