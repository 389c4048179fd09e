"""The page of a category of equipment: what of it was promised, and what came."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.web.charts.chart_on_page import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def _more(asked: PageRequest, category: Document) -> dict[str, Any]:
    own = {"category": category["id"], "measure": "quantity", "columns": "stage"}
    return charted(
        asked,
        (_("How many were promised, and how many came"), own | {"rows": "contributor"}),
        (_("By platform"), own | {"rows": "platform"}),
    )


CATEGORY = RecordPage("category", more=_more, apart=("path",))
