"""The rows of the imported file that a record was taken from, as they stand in the file that is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker.exchange.datasets.kept_rows import kept_rows
from tracker.exchange.inbound.files import FileRefused
from tracker.models import ExternalId
from tracker.models.base import Record


def has_rows(record: Record) -> bool:
    """Tell whether an import brought the record."""
    return ExternalId.objects.filter(record_kind=record.kind, public_id=record.public_id).exists()


def rows_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows, each cell with the head of its column and what it is read as."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if not model_admin.has_view_permission(request, record):
        raise PermissionDenied
    context: dict[str, Any] = model_admin.admin_site.each_context(request) | {
        "title": _("Rows of the file behind %s") % record.name, "record": record, "opts": model_admin.opts,
    }  # fmt: skip
    try:
        context["kept"] = kept_rows(record.kind, record.public_id)
    except FileRefused as error:
        context["problem"] = str(error)
    return TemplateResponse(request, "admin/tracker/kept_rows.html", context)
