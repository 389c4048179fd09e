"""Form fields that read dates, quantities, amounts and currencies as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.admin.site.typed_values import AMOUNT, DATE, QUANTITY, understood
from tracker.lib import money, numbers, partial_dates, quantities
from tracker.lib.typed_amounts import about_refused
from tracker.models import fields as model_fields

DEFAULT_CURRENCY = "EUR"
"""What an amount is in where no currency is named."""


class CurrencyWidget(UnfoldAdminTextInputWidget):
    """For a code of three letters."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": DEFAULT_CURRENCY, "size": 3, "autocomplete": "off"} | (attrs or {}))


class UnderstoodWidget(UnfoldAdminTextInputWidget):
    """A text input with a line below it that says how its text is understood.

    The line is kept up to date by `admin.js` while somebody types.
    """

    reads = ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-reads": self.reads, "autocomplete": "off"} | (attrs or {}))

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the input and the line; the line is empty where the text is not understood."""
        try:
            words = understood(self.reads, str(value or ""))
        except ValueError:
            words = ""
        field = super().render(name, value, (attrs or {}) | {"data-address": reverse("admin:understood")}, renderer)
        return format_html('{}<p class="understood" aria-live="polite">{}</p>', field, words)


class DateWidget(UnderstoodWidget):
    """For partial dates."""

    reads = DATE


class QuantityWidget(UnderstoodWidget):
    """For quantities."""

    reads = QUANTITY


class AmountWidget(UnderstoodWidget):
    """For amounts of money."""

    reads = AMOUNT


def refuse_null_characters(text: str) -> None:
    """Raise ValidationError where `text` holds a NUL, which no database keeps."""
    if "\0" in text:
        raise ValidationError(_("Null characters are not allowed."), code="null_characters_not_allowed")


class PartialDateFormField(forms.CharField):
    """Reads `Sept 2025`; gives EDTF."""

    widget = DateWidget

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        refuse_null_characters(text)
        try:
            return partial_dates.parse(text).edtf
        except partial_dates.DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def written(self, value: Any) -> str:
        """Return a stored date as its field shows it: in words where its EDTF could be read otherwise."""
        try:
            return partial_dates.parse(value).edtf if value else ""
        except partial_dates.DateError:
            return partial_dates.stored(value).describe()


class QuantityFormField(forms.CharField):
    """Reads `about 40`; gives canonical text. No text is the column's own default."""

    widget = QuantityWidget

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        refuse_null_characters(text)
        if not text:
            return ""
        try:
            return str(quantities.parse(text))
        except quantities.QuantityError as error:
            raise ValidationError(str(error), code="invalid") from error

    def written(self, value: Any) -> str:
        """Return a stored quantity as its field shows it, with one reading."""
        return str(quantities.stored(value)) if value else ""


class AmountFormField(forms.DecimalField):
    """Reads `500 million` or `EUR 1.5bn`; gives the exact number, and `MoneyForm` takes the currency."""

    widget = AmountWidget
    takes_about = False
    """Whether `about EUR 2 bn` is an amount here: where a note keeps that it is a round one."""

    def amount_in(self, text: str) -> str:
        """Return what of a typed text is the amount itself."""
        return money.split_about(text)[1] if self.takes_about else text.strip()

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # what is typed is text
        text = self.amount_in(str(value or ""))
        if not text:
            return None
        problem = about_refused(text)
        if problem:
            raise ValidationError(problem, code="invalid")
        refuse_null_characters(text)
        try:
            return money.parse_amount(text)[0]
        except money.AmountError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value


class NumberFormField(forms.DecimalField):
    """Reads a number that is no money; `1.500`, which can be two numbers, is asked about."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # what is typed is text
        return super().to_python(_number(value))


class WholeNumberFormField(forms.IntegerField):
    """Reads a whole number; `1.500`, which can be two numbers, is asked about."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_number(value))


def _number(value: Any) -> Any:
    """Return a typed text as Python writes the number; what is no text is left alone."""
    if not isinstance(value, str) or not value.strip():
        return value
    refuse_null_characters(value)
    try:
        return format(numbers.parse(value), "f")
    except numbers.NumberError as error:
        raise ValidationError(str(error), code="invalid") from error


class CurrencyFormField(forms.CharField):
    """Reads an ISO 4217 code in any case."""

    def __init__(self, **kwargs: Any) -> None:
        # The check of the code says more than one of the length would.
        super().__init__(**(kwargs | {"max_length": None}))

    def to_python(self, value: Any) -> str:
        code = (super().to_python(value) or "").upper()
        refuse_null_characters(code)
        if code:
            model_fields.validate_currency(code)
        return code


FORMFIELD_OVERRIDES: dict[Any, dict[str, Any]] = {
    model_fields.PartialDateField: {"form_class": PartialDateFormField, "widget": DateWidget},
    model_fields.QuantityField: {"form_class": QuantityFormField, "widget": QuantityWidget},
    model_fields.AmountField: {"form_class": AmountFormField, "widget": AmountWidget},
    model_fields.CurrencyField: {"form_class": CurrencyFormField, "widget": CurrencyWidget},
    models.DecimalField: {"form_class": NumberFormField},
    models.IntegerField: {"form_class": WholeNumberFormField},
    models.BigIntegerField: {"form_class": WholeNumberFormField},
}
"""What the admin makes of the model fields that understand what people write."""
