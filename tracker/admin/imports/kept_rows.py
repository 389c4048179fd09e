"""The rows of the imported file that a record was taken from, as they stand in the file that is kept."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from tracker.exchange.datasets.kept_rows import CellClaim, KeptRow, kept_rows
from tracker.exchange.inbound.files import FileRefused
from tracker.models import ExternalId
from tracker.models.base import Record


@dataclass(frozen=True)
class _Value:
    """What claims say that a cell says, once, with the fields that it stands in."""

    value: str
    fields: list[str]
    broken: str = ""
    """What the cell says now, where that is another."""
    differs: bool = False


def _shown(row: KeptRow) -> dict[str, Any]:
    """Return a row as it is shown: several claims of a record say the same of a cell."""
    cells = [{"cell": cell, "values": _values(cell.claims)} for cell in row.cells]
    return {"number": row.number, "cells": cells, "values": _values(row.claims)}


def _values(claims: list[CellClaim]) -> list[_Value]:
    found: dict[tuple[str, str, bool], _Value] = {}
    for claim in claims:
        broken = "" if claim.holds else claim.found or "–"
        key = (claim.value, broken, not claim.is_current)
        value = found.setdefault(key, _Value(claim.value, [], broken, bool(not broken and not claim.is_current)))
        if claim.field not in value.fields:
            value.fields.append(claim.field)
    return list(found.values())


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
        kept = kept_rows(record.kind, record.public_id)
        context |= {"kept": kept, "shown_rows": [_shown(row) for row in kept.rows] if kept else []}
    except FileRefused as error:
        context["problem"] = str(error)
    return TemplateResponse(request, "admin/tracker/kept_rows.html", context)
