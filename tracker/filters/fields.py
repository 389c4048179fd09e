"""Filters over the shelf: by facet, by reference, by choice, by date, by amount and by group.

Every filter refuses a value that it does not know, and says which it does.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.lib.text import nearest
from tracker.models import Facet, Publication
from tracker.models.alike import alike
from tracker.records.engine.document_field import Fragment
from tracker.records.engine.references import PUBLIC_ID_SCHEMA

MAX_VALUES = 200
"""How many values a filter takes at once."""

MAX_FEW = 10_000
"""From how many publications at most a filtered list starts, rather than from its order."""

MAX_SEARCH = 200
"""How many characters a search takes."""

AMOUNT = r"[0-9]{1,13}(\.[0-9]{1,2})?"
"""How amounts of filters are written: whole numbers of cents that a column of 64 bits holds."""


class ListField(forms.CharField):
    """Several values, separated by commas."""

    default_validators: list[Any] = []

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
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

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        values = super().to_python(value)
        for found in values:
            if found not in self.allowed:
                raise ValidationError(
                    gettext("“%(found)s” is unknown; allowed are %(allowed)s.")
                    % {"found": found[:60], "allowed": ", ".join(self.allowed)}
                )
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


class ReferencesField(ListField):
    """Several public ids of records of one kind that are, or were, on the shelf."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        values = super().to_python(value)
        if not values:
            return values
        known = Publication.objects.filter(kind=self.kind, public_id__in=values)
        unknown = set(values) - set(known.values_list("public_id", flat=True))
        if unknown:
            raise ValidationError(unknown_reference(self.kind, min(unknown)))
        return values


class DayField(forms.CharField):
    """One day, as 2025-08-31."""

    def to_python(self, value: Any) -> dt.date | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        wrong = ValidationError(gettext("“%s” is not a day such as 2025-08-31.") % text[:60])
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise wrong
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise wrong from None


class AmountFilterField(forms.CharField):
    """An amount in euros, as 1000000 or 0.50."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        if not re.fullmatch(AMOUNT, text):
            raise ValidationError(gettext("“%s” is not an amount in euros such as 1000000 or 0.50.") % text[:60])
        return Decimal(text)


class ValuesFilter(django_filters.Filter):
    """Keeps the rows that have one of several values in a column."""

    field_class: type[forms.Field] = ListField
    takes_several = True
    example = ""

    def schema(self) -> Fragment:
        """Return the OpenAPI schema of one value."""
        return PUBLIC_ID_SCHEMA

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(self.condition(value)) if value else qs

    def condition(self, values: list[str]) -> Q:
        """Return what the rows must fulfil."""
        return Q(**{f"{self.field_name}__in": values})


class ChoicesFilter(ValuesFilter):
    """One or several of a fixed set of words."""

    field_class = ChoicesField

    def __init__(self, *, allowed: list[str], **kwargs: Any) -> None:
        self.allowed = allowed
        super().__init__(allowed=allowed, help_text=_("One, or several separated by commas."), **kwargs)

    def schema(self) -> Fragment:
        return {"type": "string", "enum": list(self.allowed)}


class ReferencesFilter(ValuesFilter):
    """One or several records by public id."""

    field_class = ReferencesField

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(kind=kind, help_text=_("A public id, or several separated by commas."), **kwargs)


def has_facet(name: str, values: list[str]) -> Q:
    """Return the condition that a publication has one of `values` under the facet `name`."""
    return Q(Exists(Facet.objects.filter(publication=OuterRef("pk"), name=name, value__in=values)))


def found_by(name: str, values: list[str]) -> Q:
    """Return the same condition as `has_facet`, in the form that reads least.

    Where few publications have the facet, a list starts from these; where many do, a page is soon full in its order.
    """
    facets = Facet.objects.filter(name=name, value__in=values)
    return Q(pk__in=facets.values("publication")) if are_few(facets) else has_facet(name, values)


def are_few(rows: QuerySet[Any]) -> bool:
    """Tell whether there are `MAX_FEW` of `rows` at most, without counting the rest."""
    return rows.order_by()[: MAX_FEW + 1].count() <= MAX_FEW


class FacetChoices(ChoicesFilter):
    """Words that a publication is found by, such as its nature or the stages of its entries."""

    def condition(self, values: list[str]) -> Q:
        return found_by(str(self.field_name), values)


class FacetReferences(ReferencesFilter):
    """Records that a publication refers to."""

    def condition(self, values: list[str]) -> Q:
        return found_by(str(self.field_name), values)


class PathFilter(ReferencesFilter):
    """Categories with their branches, over a column such as /aircraft/fighter-aircraft/."""

    def condition(self, values: list[str]) -> Q:
        condition = Q()
        for value in values:
            condition |= Q(**{f"{self.field_name}__contains": f"/{value}/"})
        return condition


class DayFilter(django_filters.Filter):
    """A bound on a column of dates."""

    field_class = DayField
    takes_several = False
    example = "2025-10-20"

    def schema(self) -> Fragment:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "format": "date"}


class FirstDayFilter(DayFilter):
    """A bound on the first day that a row's date can mean, else, where that is open, on its last.

    So a row falls into one of two adjoining spans, never into both; undated rows fall into none.
    """

    def __init__(self, **kwargs: Any) -> None:
        text = _("Of a vague date, the first day that it can mean counts; what has no date is left out.")
        super().__init__(help_text=text, **kwargs)

    def filter(self, qs: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        if value is None:
            return qs
        first, last = f"earliest__{self.lookup_expr}", f"latest__{self.lookup_expr}"
        return qs.filter(Q(**{first: value}) | Q(earliest__isnull=True, **{last: value}))


class AmountFilter(django_filters.Filter):
    """A bound in euros on a column of cents."""

    field_class = AmountFilterField
    takes_several = False
    example = "1000000"

    def schema(self) -> Fragment:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "minLength": 1, "pattern": f"^{AMOUNT}$"}

    def filter(self, qs: QuerySet[Any], value: Decimal | None) -> QuerySet[Any]:
        return super().filter(qs, None if value is None else int(value * 100))


class ShelfFilterSet(django_filters.FilterSet):
    """Filters of one concept over what was published at a moment.

    Errors are in `errors`, by the name of the parameter.
    """

    base_filters: dict[str, Any]

    @classmethod
    def lists(cls) -> list[str]:
        """Return the filters that take several values."""
        return [name for name, each in cls.base_filters.items() if issubclass(each.field_class, ListField)]

    def __init__(self, data: Any, *args: Any, moment: dt.datetime, **kwargs: Any) -> None:
        self.moment = moment
        # To copy and to clean twenty filters takes longer than to read a page: those that say nothing are left out.
        self.base_filters = {
            name: each
            for name, each in type(self).base_filters.items()
            if name in data or getattr(each, "holds_unasked", False)
        }
        super().__init__(data, *args, **kwargs)

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in force, by name; `errors` must be empty."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
