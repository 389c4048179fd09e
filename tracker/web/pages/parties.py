"""The page of a party: what it gave, and what was given to it."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.records.registry import KINDS
from tracker.web.charts.chart_on_page import charted
from tracker.web.english import filled, party_named
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage
from tracker.web.tables.figures import figures_of


def sentence(party: Document) -> str:
    """Return what a party is."""
    kinds: Any = KINDS["party"].published().fields["kind"]
    texts = {"name": party_named(party), "kind": str(kinds.choices[party["kind"]])}
    if party["part_of"]:
        return filled(_("%(name)s: %(kind)s, part of %(whole)s."), whole=party_named(party["part_of"]), **texts)
    return ""


def _more(asked: PageRequest, party: Document) -> dict[str, Any]:
    own = {"contributor": party["id"]}
    received = {"beneficiary": party["id"]}
    deployed = {"nature": "deployment", "measure": "quantity", "stage": "commitment"}
    return {"figures": figures_of(asked, own)} | charted(asked,
                (_("Allocated by year"), own | {"rows": "year", "columns": "aid_type", "stage": "allocation"}),
        (_("What it gave"), own | {"rows": "aid_type", "columns": "stage"}),
            (_("For whom"), own | {"rows": "beneficiary", "columns": "aid_type", "stage": "allocation", "top": "10"}),
            (_("What was given to it, by contributor"),
             received | {"rows": "contributor", "columns": "aid_type", "stage": "allocation", "top": "15"}),
            (_("Own forces that it deploys"), own | deployed | {"rows": "initiative", "columns": "platform"}),
            (_("Forces of others that it hosts"),
             deployed | {"host": party["id"], "rows": "contributor", "columns": "platform"}),
        )  # fmt: skip


PARTY = RecordPage("party", sentence, _more)
