"""The page of a group: its members at the moment that is shown, those of before, and what they gave."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.charts.chart_on_page import charted
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage
from tracker.web.tables.figures import figures_of


def _more(asked: PageRequest, group: Document) -> dict[str, Any]:
    day = asked.moment.date().isoformat()
    rows = [_membership(row) for row in group["memberships"]]
    now = [row for row in rows if (row["from"] or "") <= day and (row["to"] is None or row["to"] >= day)]
    own = {"group": group["id"], "stage": "allocation"}
    return {
        "members": sorted(now, key=lambda row: str(row["party"]["name"])),
        "others": [row for row in rows if row not in now],
        "day": asked.moment.date(),
        "figures": figures_of(asked, {"group": group["id"]}),
        **charted(
            asked,
            (_("Allocated by its members"), own | {"rows": "contributor", "columns": "aid_type", "top": "50"}),
            (_("As a share of each member’s GDP"), own | {"rows": "contributor", "columns": "none", "per": "gdp"}),
            (_("Allocated by its members, by year"), own | {"rows": "year", "columns": "aid_type"}),
            (_("Beside other groups, of which some share members"),
             {"rows": "group", "columns": "none", "stage": "allocation"}),
        ),
    }  # fmt: skip


def _membership(row: Document) -> Document:
    start, end = row["valid_from"], row["valid_to"]
    texts = {"start": words.partial_date({"edtf": start}), "end": words.partial_date({"edtf": end}) if end else ""}
    since = _("%(start)s to %(end)s") % texts if end else _("since %(start)s") % texts
    return {"party": row["party"], "from": start, "to": end, "text": since}


GROUP = RecordPage("group", more=_more, template="web/group.html", apart=("memberships",))
