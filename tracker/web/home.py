"""The front page: what this is, the newest pledges, and the contribution table."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.exchange.outbound.table_json import notes_of, printed_grid
from tracker.filters.contributions import ContributionFilterSet
from tracker.lib import canonical, partial_dates
from tracker.models import Publication, Stage
from tracker.reporting.shelf import published as shelf
from tracker.reporting.tables.contributions import spelled_out
from tracker.reporting.tables.measures import Measure
from tracker.reporting.tables.questions import Question

NEWEST = 10
DEPLOYED = {"nature": "deployment", "stage": "commitment"}


def _table(asked: dict[str, str], moment: Any, *, rows: str, columns: str, measure: Measure) -> dict[str, Any]:
    """Return what the template needs of one contribution table."""
    filters = ContributionFilterSet(asked, shelf.contributions(moment), moment=moment)
    filters.form.full_clean()
    table = Question(filters, rows, columns, measure).table()
    return {"grid": printed_grid(table), "notes": notes_of(table), "measure": spelled_out(table)}


def _item_line(item: dict[str, Any]) -> str:
    what = next((item[key]["name"] for key in ("platform", "category") if item[key]), item["description"])
    quantity = item["quantity"]
    return what if quantity["low"] is None and quantity["high"] is None else f"{quantity['text']} × {what}"


def _lines(pledge: dict[str, Any]) -> list[str]:
    """Return what is given, line by line: its items, else its amounts."""
    items = [_item_line(item) for item in pledge["items"]]
    amounts = [
        f"{Decimal(entry['amount']):,} {entry['currency']} ({Stage(entry['stage']).label})"
        for entry in pledge["entries"]
        if entry["amount"] is not None
    ]
    return [*amounts, *items]


def _newest(pledges: QuerySet[Publication]) -> list[dict[str, Any]]:
    """Return the documents of the pledges published last, with their date and lines in words."""
    rows = pledges.order_by("-recorded_from", "-public_id")[:NEWEST]
    documents: list[dict[str, Any]] = [canonical.load(row.document) for row in rows]
    for pledge in documents:
        announced = pledge["announced"]
        pledge["announced_text"] = partial_dates.parse(announced["edtf"]).describe() if announced else ""
        pledge["items_list"] = _lines(pledge)
    return documents


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the register as it stands, or as it stood at `?as_of=`; a wrong moment is a 400 that says so."""
    problem = ""
    as_of = None
    try:
        if request.GET.get("as_of"):
            as_of = shelf.parse_moment(request.GET["as_of"])
    except shelf.MomentError as error:
        problem = str(error)
    moment = shelf.resolve(as_of)
    context = {
        "problem": problem,
        "asked": request.GET.get("as_of", "")[:60],
        "moment": moment if moment > shelf.NEVER else None,
        "as_of": request.GET["as_of"].strip() if as_of else "",
        "pledges": _newest(shelf.published("pledge", moment)),
        "aid": _table({}, moment, rows="contributor", columns="stage", measure=Measure()),
        "deployments": _table(
            DEPLOYED, moment, rows="contributor", columns="platform", measure=Measure(measure="quantity")
        ),
    }
    return render(request, "web/home.html", context, status=400 if problem else 200)
