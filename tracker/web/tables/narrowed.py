"""What a question is narrowed to, in words: a number, a chart or a frame that travels alone says of what it is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.filters.contributions import INCLUDED, LEFT_OUT, ONLY
from tracker.lib import response_cache
from tracker.lib.quantities import ABOUT, AT_LEAST, EXACT, RANGE, UNKNOWN, UP_TO, WITHHELD
from tracker.records import words
from tracker.reporting.named.questions import NamedQuestion
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS, GROUP, MEMBER_LABELS
from tracker.reporting.tables.dimensions import KINDS
from tracker.reporting.tables.questions import Question
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.menus import RECORDS
from tracker.web.tables.questions import TableParams

_RECORDS = KINDS | {GROUP: "group", "pledge": "pledge"}
_CONDITIONAL = {
    LEFT_OUT: gettext_lazy("without what depends on an open condition"),
    ONLY: gettext_lazy("only what depends on an open condition"),
    INCLUDED: gettext_lazy("with what depends on an open condition"),
}
_HOW_KNOWN = {
    EXACT: gettext_lazy("exactly"), AT_LEAST: gettext_lazy("at least so many"), ABOUT: gettext_lazy("about so many"),
    UP_TO: gettext_lazy("up to so many"), RANGE: gettext_lazy("from one number to another"),
    UNKNOWN: gettext_lazy("unknown"), WITHHELD: gettext_lazy("withheld"),
}  # fmt: skip
"""How well the number of units is known, by the qualifier of a quantity."""

_LABELS = MEMBER_LABELS | {"quantity_qualifier": _HOW_KNOWN}
_FILTER_LABELS = DIMENSION_LABELS | {
    "pledge": gettext_lazy("pledge"), "quantity_qualifier": gettext_lazy("how units are known"),
}  # fmt: skip
_OF_THE_MEASURE = ("stage", "basis")
"""The filters that the measure of a table says itself."""


def narrowed(question: Question | NamedQuestion) -> str:
    """Return what alone enters an answer, to stand behind its measure: `; contributor: Germany; aid type: Military`.

    It is empty where everything enters.
    """
    asked = {name: value for name, value in question.filters.asked.items() if name not in _OF_THE_MEASURE}
    return "".join(f"; {_value_in_words(name, value, question.moment)}" for name, value in asked.items())


def records_named(asked: PageRequest, params: TableParams) -> str:
    """Return the names of the records that a question is narrowed to, where it names one of a kind; else nothing."""
    names = []
    for name, kind in RECORDS.items():
        public_id = params.get(name, "")
        if public_id and "," not in public_id:
            names += _names(kind, [public_id], asked.moment)
    return ", ".join(names)


def _names(kind: str, public_ids: Iterable[str], moment: dt.datetime) -> list[str]:
    """Return what the page calls the records that were published at `moment`."""
    ids = tuple(public_ids)
    known = response_cache.once(("names", kind, ids, moment), lambda: published.names(kind, ids, moment))
    return [name_of(kind, each, known[each]) for each in ids if each in known]


def _value_in_words(name: str, value: Any, moment: dt.datetime) -> str:
    if isinstance(value, dt.date):
        return (_("from %s") if name == "date_from" else _("until %s")) % words.day(value)
    if name in ("amount_from", "amount_to"):
        return (_("worth %s or more") if name == "amount_from" else _("worth %s or less")) % words.money(value, "EUR")
    if name == "conditional":
        return str(_CONDITIONAL[LEFT_OUT if value == [LEFT_OUT] else ONLY if value == [ONLY] else INCLUDED])
    if name in _RECORDS:
        texts = _names(_RECORDS[name], value, moment)
    else:
        texts = [str(_LABELS.get(name, {}).get(each, each)) for each in value]
    return f"{_FILTER_LABELS[name]}: {', '.join(texts)}"
