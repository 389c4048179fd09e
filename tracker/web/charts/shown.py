"""The chart of a table: as a page shows it, and with a title for a file."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.charts import drawing
from tracker.web.charts.specs import Declared, default_kind, spec_of
from tracker.web.files import chart_links
from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import TableParams
from tracker.web.tables.shown import TableShown, tables_shown

LONGEST = 120
"""How many letters a line above a chart has: a longer one would make all of it small."""


@dataclass(frozen=True)
class ChartShown:
    """A chart on a page."""

    title: str
    measure: str
    svg: SafeString
    remarks: str
    links: list[dict[str, str]]

    @property
    def picture(self) -> str:
        """The address of the chart as a picture, which pages show that link to this one."""
        return next(each["address"] for each in self.links if each["media_type"] == "image/png")


def chart_shown(table: TableShown, kind: str = "") -> ChartShown | None:
    """Return the chart of a table; None where there is nothing to draw."""
    kind = kind or default_kind(table)
    found = spec_of(table, kind)
    if found is None:
        return None
    links = chart_links(table.asking.asked, table.asking.params | {"chart": kind})
    return ChartShown(table.title, table.measure, drawing.drawn(found.spec), found.remarks, links)


def charted(asked: PageRequest, *questions: tuple[str, TableParams]) -> dict[str, Any]:
    """Return the answers to several questions for a page, with a chart of the first that has several rows."""
    tables = tables_shown(asked, *questions)
    # Of what is all unknown there is nothing to see.
    first = next(
        (table for table in tables if len(table.lines) > 1 and any(each.exact for each in table.numbers)), None
    )
    return {"tables": tables, "chart": chart_shown(first) if first else None}


def entitled(table: TableShown, chart: Declared) -> dict[str, Any]:
    """Return a table's chart that says by itself what it is, for files that travel alone."""
    said = [f"{table.measure} · {table.unit.name}", *wrap(chart.remarks, LONGEST)]
    return entitled_as(table.asking.asked, chart.spec, table.title, *said)


def entitled_as(asked: PageRequest, spec: dict[str, Any], title: str, *said: str) -> dict[str, Any]:
    """Return any chart that says by itself what it is, as of when, and from where."""
    texts = {"when": "" if asked.is_empty else words.moment(asked.moment), "address": asked.origin}
    source = _("Defence Aid Tracker, as published on %(when)s, %(address)s") % texts
    return spec | {"title": {"text": title, "subtitle": [*said, source]}}
