"""What tables count of a row of the ledger beside its worth: a letter for each, posted with the row."""

from tracker.lib import quantities

NO_VALUE, BUNDLED, NO_EUROS, NO_DOLLARS = "v", "b", "e", "d"
UNKNOWN_QUANTITY, INEXACT, ESTIMATED, PROVISIONAL = "u", "i", "s", "p"
NO_YEAR, NO_MONTH = "y", "m"
MOST_MARKS = 10


_OF_GAPS = {"no_value": NO_VALUE, "bundled": BUNDLED}


def marks_of(
    gap: str, quantity_qualifier: str, amount_minor: int | None, eur_cents: int | None, usd_cents: int | None,
    is_estimated: bool, is_provisional: bool, year: int | None, month: str,
) -> str:  # fmt: skip
    """Return the marks of a row from its other columns; most rows have none.

    So that a table finds all that it counts in one column of an index, of many rows as one text.
    """
    marks = _OF_GAPS.get(gap, "")
    if amount_minor is not None:
        marks += (NO_EUROS if eur_cents is None else "") + (NO_DOLLARS if usd_cents is None else "")
    if quantity_qualifier and quantity_qualifier != quantities.EXACT:
        is_unknown = quantity_qualifier in (quantities.UNKNOWN, quantities.WITHHELD)
        marks += UNKNOWN_QUANTITY if is_unknown else INEXACT
    marks += ESTIMATED if is_estimated else ""
    marks += PROVISIONAL if is_provisional else ""
    if year is None:
        marks += NO_YEAR
    return marks if month else marks + NO_MONTH


FROM = (
    "gap", "quantity_qualifier", "amount_minor", "eur_cents", "usd_cents", "is_estimated", "is_provisional", "year",
    "month",
)  # fmt: skip
"""The columns that marks come from, as `marks_of` takes them."""
