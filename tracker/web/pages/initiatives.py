"""The page of an initiative: who financed it, who supplied, what came of it, package by package."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.web.charts.shown import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage
from tracker.web.tables.figures import figures_of


def _more(asked: PageRequest, initiative: Document) -> dict[str, Any]:
    own = {"initiative": initiative["id"]}
    deployed = own | {"nature": "deployment", "measure": "quantity", "stage": "commitment"}
    return {"figures": figures_of(asked, own)} | charted(
        asked,
        (_("Forces that take part"), deployed | {"rows": "contributor", "columns": "platform"}),
        (_("By package"), own | {"rows": "package", "columns": "stage"}),
        (_("Who financed it"), own | {"rows": "contributor", "columns": "stage"}),
        (_("Who supplied"), own | {"rows": "supplier", "columns": "stage"}),
    )


INITIATIVE = RecordPage("initiative", more=_more)
