"""Constraints that several models have."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOT_NEGATIVE = _("Must not be negative.")
WITH_CURRENCY = _("An amount needs a currency, and a currency an amount.")


def amount_with_currency(name: str, field: str = "amount") -> models.CheckConstraint:
    """Return the constraint that `field` is null without a currency, and only then."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}, currency="") | (Q(**{f"{field}__isnull": False}) & ~Q(currency="")),
        name=name,
        violation_error_message=WITH_CURRENCY,
    )


def not_negative(name: str, *fields: str) -> models.CheckConstraint:
    """Return the constraint that none of `fields` is below zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=NOT_NEGATIVE)
