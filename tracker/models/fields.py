"""Columns that understand what people write: partial dates, quantities, currencies, folded names."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from tracker.lib import money, partial_dates, quantities
from tracker.lib.text import fold

PUBLIC_ID = RegexValidator(
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z",
    _("A public id has letters, digits and single hyphens only, such as DEU or eurofighter-typhoon."),
)


class _DerivedAttribute(DeferredAttribute):
    """Reads a derived column from its source column, whatever was assigned to it.

    `pre_save` would come too late for constraints, which are checked before a save, and Django
    leaves it out altogether when it loads a fixture.
    """

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        return self if instance is None else self.field.derive(instance)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class PartialDateField(models.CharField):
    """An EDTF date as text; anything that people write is turned into EDTF when it is cleaned.

    The empty text is an unknown date.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": partial_dates.MAX_LENGTH, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return partial_dates.kept(str(value or "")).edtf
        except partial_dates.DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value)


class _DayField(models.DateField):
    """A day derived from the partial date in the column `source`; indexed, but where `db_index` says otherwise."""

    bound = ""
    db_index: bool
    descriptor_class = _DerivedAttribute

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**({"db_index": True} | kwargs | {"null": True, "editable": False}))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs | {"db_index": self.db_index}

    def derive(self, instance: models.Model) -> dt.date | None:
        """Return the day; None where there is no such bound, or no date in `source`, which says so itself."""
        try:
            partial = partial_dates.kept(str(getattr(instance, self.source) or ""))
        except partial_dates.DateError:
            return None
        day: dt.date | None = getattr(partial, self.bound)
        return day


class EarliestDayField(_DayField):
    """The first day that the partial date in `source` can mean."""

    bound = "earliest"


class LatestDayField(_DayField):
    """The last day that the partial date in `source` can mean."""

    bound = "latest"


class QuantityField(models.CharField):
    """A quantity with its qualifier as canonical text: `4`, `about 40`, `10 to 20`, `unknown`.

    The empty text is the column's default: an unknown quantity, or, where that is empty, none of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": quantities.MAX_LENGTH, "blank": True}
        super().__init__(*args, **({"default": quantities.UNKNOWN} | kwargs))

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        if not text.strip():
            return str(self.default)
        try:
            return str(quantities.stored(text))
        except quantities.QuantityError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value)


class _QuantityBoundField(models.DecimalField):
    """A bound derived from the quantity in the column `source`."""

    bound = ""
    descriptor_class = _DerivedAttribute

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        fixed = {"max_digits": 15, "decimal_places": 6, "null": True, "editable": False}
        super().__init__(**(kwargs | fixed))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def derive(self, instance: models.Model) -> Decimal | None:
        """Return the bound; None where there is none, or no quantity in `source`, which says so itself."""
        value = getattr(instance, self.source)
        try:
            quantity = quantities.stored("" if value is None else str(value))
        except quantities.QuantityError:
            return None
        number: Decimal | None = getattr(quantity, self.bound)
        return number


class QuantityLowField(_QuantityBoundField):
    """The lowest number that the quantity in `source` can mean; null is no bound."""

    bound = "low"


class QuantityHighField(_QuantityBoundField):
    """The highest number that the quantity in `source` can mean; null is no bound."""

    bound = "high"


class AmountField(models.DecimalField):
    """An exact amount in a currency kept beside it; 15 digits, of which two are decimals, and not below zero."""

    default_validators = [MinValueValidator(0, _("Must not be negative."))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"max_digits": 15, "decimal_places": 2}))


class SignedAmountField(AmountField):
    """An amount that can be below zero: a correction of what was counted before."""

    default_validators = []


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

    default_validators = [validate_currency]

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().upper() if isinstance(value, str) else value)


class FoldedField(models.CharField):
    """The text of the column `source` without case, accents and odd spaces, for look-ups."""

    descriptor_class = _DerivedAttribute

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**({"max_length": 250} | kwargs | {"editable": False}))

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def derive(self, instance: models.Model) -> str:
        """Return the folded text."""
        return fold(str(getattr(instance, self.source) or ""))[: self.max_length]


class FoundByField(FoldedField):
    """The folded name and the public id of a record in one text: for searches, and for the order of lists.

    PostgreSQL keeps it in the order of bytes, as SQLite does.
    """

    also: tuple[str, ...] = ("public_id",)
    """What it is derived from besides `source`."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        # Folding makes two letters of some: twice the longest name, a space and the longest public id.
        super().__init__(source, **({"max_length": 601} | kwargs))

    def derive(self, instance: models.Model) -> str:
        """Return the text; no word of a search holds the space between the two."""
        public_id = str(getattr(instance, "public_id", None) or "")
        return f"{fold(str(getattr(instance, self.source) or ''))[:500]} {public_id.lower()}"


class ClaimFoundByField(FoundByField):
    """The folded texts of a claim, a line each, so that no phrase of a search spans two: for searches."""

    also = ("value", "field", "record_id", "public_id")

    def __init__(self, source: str, **kwargs: Any) -> None:
        super().__init__(source, **({"max_length": 1200, "default": ""} | kwargs))

    def derive(self, instance: models.Model) -> str:
        """Return the texts."""
        texts = (getattr(instance, name, None) for name in (self.source, *self.also))
        return "\n".join(filter(None, (fold(str(text)) for text in texts if text)))[: self.max_length]
