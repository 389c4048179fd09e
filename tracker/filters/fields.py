"""Filters over the shelf: by facet, by reference, by choice, by date, by amount and by group.

Every filter refuses a value that it does not know, and says which it does.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.filters.parameters import nothing_between
from tracker.filters.values import AMOUNT, AmountFilterField, ChoicesField, DayField, ListField, ReferencesField
from tracker.models import Facet
from tracker.records.engine.document_field import Fragment
from tracker.records.engine.references import PUBLIC_ID_SCHEMA

MAX_FEW = 10_000
"""From how many publications at most a filtered list starts, rather than from its order."""

MAX_SEARCH = 200
"""How many characters a search takes."""


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
        super().__init__(
            kind=kind, help_text=_("A public id, or a name that only one has; several separated by commas."), **kwargs
        )


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
    """A bound on a column of dates: a day, or the first or last of a month or year."""

    field_class = DayField
    takes_several = False
    example = "2025-10-20 or 2025"

    def __init__(self, *, lookup_expr: str = "exact", **kwargs: Any) -> None:
        bound = {"gte": DayField.FIRST, "lte": DayField.LAST}.get(lookup_expr, "")
        super().__init__(lookup_expr=lookup_expr, bound=bound, **kwargs)

    def schema(self) -> Fragment:
        """Return the OpenAPI schema of the value."""
        return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}


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


class BoundsForm(forms.Form):
    """The values asked for: of two bounds, such as `amount_from` and `amount_to`, the first is not above the second."""

    def clean(self) -> dict[str, Any]:
        """Refuse bounds between which nothing lies, rather than finding nothing without a word."""
        asked = self.cleaned_data
        for name, low in list(asked.items()):
            upper = f"{name.removesuffix('_from')}_to"
            high = asked.get(upper) if name.endswith("_from") else None
            if low is not None and high is not None and low > high:
                self.add_error(upper, nothing_between(low, high))
        return self.cleaned_data


class ShelfFilterSet(django_filters.FilterSet):
    """Filters of one concept over what was published at a moment.

    Errors are in `errors`, by the name of the parameter.
    """

    base_filters: dict[str, Any]

    class Meta:
        form = BoundsForm

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
    def form(self) -> Any:
        """The values asked for, read once; names of records as they were at the moment."""
        form = super().form
        for each in form.fields.values():
            if isinstance(each, ReferencesField):
                each.moment = self.moment
        return form

    @property
    def stood_for(self) -> dict[str, dict[str, str]]:
        """The ids that names and aliases stood for, by filter and what was asked; `errors` must be empty."""
        fields = self.form.fields.items()
        return {name: each.stood_for for name, each in fields if isinstance(each, ReferencesField) and each.stood_for}

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in force, by name; `errors` must be empty."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}
