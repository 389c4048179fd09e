"""Loading prices of platforms."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.review.change_sets import open_change_set
from tracker.lib import canonical
from tracker.models import ChangeSet, PlatformPrice
from tracker.records.registry import KINDS

PriceKey = tuple[str, str]
"""Basis, and the day from which a price holds, in ISO form."""


@dataclass(frozen=True)
class Price:
    """What one unit of a platform costs from a day on, on a basis; `low` and `high` where the source gives bounds."""

    platform: str
    basis: str
    valid_from: dt.date
    amount: Decimal
    low: Decimal | None
    high: Decimal | None
    currency: str
    source: str


@dataclass(frozen=True)
class LoadedPrices:
    """What a loading of prices did. There is no change set where every price stood there already."""

    added: int
    changed: int
    unchanged: int
    change_set: ChangeSet | None


@transaction.atomic
def load(*, prices: Iterable[Price], author: User, message: str, at: dt.datetime) -> LoadedPrices:
    """Write prices into a new change set of `author`; those of other days and bases stay.

    Raises CurationError, naming the platform, where one cannot be written or is held by somebody else:
    nothing is written then.
    """
    by_platform: dict[str, list[Price]] = {}
    for price in prices:
        by_platform.setdefault(price.platform, []).append(price)
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    change_set = None
    for public_id, own in sorted(by_platform.items()):
        record = KINDS["platform"].queryset().get(public_id=public_id)
        current = {(price.basis, price.valid_from.isoformat()): _as_row(price) for price in record.prices.all()}
        wanted = {(price.basis, price.valid_from.isoformat()): _as_row(price) for price in own}
        for key, row in wanted.items():
            known = current.get(key)
            counts["unchanged" if known == row else "changed" if known else "added"] += 1
        if current | wanted == current:
            continue
        change_set = change_set or open_change_set(
            author=author, message=message, cause=ChangeSet.Cause.PRICE_LIST, at=at
        )
        _write(record, current | wanted, author, change_set, at)
    return LoadedPrices(**counts, change_set=change_set)


def _as_row(price: Price | PlatformPrice) -> dict[str, Any]:
    """Return a price as the serializer of platforms accepts it, amounts to the cent."""
    amounts = {name: getattr(price, name) for name in ("amount", "low", "high")}
    return {
        "basis": str(price.basis), "valid_from": price.valid_from.isoformat(), "currency": price.currency,
        "source": price.source,
        **{name: None if amount is None else f"{amount:.2f}" for name, amount in amounts.items()},
    }  # fmt: skip


def _write(
    record: Any, rows: dict[PriceKey, dict[str, Any]], author: User, change_set: ChangeSet, at: dt.datetime
) -> None:
    serializer = KINDS["platform"].serializer(record, data={"prices": list(rows.values())}, partial=True)
    try:
        serializer.is_valid(raise_exception=True)
        records.write(serializer=serializer, by=author, at=at, change_set=change_set)
    except serializers.ValidationError as error:
        raise CurationError(
            _("The prices of %(platform)s cannot be written: %(problems)s")
            % {"platform": record.public_id, "problems": canonical.dump(error.detail)}
        ) from error
