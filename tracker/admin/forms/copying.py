"""A record as the template of another: its form, filled in for a new one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import Claim

_OWN = ("public_id", "opened_as", "note")
"""What belongs to the one record alone; so do its claims, which say what was said of it."""


def copy_view(model_admin: Any, request: Any, pk: int) -> HttpResponse:
    """Show the form of a new record as that of another is filled in. Nothing is saved."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    data = QueryDict(mutable=True)
    _put(data, model_admin.get_form(request, record, change=True)(instance=record), without=_OWN)
    formsets, _inlines = model_admin._create_formsets(request, record, change=True)
    for formset in formsets:
        rows = [] if formset.model is Claim else formset.initial_forms
        for name, count in (("TOTAL", len(rows)), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            data[f"{formset.prefix}-{name}_FORMS"] = str(count)
        for row in rows:
            _put(data, row, without=(formset.model._meta.pk.name, formset.fk.name, "DELETE"))
    # Read first: Django reads both at once, and would put an empty POST in the place of ours.
    request.FILES  # noqa: B018 - asking for it is what reads it.
    request.POST, request.method = data, "POST"
    request.refusal = _("A copy of %s: change what is other, and save it.") % record.public_id
    address = reverse(f"admin:tracker_{model_admin.opts.model_name}_add")
    response: HttpResponse = model_admin._changeform_view(request, None, address, None)
    return response


def _put(data: QueryDict, form: Any, without: tuple[str, ...]) -> None:
    """Put the values of a form where a browser would send them."""
    for name in form.fields:
        value = form[name].value()
        if name in without or value in (None, False, ""):
            continue
        values = value if isinstance(value, (list, tuple)) else ["on" if value is True else value]
        data.setlist(form[name].html_name, [str(getattr(each, "pk", each)) for each in values])
