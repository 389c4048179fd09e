"""Filters of the lists of records: by branch, dataset, amount, what supports a record, and who holds it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeNumericListFilter,
)
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.exchange.datasets.record_filters import DATASET
from tracker.filters.desk_search import among
from tracker.lib.money import AmountError, parse_amount
from tracker.lib.numbering import is_key
from tracker.reporting.desk.amounts import Bound, backwards, between
from tracker.reporting.desk.record_filters import (
    CHOICES,
    FINDING,
    HELD_BY,
    REFERENCES,
    SUPPORT,
    ValueFilter,
    reference_filter,
)


class DeclaredFilter(DropdownFilter):
    """A filter by a value that is declared for programs and the admin alike."""

    declared: ClassVar[ValueFilter]
    takes_any = False

    def __init_subclass__(cls, declared: ValueFilter) -> None:
        cls.declared, cls.takes_any = declared, declared.takes_any
        cls.title, cls.parameter_name = declared.label, declared.name

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return self.declared.choices(model_admin.model.kind)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return self.declared.keep(queryset, value, request.user.get_username()) if value else queryset


class DatasetFilter(DeclaredFilter, declared=DATASET):
    """By the dataset that a pledge was taken from."""


class SupportFilter(DeclaredFilter, declared=SUPPORT):
    """By what stands behind the claims of a record, or that it has none."""


class FindingFilter(DeclaredFilter, declared=FINDING):
    """By what the rules of quality find in a record: anything, of a severity, by a rule; waived ones left out."""


class HeldByFilter(DeclaredFilter, declared=HELD_BY):
    """By the person whose open change set holds a record."""


class ReferenceListFilter(AutocompleteSelectFilter):
    """A filter by another record that is declared for programs and the admin alike."""

    def __init__(self, field: Any, request: HttpRequest, params: Any, model: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, request, params, model, *args, **kwargs)
        self.declared = reference_filter(model.kind, self.field_path)
        self.title = self.declared.label

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        if not is_key(value):
            raise IncorrectLookupParameters(value)
        return self.declared.keep(queryset, int(value))


class AmountForm(forms.Form):
    """Two amounts, as people write them."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        super().__init__(data)
        for end, words in (("from", _("from")), ("to", _("to"))):
            label = gettext("amount of an entry, %(end)s") % {"end": words}
            widget = UnfoldAdminTextInputWidget(attrs={"placeholder": _("EUR 5m"), "aria-label": label})
            self.fields[f"{name}_{end}"] = forms.CharField(label=words, required=False, widget=widget)


class AmountListFilter(RangeNumericListFilter):
    """By the amount of an entry, from and to, both included.

    Amounts are read as in forms. One that names a currency finds what comes to that in any currency, at the rates that
    the ledger would take; one without, what says that number in its own. One that cannot be read finds nothing, and
    the words beside the list say why.
    """

    title = _("amount of an entry")
    parameter_name = "amount"
    without_rate = 0
    """How many entries could not be held against what was asked, as there is no rate for them."""

    @property
    def problems(self) -> dict[str, str]:
        """What cannot be read, by parameter, in words."""
        found: dict[str, str] = {}
        bounds = []
        for end in ("from", "to"):
            try:
                bounds.append(Bound.of(self._text(end)))
            except AmountError as error:
                found[f"{self.parameter_name}_{end}"] = str(error)
        if not found and backwards(*bounds):
            found[f"{self.parameter_name}_to"] = backwards(*bounds)
        return found

    def choices(self, changelist: Any) -> Iterator[Any]:
        if self.parameter_name:
            typed = {f"{self.parameter_name}_{end}": self._text(end) for end in ("from", "to")}
            yield {"form": AmountForm(self.parameter_name, typed)}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            low, high = (Bound.of(self._text(end)) for end in ("from", "to"))
        except AmountError:
            return queryset.none()
        if low is None and high is None:
            return queryset
        found = between(low, high, at=timezone.now().date())
        self.without_rate = found.without_rate
        return among(queryset, found.pledges)

    def in_words(self) -> str:
        """Return what is asked for as it is understood, or why it is not."""
        said = " ".join(
            f"{words} {_amount_in_words(self._text(end))}"
            for end, words in (("from", gettext("from")), ("to", gettext("to")))
            if self._text(end)
        )
        said = " ".join([said, *(words for words in self.problems.values() if words not in said)])
        if not self.without_rate:
            return said
        left_out = ngettext(
            "%s entry has no rate and is left out", "%s entries have no rate and are left out", self.without_rate
        )
        return f"{said} ({left_out % self.without_rate})"

    def _text(self, end: str) -> str:
        return str(self.used_parameters.get(f"{self.parameter_name}_{end}") or "").strip()


def _amount_in_words(text: str) -> str:
    try:
        amount, currency = parse_amount(text)
    except AmountError as error:
        return str(error)
    shown = f"{amount:,.2f}" if amount % 1 else f"{amount.quantize(Decimal(1)):,}"
    return f"{currency} {shown}" if currency else gettext("%s in its currency") % shown


def declared_filters(kind: str) -> list[tuple[str, type[FieldListFilter]]]:
    """Return the filters of a kind by its choices and by other records, as the admin takes them."""
    choices = [(one.path, ChoicesDropdownFilter) for one in CHOICES.get(kind, ())]
    return [*choices, *((one.path, ReferenceListFilter) for one in REFERENCES.get(kind, ()))]
