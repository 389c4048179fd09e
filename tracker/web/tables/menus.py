"""The form of the explorer: a menu for each thing that can be asked of a table."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.filters.contributions import HEADLINE
from tracker.lib import response_cache
from tracker.models import Basis, Item, Pledge, Stage
from tracker.records.words import first_capital
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS
from tracker.reporting.tables.measures import COUNT, CURRENCIES, PLEDGES, QUANTITY, VALUE
from tracker.web.english import in_language
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import TableParams

MenuOptions = list[tuple[str, str]]
MOST_OPTIONS = 120
"""How many options a menu has at most; of more records, one writes the id, which search finds."""

RECORDS = {"contributor": "party", "beneficiary": "party", "group": "group", "initiative": "initiative",
           "platform": "platform", "category": "category"}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """A field of the form: a menu where it has options, else a place to write in."""

    name: str
    label: str
    value: str
    options: MenuOptions = field(default_factory=list)
    placeholder: str = ""

    @property
    def language(self) -> str:
        """The attribute for options that are names which the register alone gives."""
        return in_language("en") if RECORDS.get(self.name, "party") not in ("party", "group") else ""


def fields_for(asked: PageRequest, params: TableParams) -> dict[str, list[Field]]:
    """Return the fields of the form in two parts: what is always seen, and what one opens."""

    def menu(name: str, label: str, options: MenuOptions) -> Field:
        value = asked.params.get(name, "") if name == "chart" else params.get(name, "")
        if len(options) > MOST_OPTIONS:
            return Field(name, _("%s, by id") % label, value)
        known = {option for option, _text in options}
        # What the address asks and no menu has, such as two dimensions at once, stays as it is written.
        return Field(name, label, value, options if value in known or not value else [])

    first = [
        menu("rows", _("Rows"), _dimensions()),
        menu("columns", _("Columns"), [*_dimensions(), ("none", pgettext("columns of a table", "none"))]),
        menu("measure", _("What is counted"), _measures()),
        menu("stage", _("Stage"), [("", _("all, side by side")), *choices(Stage)]),
        menu("aid_type", _("Kind of aid"), [("", _("all")), *choices(Pledge.AidType)]),
        menu("currency", _("Currency"), [("", "EUR"), *((code, code) for code in CURRENCIES if code != "EUR")]),
        menu("per", _("Relative to"), _per()),
        menu("chart", _("Drawn as"), [("", _("what fits")), *_charts()]),
        # The table that is shown before anything is asked has the largest alone; what one asks next need not.
        Field("top", _("Only the largest"), asked.params.get("top", ""), [], "20"),
    ]
    more = [
        *(menu(name, first_capital(str(DIMENSION_LABELS[name])), [("", _("all")), *records(asked, name)])
          for name in RECORDS),
        menu("nature", _("Nature"), [("", _("aid, without deployments")), *choices(Pledge.Nature)]),
        menu("modality", _("Modality"), [("", _("all")), *choices(Item.Modality)]),
        menu("basis", _("Value taken from"), [("", _("the best that is known")), *_bases()]),
        menu("counting", _("Overlaps"), [("", _("counted once")), ("gross", _("counted in full"))]),
        menu("cumulative", _("Over time"), [("", _("each by itself")), ("true", _("running sums"))]),
        menu("share_out", _("The EU’s institutions"), [("", _("by themselves")), ("EU", _("shared out to members"))]),
        Field("date_from", _("From day"), params.get("date_from", ""), [], "2022-01-24"),
        Field("date_to", _("To day"), params.get("date_to", ""), [], "2025-12-31"),
        Field("of_year", _("Year of GDP or population"), params.get("of_year", ""), [], "2021"),
        Field("prices", _("In prices of the year"), params.get("prices", ""), [], "2021"),
        Field("deflator", _("By the price index of"), params.get("deflator", ""), [], "USA"),
    ]  # fmt: skip
    shown = {each.name for each in (*first, *more)}
    # What the address asks beside all these menus is not lost by pressing the button.
    rest = [Field(name, name, value) for name, value in params.items() if name not in shown]
    return {"first": first, "more": more, "rest": rest, "is_open": [each for each in more if each.value]}


def _dimensions() -> MenuOptions:
    return [(name, first_capital(str(label))) for name, label in DIMENSION_LABELS.items()]


def choices(listed: Any) -> MenuOptions:
    """Return the words of a field that has few, as a menu."""
    return [(str(value), first_capital(str(label))) for value, label in listed.choices]


def _measures() -> MenuOptions:
    return [(VALUE, _("Value")), (QUANTITY, _("Units")), (COUNT, _("Number of contributions")),
            (PLEDGES, _("Number of pledges"))]  # fmt: skip


def _charts() -> MenuOptions:
    return [
        ("bars", _("bars")), ("stacked", _("stacked bars")), ("lines", _("lines")), ("multiples", _("small charts")),
        ("map", _("map")), ("europe", _("map of Europe")), ("none", _("table only")),
    ]  # fmt: skip


def _bases() -> MenuOptions:
    return [one for one in choices(Basis) if one[0] != HEADLINE]


def _per() -> MenuOptions:
    return [("", _("nothing")), ("gdp", _("GDP of the contributor")), ("population", _("its population"))]


def records(asked: PageRequest, name: str) -> MenuOptions:
    """Return the first records that a filter can name, by name: of parties those in that role."""
    found = response_cache.once(("records for a menu", name, asked.moment), lambda: _read(name, asked.moment))
    return [(public_id, name_of(RECORDS[name], public_id, each)) for public_id, each in found]


def _read(name: str, moment: dt.datetime) -> MenuOptions:
    kind = RECORDS[name]
    rows = published.parties_as(name, moment) if kind == "party" else published.records(kind, moment)
    # Of so many there is no menu.
    return list(rows.order_by("folded", "public_id").values_list("public_id", "name")[:MOST_OPTIONS])
