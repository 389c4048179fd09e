"""Filters of the lists of records: by branch, dataset, amount, what supports a record, and who holds it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter, RangeNumericListFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.exchange.profiles import PROFILES
from tracker.exchange.profiles.base import Profile
from tracker.filters.desk_search import among
from tracker.lib.money import AmountError, parse_amount
from tracker.lib.numbering import is_key
from tracker.models import Category, Claim, Edit, ExternalId, Finding, Item
from tracker.records.quality.rules import RULES
from tracker.reporting.desk.amounts import Bound, backwards, between


def branch(pk: int) -> set[int]:
    """Return the keys of a category and of all within it."""
    within: dict[int | None, list[int]] = {}
    for key, parent in Category.objects.order_by().values_list("pk", "parent"):
        within.setdefault(parent, []).append(key)
    found, left = {pk}, [pk]
    while left:
        below = [key for key in within.get(left.pop(), []) if key not in found]
        found.update(below)
        left += below
    return found


class BranchFilter(AutocompleteSelectFilter):
    """By category, with its branches."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("category, with its branches")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return queryset
        if not is_key(value):
            raise IncorrectLookupParameters(value)
        return self.within(queryset, branch(int(value)))

    def within(self, queryset: QuerySet[Any], categories: set[int]) -> QuerySet[Any]:
        """Return the rows that name one of the categories."""
        return queryset.filter(**{f"{self.field_path}__in": categories})


class ItemBranchFilter(BranchFilter):
    """By category of an item or of its platform, with its branches."""

    def within(self, queryset: QuerySet[Any], categories: set[int]) -> QuerySet[Any]:
        """Return the pledges of which an item is in one of the categories."""
        items = Item.objects.order_by().filter(Q(category__in=categories) | Q(platform__category__in=categories))
        return queryset.filter(pk__in=items.values("pledge"))


class DatasetFilter(DropdownFilter):
    """By the dataset that a pledge was taken from."""

    title = _("dataset")
    parameter_name = "dataset"
    NONE = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        named = [(name, profile.title) for name, profile in PROFILES.items() if isinstance(profile, Profile)]
        return [*named, (self.NONE, _("none: entered by hand"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        known = ExternalId.objects.order_by().filter(record_kind=queryset.model.kind)
        if self.value() == self.NONE:
            return queryset.exclude(public_id__in=known.values("public_id"))
        return queryset.filter(public_id__in=known.filter(dataset=self.value()).values("public_id"))


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


class SupportFilter(DropdownFilter):
    """By what stands behind the claims of a record, or that it has none."""

    title = _("source")
    parameter_name = "support"
    NONE = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(self.NONE, _("no source")), *Claim.Support.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        claims = Claim.objects.order_by().filter(record_kind=queryset.model.kind, record_id=OuterRef("public_id"))
        if self.value() == self.NONE:
            return queryset.filter(~Exists(claims))
        return queryset.filter(Exists(claims.filter(support=self.value()))) if self.value() else queryset


class FindingFilter(DropdownFilter):
    """By what the rules of quality find in a record: anything, of a severity, by a rule; waived ones left out."""

    title = _("finding")
    parameter_name = "finding"
    ANY, NONE = "any", "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        severities = [(str(value), label) for value, label in Finding.Severity.choices]
        rules = [(rule.id, rule.sentence) for rule in RULES.values()]
        return [(self.ANY, _("any")), *severities, (self.NONE, _("none")), *rules]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = Finding.objects.standing().order_by().filter(record_kind=queryset.model.kind)
        if self.value() == self.NONE:
            return queryset.exclude(public_id__in=found.values("record_id"))
        if self.value() in RULES:
            found = found.filter(rule=self.value())
        elif self.value() in [str(level) for level in Finding.Severity.values]:
            found = found.filter(severity=self.value())
        return queryset.filter(public_id__in=found.values("record_id")) if self.value() else queryset


class HeldByFilter(DropdownFilter):
    """By the person whose open change set holds a record."""

    title = _("held by")
    parameter_name = "held_by"
    ME = "me"
    takes_any = True
    """Who holds nothing now is not offered, and is asked for all the same."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        held = Edit.objects.order_by().filter(kind=model_admin.model.kind, released_at__isnull=True)
        names = sorted(held.values_list("change_set__author__username", flat=True).distinct())
        return [(self.ME, _("me")), *((name, name) for name in names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        name = request.user.get_username() if self.value() == self.ME else self.value()
        edits = Edit.objects.order_by().filter(
            kind=queryset.model.kind, released_at__isnull=True, change_set__author__username=name
        )
        return queryset.filter(public_id__in=edits.values("public_id"))


PLEDGE_FILTERS = (
    ("items__category", ItemBranchFilter), ("items__platform", AutocompleteSelectFilter), DatasetFilter,
    AmountListFilter,
)  # fmt: skip
"""What pledges are filtered by besides what all records are."""
