"""Matching names of others to our records: the reconciliation API that OpenRefine and other tools speak.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from rapidfuzz import fuzz

from tracker.lib import response_cache
from tracker.lib.text import fold
from tracker.records import labels
from tracker.reporting.shelf import moments, published
from tracker.web.page_request import PageRequest

KINDS = ("party", "platform", "initiative")
"""The kinds of records that names are matched to."""

MOST_QUERIES, LONGEST, MOST_FOUND = 50, 200, 10
"""How many queries one request has, how many characters a name, and how many candidates an answer."""

FEWEST_POINTS, ALL_POINTS = 60, 100
"""From how many points of a hundred a record is a candidate."""


@dataclass(frozen=True)
class Named:
    """A record, and the folded names that it goes by."""

    kind: str
    public_id: str
    name: str
    names: tuple[str, ...]


class NoQuery(ValueError):
    """What is asked cannot be read; the message says what would be right."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: HttpRequest) -> HttpResponse:
    """Answer queries, or, where there are none, say what the service is."""
    newest = moments.newest()
    asked = PageRequest(request, newest, newest)
    text = (request.POST if request.method == "POST" else request.GET).get("queries")
    if text is None:
        return _json(_manifest(asked))
    try:
        queries = _read(text)
        return _json({name: {"result": _found(each, newest)} for name, each in queries.items()})
    except NoQuery as error:
        return _json({"status": "error", "message": str(error)}, 400)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the records whose names begin like a text, while it is typed."""
    prefix = fold(request.GET.get("prefix", "")[:LONGEST])
    kinds = [request.GET["type"]] if request.GET.get("type") in KINDS else KINDS
    rows = [row for kind in kinds for row in named(kind, moments.newest())]
    begin = [row for row in rows if prefix and any(name.startswith(prefix) for name in row.names)]
    return _json({"result": [{"id": row.public_id, "name": row.name, "notable": [_type(row.kind)]}
                             for row in begin[:MOST_FOUND]]})  # fmt: skip


def named(kind: str, moment: dt.datetime) -> list[Named]:
    """Return the published records of a kind with all their names, by name."""
    return response_cache.once(("names to reconcile", kind, moment), lambda: _names(kind, moment), 2**18)


def _names(kind: str, moment: dt.datetime) -> list[Named]:
    rows = published.records(kind, moment).order_by("folded", "public_id").values_list("public_id", "name", "search")
    return [Named(kind, public_id, name, tuple(search.splitlines())) for public_id, name, search in rows]


def _read(text: str) -> dict[str, dict[str, Any]]:
    wrong = NoQuery(_('Write queries as an object such as {"q0": {"query": "Germany", "type": "party"}}.'))
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise wrong from None
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise wrong
    if len(found) > MOST_QUERIES:
        raise NoQuery(_("At most %s queries at once.") % MOST_QUERIES)
    return found


def _found(query: dict[str, Any], moment: dt.datetime) -> list[dict[str, Any]]:
    """Return the candidates for a name, the best first; a match is one that alone has exactly this name."""
    wanted, kind = fold(str(query.get("query", ""))[:LONGEST]), query.get("type")
    if isinstance(kind, list):
        kind = kind[0] if kind else None
    if kind not in (None, "", *KINDS):
        raise NoQuery(_("“%(found)s” is unknown; allowed are %(allowed)s.") % {
            "found": str(kind)[:60], "allowed": ", ".join(KINDS),
        })  # fmt: skip
    limit = query.get("limit")
    limit = limit if isinstance(limit, int) and 0 < limit <= MOST_FOUND else MOST_FOUND
    rows = [row for each in ([kind] if kind else KINDS) for row in named(each, moment)]
    scored = [(_points(wanted, row), row) for row in rows] if wanted else []
    best = sorted((each for each in scored if each[0] >= FEWEST_POINTS), key=lambda each: (-each[0], each[1].public_id))
    is_only = sum(points == ALL_POINTS for points, _row in best) == 1
    return [
        {"id": row.public_id, "name": row.name, "type": [_type(row.kind)], "score": points,
         "match": is_only and points == ALL_POINTS}
        for points, row in best[:limit]
    ]  # fmt: skip


def _points(wanted: str, row: Named) -> float:
    if wanted in row.names:
        return ALL_POINTS
    # What only resembles is never as good as what is the same.
    return min(ALL_POINTS - 1, round(max((fuzz.token_sort_ratio(wanted, name) for name in row.names), default=0), 1))


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": labels.one(kind)}


def _manifest(asked: PageRequest) -> dict[str, Any]:
    here = asked.origin + reverse("reconcile")
    return {
        "versions": ["0.2"], "name": _("Defence Aid Tracker"), "identifierSpace": f"{asked.origin}/",
        "schemaSpace": f"{asked.origin}{reverse('columns')}", "batchSize": MOST_QUERIES,
        "defaultTypes": [_type(kind) for kind in KINDS],
        "view": {"url": f"{asked.origin}{reverse('identified', args=['ID']).replace('ID', '{{id}}')}"},
        "suggest": {"entity": {"service_url": here.rstrip("/"), "service_path": "/suggest/entity/"}},
    }  # fmt: skip


@require_safe
def identified(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead from an id, of whichever kind, to its page."""
    for kind in KINDS:
        if published.records(kind, moments.newest()).filter(public_id=public_id[:100]).exists():
            return HttpResponse(status=302, headers={"Location": reverse(f"page-{kind}", args=[public_id])})
    return _json({"status": "error", "message": _("There is no %(kind)s “%(id)s”.") % {
        "kind": labels.one(KINDS[0]), "id": public_id[:100]}}, 404)  # fmt: skip


def _json(document: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(document), "application/json", status)
