"""What filters take, read from text: lists, ids or names of records, days, amounts; what is unknown is refused."""

import calendar
import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext

from tracker.filters.parameters import unknown_word
from tracker.lib import canonical
from tracker.lib.text import fold, nearest
from tracker.models import Publication
from tracker.models.similar_names import MOST_COMPARED, alike

MAX_VALUES = 200
"""How many values a filter takes at once."""

AMOUNT = r"[0-9]{1,13}(\.[0-9]{1,2})?"
"""How amounts of filters are written: whole numbers of cents that a column of 64 bits holds."""


class ListField(forms.CharField):
    """Several values, separated by commas."""

    default_validators: list[Any] = []

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a form field gives what its text says
        text = super().to_python(value) or ""
        values = [part.strip() for part in text.split(",") if part.strip()]
        if text and not values:
            raise ValidationError(gettext("There is nothing between the commas."))
        if len(values) > MAX_VALUES:
            raise ValidationError(gettext("At most %s values at once.") % MAX_VALUES)
        return list(dict.fromkeys(values))


class ChoicesField(ListField):
    """Several of a fixed set of words."""

    def __init__(self, *, allowed: list[str], **kwargs: Any) -> None:
        self.allowed = allowed
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a form field gives what its text says
        values = super().to_python(value)
        for found in values:
            if found not in self.allowed:
                raise ValidationError(unknown_word(found, self.allowed))
        return values


def unknown_reference(kind: str, found: str) -> str:
    """Return what to say of a public id that is not on the shelf, with those that read most like it."""
    published = Publication.objects.published().filter(kind=kind).order_by("public_id")
    names = alike(published, found[:60], names="folded").values_list("public_id", "name")
    near = nearest(found[:60], [f"{public_id} ({name})" for public_id, name in names], limit=5)
    near = near or [f"{public_id} ({name})" for public_id, name in published.values_list("public_id", "name")[:5]]
    return gettext("There is no %(kind)s “%(found)s”; for example there are %(near)s.") % {
        "kind": kind, "found": found[:60], "near": ", ".join(near) or "–",
    }  # fmt: skip


def named_so(kind: str, text: str, moment: dt.datetime | None) -> list[str]:
    """Return the ids of published records called `text` as of a moment: by name, alias, two letters, or id in any case.

    Folded, as search compares: case and accents aside.
    """
    folded = fold(text)
    rows = Publication.objects.published(moment).filter(kind=kind)
    may_be = Q(search__contains=folded)
    if len(text) == 2:
        may_be |= Q(document__contains=f'"iso_alpha2":"{text.upper()}"')
    found = rows.filter(may_be).order_by("public_id").values_list("public_id", "search", "document")[:MOST_COMPARED]
    return [
        public_id for public_id, search, document in found
        if folded in search.splitlines() or canonical.load(document).get("iso_alpha2") == text.upper()
    ]  # fmt: skip


class ReferencesField(ListField):
    """Several records of one kind that are, or were, on the shelf: by public id, or by a name that only one has."""

    moment: dt.datetime | None = None
    """As of when names are looked up; None for now."""

    stood_for: dict[str, str] = {}
    """The ids that names and aliases stood for, by what was asked, once it is read."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a form field gives what its text says
        values = super().to_python(value)
        if not values:
            return values
        known = Publication.objects.filter(kind=self.kind, public_id__in=values)
        ids = set(known.values_list("public_id", flat=True))
        # A name becomes the id, which the answer states.
        self.stood_for = {value: self._id_of(value) for value in values if value not in ids}
        return list(dict.fromkeys(self.stood_for.get(value, value) for value in values))

    def _id_of(self, text: str) -> str:
        found = named_so(self.kind, text, self.moment)
        if len(found) > 1:
            raise ValidationError(
                gettext("“%(found)s” can be any of %(ids)s: give the id.")
                % {"found": text[:60], "ids": ", ".join(found[:5])}
            )
        if not found:
            raise ValidationError(unknown_reference(self.kind, text))
        return found[0]


class DayField(forms.CharField):
    """One day, as 2025-08-31. A `bound` takes a month or a year, too: its FIRST or its LAST day."""

    FIRST, LAST = "first", "last"

    def __init__(self, *, bound: str = "", **kwargs: Any) -> None:
        self.bound = bound
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:  # type: ignore[override]  # a form field gives what its text says
        text = super().to_python(value)
        if not text:
            return None
        wrong = ValidationError(gettext("“%s” is not a day such as 2025-08-31.") % text[:60])
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
        if match is None or not (match[3] or self.bound):
            raise wrong
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        month = month or (12 if self.bound == self.LAST else 1)
        try:
            return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if self.bound == self.LAST else 1))
        except (ValueError, calendar.IllegalMonthError):
            raise wrong from None


class AmountFilterField(forms.CharField):
    """An amount in euros, as 1000000 or 0.50."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # a form field gives what its text says
        text = super().to_python(value)
        if not text:
            return None
        if not re.fullmatch(AMOUNT, text):
            raise ValidationError(gettext("“%s” is not an amount in euros such as 1000000 or 0.50.") % text[:60])
        return Decimal(text)
