"""The chart of a table: as a page shows it, and with a title for a file."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.records import words
from tracker.web.charts import drawing
from tracker.web.charts.layers import Spec
from tracker.web.charts.map_drawing import Map
from tracker.web.charts.specs import default_kind, spec_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import TableParams
from tracker.web.tables.table_on_page import TableShown, tables_shown

LONGEST = 120
"""How many letters a line above a chart has: a longer one would make all of it small."""
HEAD = 76
"""How much room a map as a file has for what is written above it."""


@dataclass(frozen=True)
class ChartShown:
    """A chart on a page; `remarks` say what it leaves out, and what its signs mean."""

    title: str
    measure: str
    unit: str
    spec: Spec
    remarks: str = ""

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        return drawing.drawn(self.spec)

    def entitled(self, asked: PageRequest) -> Spec:
        """Return the chart as it says by itself what it is, as of when, and from where: for files that travel alone."""
        said = [*wrap(f"{self.measure} · {self.unit}", LONGEST), *wrap(self.remarks, LONGEST), _source(asked)]
        return self.spec | {"title": {"text": self.title, "subtitle": said}}


def _source(asked: PageRequest) -> str:
    texts = {"when": "" if asked.is_empty else words.moment(asked.moment), "address": asked.origin}
    return _("Defence Aid Tracker, as published on %(when)s, %(address)s") % texts


def map_as_svg(asked: PageRequest, drawn: Map) -> str:
    """Return a map as it says by itself what it is, as of when, and from where."""
    places = {"top": -HEAD, "height": drawn.view.height + HEAD, "first_line": 34 - HEAD, "second_line": 58 - HEAD}
    said = {"source": _source(asked), "origin": asked.origin}
    return render_to_string("web/map.svg", {"map": drawn, **places, **said})


def chart_shown(table: TableShown, kind: str = "") -> ChartShown | None:
    """Return the chart of a table; None where there is nothing to draw."""
    found = spec_of(table, kind or default_kind(table))
    if found is None:
        return None
    return ChartShown(table.title, table.measure, table.unit.name, found.spec, found.remarks)


def charted(asked: PageRequest, *questions: tuple[str, TableParams]) -> dict[str, Any]:
    """Return the answers to several questions for a page, with a chart of the first that has several rows."""
    tables = tables_shown(asked, *questions)
    # Of what is all unknown there is nothing to see.
    first = next(
        (table for table in tables if len(table.lines) > 1 and any(each.exact for each in table.numbers)), None
    )
    return {"tables": tables, "chart": chart_shown(first) if first else None}
