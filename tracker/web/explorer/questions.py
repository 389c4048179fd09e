"""The questions of the explorer: what an address asks, and some to begin with."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.records.words import first_capital
from tracker.reporting.tables.dimension_labels import MEMBER_LABELS
from tracker.reporting.tables.measures import COUNT, PLEDGES, QUANTITY, VALUE, MixedSum
from tracker.web.explorer.parts import COLUMNS_FROM, ROWS_FROM
from tracker.web.explorer.titles import BY
from tracker.web.page_request import PageRequest
from tracker.web.tables.narrowed import records_named
from tracker.web.tables.questions import TableParams, check_table, of_address
from tracker.web.tables.table_on_page import table_shown

START: TableParams = {"rows": "contributor", "columns": "aid_type", "stage": "allocation", "top": "20"}
"""What is asked where the address asks nothing."""


def starts() -> list[tuple[str, TableParams]]:
    """Return questions to begin with, each with a title."""
    deployed = {"nature": "deployment", "measure": "quantity", "stage": "commitment"}
    given = {"stage": "allocation"}
    return [
        (_("Aid allocated, by contributor and kind"), START),
        (_("Aid allocated, year by year"), given | {"rows": "year", "columns": "aid_type"}),
        (_("From pledge to delivery"), {"rows": "contributor", "columns": "stage"}),
        (_("As a share of GDP"),
         given | {"rows": "contributor", "columns": "none", "per": "gdp", "of_year": "2021"}),
        (_("Weapons by platform"),
         {"rows": "platform", "columns": "stage", "measure": "quantity", "aid_type": "military"}),
        (_("Forces deployed, by contributor and platform"), deployed | {"rows": "contributor", "columns": "platform"}),
    ]  # fmt: skip


def instead_of(params: TableParams) -> list[tuple[str, TableParams]]:
    """Return questions that come near to one that mixes what is never added, each with what it does otherwise."""
    found: list[tuple[str, TableParams]] = []
    if params.get("per") and "contributor" not in (params.get("rows"), params.get("columns")):
        found.append((_("with a column for each contributor"), params | {"columns": "contributor"}))
        found.append((_("with a row for each contributor"), params | {"rows": "contributor", "columns": "none"}))
    if params.get("per") and params.get("top"):
        found.append((_("with all rows"), {name: text for name, text in params.items() if name != "top"}))
    if not params.get("stage") and "stage" not in (params.get("rows"), params.get("columns")):
        found.append((_("of what was allocated alone"), params | {"stage": "allocation"}))
        found.append((_("with a column for each stage"), params | {"columns": "stage"}))
    if params.get("per"):
        found.append((_("as plain amounts"), {name: text for name, text in params.items() if name != "per"}))
    return found


def with_answer(asked: PageRequest, params: TableParams) -> list[tuple[str, TableParams]]:
    """Return the same question at the stages that have an answer to it, where its own has none."""
    if params.get("stage", "") not in MEMBER_LABELS["stage"]:
        return []
    kept = {name: text for name, text in params.items() if name not in _ABOUT_A_TABLE}
    try:
        found = table_shown(asked, "", kept | {"rows": "stage", "columns": "none"}).table
    except (MixedSum, ValidationError):
        return []
    others = [params | {"stage": str(member.id)} for member in found.rows if member.id]
    return [(title_of(asked, each), each) for each in others]


_ABOUT_A_TABLE = frozenset({"rows", "columns", "stage", "top", "per", "of_year", "cumulative", "prices", "deflator"})
"""Parameters that say how a table is made of contributions, and not which count."""


def asked_of(asked: PageRequest) -> TableParams:
    """Return what an address asks of the table, or the question to begin with."""
    return of_address(asked) or START


def check_explorer(asked: PageRequest) -> None:
    """Raise ValidationError for a parameter that the explorer has not."""
    check_table(asked, "chart", ROWS_FROM, COLUMNS_FROM)


def title_of(asked: PageRequest, params: TableParams) -> str:
    """Return what a table is called: `Germany: allocation, by year and aid type`."""
    found = next((title for title, each in starts() if each == params), "")
    if found:
        return found
    dimensions = [_dimension(params.get(name, "")) for name in ("rows", "columns")]
    texts = {"what": _counted(params), "by": _(" and ").join(each for each in dimensions if each)}
    title = first_capital(_("%(what)s, by %(by)s") % texts if texts["by"] else str(texts["what"]))
    about = records_named(asked, params)
    return f"{about}: {title}" if about else title


def _dimension(text: str) -> str:
    return ", ".join(str(BY[name]) for name in text.split(",") if name in BY)


def _counted(params: TableParams) -> str:
    measure, stage = params.get("measure", VALUE), params.get("stage", "")
    counted = {QUANTITY: _("units"), COUNT: _("number of contributions"), PLEDGES: _("number of pledges")}
    words = [str(counted[measure])] if measure in counted else []
    words += [str(MEMBER_LABELS["stage"][stage])] if stage in MEMBER_LABELS["stage"] else []
    return ", ".join(words) or _("value")
