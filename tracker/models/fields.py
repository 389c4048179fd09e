"""Columns that understand what people write: partial dates, quantities, currencies, folded names."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.lib import money, partial_dates, quantities
from tracker.lib.text import fold

PUBLIC_ID = RegexValidator(
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z",
    _("A public id has letters, digits and single hyphens only, such as DEU or eurofighter-typhoon."),
)


class PartialDateField(models.CharField):
    """An EDTF date as text; anything that people write is turned into EDTF when it is cleaned.

    The empty text is an unknown date.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": partial_dates.MAX_LENGTH, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return partial_dates.parse(str(value or "")).edtf
        except partial_dates.DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value)


class _DayField(models.DateField):
    """A day derived, at each save, from the partial date in the column `source`."""

    bound = ""

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**(kwargs | {"null": True, "editable": False, "db_index": True}))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> dt.date | None:
        partial = partial_dates.parse(getattr(model_instance, self.source) or "")
        day: dt.date | None = getattr(partial, self.bound)
        setattr(model_instance, self.attname, day)
        return day


class EarliestDayField(_DayField):
    """The first day that the partial date in `source` can mean."""

    bound = "earliest"


class LatestDayField(_DayField):
    """The last day that the partial date in `source` can mean."""

    bound = "latest"


class QuantityField(models.CharField):
    """A quantity with its qualifier as canonical text: `4`, `about 40`, `10 to 20`, `unknown`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": quantities.MAX_LENGTH, "blank": True}
        super().__init__(*args, **({"default": quantities.UNKNOWN} | kwargs))

    def to_python(self, value: Any) -> str:
        try:
            return str(quantities.parse("" if value is None else str(value)))
        except quantities.QuantityError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value)


class _QuantityBoundField(models.DecimalField):
    """A bound derived, at each save, from the quantity in the column `source`."""

    bound = ""

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        fixed = {"max_digits": 15, "decimal_places": 6, "null": True, "editable": False}
        super().__init__(**(kwargs | fixed))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Decimal | None:
        quantity = quantities.parse(getattr(model_instance, self.source) or "")
        number: Decimal | None = getattr(quantity, self.bound)
        setattr(model_instance, self.attname, number)
        return number


class QuantityLowField(_QuantityBoundField):
    """The lowest number that the quantity in `source` can mean; null is no bound."""

    bound = "low"


class QuantityHighField(_QuantityBoundField):
    """The highest number that the quantity in `source` can mean; null is no bound."""

    bound = "high"


class AmountField(models.DecimalField):
    """An exact amount in a currency kept beside it; 15 digits, of which two are decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"max_digits": 15, "decimal_places": 2}))


def validate_currency(code: str) -> None:
    """Raise ValidationError where `code` is no ISO 4217 code."""
    if not money.is_known_currency(code):
        raise ValidationError(
            _("“%(code)s” is not an ISO 4217 currency code such as EUR or USD."),
            params={"code": code[:20]},
            code="invalid",
        )


class CurrencyField(models.CharField):
    """An ISO 4217 code; empty where there is no amount."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 3, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    default_validators = [validate_currency]  # noqa: RUF012

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().upper() if isinstance(value, str) else value)


class FoldedField(models.CharField):
    """The text of the column `source` without case, accents and odd spaces, for look-ups."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**({"max_length": 250} | kwargs | {"editable": False}))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, folded)
        return folded
