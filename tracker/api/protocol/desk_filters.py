"""The lists of the desk by program, narrowed by the filters that the admin's lists have, too."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from tracker.curation.review.standing import HELD, State, held, in_state
from tracker.exchange.datasets.record_filters import value_filters
from tracker.filters.desk_search import among, search
from tracker.filters.parameters import choice, refuse, unknown_word
from tracker.lib.money import AmountError
from tracker.lib.numbering import is_key
from tracker.lib.text import nearest
from tracker.models import Pledge
from tracker.records.engine.references import PUBLIC_ID_SCHEMA
from tracker.records.registry import KINDS
from tracker.reporting.desk.amounts import Bound, backwards, between
from tracker.reporting.desk.record_filters import REFERENCES, ReferenceFilter, ValueFilter

AMOUNTS = ("amount_from", "amount_to")


def names(kind: str) -> tuple[str, ...]:
    """Return the parameters that filter the list of a kind of record."""
    references, values = ([one.name for one in found] for found in (REFERENCES.get(kind, ()), value_filters(kind)))
    return ("search", "state", *(AMOUNTS if kind == Pledge.kind else ()), *references, *values)


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
    return [*references, *values]


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
    for one in value_filters(kind):
        if one.name in asked:
            queryset = one.keep(queryset, _value(one, kind, asked[one.name]), user.get_username())
    return _by_amount(asked, search(queryset, asked.get("search", "")))


def as_asked(kind: str, name: str, value: str) -> tuple[str, str]:
    """Return a parameter of the admin's list as programs ask for it: other records by public id, not by key.

    What no record of this key is there for any more stays as it is, to be refused as a value.
    """
    reference = next((one for one in REFERENCES.get(kind, ()) if one.kept_as == name), None)
    if reference is None:
        return next((one.name for one in value_filters(kind) if one.kept_as == name), name), value
    rows = reference.model._default_manager.order_by().filter(pk=int(value)) if is_key(value) else None
    public_id = rows.values_list("public_id", flat=True).first() if rows is not None else None
    return reference.name, public_id or value


def _key(reference: ReferenceFilter, public_id: str) -> int:
    rows = reference.model._default_manager.order_by()
    key: int | None = rows.filter(public_id=public_id).values_list("pk", flat=True).first()
    if key is None:
        near = nearest(public_id[:60], rows.values_list("public_id", flat=True), limit=3)
        words = {"kind": reference.model.kind, "found": public_id[:60], "near": ", ".join(near)}
        if near:
            refuse(reference.name, _("There is no %(kind)s “%(found)s”. Nearest: %(near)s.") % words)
        refuse(reference.name, _("There is no %(kind)s “%(found)s”; name it by its public id.") % words)
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
