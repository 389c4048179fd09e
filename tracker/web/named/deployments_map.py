"""What the map of deployments shows: which states, and what is said of each."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.lib.column_types import Column, Value
from tracker.records import words
from tracker.web.charts.map_drawing import Map, MarkedState, map_of
from tracker.web.charts.projection import EUROPE
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest


def deployments_map(asked: PageRequest, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Map | None:
    """Return where deployments stand: each host, with whose forces of what are there."""
    names = [column.name for column in columns]
    by_host: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        one = dict(zip(names, row, strict=True))
        if one["host_id"]:
            contributor = name_of("party", str(one["contributor_id"]), str(one["contributor"]))
            text = f"{contributor}, {_item(str(one['item'] or ''), str(one['quantity_text'] or ''))}"
            by_host.setdefault((str(one["host_id"]), str(one["host"])), []).append(text)
    places = [
        MarkedState(host, f"{name_of('party', host, name)}: {'; '.join(texts)}", asked.record("party", host))
        for (host, name), texts in by_host.items()
    ]
    return map_of(places, EUROPE, _("Where own forces are stationed"))


def _item(what: str, quantity: str) -> str:
    """Return how many of what, where both are known: `4 × Eurofighter Typhoon`."""
    if quantity == "unknown":
        return pgettext("of a quantity", "%s, number unknown") % what
    if quantity == "withheld":
        return pgettext("of a quantity", "%s, number withheld") % what
    return f"{quantity}{words.NBSP}× {what}" if quantity else what
