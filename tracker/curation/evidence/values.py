"""Whether a claim says what its record says."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rest_framework import serializers

from tracker.lib import partial_dates
from tracker.lib.spoken import numbers_in
from tracker.lib.text import fold
from tracker.records.engine.fields import PartialDate, Quantity
from tracker.records.engine.places import Place
from tracker.records.engine.references import Reference

_ALIKE = 75
"""How alike, of 100, the words of a claim and a name must be: a name in other order or with words around it is 100."""


def contradiction(place: Place, value: str, quote: str, language: str = "en") -> str:
    """Return what a claim says against the record, in a sentence; empty where it says the same, or cannot be compared.

    Numbers are compared wherever the claim or its quote states any; dates where the claim gives one; names of
    records and of choices where the claim has a value. Descriptions are prose, and nobody compares them.
    """
    field, own = place.field, place.value
    if own in (None, "", []) or isinstance(own, list):
        return ""
    if isinstance(field, Quantity):
        bounds = {Decimal(str(own[end])).normalize() for end in ("low", "high") if own[end] is not None}
        return _of_numbers(place.path, bounds, own["text"], value, quote, language)
    if isinstance(field, serializers.DecimalField):
        return _of_numbers(place.path, {Decimal(str(own)).normalize()}, str(own), value, quote, language)
    if not value:
        return ""
    if isinstance(field, PartialDate):
        return _of_dates(place.path, own, value)
    if isinstance(field, Reference):
        return _of_names(place.path, [own["id"], own["name"]], own["name"], value)
    if isinstance(field, serializers.ChoiceField):
        return _of_names(place.path, [str(own).replace("_", " "), str(field.choices.get(own, own))], str(own), value)
    return ""


def _of_numbers(path: str, wanted: set[Decimal], shown: str, value: str, quote: str, language: str) -> str:
    for words, said in ((value, _("the claim says “%s”")), (quote, _("the passage says “%s”"))):
        stated = numbers_in(words, language)
        if wanted and stated and not wanted & stated:
            return _("%(path)s is %(own)s, and %(said)s.") % {"path": path, "own": shown, "said": said % words}
    return ""


def _of_dates(path: str, own: dict[str, Any], value: str) -> str:
    try:
        said = partial_dates.parse(value)
    except partial_dates.DateError:
        return ""
    earliest, latest = (said.earliest and said.earliest.isoformat(), said.latest and said.latest.isoformat())
    apart = (own["latest"] and earliest and own["latest"] < earliest) or (
        own["earliest"] and latest and latest < own["earliest"]
    )
    if not said.edtf or not apart:
        return ""
    return _("%(path)s is %(own)s, and the claim says “%(said)s”.") % {"path": path, "own": own["edtf"], "said": value}


def _of_names(path: str, names: list[str], shown: str, value: str) -> str:
    said = fold(value)
    if any(fold(name) in said or fuzz.token_set_ratio(fold(name), said) >= _ALIKE for name in names):
        return ""
    return _("%(path)s is %(own)s, and the claim says “%(said)s”.") % {"path": path, "own": shown, "said": value}
