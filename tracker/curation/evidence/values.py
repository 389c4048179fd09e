"""Whether a claim says what its record says."""

from decimal import Decimal

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from tracker.lib import partial_dates
from tracker.lib.money import DOLLARS
from tracker.lib.numbers_in_text import numbers_in
from tracker.lib.proposing.reading import numerals
from tracker.lib.proposing.reading.amounts import CROWNS, Amount, amounts
from tracker.lib.proposing.words.numbers import SCALES
from tracker.lib.text import fold
from tracker.records.engine.document_field import DocumentField
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.places import Place

Days = tuple[str | None, str | None]
"""The first and the last day that a date can mean."""

_ALIKE = 75
"""How alike, of 100, the words of a claim and a name must be: a name in other order or with words around it is 100."""


def contradiction(place: Place, value: str, quote: str, language: str = "en", currency: str = "") -> str:
    """Return what a claim says against the record, in a sentence; empty where it says the same, or cannot be compared.

    Where the record says nothing, or that a number is unknown, no value is the record's. Numbers are compared wherever
    the claim or its quote states any; of an amount, the currency beside them is compared with `currency`, too. Dates
    are compared where the claim gives one, names of records and of choices where it has a value. Descriptions are
    prose, and nobody compares them.
    """
    field, own = place.field, place.value
    if isinstance(field, RecordPartSerializer):
        return _of_line(place, value)
    if isinstance(own, list) or not isinstance(field, DocumentField):
        return ""
    if own in (None, ""):
        return _of_nothing(place.path, value) if value else ""
    numbers = field.numbers(own)
    if numbers == set() and value and numbers_in(value, language):
        return _of_nothing(place.path, value)
    if numbers is not None:
        shown = f"{field.plain(own)} {currency}".strip()
        return _of_numbers(place.path, numbers, shown, value, quote, language) or (
            _of_currency(place.path, numbers, shown, value, quote, language, currency) if currency else ""
        )
    if not value:
        return ""
    days = field.days(own)
    if days is not None:
        return _of_dates(place.path, days, field.plain(own), value)
    names = field.names(own)
    return _of_names(place.path, names, own["name"] if field.keys else str(own), value) if names else ""


def _of_line(place: Place, value: str) -> str:
    """Return that a claim about a whole line names another record than that does; amounts are left to its fields."""
    said = [place.value.get(name) for each in place.field.named_by for name in each.split()]
    names = [word for one in said if isinstance(one, dict) for word in (one.get("id"), one.get("name")) if word]
    if not names or not value or numbers_in(value):
        return ""
    return _of_names(place.path, names, names[-1], value)


def _of_nothing(path: str, value: str) -> str:
    return _("The record says nothing of %(path)s, and the claim says “%(said)s”.") % {"path": path, "said": value}


def _of_numbers(path: str, wanted: set[Decimal], shown: str, value: str, quote: str, language: str) -> str:
    for words, said in ((value, _("the claim says “%s”")), (quote, _("the passage says “%s”"))):
        stated = numbers_in(words, language)
        if wanted and stated and not wanted & stated:
            return _("%(path)s is %(own)s, and %(said)s.") % {"path": path, "own": shown, "said": said % words}
    return ""


def _of_currency(
    path: str, wanted: set[Decimal], shown: str, value: str, quote: str, language: str, currency: str
) -> str:
    """Return that the amount stands in another currency; a bare dollar can be that of any state, and a crown, too."""
    for words, said in ((value, _("the claim says “%s”")), (quote, _("the passage says “%s”"))):
        found = _amounts_in(words, language)
        stated = {amount.currency for amount in found if {amount.low.normalize(), amount.high.normalize()} & wanted}
        if stated and not stated & {currency, "", *CROWNS} and not (currency in DOLLARS and "USD" in stated):
            return _("%(path)s is %(own)s, and %(said)s.") % {"path": path, "own": shown, "said": said % words}
    return ""


def _amounts_in(words: str, language: str) -> list[Amount]:
    """Return the amounts of money that words state, read by the language if it is one that is read, else as English."""
    return amounts(words, numerals.numbers(words, language if language in SCALES else "en"))


def _of_dates(path: str, days: Days, shown: str, value: str) -> str:
    try:
        said = partial_dates.parse(value)
    except partial_dates.DateError:
        return ""
    earliest, latest = (said.earliest and said.earliest.isoformat(), said.latest and said.latest.isoformat())
    first, last = days
    apart = (last and earliest and last < earliest) or (first and latest and latest < first)
    if not said.edtf or not apart:
        return ""
    return _("%(path)s is %(own)s, and the claim says “%(said)s”.") % {"path": path, "own": shown, "said": value}


def _of_names(path: str, names: list[str], shown: str, value: str) -> str:
    said = fold(value)
    if any(fold(name) in said or fuzz.token_set_ratio(fold(name), said) >= _ALIKE for name in names):
        return ""
    return _("%(path)s is %(own)s, and the claim says “%(said)s”.") % {"path": path, "own": shown, "said": value}
