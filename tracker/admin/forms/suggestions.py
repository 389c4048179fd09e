"""Fields that suggest records while somebody types."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from tracker.lib.numbering import is_key


class _OnlyKeys(AutocompleteMixin):
    """Shows nothing as chosen for a posted value that can be no key: Django would fail to look it up."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if is_key(key)], attr)


class SuggestingSelect(_OnlyKeys, AutocompleteSelect):
    """For one record."""


class SuggestingSelectMultiple(_OnlyKeys, AutocompleteSelectMultiple):
    """For several records."""


class SeveralRecordsField(forms.ModelMultipleChoiceField):
    """Several records; a number that is too large for a key is no record, and not an error of the database."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, (list, tuple)) else ():
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": str(key)[:40]}
                )
        return super().clean(value)


class SuggestsRecords:
    """An admin, or rows of one, whose `autocomplete_fields` survive whatever is posted."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # a mixin: its admin has it
            kwargs.setdefault("widget", SuggestingSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin: its admin has it

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # a mixin: its admin has it
            kwargs.setdefault("widget", SuggestingSelectMultiple(db_field, self.admin_site, using=kwargs.get("using")))
            kwargs.setdefault("form_class", SeveralRecordsField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]  # a mixin: its admin has it
