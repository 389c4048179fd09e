"""The questions of the explorer: what an address asks, and some to begin with."""

from django.utils.translation import gettext as _

from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import TableParams, of_address

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


def asked_of(asked: PageRequest) -> TableParams:
    """Return what an address asks of the table, or the question to begin with."""
    return of_address(asked) or START


def title_of(params: TableParams) -> str:
    """Return what a table is called."""
    return next((title for title, each in starts() if each == params), _("Your table"))
