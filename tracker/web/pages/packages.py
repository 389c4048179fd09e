"""The page of a package of an initiative: who financed it, and what came of it."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.web.charts.chart_on_page import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage


def _more(asked: PageRequest, package: Document) -> dict[str, Any]:
    own = {"package": package["id"]}
    return charted(asked, (_("Who financed it"), own | {"rows": "contributor", "columns": "stage"}))


PACKAGE = RecordPage("package", more=_more)
