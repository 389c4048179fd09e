"""Rows of records on their pages."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from unfold.admin import TabularInline

from tracker.admin.fields import FORMFIELD_OVERRIDES
from tracker.admin.forms import NumberedForm, PartForm


class PartFormSet(BaseInlineFormSet):
    """The rows of one record."""

    def standing_forms(self) -> list[Any]:
        """Return the valid forms of rows that there will be after saving, in their order."""
        gone = self.deleted_forms if self.can_delete else []
        return [
            form for form in self.forms
            if form not in gone and not form.errors and (form.has_changed() or form.instance.pk)
        ]  # fmt: skip


class NumberedFormSet(PartFormSet):
    """Rows with numbers; one that is left empty gets the next free one."""

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)
        if form.instance._state.adding:
            form.spare_number = self._next_number()
            form.initial["number"] = form.spare_number
        return form

    def _next_number(self) -> int:
        if not hasattr(self, "_last_number"):
            self._last_number = max([0, *self._numbers()])
        self._last_number += 1
        return self._last_number

    def _numbers(self) -> list[int]:
        """Return the numbers that rows have or that somebody typed."""
        known = [part.number for part in self.get_queryset()]
        if self.is_bound:
            typed = (self.data.get(f"{self.add_prefix(i)}-number", "") for i in range(self.total_form_count()))
            known += [int(number) for number in typed if number.isascii() and number.isdigit() and len(number) < 6]
        return known


class PartInline(TabularInline):
    """Rows of a record as a table."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    hide_title = True
    formfield_overrides = FORMFIELD_OVERRIDES
    joins: tuple[str, ...] = ()
    """Foreign keys that the rows show."""

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        return queryset.select_related(*self.joins) if self.joins else queryset


class NumberedInline(PartInline):
    """Rows with numbers."""

    form = NumberedForm
    formset = NumberedFormSet


class AliasInline(PartInline):
    """Other names of a record."""

    fields = ("name",)
    extra = 1
