"""The page on which two records are seen beside each other, and one is merged into the other."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.serializers import ValidationError

from tracker.admin.forms.returned_forms import told_saved
from tracker.admin.review import choosing_change_set
from tracker.curation.errors import CurationError
from tracker.curation.merging.effect import Change, effect_of
from tracker.curation.merging.merging import Sides, compare, merge_record
from tracker.curation.review.naming import merge_title
from tracker.filters.desk_search import search
from tracker.filters.exact_matches import best_first
from tracker.lib import money
from tracker.models import ChangeSet, Stage
from tracker.models.base import Record
from tracker.records import field_labels, words
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.merging import INTO, RECORD, SIDES
from tracker.records.registry import KINDS

SUGGESTED = 10
_CHOSEN, _KEPT = "chosen:", "kept"


@dataclass(frozen=True)
class ShownChoice:
    """A field of which both say something else, in words."""

    path: str
    label: str
    into: str
    record: str
    taken: str


@dataclass(frozen=True)
class ShownLine:
    """A line of one side, in words."""

    key: str
    side: str
    words: str
    is_same: bool
    is_kept: bool


def merge_view(model_admin: Any, request: Any, pk: int) -> HttpResponse:
    """Ask which record stays; show both; merge. What is typed stays where it is refused."""
    record = model_admin.get_object(request, str(pk))
    if record is None:
        raise Http404
    if not (model_admin.has_change_permission(request) and model_admin.has_delete_permission(request)):
        raise PermissionDenied
    named = (request.POST or request.GET).get("into", "").strip()
    into = KINDS[record.kind].model.named(named) if named else None
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Merge %s into another") % record.name, "opts": model_admin.opts, "record": record, "into": into,
        "named": named, "suggested": _suggested(record, named) if into is None else [],
    }  # fmt: skip
    if into is None:
        return TemplateResponse(request, "admin/tracker/merge_into.html", context)
    try:
        sides = _sides(request, record, into)
        if request.POST.get("step") == "merge":
            return _merge(model_admin, request, record, into)
        context |= _shown(sides)
    except (CurationError, ValidationError) as error:
        # The choices that it refuses are shown again; where the two cannot be merged at all, that is all to say.
        context["problems"] = _problems(error)
        context |= _shown_again(request, record, into)
    context["where"] = choosing_change_set.shown(request, None, cause=ChangeSet.Cause.MERGING)
    context["reason"] = request.POST.get("reason", "")
    return TemplateResponse(request, "admin/tracker/merge.html", context)


def _choices(request: Any, record: Record, into: Record) -> dict[str, Any]:
    """Return what was chosen: values of the record that goes, and lines that are left out."""
    if request.method != "POST":
        return {}
    take = [
        name.removeprefix(_CHOSEN) for name, value in request.POST.items()
        if name.startswith(_CHOSEN) and value == RECORD
    ]  # fmt: skip
    kept = set(request.POST.getlist(_KEPT))
    lines = compare(record=record, into=into).found.lines
    own = [line for line in lines if not line.same_as]
    leave_out = {side: [line.path for line in own if line.side == side and _key(line) not in kept] for side in SIDES}
    return {"take": take, "leave_out": leave_out}


def _sides(request: Any, record: Record, into: Record) -> Sides:
    return compare(record=record, into=into, **_choices(request, record, into))


def _shown_again(request: Any, record: Record, into: Record) -> dict[str, Any]:
    try:
        return _shown(_sides(request, record, into))
    except CurationError:
        return {"is_impossible": True}


@transaction.atomic
def _merge(model_admin: Any, request: Any, record: Record, into: Record) -> HttpResponse:
    """Merge them as chosen, and lead to the record that stays."""
    title = merge_title(record.public_id, into.public_id)
    edit = merge_record(
        record=record, into=into, by=request.user, at=timezone.now(), reason=request.POST.get("reason", "")[:5000],
        change_set=choosing_change_set.chosen(request, into, title), **_choices(request, record, into),
    )  # fmt: skip
    model_admin.message_user(
        request,
        _("%(record)s is merged into %(into)s in change set #%(id)s; discarding that makes them two again.")
        % {"record": edit.public_id, "into": edit.merged_into, "id": edit.change_set_id},
        messages.SUCCESS,
    )
    response = HttpResponseRedirect(reverse(f"admin:tracker_{model_admin.opts.model_name}_change", args=[into.pk]))
    told_saved(request, response)
    return response


def _problems(error: CurationError | ValidationError) -> list[str]:
    if isinstance(error, CurationError):
        return [str(error)]
    return list(_told("", error.detail))


def _told(path: str, detail: Any) -> Any:
    """Yield each problem of a document with the place that it is about."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _told(f"{path}.{name}" if path else str(name), inner)
    elif isinstance(detail, list):
        for position, inner in enumerate(detail, start=1):
            yield from _told(path if isinstance(inner, str) else f"{path} {position}", inner)
    else:
        yield f"{path}: {detail}"


def _shown(sides: Sides) -> dict[str, Any]:
    """Return what the page shows of two records and of what they become."""
    kind = sides.serializer.Meta.model.kind
    return {
        "choices": [
            ShownChoice(
                each.path, _label(kind, each.path), _in_words(kind, each.path, each.into),
                _in_words(kind, each.path, each.record), each.taken,
            )
            for each in sides.found.choices
        ],
        "lists": _lists(kind, sides),
        "effect": [_cell(change) for change in effect_of(sides, day=timezone.now().date())],
        "claims": sum(len(document.get("claims", ())) for document in sides.documents.values()),
    }  # fmt: skip


def _cell(change: Change) -> dict[str, str]:
    """Return a sum that changes, with its amounts in euros."""
    amounts = {"before": change.before, "after": change.after, "difference": change.difference}
    shown = {name: f"{money.from_minor(cents, 'EUR'):,}" for name, cents in amounts.items()}
    return {"contributor": change.contributor, "stage": str(Stage(change.stage).label)} | shown


def _lists(kind: str, sides: Sides) -> list[dict[str, Any]]:
    """Return the lines of both sides by list, those that stand once for both under the side that stays."""
    twice = {line.same_as for line in sides.found.lines if line.same_as}
    found: dict[str, list[ShownLine]] = {}
    for line in sides.found.lines:
        if line.side == RECORD and line.same_as:
            continue
        name = line.path.partition("[")[0]
        is_same = line.side == INTO and line.path in twice
        text = _row_in_words(fields_of(sides.serializer)[name].row, line.row)
        found.setdefault(name, []).append(ShownLine(_key(line), line.side, text, is_same, not line.is_left_out))
    return [{"label": field_labels.label_of(kind, name), "lines": lines} for name, lines in found.items()]


def _key(line: Any) -> str:
    return f"{line.side}|{line.path}"


def _label(kind: str, path: str) -> str:
    name, bracket, rest = path.partition("[")
    label = field_labels.label_of(kind, name)
    return f"{label}: {rest.removesuffix(']')}" if bracket else label


def _in_words(kind: str, path: str, value: Any) -> str:
    field: Any = fields_of(KINDS[kind].published())[path.partition("[")[0]]
    return _row_in_words(field.row, value) if field.row is not None else str(field.in_words(value)) or _("nothing")


def _row_in_words(serializer: Any, row: Any) -> str:
    """Return what a line says: each of its fields that says anything, by its label."""
    said = []
    for name, field in fields_of(serializer).items():
        value = row.get(name)
        text = str(field.in_words(value)) if field.says(value) and name != "number" else ""
        if text:
            said.append(f"{field_labels.label_in(serializer.Meta.model, name, field)} {text}")
    return words.first_capital(", ".join(said)) if said else _("nothing")


def _suggested(record: Record, text: str) -> list[Record]:
    """Return the records that `text` could mean, best first."""
    if not text:
        return []
    found = search(type(record)._default_manager.exclude(pk=record.pk), text)
    return list(best_first(found, text)[:SUGGESTED])
