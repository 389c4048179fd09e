"""A table on the map: each state in a shade by its number, the darker the more, and unknown without one."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.reporting.tables.contributions import names_of
from tracker.reporting.tables.dimensions import KINDS
from tracker.web.charts.map_drawing import Map, MarkedState, Shade, map_of, view_for
from tracker.web.charts.projection import EUROPE, WORLD
from tracker.web.tables.numbers import Number
from tracker.web.tables.table_on_page import TableRow, TableShown

MAP, MAP_OF_EUROPE = "map", "europe"
"""The maps that an address asks for: of Europe where all that is shown is there, else of the world, or of Europe."""

SHADES = 5
"""How many shades a map has, with as many states each."""


def map_shown(table: TableShown, kind: str = MAP) -> Map | None:
    """Return a table on a map; None where nothing of it is there. Raises ValidationError for other rows than parties.

    A table of several columns is shown by the totals of its rows.
    """
    names = names_of(table.table.row_dimension)
    if len(names) != 1 or KINDS.get(names[0]) != "party":
        raise ValidationError({"chart": _("A map shows parties: choose contributors, beneficiaries or hosts as rows.")})
    if len(table.columns) > 1 and not table.has_total:
        raise ValidationError({"chart": _("A map shows one number for each party, and these columns are never added: "
                                          "choose none as columns.")})  # fmt: skip
    numbers = {str(row.id): (line, _number(line)) for row, line in zip(table.table.rows, table.lines, strict=True)}
    known = sorted(Decimal(number.exact) for _line, number in numbers.values() if number.exact)
    places = [
        MarkedState(party, _said(table, line, number), number.address, _shade(number, known))
        for party, (line, number) in numbers.items() if number.exact or number.is_unknown
    ]  # fmt: skip
    fitting = view_for(place.party for place in places)
    view = EUROPE if kind == MAP_OF_EUROPE else fitting
    drawn = map_of(places, view, f"{table.title}: {table.unit.name}", _legend(table, known))
    if drawn is None:
        return None
    if fitting is WORLD:
        drawn.other = table.asking.asked.here(chart=MAP_OF_EUROPE if view is WORLD else MAP)
    on_map = {each.place.party for each in drawn.places}
    beyond = [line.name for party, (line, number) in numbers.items() if party not in on_map and number.text]
    drawn.beyond = ", ".join(beyond)
    return drawn


def _number(line: TableRow) -> Number:
    return line.total if line.total is not None else line.numbers[0]


def _said(table: TableShown, line: TableRow, number: Number) -> str:
    return f"{line.name}: {number.text}" + ("" if number.is_unknown else f" {table.unit.name}")


def _shade(number: Number, known: list[Decimal]) -> str:
    """Return the shade of a number by its place among all: `1` to `5`, or `unknown`."""
    if not number.exact:
        return "unknown"
    return str(1 + known.index(Decimal(number.exact)) * SHADES // len(known))


def _legend(table: TableShown, known: list[Decimal]) -> list[Shade]:
    """Return what the shades mean: from which number to which."""
    found = []
    for shade in range(1, SHADES + 1):
        own = [value for at, value in enumerate(known) if 1 + at * SHADES // len(known) == shade]
        if own:
            low, high = table.unit.written(own[0]), table.unit.written(own[-1])
            found.append(Shade(str(shade), low if low == high else f"{low} – {high}"))
    return [*found, Shade("unknown", _("unknown"))]
