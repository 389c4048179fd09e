"""The page of a platform: who promised how many, and how many came."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.web.charts.chart_on_page import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def _more(asked: PageRequest, platform: Document) -> dict[str, Any]:
    own = {"platform": platform["id"], "measure": "quantity", "rows": "contributor", "columns": "stage"}
    return charted(
        asked,
        (_("How many were promised, and how many came"), own),
        (_("Deployed with own forces"), own | {"nature": "deployment"}),
    )


PLATFORM = RecordPage("platform", more=_more)
