"""The reconciliation of an import record by record, as a page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from tracker.admin.imports.pages import import_shown, page_of
from tracker.filters.imports import ReconciliationFilterSet
from tracker.lib import money
from tracker.models import ReconciliationLine
from tracker.reporting.checks.totals import shown

PER_PAGE = 100
_AMOUNTS = ("in_file", "in_register", "difference")


def reconciliation_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the file and the register come to, record by record; those that differ first."""
    imported = import_shown(request, pk)
    asked = {name: request.GET[name] for name in ("stage", "cause", "differs") if request.GET.get(name)}
    asked = asked if request.GET else {"differs": "true"}
    chosen = ReconciliationFilterSet(asked, queryset=imported.reconciliation.order_by("position", "id"))
    page: Any = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    page.address = f"?{query.urlencode()}&" if query else "?differs=true&"
    context = {
        "page": page,
        "lines": [
            {
                "line": line, "stage": line.get_stage_display(), "cause": line.get_cause_display(),
                **{name: _minor(getattr(line, name), line.currency) for name in _AMOUNTS},
            }
            for line in page.object_list
        ],
        "reconciliation": shown(imported),
        "causes": [choice for choice in ReconciliationLine.Cause.choices if choice[0]],
        "chosen": asked,
    }  # fmt: skip
    return page_of(request, imported, "import_reconciliation", "reconciliation", context)


def _minor(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{money.from_minor(minor, currency):,}".replace("-", "−")
