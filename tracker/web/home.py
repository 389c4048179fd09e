"""The front page: what was given, by whom, what is deployed beside it, what is new, and what changed and why."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.lib import canonical
from tracker.models import Publication, Stage
from tracker.records import field_labels, words
from tracker.reporting.shelf import coverage, published
from tracker.web.answering import ShownPage
from tracker.web.changes.change_sets import change_sets_shown
from tracker.web.charts.chart_on_page import chart_shown
from tracker.web.english import english
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.pages.registry import PAGES
from tracker.web.tables.figures import Figure, figures_of
from tracker.web.tables.questions import TableParams
from tracker.web.tables.table_on_page import table_shown, tables_shown
from tracker.web.text_pages import register_as_dataset

NEWEST, CHANGES, EVENTS, TILES = 6, 4, 3, 4
"""How many pledges, change sets, events of a kind and numbers the front page has."""

DEPLOYED: TableParams = {"nature": "deployment", "measure": "quantity", "stage": "commitment"}


def home(asked: PageRequest) -> ShownPage:
    """Show the register at a glance, as of the moment asked for."""
    figures = figures_of(asked, {})
    tables = tables_shown(
        asked,
        *_given(figures),
        (
            _("Own forces deployed, by contributor and platform"),
            DEPLOYED | {"rows": "contributor", "columns": "platform"},
        ),
    )
    # A pledge that was corrected is not new.
    new = published.records("pledge", asked.moment).filter(version=1).order_by("-recorded_from", "-latest", "public_id")
    supported = coverage.of_register(asked.moment)
    context: dict[str, Any] = {
        "title": _("Who supports whom, with what, and how we know"),
        "figures": figures, "has_aid": bool(figures), "has_steps": len(figures) > 1,
        "has_publishers": any(figure.publishers for figure in figures),
        # Few numbers of aid leave room for what else there is.
        "glance": figures if len(figures) >= TILES else [*figures, *_beside(asked)][:TILES],
        "tables": tables,
        "newest": [_card(row) for row in new[:NEWEST]],
        "chart": chart_shown(tables[0]) if tables else None,
        "events": [card for kind in ("meeting", "incident", "initiative") for card in _events(asked, kind)],
        "changes": change_sets_shown(asked, CHANGES),
        "counts": _counts(asked),
        "coverage": supported,
        # Of a register that is supported whole nothing is left that could not be held.
        "not_held": coverage.not_held(asked.moment) if supported.supported < supported.said else 0,
        "dataset": register_as_dataset(asked),
    }  # fmt: skip
    return ShownPage("web/home.html", context)


def _given(figures: list[Figure]) -> list[tuple[str, TableParams]]:
    """Return the question who gave most, at the furthest step that has a value; none where there is no aid."""
    titles = {
        Stage.ALLOCATION: _("Aid allocated by the ten largest contributors"),
        Stage.COMMITMENT: _("Aid committed by the ten largest contributors"),
        Stage.PLEDGE: _("Aid pledged by the ten largest contributors"),
    }
    known = {figure.stage for figure in figures}
    stage = next((stage for stage in titles if stage in known), None)
    if stage is None:
        return []
    return [(titles[stage], {"stage": str(stage), "rows": "contributor", "columns": "aid_type", "top": "10"})]


def _beside(asked: PageRequest) -> list[dict[str, str]]:
    return [*_deployed(asked), *_counted(asked)]


def _deployed(asked: PageRequest) -> list[dict[str, str]]:
    """Return how many of which platforms are deployed, for a register that knows of no aid yet."""
    table = table_shown(asked, "", DEPLOYED | {"rows": "platform", "columns": "none"})
    return [
        {"text": f"{line.numbers[0].text}{words.NBSP}× {line.name}", "exact": line.numbers[0].exact,
         "address": line.numbers[0].address, "title": _("deployed with own forces")}
        for line in table.lines
        if line.numbers[0].exact and line.address
    ]  # fmt: skip


def _counted(asked: PageRequest) -> list[dict[str, str]]:
    """Return how many initiatives, meetings and incidents there are, for a register that knows of no aid yet."""
    texts = {
        "initiative": lambda n: ngettext("%s initiative", "%s initiatives", n),
        "meeting": lambda n: ngettext("%s meeting", "%s meetings", n),
        "incident": lambda n: ngettext("%s incident", "%s incidents", n),
    }
    found = []
    for kind, text in texts.items():
        rows = published.records(kind, asked.moment).order_by("name")
        count = rows.count()
        if count:
            found.append({
                "text": text(count) % words.number(count), "exact": str(count),
                "address": asked.address(f"pages-{kind}"),
                "names": " · ".join(rows.values_list("name", flat=True)[:EVENTS]),
            })  # fmt: skip
    return found


def _counts(asked: PageRequest) -> list[dict[str, str]]:
    """Return how many records there are of the kinds that readers look for, with the addresses of their lists."""
    rows = Publication.objects.published(asked.moment).order_by()
    kinds = ("pledge", "initiative", "meeting", "incident", "platform", "document", "claim")
    counts = {kind: rows.filter(kind=kind).count() for kind in kinds}
    return [
        {"count": words.number(counts[kind]), "name": field_labels.many(kind),
         "address": asked.address(f"pages-{kind}") if kind != "claim" else ""}
        for kind in kinds
        if counts[kind]
    ]  # fmt: skip


def _card(row: Publication) -> dict[str, Any]:
    document = canonical.load(row.document)
    return {
        "kind": row.kind, "id": row.public_id, "name": name_of(row.kind, row.public_id, row.name),
        "kind_name": field_labels.kind_of(row),
        "sentence": PAGES[row.kind].sentence(document) or english(document.get("description", "")),
        "is_deployment": document.get("nature") == "deployment",
    }  # fmt: skip


def _events(asked: PageRequest, kind: str) -> list[dict[str, Any]]:
    rows = published.records(kind, asked.moment).order_by("-latest", "-earliest", "public_id")
    return [_card(row) for row in rows[:EVENTS]]
