"""The page of an import: how far it is, and what its plan comes to. What all its pages share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from tracker.admin.site.admin_site import site
from tracker.curation.importing.imports import ties_of
from tracker.exchange.datasets.imports import progress_of
from tracker.exchange.datasets.twins import notices_of_twins
from tracker.models import Import, ImportStep, Job
from tracker.reporting.checks.totals import shown
from tracker.reporting.desk.imports import Summary, summary

STATUS_COLOURS = {
    Import.Status.WAITING: "info",
    Import.Status.REFUSED: "danger",
    Import.Status.PLANNED: "warning",
    Import.Status.ACCEPTED: "info",
    Import.Status.APPLIED: "success",
}
OUTCOME_COLOURS = {
    ImportStep.Outcome.NEW: "success",
    ImportStep.Outcome.CHANGED: "info",
    ImportStep.Outcome.UNCHANGED: "default",
    ImportStep.Outcome.CONFLICTING: "warning",
    ImportStep.Outcome.INVALID: "danger",
    ImportStep.Outcome.PASSED: "info",
    ImportStep.Outcome.GONE: "warning",
}
UNDER_WAY = (Import.Status.WAITING, Import.Status.ACCEPTED)
LOOK_AGAIN = 3
"""Seconds after which the page of an import at work asks again how far it is."""
_OUTCOMES = dict(ImportStep.Outcome.choices)


def in_words(counts: dict[str, int]) -> str:
    """Return counts by outcome for people: `12 new, 3 changed`."""
    return ", ".join(f"{counts[outcome]:,} {label}" for outcome, label in _OUTCOMES.items() if outcome in counts)


def import_shown(request: HttpRequest, pk: int) -> Import:
    """Return the import of an address. Raises PermissionDenied or Http404."""
    if not request.user.has_perm("tracker.view_import"):
        raise PermissionDenied
    return get_object_or_404(Import.objects.select_related("author", "change_set"), pk=pk)


def may_work_on(request: HttpRequest, imported: Import) -> bool:
    """Tell whether the person brought the file and has the right to import."""
    return imported.author_id == request.user.pk and request.user.has_perm("tracker.change_import")


def may_drop(request: HttpRequest, imported: Import) -> bool:
    """Tell whether the person brought the file and may forget it now: not while it is being applied, or after."""
    is_own = imported.author_id == request.user.pk and request.user.has_perm("tracker.delete_import")
    return is_own and imported.status not in (Import.Status.ACCEPTED, Import.Status.APPLIED)


def page_of(request: HttpRequest, imported: Import, template: str, here: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with a page of an import; `here` is the tab that it is."""
    shared = {
        "title": imported.title or imported.file_name,
        "opts": Import._meta,
        "imported": imported,
        "status_colour": STATUS_COLOURS[Import.Status(imported.status)],
        "is_under_way": imported.status in UNDER_WAY,
        "is_own": may_work_on(request, imported),
        "has_change_permission": False,
        "here": here,
        "has_twins": bool(imported.digest) and imported.twins.exists(),
    }
    return TemplateResponse(
        request, f"admin/tracker/{template}.html", site.each_context(request) | shared | context
    )  # fmt: skip


def overview(request: HttpRequest, imported: Import) -> HttpResponse:
    """Show how far an import is, and what its plan comes to."""
    found = summary(imported)
    done, total = progress_of(imported)
    job = imported.jobs.filter(status=Job.Status.RUNNING).order_by("pk").first()
    # Who reads what to do where nothing happens, reads in peace.
    asks_for_help = "stuck" in request.GET
    context = {
        "summary": found,
        "twin_notices": notices_of_twins(found.twins, found.undecided)
        if imported.status == Import.Status.PLANNED
        else [],
        "outcomes": _outcomes(found),
        "causes": [
            (cause, label, found.causes[cause]) for cause, label in ImportStep.Cause.choices if cause in found.causes
        ],
        "asks_for_help": asks_for_help,
        "is_interrupted": imported.status in UNDER_WAY and job is not None and job.is_interrupted(),
        "done": done,
        "total": total,
        "writes": found.records.get("new", 0) + found.records.get("changed", 0),
        "profile_title": _title_of(imported),
        "questions": [one | {"answer": imported.conventions.get(one["column"], "")} for one in imported.questions],
        "is_asked": any(one["column"] not in imported.conventions for one in imported.questions),
        "ties": len(ties_of(imported)) if imported.digest else 0,
        "conflicts": imported.steps.exclude(conflicts=[]).count(),
        "may_drop": may_drop(request, imported),
        "reconciliation": shown(imported) if imported.digest else None,
    }
    response = page_of(request, imported, "import", "overview", context)
    if imported.status in UNDER_WAY and not asks_for_help:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


def _title_of(imported: Import) -> str:
    return " · ".join(filter(None, (imported.profile, imported.release, imported.sheet)))


def _outcomes(found: Summary) -> list[dict[str, Any]]:
    return [
        {
            "outcome": outcome, "label": label, "colour": OUTCOME_COLOURS[ImportStep.Outcome(outcome)],
            "records": found.records.get(outcome, 0), "rows": found.rows.get(outcome, 0),
        }
        for outcome, label in _OUTCOMES.items()
        if outcome in found.records or outcome in found.rows
    ]  # fmt: skip
