"""The same view as a file: short addresses that lead to what programs read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from tracker.web.page_request import PageRequest, said

NAMES = {"csv": "CSV", "json": "JSON", "xlsx": "Excel", "parquet": "Parquet", "ndjson": "NDJSON", "zip": "ZIP"}
MEDIA_TYPES = {
    "csv": "text/csv", "json": "application/json", "ndjson": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet", "zip": "application/zip",
}  # fmt: skip


def file_links(
    asked: PageRequest, route: str, params: Mapping[str, Any], forms: Iterable[str], *args: str
) -> list[dict[str, str]]:
    """Return the addresses of a view as files, with what each is called; `route` is that of the page."""
    where = reverse(route, args=args).rstrip("/")
    return [
        {"name": NAMES[form], "media_type": MEDIA_TYPES[form],
         "address": asked.with_moment(f"{where}.{form}", dict(params))}
        for form in forms
    ]  # fmt: skip


ALL_FORMS = ("csv", "json", "xlsx", "parquet", "zip")
"""The forms of a table or list: a ZIP has its definitions, sources and citation beside the data."""

CHARTS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "vl.json": "application/json"}


def chart_links(asked: PageRequest) -> list[dict[str, str]]:
    """Return the addresses of a page's chart as files: as a drawing, a picture, for paper, and as Vega-Lite has it."""
    return [
        {"name": "Vega-Lite" if form == "vl.json" else form.upper(), "media_type": media_type,
         "address": asked.file(form)}
        for form, media_type in CHARTS.items()
    ]  # fmt: skip


def file_of(route: str, forms: Iterable[str] = NAMES) -> Callable[..., HttpResponse]:
    """Return a view that leads from the address of a page, with a form behind it, to the same as the API gives it."""
    allowed = frozenset(forms)

    def lead(request: HttpRequest, form: str, **parts: str) -> HttpResponse:
        if form not in allowed:
            raise Http404
        try:
            address = reverse(route, kwargs=parts)
        except NoReverseMatch:
            # Nothing has such an id, such as one of letters that no id has.
            raise Http404 from None
        params = said(request.GET)
        if len(allowed) > 1:
            params["format"] = [form]
        asked = f"?{urlencode(params, doseq=True)}" if params else ""
        return HttpResponseRedirect(address + asked)

    return lead
