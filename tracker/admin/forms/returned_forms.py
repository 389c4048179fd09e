"""Forms that come back as typed: drafts that the browser kept, and records that two people changed at once."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tracker.admin.forms.fields import PartialDateFormField
from tracker.lib import partial_dates
from tracker.lib.numbering import is_key

RESTORE = "_restore"
SEEN_AS = "seen_as"
SAVED = "draft_saved"
"""The cookie that tells the browser which draft it need not keep any more."""
_KEEP, _NOW = "keep:", "now:"


@dataclass(frozen=True)
class Difference:
    """A field of a form as it stands on the desk now, and as it was typed, in words."""

    name: str
    label: str
    now: str
    typed: str
    values: list[str]
    """What the field would be posted with as it stands now."""


def differences(form: Any, formsets: list[Any]) -> list[Difference]:
    """Return where a form and its rows say something else than what stands on the desk now.

    These are fields of what is stored, and rows that somebody removed meanwhile.
    """
    rows = [row for formset in formsets for row in formset.forms]
    changed = [
        _difference(each, name)
        for each in (form, *rows)
        if getattr(each, "instance", None) is not None and each.instance.pk
        for name in each.changed_data
        if name in each.fields and not each[name].is_hidden
    ]
    return changed + [_removed(row) for formset in formsets for row in formset.forms if row.prefix in _gone(formset)]


def _gone(formset: Any) -> set[str]:
    return getattr(formset, "gone", set())


def _removed(row: Any) -> Difference:
    """Return a row that stands no more: to leave it so is to mark it for removal."""
    typed = [_in_words(row[name].field, row[name].data) for name in row.changed_data if not row[name].is_hidden]
    label = str(row.instance._meta.verbose_name).capitalize()
    return Difference(f"{row.prefix}-{DELETION_FIELD_NAME}", label, _("removed"), "; ".join(typed), ["on"])


def _difference(form: Any, name: str) -> Difference:
    bound = form[name]
    stands = bound.field.prepare_value(bound.initial)
    row = "" if form.prefix is None else f"{form.instance}: "
    return Difference(
        bound.html_name, f"{row}{bound.label}", _in_words(bound.field, stands), _in_words(bound.field, bound.data),
        _posted(stands),
    )  # fmt: skip


def _posted(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    if isinstance(value, (list, tuple)):
        return [str(getattr(each, "pk", each)) for each in value]
    return ["on"] if value is True else [str(value)]


def _in_words(field: Any, value: Any) -> str:
    """Return a value of a field as the page shows it."""
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if value in (True, "on", "true", "True") else _("no"))
    values = _posted(value)
    if isinstance(field, PartialDateFormField):
        values = [_date_in_words(text) for text in values]
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        keys = [key for key in values if is_key(key)]
        values = [str(record) for record in field.queryset.filter(pk__in=keys)]
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, (list, tuple))}
        values = [labels.get(value, value) for value in values]
    return ", ".join(filter(None, values)) or str(_("nothing"))


def _date_in_words(text: str) -> str:
    """Return a date as people say it; one that is not understood as it was typed."""
    try:
        return partial_dates.parse(text).describe() if text.strip() else ""
    except partial_dates.DateError:
        return text


def settle(request: Any) -> None:
    """Put what was chosen where two people changed a record into what is posted, as if it had been typed."""
    if SEEN_AS not in request.POST:
        return
    data = request.POST.copy()
    data["opened_as"] = data[SEEN_AS]
    for key in [key for key in data if key.startswith(_KEEP)]:
        name = key.removeprefix(_KEEP)
        if data[key] == "now":
            data.setlist(name, data.getlist(_NOW + name))
            if not data.getlist(name):
                del data[name]
    request.POST = data


def told_saved(request: Any, response: HttpResponse) -> None:
    """Let the browser forget the draft of a form that was saved."""
    response.set_cookie(
        SAVED, quote(f"{request.user.pk}:{request.path}", safe=""), max_age=600, path="/admin/", samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )  # fmt: skip


def list_after_action(request: Any, *, is_done: bool) -> HttpResponse:
    """Lead back to the list after an action that asked for a reason; the browser forgets that where all `is_done`."""
    response = redirect(request.get_full_path())
    if is_done:
        told_saved(request, response)
    return response
