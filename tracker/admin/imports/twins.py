"""The likely twins of a plan: each pair side by side, and what the author of the import decides about it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from tracker.admin.imports.decisions import own_import
from tracker.admin.imports.pages import import_shown, page_of
from tracker.curation import jobs
from tracker.curation.errors import CurationError
from tracker.curation.importing import imports
from tracker.curation.importing.twins import TwinDecision, decide_twins
from tracker.exchange.datasets.tasks import plan_import
from tracker.lib import partial_dates
from tracker.models import Import, ImportTwin, Party, Pledge, Stage

PER_PAGE = 25
CHOSEN = "decision-"
"""What the names of fields begin with that say what is decided; the key of the pair follows."""
THE_REST = "rest"
_DIFFERENT = ImportTwin.Decision.DIFFERENT.value


def twins_view(request: Any, pk: int) -> HttpResponse:
    """Show the likely twins of a plan, the undecided first; note what is decided about them."""
    imported = own_import(request, pk) if request.method == "POST" else import_shown(request, pk)
    listed = imported.twins.order_by(Case(When(decision="", then=0), default=1), "position", "pk")
    page: Any = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    page.address = "?"
    page.object_list = list(page.object_list)
    if request.method == "POST":
        chosen = _chosen(request, imported)
        try:
            with jobs.queueing() as queue:
                decided = decide_twins(imported=imported, decisions=_decisions(imported, chosen), by=request.user)
                if decided.takes_planning:
                    imports.plan_again(imported=imported, by=request.user)
                    queue(plan_import, pk)
        except CurationError as error:
            messages.error(request, str(error))
            for twin in page.object_list:
                twin.decision = chosen.get(twin.pk, twin.decision)
        else:
            words = ngettext("%s pair is decided.", "%s pairs are decided.", decided.count) % f"{decided.count:,}"
            messages.success(request, words)
            if decided.takes_planning:
                return redirect("admin:tracker_import_change", pk)
            return redirect("admin:tracker_import_twins", pk)
    context = {
        "page": page,
        "pairs": _pairs(page.object_list),
        "decisions": ImportTwin.Decision.choices,
        "undecided": imported.twins.filter(decision="").count(),
    }
    return page_of(request, imported, "import_twins", "twins", context)


def _chosen(request: Any, imported: Import) -> dict[int, str]:
    """Return what is chosen for pairs, by their keys; with `rest`, those left open are different."""
    rest = _DIFFERENT if THE_REST in request.POST else ""
    names = {f"{CHOSEN}{key}": key for key in imported.twins.values_list("pk", flat=True)}
    given = {names[name]: value for name, value in request.POST.items() if name in names}
    return {key: value or rest for key, value in given.items()}


def _decisions(imported: Import, chosen: dict[int, str]) -> list[TwinDecision]:
    twins = imported.twins.filter(pk__in=chosen).order_by("position")
    return [TwinDecision(twin.source_id, chosen[twin.pk], twin.other, twin.other_source_id) for twin in twins]


def _pairs(twins: list[ImportTwin]) -> list[dict[str, Any]]:
    """Return pairs with what both sides say, as the page shows them."""
    rows = Pledge.objects.filter(public_id__in={twin.other for twin in twins if twin.other})
    pledges = {pledge.public_id: pledge for pledge in rows.prefetch_related("entries", "shares__contributor")}
    said = [one for twin in twins for one in (twin.said, twin.other_said)]
    ids = {contributor for one in said for contributor in one.get("contributors", ())}
    names = dict(Party.objects.filter(public_id__in=ids).values_list("public_id", "name"))
    return [
        {
            "twin": twin, "reasons": ", ".join(twin.reasons),
            "sides": [
                _of_file(twin.name, twin.source_id, twin.rows, twin.said, names),
                _of_register(twin, pledges.get(twin.other))
                if twin.other
                else _of_file(twin.other_name, twin.other_source_id, twin.other_rows, twin.other_said, names),
            ],
        }
        for twin in twins
    ]  # fmt: skip


def _of_file(name: str, source_id: str, rows: list[int], said: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name, "id": source_id, "rows": rows, "description": said.get("description", ""),
        "contributors": ", ".join(names.get(one, one) for one in said.get("contributors", ())),
        "announced": _date(said.get("announced", "")), "amounts": list(_amounts(said.get("amounts", ()))),
    }  # fmt: skip


def _of_register(twin: ImportTwin, pledge: Pledge | None) -> dict[str, Any]:
    if pledge is None:
        return {"name": twin.other_name, "id": twin.other, "public_id": twin.other}
    stated = [(one.stage, one.currency, one.amount) for one in pledge.entries.all() if one.amount is not None]
    return {
        "name": pledge.name, "id": pledge.public_id, "public_id": pledge.public_id, "rows": twin.other_rows,
        "contributors": ", ".join(str(share.contributor) for share in pledge.shares.all()),
        "announced": _date(pledge.announced), "amounts": list(_amounts(stated)), "description": pledge.description,
    }  # fmt: skip


def _amounts(amounts: Iterable[Any]) -> Iterable[tuple[Any, str, str]]:
    for stage, currency, amount in amounts:
        yield Stage(stage).label, currency, str(amount)


def _date(edtf: str) -> str:
    return partial_dates.stored(edtf).describe() if edtf else ""
