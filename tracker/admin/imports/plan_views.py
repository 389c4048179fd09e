"""The parts of a plan: its records, the rows of the file, and the report."""

import codecs
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from tracker.admin.imports.pages import OUTCOME_COLOURS, import_shown, page_of
from tracker.curation.review import standing
from tracker.exchange.datasets.report import stored_report
from tracker.exchange.outbound.csv_and_ndjson import csv_lines
from tracker.filters.imports import RowFilterSet, StepFilterSet
from tracker.lib.chunks import chunked
from tracker.models import Import, ImportRow, ImportStep
from tracker.records.registry import KINDS
from tracker.reporting.shelf import comparing

PER_PAGE = 100
LINES_SHOWN = 60
"""How many changed fields of one record are spelled out."""


def records_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what becomes of each record, or of those of an outcome and a cause."""
    imported = import_shown(request, pk)
    chosen = StepFilterSet(_parameters_of(request, "outcome", "cause"), queryset=imported.steps.all())
    page = _page(request, chosen.qs)
    give_names(page.object_list)
    numbers = _row_numbers(imported, page.object_list)
    held = _holders(page.object_list)
    context = {
        "page": page,
        "steps": [_spelled_out(step, numbers.get(step.position, []), held) for step in page.object_list],
        "outcomes": ImportStep.Outcome.choices,
        "causes": ImportStep.Cause.choices,
        **_chosen(request, "outcome", "cause"),
    }
    return page_of(request, imported, "import_records", "records", context)


def rows_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what becomes of each row of the file, or of those of an outcome or with notes."""
    imported = import_shown(request, pk)
    chosen = RowFilterSet(_parameters_of(request, "outcome", "has_notes"), queryset=imported.rows.all())
    page = _page(request, chosen.qs)
    wanted = [row.step_position for row in page.object_list if row.step_position is not None]
    steps = {step.position: step for step in imported.steps.filter(position__in=wanted).defer("changes")}
    rows = [
        {
            "row": row, "colour": OUTCOME_COLOURS[ImportStep.Outcome(row.outcome)],
            "step": None if row.step_position is None else steps.get(row.step_position),
        }
        for row in page.object_list
    ]  # fmt: skip
    context = {
        "page": page,
        "rows": rows,
        "outcomes": [choice for choice in ImportStep.Outcome.choices if choice[0] != ImportStep.Outcome.GONE],
        "has_sheets": any(row["row"].sheet for row in rows),
        **_chosen(request, "outcome", "has_notes"),
    }
    return page_of(request, imported, "import_rows", "rows", context)


def report_view(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send the report: every row of the file with its number, what becomes of it, and why."""
    imported = import_shown(request, pk)
    # With a mark, so that spreadsheet programs read it as UTF-8.
    lines = chain([codecs.BOM_UTF8], csv_lines(stored_report(imported)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{imported.pk}-report.csv"'
    return response


def _parameters_of(request: HttpRequest, *names: str) -> dict[str, str]:
    """Return the parameters of an address that are filled in."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _chosen(request: HttpRequest, *names: str) -> dict[str, str]:
    return {f"chosen_{name}": request.GET.get(name, "") for name in names}


def _page(request: HttpRequest, queryset: QuerySet[Any]) -> Any:
    page: Any = Paginator(queryset, PER_PAGE).get_page(request.GET.get("page"))
    # The address of another page is that of this one with another number.
    asked = request.GET.copy()
    asked.pop("page", None)
    page.address = f"?{asked.urlencode()}&" if asked else "?"
    page.object_list = list(page.object_list)
    return page


def _row_numbers(imported: Import, steps: list[ImportStep]) -> dict[int, list[int]]:
    """Return the rows that each of the steps is made of, by its position."""
    found: dict[int, list[int]] = {}
    listed = ImportRow.objects.filter(imported=imported, step_position__in=[step.position for step in steps])
    for position, number in listed.order_by("position").values_list("step_position", "number"):
        found.setdefault(int(position or 0), []).append(number)
    return found


def give_names(steps: list[ImportStep]) -> None:
    """Name the records that are gone from the file as the register does."""
    nameless: dict[str, list[ImportStep]] = {}
    for step in steps:
        if not step.name and step.public_id and step.kind in KINDS:
            nameless.setdefault(step.kind, []).append(step)
    for kind, listed in nameless.items():
        for part in chunked(listed):
            found = KINDS[kind].model.objects.filter(public_id__in=[step.public_id for step in part])
            names = dict(found.values_list("public_id", "name"))
            for step in part:
                step.name = names.get(step.public_id, "")


def _holders(steps: list[ImportStep]) -> dict[tuple[str, str], standing.Standing]:
    """Return who holds the records of conflicting steps now, by kind and public id."""
    wanted: dict[str, set[str]] = {}
    for step in steps:
        if step.outcome == ImportStep.Outcome.CONFLICTING and step.public_id:
            wanted.setdefault(step.kind, set()).add(step.public_id)
    return {
        (kind, public_id): found
        for kind, ids in wanted.items()
        for public_id, found in standing.standings(kind=kind, public_ids=ids).items()
    }


def _spelled_out(step: ImportStep, rows: list[int], held: dict[tuple[str, str], standing.Standing]) -> dict[str, Any]:
    """Return a step as its page shows it."""
    changes = step.changes
    before, after = ({name: change.get(side) for name, change in changes.items()} for side in ("before", "after"))
    lines = comparing.lines(step.kind, before, after)
    labels = dict(ImportStep.Cause.choices)
    found = held.get((step.kind, step.public_id))
    return {
        "step": step,
        "colour": OUTCOME_COLOURS[ImportStep.Outcome(step.outcome)],
        "causes": [labels.get(cause, cause) for cause in step.causes.split()],
        "rows": rows,
        "lines": lines[:LINES_SHOWN],
        "more": max(len(lines) - LINES_SHOWN, 0),
        "edit": found.edit if found else None,
    }
