"""The addresses of the reconciliation API, version 0.2, which OpenRefine and other tools speak.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tracker.lib.text import fold
from tracker.reporting.shelf import moments
from tracker.web.answering import NotHere, page
from tracker.web.embedding import EMBED
from tracker.web.matching.candidates import (
    KINDS,
    LONGEST,
    MOST_FOUND,
    MOST_QUERIES,
    NoQuery,
    answer_json,
    candidates,
    kind_of_id,
    named,
    read_queries,
    type_of,
)
from tracker.web.matching.properties import extended
from tracker.web.page_request import PageRequest, of_newest

PREVIEW_SIZE = {"width": 420, "height": 260}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reconcile(request: HttpRequest) -> HttpResponse:
    """Answer queries, or what is to be fetched of records, or, where there is neither, say what the service is."""
    asked = of_newest(request)
    given = request.POST if request.method == "POST" else request.GET
    try:
        if "extend" in given:
            return answer_json(extended(given["extend"], asked.newest))
        if "queries" in given:
            queries = read_queries(given["queries"])
            return answer_json({name: {"result": candidates(each, asked.newest)} for name, each in queries.items()})
        return answer_json(_manifest(asked))
    except NoQuery as error:
        return answer_json({"status": "error", "message": str(error)}, 400)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the records whose names begin like a text, while it is typed."""
    prefix = fold(request.GET.get("prefix", "")[:LONGEST])
    kinds = [request.GET["type"]] if request.GET.get("type") in KINDS else KINDS
    rows = [row for kind in kinds for row in named(kind, moments.newest())]
    begin = [row for row in rows if prefix and any(name.startswith(prefix) for name in row.names)]
    return answer_json({"result": [{"id": row.public_id, "name": row.name, "notable": [type_of(row.kind)]}
                             for row in begin[:MOST_FOUND]]})  # fmt: skip


def _manifest(asked: PageRequest) -> dict[str, Any]:
    here = (asked.origin + reverse("reconcile")).rstrip("/")
    preview_of = reverse("reconcile-preview", args=["ID"]).replace("ID", "{{id}}")
    return {
        "versions": ["0.2"], "name": _("Defence Aid Tracker"), "identifierSpace": f"{asked.origin}/",
        "schemaSpace": f"{asked.origin}{reverse('columns')}", "batchSize": MOST_QUERIES,
        "defaultTypes": [type_of(kind) for kind in KINDS],
        "view": {"url": f"{asked.origin}{reverse('identified', args=['ID']).replace('ID', '{{id}}')}"},
        "documentation": f"{asked.origin}{reverse('data')}",
        "suggest": {
            name: {"service_url": here, "service_path": f"/suggest/{name}/"} for name in ("entity", "property", "type")
        },
        "preview": {"url": f"{asked.origin}{preview_of}", **PREVIEW_SIZE},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties/"}, "property_settings": [],
        },
    }  # fmt: skip


@page
def identified(asked: PageRequest, public_id: str) -> HttpResponse:
    """Lead from an id, of whichever kind, to its page; raises NotHere."""
    return HttpResponseRedirect(_page_of(asked, public_id))


@page
def preview(asked: PageRequest, public_id: str) -> HttpResponse:
    """Lead from an id to its record in a frame; raises NotHere."""
    return HttpResponseRedirect(f"{_page_of(asked, public_id)}{EMBED}")


def _page_of(asked: PageRequest, public_id: str) -> str:
    kind = kind_of_id(public_id, asked.newest)
    if not kind:
        raise NotHere(_("There is no record “%s” that names are matched to.") % public_id[:100])
    return reverse(f"page-{kind}", args=[public_id])
