"""All that lists of records are filtered by: pledges also by the dataset that they were taken from."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.exchange.profiles import PROFILES
from tracker.exchange.profiles.base import Profile
from tracker.models import ExternalId, Pledge
from tracker.reporting.desk.record_filters import CHOICES, NONE, OF_ALL, Choices, ValueFilter


def _datasets(_kind: str) -> Choices:
    named: Choices = [(name, profile.title) for name, profile in PROFILES.items() if isinstance(profile, Profile)]
    return [*named, (NONE, _("none: entered by hand"))]


def _by_dataset(queryset: QuerySet[Any], value: str, _username: str) -> QuerySet[Any]:
    known = ExternalId.objects.order_by().filter(record_kind=queryset.model.kind)
    if value == NONE:
        return queryset.exclude(public_id__in=known.values("public_id"))
    return queryset.filter(public_id__in=known.filter(dataset=value).values("public_id"))


DATASET = ValueFilter(
    "dataset", _("dataset"), "By the dataset that a pledge was taken from; `none`: it was entered by hand.",
    _datasets, _by_dataset,
)  # fmt: skip


def value_filters(kind: str) -> tuple[ValueFilter, ...]:
    """Return the filters by a value that the list of a kind of record has."""
    return (*CHOICES.get(kind, ()), *((DATASET,) if kind == Pledge.kind else ()), *OF_ALL)
