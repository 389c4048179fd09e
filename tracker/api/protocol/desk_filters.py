"""The lists of the desk by program, narrowed by the filters that the admin's lists have, too."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from tracker.curation.review.standing import HELD, State, held, in_state
from tracker.exchange.datasets.record_filters import value_filters
from tracker.filters.desk_search import among, search
from tracker.filters.parameters import choice, nothing_between, refuse, unknown_word
from tracker.lib.money import AmountError
from tracker.lib.numbering import is_key
from tracker.lib.text import nearest
from tracker.models import Group, Pledge
from tracker.models.base import Record
from tracker.models.similar_names import alike
from tracker.records.engine.references import PUBLIC_ID_SCHEMA
from tracker.records.registry import KINDS
from tracker.reporting.desk.amounts import Bound, backwards, between
from tracker.reporting.desk.record_filters import DAYS, GROUPS, REFERENCES, ReferenceFilter, ValueFilter, of_group

AMOUNTS = ("amount_from", "amount_to")
DATES = ("date_from", "date_to")
_GROUP = OpenApiParameter(
    "group", PUBLIC_ID_SCHEMA, description="By a group, by public id: what has to do with one of its members today."
)
_DATES = [
    OpenApiParameter(name, dt.date, description=f"By the first day that the date can mean: this day or {more}.")
    for name, more in zip(DATES, ("later", "earlier"), strict=True)
]  # fmt: skip


def names(kind: str) -> tuple[str, ...]:
    """Return the parameters that filter the list of a kind of record."""
    references, values = ([one.name for one in found] for found in (REFERENCES.get(kind, ()), value_filters(kind)))
    groups, days = (("group",) if kind in GROUPS else ()), (DATES if kind in DAYS else ())
    return ("search", "state", *(AMOUNTS if kind == Pledge.kind else ()), *references, *groups, *days, *values)


def described(kind: str) -> list[OpenApiParameter]:
    """Return what the OpenAPI document says of the filters that the admin's list of a kind has, too."""
    references = [
        OpenApiParameter(one.name, PUBLIC_ID_SCHEMA, description=one.describes) for one in REFERENCES.get(kind, ())
    ]
    values = [
        OpenApiParameter(
            one.name, str, enum=None if one.takes_any else [value for value, _label in one.choices(kind)],
            description=one.describes,
        )
        for one in value_filters(kind)
    ]  # fmt: skip
    return [*references, *([_GROUP] if kind in GROUPS else ()), *(_DATES if kind in DAYS else ()), *values]


def narrowed(kind: str, asked: Mapping[str, str], user: User) -> tuple[QuerySet[Any], dict[str, Any]]:
    """Return the records that the parameters ask for, and what is to be said of how they were found.

    Raises ValidationError for a value that is none, with what would be right.
    """
    model = KINDS[kind].model
    state = choice(asked, "state", [*State.values, HELD])
    condition = Q() if state is None else Q(held(model)) if state == HELD else in_state(model, State(state))
    queryset = KINDS[kind].queryset().filter(condition)
    for reference in REFERENCES.get(kind, ()):
        if reference.name in asked:
            queryset = reference.keep(queryset, _key(reference, asked[reference.name]))
    if kind in GROUPS and "group" in asked:
        _require(Group, "group", asked["group"])
        queryset = of_group(queryset, asked["group"], on=timezone.localdate())
    queryset = _by_day(kind, asked, queryset)
    for one in value_filters(kind):
        if one.name in asked:
            queryset = one.keep(queryset, _value(one, kind, asked[one.name]), user.get_username())
    return _by_amount(asked, search(queryset, asked.get("search", "")))


def as_asked(kind: str, kept: list[tuple[str, str]]) -> dict[str, str]:
    """Return parameters of the admin's list as programs ask for them: other records by public id, days as they stand.

    What no record of this key is there for any more stays as it is, to be refused as a value.
    """
    said = dict(_as_asked(kind, name, value) for name, value in kept)
    parts = [said.pop(f"{DAYS.get(kind)}__{unit}", "") for unit in ("year", "month", "day")]
    if parts[0]:
        first, last = _ends(*parts)
        said["date_from"] = max(said.get("date_from", ""), first)
        said["date_to"] = min(said.get("date_to", last), last)
    return said


def _as_asked(kind: str, name: str, value: str) -> tuple[str, str]:
    for end, asked in zip(("from", "to"), DATES, strict=True):
        if name == f"{DAYS.get(kind)}_{end}":
            return asked, _iso(value)
    reference = next((one for one in REFERENCES.get(kind, ()) if one.kept_as == name), None)
    if reference is None:
        return next((one.name for one in value_filters(kind) if one.kept_as == name), name), value
    rows = reference.model._default_manager.order_by().filter(pk=int(value)) if is_key(value) else None
    public_id = rows.values_list("public_id", flat=True).first() if rows is not None else None
    return reference.name, public_id or value


def _iso(value: str) -> str:
    """Return a day, as the form of a filter reads it, as programs write it; what is none stays as it is."""
    try:
        return str(forms.DateField().clean(value).isoformat())
    except ValidationError:
        return value


def _ends(year: str, month: str, day: str) -> tuple[str, str]:
    """Return the first and the last day of a year, of a month in it, or of one day."""
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        refuse("saved", _("It filters by a day that there is not."))
    if day:
        return first.isoformat(), first.isoformat()
    ends_in = first.month if month else 12
    return first.isoformat(), dt.date(first.year, ends_in, monthrange(first.year, ends_in)[1]).isoformat()


def _by_day(kind: str, asked: Mapping[str, str], queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow records to those whose date begins between two days, both included."""
    days: list[dt.date | None] = []
    for name, bound in zip(DATES, ("gte", "lte"), strict=True):
        day = None
        if kind in DAYS and name in asked:
            try:
                day = dt.date.fromisoformat(asked[name])
            except ValueError:
                refuse(name, _("“%s” is no day; write it as 2025-01-31.") % asked[name][:40])
            queryset = queryset.filter(**{f"{DAYS[kind]}__{bound}": day})
        days.append(day)
    if days[0] and days[1] and days[0] > days[1]:
        refuse("date_to", nothing_between(*days))
    return queryset


def _key(reference: ReferenceFilter, public_id: str) -> int:
    return _require(reference.model, reference.name, public_id)


def _require(model: type[Record], name: str, public_id: str) -> int:
    """Return the key of the record that a parameter names; refuses one that there is not, naming the nearest."""
    rows = model._default_manager.order_by()
    key: int | None = rows.filter(public_id=public_id).values_list("pk", flat=True).first()
    if key is None:
        compared = alike(rows.order_by("public_id"), public_id[:60])
        near = nearest(public_id[:60], compared.values_list("public_id", flat=True), limit=3)
        words = {"kind": model.kind, "found": public_id[:60], "near": ", ".join(near)}
        if near:
            refuse(name, _("There is no %(kind)s “%(found)s”. Nearest: %(near)s.") % words)
        refuse(name, _("There is no %(kind)s “%(found)s”; name it by its public id.") % words)
    return key


def _value(one: ValueFilter, kind: str, value: str) -> str:
    if not value:
        refuse(one.name, _("It is empty: give a value, or leave it out."))
    if not one.takes_any:
        allowed = [name for name, _label in one.choices(kind)]
        if value not in allowed:
            refuse(one.name, unknown_word(value, allowed))
    return value


def _by_amount(asked: Mapping[str, str], queryset: QuerySet[Any]) -> tuple[QuerySet[Any], dict[str, Any]]:
    """Return the pledges of the amounts that are asked for, and how many entries had no rate to tell by."""
    bounds = []
    for name in AMOUNTS:
        try:
            bounds.append(Bound.of(asked.get(name, "")))
        except AmountError as error:
            refuse(name, str(error))
    if not any(bounds):
        return queryset, {}
    problem = backwards(*bounds)
    if problem:
        refuse("amount_to", problem)
    found = between(*bounds, at=timezone.now().date())
    return among(queryset, found.pledges), {"without_rate": found.without_rate}
