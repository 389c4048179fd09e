"""A list as a file: the records that are listed, in their order, with the columns that are shown."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst

from tracker.admin.lists.columns import label_of
from tracker.admin.lists.rows import attach_to
from tracker.exchange.outbound.csv_and_ndjson import csv_of
from tracker.exchange.outbound.file_names import file_name
from tracker.exchange.outbound.spreadsheets import write_xlsx
from tracker.exchange.outbound.temporary_files import filled
from tracker.lib.chunks import chunked
from tracker.lib.column_types import MOMENT, TEXT, Column, Value
from tracker.records.engine.plain_fields import FIELD_OF_COLUMN
from tracker.records.engine.value_types import type_of
from tracker.reporting.tables.grids import Grid

CSV, XLSX = "csv", "xlsx"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_view(model_admin: Any, request: Any, written_as: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Answer the list that the query asks for as a file, `csv` or `xlsx`: every page of it, as it is shown."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if written_as not in (CSV, XLSX):
        raise Http404
    changelist = model_admin.get_changelist_instance(request)
    if changelist.not_understood:
        # The list says which of its filters that is.
        return HttpResponseRedirect(f"../../?{request.GET.urlencode()}")
    grid = _grid(model_admin, request, changelist)
    name = file_name(grid, written_as)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    if written_as == CSV:
        return StreamingHttpResponse(csv_of(grid), content_type="text/csv; charset=utf-8", headers=disposition)
    source = request.build_absolute_uri("../../")
    return FileResponse(
        filled(lambda file: write_xlsx(grid, file, source=source)), content_type=_XLSX_TYPE, headers=disposition,
    )  # fmt: skip


def _grid(model_admin: Any, request: Any, changelist: Any) -> Grid:
    names = [name for name in changelist.list_display if name != "action_checkbox"]
    columns = [_column(model_admin, name) for name in names]
    keys = list(changelist.queryset.values_list("pk", flat=True))
    title = capfirst(str(model_admin.opts.verbose_name_plural))
    filters = {each.title: each.value for each in changelist.active_filters}
    return Grid(
        model_admin.opts.model_name, title, columns, _rows(model_admin, request, names, columns, keys),
        filters=filters, as_of=timezone.now(),
    )  # fmt: skip


def _column(model_admin: Any, name: str) -> Column:
    """Return a column, headed by what staff see above it: names of columns in code are nobody's words."""
    label = label_of(model_admin, name)
    return Column(label, label, _type_of(model_admin.model, name))


def _type_of(model: type[models.Model], name: str) -> str:
    field = next((field for field in model._meta.concrete_fields if field.name == name), None)
    if field is None or field.choices or field.is_relation:
        return TEXT
    type_ = type_of(next((FIELD_OF_COLUMN[each] for each in type(field).mro() if each in FIELD_OF_COLUMN), None))
    # A moment is shown without its zone, as words.
    return TEXT if type_ in (None, MOMENT) else str(type_)


def _rows(
    model_admin: Any, request: Any, names: list[str], columns: list[Column], keys: list[int]
) -> Iterator[list[Value]]:  # fmt: skip
    """Yield the rows in the order of `keys`, some hundred read at once with all that they show."""
    rows = model_admin.get_queryset(request).prefetch_related(*model_admin.list_prefetches)
    joins = model_admin.get_list_select_related(request)
    rows = rows.select_related(*joins) if joins else rows
    for part in chunked(keys):
        found = {row.pk: row for row in attach_to(rows.filter(pk__in=part))}
        for key in part:
            if key in found:
                shown = zip(names, columns, strict=True)
                yield [_value(found[key], name, column, model_admin) for name, column in shown]


def _value(row: Any, name: str, column: Column, model_admin: Any) -> Value:
    """Return what a list shows of a record in a column, as a value of the column's type."""
    try:
        field, _attribute, value = lookup_field(name, row, model_admin)
    except ObjectDoesNotExist:
        return None
    if column.type != TEXT:
        return value
    if field is not None and getattr(field, "flatchoices", None):
        value = dict(field.flatchoices).get(value, value)
    elif isinstance(value, tuple):
        # A label with its colour: the words are what is shown.
        value = value[1]
    return strip_tags(str(value)).strip() or None if value is not None else None
