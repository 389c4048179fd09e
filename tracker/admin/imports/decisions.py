"""What the author of an import decides: to accept its plan, to have it planned again, to forget it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.admin.imports.forms import AcceptForm
from tracker.admin.imports.pages import import_shown, may_work_on, page_of
from tracker.admin.imports.plan_views import give_names
from tracker.curation import jobs
from tracker.curation.errors import CurationError
from tracker.curation.importing import answers, imports
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.models import Import, ImportStep
from tracker.reporting.checks.totals import shown
from tracker.reporting.desk.imports import summary

CONVENTION = "convention-"
"""What the names of fields begin with that say how a column is written; the column follows."""
GONE_SHOWN = 5_000
"""How many of the records that are gone can be decided about one by one. A form holds 20,000 fields."""


def own_import(request: HttpRequest, pk: int) -> Import:
    """Return an import that the person can decide about. Raises PermissionDenied or Http404."""
    imported = import_shown(request, pk)
    if not may_work_on(request, imported):
        raise PermissionDenied
    return imported


def accept_view(request: Any, pk: int) -> HttpResponse:
    """Ask what to accept, and accept it."""
    imported = own_import(request, pk)
    if imported.status != Import.Status.PLANNED:
        # It was accepted a moment ago, perhaps by a second click.
        return redirect("admin:tracker_import_change", pk)
    form = AcceptForm(imported, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _accepted(request, imported, form):
        return redirect("admin:tracker_import_change", pk)
    found = summary(imported)
    gone = list(imported.steps.filter(outcome=ImportStep.Outcome.GONE).defer("changes")[:GONE_SHOWN])
    give_names(gone)
    for step in gone:
        step.decision = form.exceptions().get(step.position, "")
    context = {
        "form": form,
        "summary": found,
        "gone": gone,
        "gone_count": found.records.get("gone", 0),
        "has_exceptions": bool(form.exceptions()),
        "chosen": form["decision"].value(),
        "decisions": ImportStep.Decision.choices,
        "reconciliation": shown(imported),
        "writes": found.records.get("new", 0) + found.records.get("changed", 0),
    }
    return page_of(request, imported, "import_accept", "accept", context)


def _accepted(request: Any, imported: Import, form: AcceptForm) -> bool:
    """Accept the plan and have it applied; tells why where that cannot be."""
    try:
        with jobs.queueing() as queue:
            imports.accept(
                imported=imported, by=request.user, message=form.cleaned_data["message"],
                gone=form.cleaned_data["decision"] or ImportStep.Decision.ASK, exceptions=form.exceptions(),
            )  # fmt: skip
            queue(apply_import, imported.pk)
    except CurationError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_POST
def again_view(request: Any, pk: int) -> HttpResponse:
    """Have a file planned again, or an accepted plan applied that nothing is at work on."""
    imported = own_import(request, pk)
    try:
        with jobs.queueing() as queue:
            if imported.status == Import.Status.ACCEPTED:
                decided = dict(imported.steps.exclude(decision="").values_list("position", "decision"))
                imports.accept(imported=imported, by=request.user, message=imported.message, exceptions=decided)
                queue(apply_import, pk)
            else:
                imports.plan_again(imported=imported, by=request.user)
                queue(plan_import, pk)
    except CurationError as error:
        messages.error(request, str(error))
    except OperationalError:
        # On SQLite nobody else writes while an import is applied.
        messages.warning(request, _("It is at work at this moment: look again in a while."))
    return redirect("admin:tracker_import_change", pk)


@require_POST
def choose_view(request: Any, pk: int) -> HttpResponse:
    """Note which record an id in the file means, or that the likeliest is right for all, and plan again."""
    imported = own_import(request, pk)
    source_id, public_id = (request.POST.get(name, "").replace("\0", "") for name in ("source_id", "record"))

    def answer() -> None:
        if "likeliest" in request.POST:
            answers.take_likeliest(imported=imported, by=request.user)
        else:
            answers.choose_records(imported=imported, chosen={source_id: public_id}, by=request.user)

    return _answered(request, imported, answer)


@require_POST
def conflicts_view(request: Any, pk: int) -> HttpResponse:
    """Note whether ours is kept or theirs taken, in one record or, without its id, in all; and plan again."""
    imported = own_import(request, pk)
    source_id, side = (request.POST.get(name, "").replace("\0", "") for name in ("source_id", "side"))
    return _answered(
        request, imported,
        lambda: answers.decide_conflicts(imported=imported, sides={source_id: side}, by=request.user),
    )  # fmt: skip


def _answered(request: Any, imported: Import, answer: Callable[[], object]) -> HttpResponse:
    """Take an answer and have the file planned again; leads back to the records where that cannot be."""
    page = "change" if planned_again(request, imported, answer) else "records"
    return redirect(f"admin:tracker_import_{page}", imported.pk)


def planned_again(request: Any, imported: Import, answer: Callable[[], object] | None = None) -> bool:
    """Take an answer, where there is one, and have the file planned again; tells why where that cannot be."""
    try:
        with jobs.queueing() as queue:
            if answer is not None:
                answer()
            imports.plan_again(imported=imported, by=request.user)
            queue(plan_import, imported.pk)
    except CurationError as error:
        messages.error(request, str(error))
        return False
    return True


@require_POST
def conventions_view(request: Any, pk: int) -> HttpResponse:
    """Note how columns are written that can be read in two ways, and have the file planned again."""
    imported = own_import(request, pk)
    given = ((name.removeprefix(CONVENTION), value) for name, value in request.POST.items() if CONVENTION in name)
    said = {column.replace("\0", ""): value.replace("\0", "") for column, value in given if value}
    planned_again(
        request, imported, lambda: answers.say_conventions(imported=imported, said=said, by=request.user)
    )  # fmt: skip
    return redirect("admin:tracker_import_change", pk)


def drop(request: Any, imported: Import) -> HttpResponse:
    """Ask once, then forget an import."""
    if request.method != "POST":
        return page_of(request, imported, "import_drop", "drop", {})
    name = str(imported)
    try:
        imports.drop(imported=imported, by=request.user)
    except CurationError as error:
        messages.error(request, str(error))
        return redirect("admin:tracker_import_change", imported.pk)
    messages.success(request, _("Import %s is forgotten; nothing of it was in the register.") % name)
    return redirect("admin:tracker_import_changelist")
