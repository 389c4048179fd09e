"""Which filters of the address of a list are understood: one that is not must never open the whole list."""

from typing import Any

from django.contrib.admin.filters import ChoicesFieldListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, QueryDict
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.utils import parse_date_str

from tracker.lib.numbering import LONGEST_KEY

REFUSALS = (IncorrectLookupParameters, SuspiciousOperation, ValidationError)
"""What Django raises of a filter that it does not understand, or does not allow."""


def is_no_value(name: str, value: str) -> bool:
    """Tell whether a parameter of a list can be no value of any column: a NUL, or a number of too many digits.

    Databases refuse these only when they run the query, which is too late for Django's own check.
    """
    return "\0" in value or (name != SEARCH_VAR and value.isdigit() and len(value) > LONGEST_KEY)


def misread(spec: Any) -> list[str]:
    """Return the parameters of a filter that have a value which it does not offer, and would pass over."""
    if hasattr(spec, "problems"):
        return list(spec.problems)
    if isinstance(spec, SimpleListFilter):
        offered = {str(value) for value, _label in spec.lookup_choices}
        is_read = not spec.value() or getattr(spec, "takes_any", False) or str(spec.value()) in offered
        return [] if is_read else [str(spec.parameter_name)]
    if isinstance(spec, ChoicesFieldListFilter):
        offered = {str(value) for value, _label in spec.field.flatchoices}
        value = spec.lookup_val
        values = value if isinstance(value, list) else [value]
        return [] if all(not each or str(each) in offered for each in values) else [spec.lookup_kwarg]
    if isinstance(spec, RangeDateFilter):
        return [name for name, value in spec.used_parameters.items() if not _is_day(value)]
    return []


def _is_day(value: Any) -> bool:
    try:
        return parse_date_str(str(value)) is not None
    except (ValueError, ValidationError):
        return False


class UnderstoodFilters:
    """A list that says which filters of its address it does not understand, and shows nothing until they are away."""

    filter_params: dict[str, list[str]]
    filter_specs: list[Any]
    asked: QueryDict
    date_hierarchy: Any
    refused: list[str] | None = None
    """Parameters that the list could not be asked for; None until that is found out."""

    @property
    def not_understood(self) -> list[str]:
        """The parameters that are not understood, in order."""
        found = {*(self.refused or ()), *(name for spec in self.filter_specs for name in misread(spec))}
        return sorted(found)

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Return the rows that the filters keep; none where one of them is not understood."""
        if self.refused is None:
            odd = {name for name, values in self.asked.lists() if any(is_no_value(name, value) for value in values)}
            self.refused = sorted(odd - {PAGE_VAR})
        try:
            found = self._found(request, exclude_parameters)
        except REFUSALS:
            self.refused += self._refused_alone(request)
            found = self._found(request, exclude_parameters)
        return found.none() if self.not_understood else found

    def _found(self, request: HttpRequest, exclude_parameters: Any) -> Any:
        """Return the rows that those filters keep which are not refused."""
        refused = self.refused or ()
        self.filter_params = {name: value for name, value in self.filter_params.items() if name not in refused}
        return super().get_queryset(request, exclude_parameters)  # type: ignore[misc]  # a mixin: its list has it

    def get_results(self, request: HttpRequest) -> None:
        """Find the page asked for; one that there is not is the first, with the filters as they are."""
        try:
            super().get_results(request)  # type: ignore[misc]  # a mixin: its list has it
        except IncorrectLookupParameters:
            self.page_num = 1
            super().get_results(request)  # type: ignore[misc]  # a mixin: its list has it

    def _refused_alone(self, request: HttpRequest) -> list[str]:
        """Return the parameters that cannot be asked for, each tried alone; the parts of a day are read together."""
        asked, refused = self.filter_params, []
        parts = [name for name in asked if self.date_hierarchy and name.startswith(f"{self.date_hierarchy}__")]
        for names in [parts, *([name] for name in asked if name not in parts)]:
            self.filter_params = {name: asked[name] for name in names}
            try:
                super().get_queryset(request)  # type: ignore[misc]  # a mixin: its list has it
            except REFUSALS:
                refused += names
        self.filter_params = asked
        # Where each is right alone and all together are not, nobody can say which is wrong.
        return refused or list(asked)
