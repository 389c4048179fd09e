"""Two versions of a record compared in words, and one of them restored."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.admin.review import choosing_change_set
from tracker.curation.desk import versions as curated
from tracker.curation.errors import CurationError
from tracker.curation.review.naming import title_of
from tracker.models import Publication
from tracker.reporting.desk.versions import DESK, Side, compared, side


def compare_view(model_admin: Any, request: Any, pk: int) -> HttpResponse:
    """Show what differs between the versions `from` and `to`, the newest against the desk unless they are named."""
    record = model_admin.get_object(request, str(pk))
    if record is None or not model_admin.has_view_permission(request, record):
        raise Http404
    shelf = Publication.objects.filter(kind=record.kind, public_id=record.public_id).order_by("-version")
    numbers = list(shelf.values_list("version", flat=True))
    names = request.GET.get("from") or str(numbers[0] if numbers else ""), request.GET.get("to") or DESK
    before, after = (side(record.kind, record.public_id, name) for name in names)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Versions of %s") % record.name, "opts": model_admin.opts, "original": record,
        "numbers": numbers, "from": names[0], "to": names[1], "desk": DESK,
        "missing": before is None or after is None,
    }  # fmt: skip
    if before is not None and after is not None:
        may_restore = model_admin.has_change_permission(request, record)
        published = [each.version for each in (before, after) if each.version and each.document]
        context |= {
            "changes": compared(record.kind, before, after), "before": _named(before), "after": _named(after),
            "restorable": published if may_restore else [],
            "where": choosing_change_set.shown(request, record) if may_restore else None,
        }  # fmt: skip
    return TemplateResponse(request, "admin/tracker/compare_versions.html", context)


def restore_view(model_admin: Any, request: Any, pk: int) -> HttpResponse:
    """Restore the version that was posted, in the change set that was chosen."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if request.method != "POST" or not model_admin.has_change_permission(request, record):
        raise PermissionDenied
    found = side(record.kind, record.public_id, request.POST.get("version", ""))
    if found is None or found.version is None:
        raise Http404
    words = {"record": record.name, "version": found.version.version}
    try:
        with transaction.atomic():
            change_set = choosing_change_set.chosen(request, record, title_of(record))
            curated.restore(version=found.version, by=request.user, at=timezone.now(), change_set=change_set)
    except CurationError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    else:
        done = _("%(record)s is as in version %(version)s. Nothing of it is public until its change set is published.")
        model_admin.message_user(request, done % words, messages.SUCCESS)
    return redirect(reverse(f"admin:tracker_{model_admin.opts.model_name}_change", args=[pk]))


def _named(found: Side) -> str:
    return _("Version %s") % found.version.version if found.version else _("The desk now")
