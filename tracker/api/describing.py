"""What the OpenAPI document says of the public side: parameters with their allowed values, and answers."""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

import django_filters
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers

from tracker.api.errors import ProblemSerializer
from tracker.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.fields import AmountFilter, ChoicesFilter, DayFilter
from tracker.records.claims import ClaimSerializer
from tracker.records.contributions import ContributionSerializer
from tracker.records.registry import KINDS
from tracker.reporting.contributions import COUNTINGS, CURRENCIES, DIMENSIONS, MEASURES

V = TypeVar("V", bound=type)

AS_OF = OpenApiParameter(
    "as_of", str, description="As the register stood then: a day (its last moment, UTC) or a time with its zone."
)


def _format(*allowed: str) -> OpenApiParameter:
    return OpenApiParameter("format", str, enum=allowed, description="The format of the answer.")


def _problem(status: int, text: str) -> dict[tuple[int, str], OpenApiResponse]:
    return {(status, "application/problem+json"): OpenApiResponse(ProblemSerializer, description=text)}


BAD_REQUEST = _problem(400, "A parameter or a value is unknown; the answer names what is allowed.")
NOT_FOUND = _problem(404, "There is no such record on the shelf.")
GONE = _problem(410, "The record was withdrawn; the answer says why.")
MIXED = _problem(422, "The sum would mix stages or bases, or deployments with aid.")
THROTTLED = _problem(429, "Too many requests; Retry-After says when to ask again.")
UNCHANGED = {304: OpenApiResponse(description="Unchanged since the answer with the ETag in If-None-Match.")}


def filter_parameters(filters: dict[str, django_filters.Filter]) -> list[OpenApiParameter]:
    """Return the parameters of a filter set, each with what it takes."""
    return [_filter_parameter(name, declared) for name, declared in filters.items()]


def _filter_parameter(name: str, declared: django_filters.Filter) -> OpenApiParameter:
    text = str(declared.label or "")
    if isinstance(declared, ChoicesFilter):
        return OpenApiParameter(
            name, str, description=text, many=True, explode=False, enum=declared.allowed
        )
    if isinstance(declared, DayFilter):
        return OpenApiParameter(name, {"type": "string", "format": "date"}, description=text)
    if isinstance(declared, AmountFilter):
        return OpenApiParameter(name, {"type": "number"}, description=text)
    return OpenApiParameter(name, str, description=text, many=True, explode=False)


def _list_parameters(view: Any) -> list[OpenApiParameter]:
    orderings = [sign + name for name in view.orders for sign in ("", "-")]
    return [
        *filter_parameters(view.filterset_class.base_filters),
        OpenApiParameter("search", str, description="Words that all have to be found, in any case, accents aside."),
        OpenApiParameter("ordering", str, enum=orderings, default=view.default_ordering),
        OpenApiParameter(
            "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
            description="Rows on a page.",
        ),
        OpenApiParameter("cursor", str, description="Where the page starts; from `next` or `previous`."),
        *_detail_parameters(),
    ]  # fmt: skip


def _detail_parameters() -> list[OpenApiParameter]:
    return [
        OpenApiParameter("fields", str, description="Only these fields, separated by commas; the id always."),
        AS_OF,
        _format("json"),
    ]


def _serializer(kind: str) -> type[serializers.BaseSerializer]:
    others = {"claim": ClaimSerializer, "contribution": ContributionSerializer}
    return others.get(kind) or KINDS[kind].serializer


@cache
def page_serializer(name: str, serializer: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """Return what a list answers: how many rows there are, the neighbouring pages, and this page's rows.

    Parties, contributors and beneficiaries share one.
    """
    fields: dict[str, serializers.Field] = {
        "count": serializers.IntegerField(help_text="All rows that fit the filters."),
        "next": serializers.CharField(allow_null=True, help_text="Address of the next page."),
        "previous": serializers.CharField(allow_null=True, help_text="Address of the page before."),
        "results": serializer(many=True),
    }
    return inline_serializer(f"{name}Page", fields)


def documented(view: V) -> V:
    """Describe the list and, where there is one, the detail of a public viewset."""
    serializer = _serializer(view.kind)  # type: ignore[attr-defined]
    page = page_serializer(f"Published{view.kind.capitalize()}", serializer)  # type: ignore[attr-defined]
    described: Iterable[tuple[str, Any]] = (
        ("list", {"parameters": _list_parameters(view),
                  "responses": {200: page} | UNCHANGED | BAD_REQUEST | THROTTLED}),
        ("retrieve", {"parameters": _detail_parameters(),
                      "responses": {200: serializer} | UNCHANGED | BAD_REQUEST | NOT_FOUND | GONE | THROTTLED}),
    )  # fmt: skip
    for name, description in described:
        inherited = getattr(view, name)

        def method(self: Any, *args: Any, _inherited: Any = inherited, **kwargs: Any) -> Any:
            return _inherited(self, *args, **kwargs)

        method.__name__ = name
        method.__doc__ = view.__doc__
        setattr(view, name, extend_schema(**description)(method))
    return view


def table_parameters() -> list[OpenApiParameter]:
    """Return the parameters of the contribution table."""
    return [
        OpenApiParameter("rows", str, enum=DIMENSIONS, default="contributor"),
        OpenApiParameter("columns", str, enum=DIMENSIONS, default="stage", description="Not the same as rows."),
        OpenApiParameter("measure", str, enum=MEASURES, default="value"),
        OpenApiParameter("currency", str, enum=CURRENCIES, default="EUR", description="For measure=value."),
        OpenApiParameter("counting", str, enum=COUNTINGS, default="net", description="With or without overlaps."),
        *filter_parameters(ContributionFilterSet.base_filters),
        AS_OF,
        _format("json", "csv"),
    ]
