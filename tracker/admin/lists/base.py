"""What all lists and pages of the admin share: odd addresses are no errors, and a refused save keeps what was typed."""

from http import HTTPStatus
from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ChangeList
from django.db import DatabaseError, IntegrityError, InterfaceError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from tracker.admin.forms import returned_forms
from tracker.admin.forms.fields import FORMFIELD_OVERRIDES
from tracker.admin.forms.records import RefusableForm
from tracker.admin.forms.suggestions import SuggestsRecords
from tracker.admin.lists import paging
from tracker.admin.lists.unknown_filters import is_no_value
from tracker.curation import database_errors
from tracker.curation.errors import CurationError


class PlainAdmin(SuggestsRecords, ModelAdmin):
    """A list that answers odd addresses with itself, never with an error."""

    list_per_page = 50
    list_prefetches: tuple[str, ...] = ()
    show_full_result_count = False
    # Counts beside each choice would take a query each, and some filters here take what is no condition of a query.
    show_facets = ShowFacets.NEVER
    list_filter_submit = True
    list_filter_sheet = True
    list_before_template = "admin/tracker/list_before.html"
    formfield_overrides = FORMFIELD_OVERRIDES

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return paging.DatedChangeList

    def misunderstood(self, user: Any, query: str) -> str:
        """Say in words which filters of the query of this list it does not understand; empty where it does all."""
        request = HttpRequest()
        request.method, request.user, request.GET = "GET", user, QueryDict(query)
        odd = [name for name, values in request.GET.lists() if any(is_no_value(name, each) for each in values)]
        if not odd:
            odd = self.get_changelist_instance(request).not_understood
        if not odd:
            return ""
        found = ", ".join(f"{name}={request.GET.get(name, '')}" for name in odd)
        return _("This list does not understand “%s”: take it away, or set it right.") % found[:200]


class ReadOnlyAdmin(PlainAdmin):
    """Rows that only the program writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RefusingAdmin(PlainAdmin):
    """A page that is shown again where curation or the database refuses a save.

    It then says why and keeps all that was typed; nothing of it is written.
    """

    form = RefusableForm

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        returned_forms.settle(request)
        if request.method == "POST" and returned_forms.RESTORE in request.POST:
            request.refusal = _("This is what you typed. It is not saved yet.")
            restored: HttpResponse = self._changeform_view(request, object_id, form_url, extra_context)
            return restored
        response = self._saving(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            returned_forms.told_saved(request, response)
        return response

    def _saving(
        self, request: Any, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Show the form or save it; where that is refused, show it again as typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except CurationError as error:
            request.refusal, request.refused = str(error), error
        except IntegrityError as error:
            request.refusal = database_errors.in_words(error)
        except (DatabaseError, InterfaceError, OSError) as error:
            if not database_errors.is_unavailable(error):
                raise
            request.refusal = database_errors.unavailable()
            return self._without_saving(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _without_saving(
        self, request: Any, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Show what was typed again, outside a transaction: to begin one is to wait for the right to write."""
        response: HttpResponse = self._changeform_view(request, object_id, form_url, extra_context)
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = str(database_errors.RETRY_AFTER)
        return response

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form
