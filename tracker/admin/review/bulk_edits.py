"""Editing many records, or lines of them, from their list: choose a field, see what would become of each, then act."""

from dataclasses import asdict
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.review import bulk_fields, choosing_change_set
from tracker.admin.review.jobs import job_shown
from tracker.curation.desk import bulk_edits, bulk_planning
from tracker.curation.desk.bulk_edits import AT_ONCE, Outcome
from tracker.curation.desk.bulk_planning import PlannedRecord, Setting
from tracker.curation.errors import CurationError
from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, Job
from tracker.reporting.shelf.comparing import lines
from tracker.reporting.shelf.wording import in_words

SHOWN = 50
"""How many records a page of the preview has."""
REFUSED_SHOWN = 20


@admin.action(description=gettext_lazy("Edit …"), permissions=["change"])
def edit_selected(model_admin: Any, request: Any, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask for a field and its value, show what each record would become, and edit them in one change set."""
    kind = model_admin.model.kind
    public_ids = list(queryset.order_by("public_id").values_list("public_id", flat=True))
    offered = bulk_fields.offered(model_admin, request)
    found = next((each for each in offered if each.key == request.POST.get("field", "")), None)
    context: dict[str, Any] = {
        "groups": bulk_fields.grouped(offered), "total": len(public_ids), "kinds": model_admin.opts.verbose_name_plural,
    }  # fmt: skip
    if found is not None:
        data = request.POST if {"step", "page"} & request.POST.keys() else None
        form, telling = found.value_form(data), found.telling_form(data)
        context |= {
            "field": found.key, "form": form, "where": choosing_change_set.shown(request, None), "where_rows": telling,
            "rows_title": found.title.lower(),
        }  # fmt: skip
        # A form without data is not valid, and asks.
        if form.is_valid() and (telling is None or telling.is_valid()):
            setting = bulk_fields.setting(kind, found, form, telling)
            seen = canonical.dump(asdict(setting))
            # What was typed since the preview is previewed first.
            applies = request.POST.get("step") == "apply" and request.POST.get("previewed") == seen
            if applies and _apply(model_admin, request, setting, public_ids, found.label):
                return None
            try:
                context |= _preview(request, setting, public_ids) | {"previewed": seen}
            except CurationError as error:
                # Whoever applied it was told already.
                if not applies:
                    model_admin.message_user(request, str(error), messages.ERROR)
    return _page(model_admin, request, queryset, context)


def _page(model_admin: Any, request: Any, queryset: QuerySet[Any], context: dict[str, Any]) -> HttpResponse:
    across = request.POST.get("select_across") == "1"
    selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
    context |= model_admin.admin_site.each_context(request) | {
        "title": _title(model_admin, context["total"]),
        "opts": model_admin.opts, "action": "edit_selected", "checkbox": ACTION_CHECKBOX_NAME,
        # Who takes all that a filter finds names one, and says that all are meant.
        "across": across, "selected": selected[:1] if across else selected, "at_once": AT_ONCE,
        "media": sum(
            (form.media for name in ("form", "where_rows") if (form := context.get(name)) is not None),
            start=model_admin.media,
        ),
    }  # fmt: skip
    return TemplateResponse(request, "admin/tracker/bulk_edit.html", context)


def _title(model_admin: Any, count: int) -> str:
    kind = model_admin.opts.verbose_name if count == 1 else model_admin.opts.verbose_name_plural
    return _("Edit %(count)s %(kind)s") % {"count": count, "kind": kind}


def _preview(request: Any, setting: Setting, public_ids: list[str]) -> dict[str, Any]:
    """Return what each record of a page would become, in words, and how many of all others hold."""
    last = max(1, -(-len(public_ids) // SHOWN))
    asked = request.POST.get("page", "1")
    number = min(int(asked), last) if asked.isdecimal() and len(asked) < 9 and int(asked) else 1
    held = set(Edit.objects.filter(kind=setting.kind, released_at__isnull=True).values_list("public_id", flat=True))
    page = public_ids[(number - 1) * SHOWN : number * SHOWN]
    planned = bulk_planning.plan(
        setting=setting, public_ids=page, by=request.user, change_set=choosing_change_set.named(request)
    )
    return {
        "lines": [_line_in_words(setting.kind, line) for line in planned], "page": number, "last_page": last,
        "pages": range(1, last + 1), "held": len(held.intersection(public_ids)),
        "changed": sum(line.is_changed for line in planned), "refused": sum(bool(line.refusal) for line in planned),
    }  # fmt: skip


def _line_in_words(kind: str, line: PlannedRecord) -> dict[str, Any]:
    return {"line": line, "changes": in_words(kind, lines(kind, line.before, line.after)) if line.is_changed else []}


def _apply(model_admin: Any, request: Any, setting: Setting, public_ids: list[str], label: str) -> bool:
    """Edit the records, or have them edited by a job; tells whether it was done, and says what became of it."""
    title = capfirst(f"{model_admin.opts.verbose_name_plural}: {label}")
    try:
        if len(public_ids) > AT_ONCE:
            found = _request(request, setting, public_ids, title)
        else:
            with transaction.atomic():
                found = _request(request, setting, public_ids, title)
    except CurationError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
        return False
    _tell(model_admin, request, found)
    return True


def _request(request: Any, setting: Setting, public_ids: list[str], title: str) -> tuple[ChangeSet, Any]:
    at = timezone.now()
    choosing_change_set.named(request)
    change_set = choosing_change_set.chosen(request, None, title, named=ChangeSet.Naming.WORK)
    assert change_set is not None  # Something was chosen.
    return change_set, bulk_edits.request(
        setting=setting, public_ids=public_ids, by=request.user, change_set=change_set, at=at
    )


def _tell(model_admin: Any, request: Any, found: tuple[ChangeSet, Outcome | Job]) -> None:
    change_set, outcome = found
    if isinstance(outcome, Job):
        address = reverse(f"admin:tracker_{model_admin.opts.model_name}_bulk_edit", args=[outcome.pk])
        text = _('They are being edited in change set #{}. <a class="underline" href="{}">Look how far that is.</a>')
        model_admin.message_user(request, format_html(text, change_set.pk, address), messages.INFO)
        return
    address = reverse("admin:tracker_changeset_change", args=[change_set.pk])
    text = _('{} edited in <a class="underline" href="{}">change set #{} “{}”</a>; {} said it already, {} left out.')
    numbers = (len(outcome.edited), address, change_set.pk, change_set.message, outcome.unchanged, len(outcome.refused))
    model_admin.message_user(request, format_html(text, *numbers), messages.SUCCESS)
    for public_id, reason in outcome.refused[:REFUSED_SHOWN]:
        model_admin.message_user(request, f"{public_id}: {reason}", messages.ERROR)


def bulk_edit_view(model_admin: Any, request: Any, number: int) -> HttpResponse:
    """Show how far a job is that edits many records, and what became of them."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    job = get_object_or_404(Job.objects.select_related("change_set", "asked_by"), pk=number, kind=Job.Kind.BULK_EDIT)
    if job.asked.get("kind") != model_admin.model.kind:
        return redirect("admin:index")
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Editing %s records") % len(job.asked["public_ids"]), "opts": model_admin.opts, "job": job,
        "state": job_shown(job) if job.is_open else None, "result": job.result,
    }  # fmt: skip
    return TemplateResponse(request, "admin/tracker/bulk_edit_job.html", context)
