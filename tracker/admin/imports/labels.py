"""The labels of an import that no record goes by: what each of them means, chosen or created."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tracker.admin.imports.decisions import own_import, planned_again
from tracker.admin.imports.pages import import_shown, page_of
from tracker.curation.errors import CurationError
from tracker.curation.importing.labels import leave_labels, map_label
from tracker.exchange.drafting.labels import Labels
from tracker.lib.numbering import is_key
from tracker.models import Import, ImportLabel
from tracker.models.base import Record
from tracker.records.registry import KINDS

PER_PAGE = 50
BELOW = 60
"""Likeness, of 100, below which a name is seldom the one that is meant."""
LABEL = "label"
"""In the address of the form of a new record: the label for which it is made."""
SUGGESTED = 3_000
"""How many records of a kind a page suggests; others can still be typed."""
_BETWEEN = " · "
_NAMED = 250


@dataclass
class LabelChoice:
    """What somebody chose for one label, as it was posted, and what is wrong with it."""

    label: ImportLabel
    also: list[ImportLabel] = field(default_factory=list)
    """Labels that say the same: what is chosen is for all of them."""
    nearest: str = ""
    other: str = ""
    error: str = ""

    @property
    def create_address(self) -> str:
        """Where a record is created that goes by the label."""
        model = KINDS[self.label.kind].model._meta.model_name
        query = urlencode({"name": self.label.label[:_NAMED], LABEL: self.label.pk})
        return f"{reverse(f'admin:tracker_{model}_add')}?{query}"

    @property
    def kind_name(self) -> Any:
        """What people call its kind."""
        return KINDS[self.label.kind].model._meta.verbose_name


def labels_view(request: Any, pk: int) -> HttpResponse:
    """Show the labels with their nearest names; map those for which something is chosen."""
    imported = own_import(request, pk) if request.method == "POST" else import_shown(request, pk)
    kind = request.GET.get("kind", "")
    listed = imported.labels.filter(kind=kind) if kind in KINDS else imported.labels.all()
    # Those that somebody has to look at come first.
    heads = listed.filter(Q(group=F("label")) | Q(group="")).order_by("is_left", "-rows", "kind", "label", "pk")
    page: Any = Paginator(heads, PER_PAGE).get_page(request.GET.get("page"))
    page.address = f"?kind={kind}&" if kind in KINDS else "?"
    choices = _choices(imported, list(page.object_list))
    if request.method == "POST":
        _map_chosen(request, choices)
        if not any(choice.error for choice in choices):
            return _after(request, imported)
    context = {
        "page": page,
        "choices": choices,
        "chosen_kind": kind if kind in KINDS else "",
        "kinds": _kinds(imported),
        "open": imported.labels.filter(is_left=False, mapped_to="").count(),
        "left": imported.labels.filter(is_left=True).count(),
        "below": BELOW,
        "suggested": {name: _suggested(name) for name in sorted({choice.label.kind for choice in choices})},
    }
    return page_of(request, imported, "import_labels", "labels", context)


def _choices(imported: Import, heads: list[ImportLabel]) -> list[LabelChoice]:
    """Return a choice for each group of labels that say the same, of which `heads` are the most used."""
    choices = {(head.kind, head.label): LabelChoice(head) for head in heads}
    named = imported.labels.filter(group__in=[head.label for head in heads]).exclude(label=F("group"))
    for label in named.order_by("-rows", "label", "pk"):
        if (label.kind, label.group) in choices:
            choices[label.kind, label.group].also.append(label)
    return list(choices.values())


@require_POST
def leave_view(request: Any, pk: int) -> HttpResponse:
    """Leave all labels as descriptions that no name reads like by so much."""
    imported = own_import(request, pk)
    below = request.POST.get("below", "")
    try:
        left = leave_labels(imported=imported, below=min(int(below), 101) if is_key(below) else BELOW, by=request.user)
    except CurationError as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%s label is left as a description.", "%s labels are left as descriptions.", left)
        messages.success(request, words % f"{left:,}")
    return redirect("admin:tracker_import_labels", pk)


def _kinds(imported: Import) -> list[tuple[str, Any, int]]:
    """Return the kinds of labels, what people call them, and how many there are of each."""
    counted = imported.labels.order_by("kind").values_list("kind").annotate(Count("pk"))
    return [(kind, capfirst(KINDS[kind].model._meta.verbose_name_plural), count) for kind, count in counted]


def _suggested(kind: str) -> list[str]:
    named = KINDS[kind].model.objects.order_by("found_by", "pk").values_list("name", "public_id")[:SUGGESTED]
    return [f"{name}{_BETWEEN}{public_id}" for name, public_id in named]


def _map_chosen(request: Any, choices: list[LabelChoice]) -> None:
    """Map each label of the page for which something is chosen; note what is wrong with the others."""
    mapped = 0
    names: dict[str, Labels] = {}
    for choice in choices:
        choice.nearest = request.POST.get(f"nearest-{choice.label.pk}", "").strip()
        choice.other = request.POST.get(f"other-{choice.label.pk}", "").strip()
        try:
            public_id = _meant(choice, names)
            for label in (choice.label, *choice.also) if public_id else ():
                _map(request, label, public_id)
                mapped += 1
        except CurationError as error:
            choice.error = str(error)
    if mapped:
        messages.success(
            request,
            ngettext("%(count)s label is mapped.", "%(count)s labels are mapped.", mapped) % {"count": mapped}
            + " " + _("The rows use it once the file is planned again."),
        )  # fmt: skip


def _meant(choice: LabelChoice, names: dict[str, Labels]) -> str:
    """Return the public id of the record that is chosen, or nothing. Raises CurationError."""
    text = choice.other.replace("\0", "")[:_NAMED]
    if not text:
        return choice.nearest.replace("\0", "")
    kind = choice.label.kind
    if kind not in names:
        names[kind] = Labels.load(kind)
    public_id = text.rpartition(_BETWEEN)[2]
    found = public_id if public_id in names[kind].names else names[kind].find(text)
    if found is None:
        raise CurationError(_("No %(kind)s goes by “%(text)s”: choose one, or create it.")
                            % {"kind": choice.kind_name, "text": text})  # fmt: skip
    return found


def _map(request: Any, label: ImportLabel, public_id: str) -> None:
    """Remember what a label means. Raises CurationError where that cannot be."""
    model = KINDS[label.kind].model._meta.model_name
    if not request.user.has_perm(f"tracker.change_{model}"):
        raise CurationError(_("You may not change records of this kind."))
    if label.mapped_to != public_id:
        map_label(label=label, public_id=public_id, by=request.user, at=timezone.now())


def _after(request: Any, imported: Import) -> HttpResponse:
    """Lead back to the page, or have the file planned again where that was asked for."""
    if "again" not in request.POST:
        return redirect(f"{reverse('admin:tracker_import_labels', args=[imported.pk])}?{request.GET.urlencode()}")
    planned_again(request, imported)
    return redirect("admin:tracker_import_change", imported.pk)


def after_creating(request: Any, record: Record) -> HttpResponse | None:
    """Map the label for which `record` was just created, and lead back to its page; None where there is none."""
    key = request.GET.get(LABEL, "")
    label = ImportLabel.objects.filter(pk=key, kind=record.kind).first() if is_key(key) else None
    if label is None or label.imported.author_id != request.user.pk:
        return None
    try:
        _map(request, label, record.public_id)
    except CurationError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('admin:tracker_import_labels', args=[label.imported_id])}?kind={label.kind}")
