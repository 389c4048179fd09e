"""Any table of the register, by menus: a form that asks, and the answer below it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import Shown
from tracker.web.asked import Asked
from tracker.web.files import file_links
from tracker.web.tables.asking import Params, of_address
from tracker.web.tables.menus import fields_for
from tracker.web.tables.shown import table_shown

START: Params = {"rows": "contributor", "columns": "aid_type", "stage": "allocation", "top": "20"}
"""What is asked where the address asks nothing."""


def starts() -> list[tuple[str, Params]]:
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


def explore(asked: Asked) -> Shown:
    """Show a table and the form that asks for it. What cannot be answered is said beside what was asked."""
    params = of_address(asked) or START
    status, problems, table = 200, [], None
    try:
        table = table_shown(asked, _title(params), params)
    except ValidationError as error:
        status, problems = 400, _messages(error)
    except MixedSum as error:
        status, problems = 422, [("", str(error))]
    context: dict[str, Any] = {
        "title": _("Explore"), "table": table, "problems": problems, "fields": fields_for(asked, params),
        "starts": [(title, asked.address("explore", **each)) for title, each in starts()],
    }  # fmt: skip
    forms = file_links(asked, "explore", params, ("csv", "json", "xlsx", "parquet"))
    return Shown("web/explore.html", context, status, forms)


def _messages(error: ValidationError) -> list[tuple[str, str]]:
    """Return what is wrong, each with the parameter that it is about."""
    by_name: dict[str, list[str]] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [(name, text) for name, texts in by_name.items() for text in texts]


def _title(params: Params) -> str:
    return next((title for title, each in starts() if each == params), _("Your table"))
