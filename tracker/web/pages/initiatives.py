"""The page of an initiative: its target beside what came, package by package, who financed it, and who supplied."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Initiative
from tracker.records import words
from tracker.reporting.named.targets import STAGES, target_rows
from tracker.web.charts.chart_on_page import charted
from tracker.web.english import english
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.pledge_lists import promised
from tracker.web.pages.records import RecordPage
from tracker.web.tables.figures import figures_of


def _more(asked: PageRequest, initiative: Document) -> dict[str, Any]:
    own = {"initiative": initiative["id"]}
    deployed = own | {"nature": "deployment", "measure": "quantity", "stage": "commitment"}
    return {
        "figures": figures_of(asked, own), "promised": promised(asked, "initiative", "initiative", initiative["id"]),
        "targets": targets_of(asked, initiative),
        "deployments": asked.address("named-table", "deployments", **own)
        if initiative["kind"] == Initiative.Kind.MISSION else "",
    } | charted(
        asked,
        (_("Forces that take part"), deployed | {"rows": "contributor", "columns": "platform"}),
        (_("By package: what was financed, and what came"), own | {"rows": "package", "columns": "stage"}),
        (_("Who financed it"), own | {"rows": "contributor", "columns": "stage"}),
        (_("Who supplied"), own | {"rows": "supplier", "columns": "stage"}),
        (_("What was supplied"), own | {"rows": "platform", "columns": "stage", "measure": "quantity"}),
    )  # fmt: skip


def targets_of(asked: PageRequest, initiative: Document) -> list[dict[str, Any]]:
    """Return the targets of an initiative in words, each with what was aimed at by now and what came at each step."""
    found = []
    for _id, _name, what, unit, per, date, aim, by_now, *came in target_rows(initiative, asked.moment):
        steps = [(words.first_capital(str(stage.label)), value) for stage, value in zip(STAGES, came, strict=True)]
        found.append({
            "what": english(str(what)) if what else _("Target"), "per": per,
            "date": words.partial_date({"edtf": date}) if date else "",
            "aim": _worth(aim, str(unit)), "by_now": _worth(by_now, str(unit)) if by_now != aim else "",
            "came": [(name, _worth(value, str(unit))) for name, value in steps if value is not None],
        })  # fmt: skip
    return found


def _worth(value: Any, unit: str) -> str:
    if value is None:
        return _("unknown")
    return words.number(Decimal(value)) if unit == "units" else f"{words.aloud(Decimal(value))}{words.NBSP}{unit}"


INITIATIVE = RecordPage(
    "initiative", more=_more, template="web/initiative.html", apart=("targets",), unlisted=("pledge",)
)
