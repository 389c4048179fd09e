"""The texts of named tables as people write them: files have dates and codes, pages have words."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.records import field_labels, words
from tracker.reporting.tables.dimension_labels import TIMES
from tracker.web.english import english
from tracker.web.names import period
from tracker.web.tables.numbers import Unit

_DATES = frozenset({"date", "since", "stated"})
_CODED = {("incidents", "kind"): "incident", ("incidents", "intent"): "incident"}
"""Columns that hold the codes of a field, by table and name, with the kind of record that has the field."""

_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_PERCENT = re.compile(r"% of (?:GDP (\d+)|(.+))")

COUNTS = {
    "contributions": gettext_lazy("contributions"), "days": gettext_lazy("days"), "items": gettext_lazy("items"),
    "pledges": gettext_lazy("pledges"), "units": gettext_lazy("units"), "values": gettext_lazy("values"),
    "EUR per head": gettext_lazy("EUR per head"), "USD per head": gettext_lazy("USD per head"),
}  # fmt: skip
"""What columns count, for people: the API and files say it in English."""


def in_words(table: str, column: str, value: str) -> str:
    """Return what a text of a table says: a partial date in words, a code by its name, all else as it is."""
    if column in _DATES:
        return words.partial_date({"edtf": value})
    if column in TIMES:
        return period(value)
    kind = _CODED.get((table, column))
    if kind:
        return words.first_capital(field_labels.choice_of(field_labels.fields_of(kind)[column], value) or value)
    said = {"unknown": _("unknown"), "withheld": _("withheld")}.get(value)
    return words.first_capital(said) if said else english(words.first_capital(value))


def note_in_words(note: str) -> str:
    """Return a note about a table with the days in it in words."""

    def written(match: re.Match[str]) -> str:
        return words.partial_date({"edtf": match[1]})

    return words.first_capital(_DAY.sub(written, note))


def percent(unit: str) -> Unit | None:
    """Return a unit such as `% of GDP 2021` for people; None where it is no percentage."""
    match = _PERCENT.fullmatch(unit)
    if match is None:
        return None
    name = _("%% of GDP of %s") % match[1] if match[1] else _("%% of %s") % COUNTS.get(match[2], match[2])
    # Aid is thousandths of a GDP; of all else tenths are enough.
    return Unit(name, places=3 if match[2] is None or "GDP" in match[2] else 1)
