"""Forms of records and of their parts."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MinValueValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.admin.forms import edit_conflicts
from tracker.admin.forms.fields import DEFAULT_CURRENCY, AmountFormField, PartialDateFormField, QuantityFormField
from tracker.curation.review.holding import lock_records
from tracker.lib import money
from tracker.lib.typed_amounts import CurrencyProblem, currency_of
from tracker.models.base import Record
from tracker.records.engine.types import Document
from tracker.records.registry import document_of
from tracker.records.words import first_capital


class MoneyForm(forms.ModelForm):
    """A form whose amounts may name their currency: `EUR 500m`."""

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """Return what the field shows first: what is stored, written so that it is read as that again."""
        value = super().get_initial_for_field(field, field_name)
        return field.written(value) if isinstance(field, (PartialDateFormField, QuantityFormField)) else value

    def clean(self) -> dict[str, Any]:
        """Settle the one currency of all amounts of the form."""
        cleaned = super().clean() or self.cleaned_data
        amounts = [name for name, field in self.fields.items() if isinstance(field, AmountFormField)]
        if "currency" in self.fields and "currency" in cleaned and not any(name in self.errors for name in amounts):
            self.settle_currency(cleaned, [name for name in amounts if cleaned.get(name) is not None])
        return cleaned

    def named_currencies(self, amounts: list[str]) -> set[str]:
        """Return the currencies that the texts of `amounts` name."""
        return {money.parse_amount(self.typed_amount(name))[1] for name in amounts} - {""}

    def typed_amount(self, name: str) -> str:
        """Return the amount that was typed into a field, as it was written."""
        field, text = self.fields[name], str(self.data[self.add_prefix(name)])
        return field.amount_in(text) if isinstance(field, AmountFormField) else text

    def settle_currency(self, cleaned: dict[str, Any], amounts: list[str]) -> None:
        """Put the currency of `amounts`, fields of this form that have a value, into `cleaned`."""
        texts = {name: self.typed_amount(name) for name in amounts}
        country = getattr(cleaned.get("contributor"), "public_id", "")
        try:
            currency = currency_of(texts, stated=cleaned["currency"], country=country)
        except CurrencyProblem as error:
            self.add_error(error.field, str(error))
            return
        if amounts:
            cleaned["currency"] = currency or DEFAULT_CURRENCY
            for name in amounts:
                problem = money.unit_problem(cleaned[name], cleaned["currency"])
                if problem:
                    self.add_error(name, problem)


class _OpenedAsField(forms.CharField):
    """The version of a record that its form showed. Never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RefusableForm(forms.ModelForm):
    """A form that is shown again, as typed, where saving it was refused."""

    refusal: ClassVar[str] = ""
    """Why saving this very form was refused a moment ago; set by the admin."""

    def clean(self) -> dict[str, Any]:
        """Show the refusal."""
        cleaned = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


class EditedForm(RefusableForm, MoneyForm):
    """The form of something that belongs to one record, which must be as it was when the form was opened."""

    opened_as = _OpenedAsField(required=False)
    seen_as: str = ""
    """The version that stands now, where it is not the one that the form was opened as."""
    document: Document | None = None
    """The document of the record, once it was read, for whatever else shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.edited_record()
        if record is not None and not self.is_bound:
            self.document = document_of(record)
            self.initial["opened_as"] = edit_conflicts.digest_of(record, self.document)

    def edited_record(self) -> Record | None:
        """Return the record as it is on the desk, or None where it is new."""
        return self.instance if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        """Refuse to save what somebody changed since the form was opened."""
        cleaned = super().clean()
        record = self.edited_record()
        if record is not None and not self.refusal:
            self._refuse_stale(record, cleaned.get("opened_as", ""))
        return cleaned

    def _refuse_stale(self, record: Record, opened_as: str) -> None:
        # Locked until the save is done, so that nobody changes it in between.
        standing = next(iter(lock_records(kind=record.kind, public_ids=[record.public_id])), record)
        self.document = document_of(record)
        stands_as = edit_conflicts.digest_of(standing, self.document)
        if stands_as != opened_as:
            self.seen_as = stands_as
            self.add_error(
                None,
                _(
                    "Not saved: this record changed after you opened it. %(who)s What you typed is still here: "
                    "choose field by field what is right, and save again."
                )
                % {"who": edit_conflicts.last_change(record)},
            )


class RecordForm(EditedForm):
    """The form of a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "public_id" in self.fields:
            # Left empty, one is made.
            self.fields["public_id"].required = False
        if "name" in self.fields and not self.instance.pk:
            self.fields["name"].widget.attrs["autofocus"] = True


class PartForm(MoneyForm):
    """A row of a record, whose fields are named by the heads of their columns: each says its name itself, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget: Any = getattr(field.widget, "widget", field.widget)
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", first_capital(str(field.label or name)))


class NumberedForm(PartForm):
    """A row with a number, which is filled in where it is left empty."""

    spare_number: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].widget.attrs["min"] = 1
            self.fields["number"].validators.append(MinValueValidator(1))

    @cached_property
    def changed_data(self) -> list[str]:
        """The changed fields; a number alone does not make a new row."""
        changed: list[str] = super().changed_data
        return [] if changed == ["number"] and self.instance._state.adding else changed

    def clean_number(self) -> int | None:
        """Return the number, or the one kept for this row where none was typed."""
        number: int | None = self.cleaned_data.get("number")
        return number if number is not None else self.spare_number
