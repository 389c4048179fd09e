"""Rows of records on their pages."""

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from unfold.admin import TabularInline

from tracker.admin.forms import gone_rows
from tracker.admin.forms.fields import FORMFIELD_OVERRIDES
from tracker.admin.forms.records import NumberedForm, PartForm
from tracker.admin.forms.suggestions import SuggestsRecords

MOST_IN_A_ROW = 2
"""How many fields fit beside one another next to the documents of a record."""


class PartFormSet(BaseInlineFormSet):
    """The rows of one record.

    A row that somebody else removed since the form was opened is one more to add, so that nothing typed is lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gone: set[str] = set()
        """The prefixes of the rows that somebody removed meanwhile."""
        if self.is_bound:
            known = {part.pk for part in self.get_queryset()}
            model: Any = self.model
            self.data, self.gone = gone_rows.as_new(self.data, self.prefix or "", model._meta.pk.name, known)

    def remaining_forms(self) -> list[Any]:
        """Return the valid forms of rows that there will be after saving, in their order."""
        return [
            form for form in self.forms
            if not form.errors and (form.has_changed() or form.instance.pk)
            and not self._goes(form)
        ]  # fmt: skip

    def _goes(self, form: Any) -> bool:
        """Tell whether the row was marked for removal."""
        return bool(self.can_delete and form.cleaned_data.get(DELETION_FIELD_NAME))


class NumberedFormSet(PartFormSet):
    """Rows with numbers; one that is left empty gets the next free one."""

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django has it, the stubs do not
        if form.instance._state.adding and not (self.is_bound and self.data.get(form.add_prefix("number"))):
            form.spare_number = self._next_number()
            form.initial["number"] = form.spare_number
        return form

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is None:
            # The pattern for rows added in the browser, where `admin.js` fills in the number.
            form.initial["number"] = None

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


class PartInline(SuggestsRecords, TabularInline):
    """Rows of a record as a table.

    Where they have many fields each is a card, and where they are many a list leads to each.
    """

    form = PartForm
    formset: Any = PartFormSet
    extra = 0
    hide_title = True
    formfield_overrides = FORMFIELD_OVERRIDES
    joins: tuple[str, ...] = ()
    """Foreign keys that the rows show."""
    classes: Any = None
    template_before = "admin/tracker/jump.html"

    def __init__(self, parent_model: Any, admin_site: Any) -> None:
        super().__init__(parent_model, admin_site)
        if len(self.fields or ()) > MOST_IN_A_ROW:
            self.classes = (*(self.classes or ()), "tracker-wide")

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
