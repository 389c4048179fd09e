"""What the OpenAPI document says of the public side: parameters with their allowed values, and answers."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, TypeVar

import django_filters
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from tracker.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from tracker.api.schema import PUBLIC_ID_SCHEMA, Fragment, Schema
from tracker.filters.claims import RecordFilter
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.fields import AMOUNT, MAX_SEARCH, MAX_VALUES, AmountFilter, ChoicesFilter, DayFilter
from tracker.records.claims import ClaimSerializer
from tracker.records.contributions import ContributionSerializer
from tracker.records.registry import KINDS
from tracker.reporting.contributions import COUNTINGS, CURRENCIES, DIMENSIONS, MEASURES

V = TypeVar("V", bound=type)

PUBLISHED = "Published"
"""Begins the names of what the public side answers, where each field but the id can be left out."""

AS_OF = OpenApiParameter(
    "as_of", {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]},
    description="As the register stood then: a day (its last moment, UTC) or a time with its zone.",
)  # fmt: skip
CONDITIONAL = [
    OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of an answer that you have."),
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=[200, 304],
        description="Changes with the address and with each publishing.",
    ),
]  # fmt: skip
UNCHANGED = {304: OpenApiResponse(description="Unchanged since the answer with the ETag in If-None-Match.")}


class PublicSchema(Schema):
    """Describes the public side: fields can be chosen, `Accept` is not looked at, and what was withdrawn is gone."""

    def _problem_statuses(self) -> set[int]:
        return super()._problem_statuses() - {HTTPStatus.NOT_ACCEPTABLE}

    def _postprocess_serializer_schema(self, schema: Fragment, serializer: Any, direction: Any) -> Fragment:
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if type(serializer).__name__.startswith(PUBLISHED) and "id" in schema["properties"]:
            schema["required"] = ["id"]
        return schema


def _text(**limits: Any) -> Fragment:
    return {"type": "string", "minLength": 1} | limits


def _several(of: Fragment) -> Fragment:
    return {"type": "array", "items": of, "minItems": 1, "maxItems": MAX_VALUES}


def _list_of(name: str, of: Fragment, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, _several(of), description=description, style="form", explode=False)


def _format(*allowed: str) -> OpenApiParameter:
    return OpenApiParameter("format", str, enum=allowed, default=allowed[0], description="The format of the answer.")


def filter_parameters(filters: dict[str, django_filters.Filter]) -> list[OpenApiParameter]:
    """Return the parameters of a filter set, each with what it takes."""
    return [_filter_parameter(name, declared) for name, declared in filters.items()]


def _filter_parameter(name: str, declared: django_filters.Filter) -> OpenApiParameter:
    more = str(declared.extra.get("help_text") or "")
    text = f"{declared.label}. {more}".strip()
    if isinstance(declared, ChoicesFilter):
        return _list_of(name, {"type": "string", "enum": list(declared.allowed)}, text)
    if isinstance(declared, DayFilter):
        return OpenApiParameter(name, {"type": "string", "format": "date"}, description=text)
    if isinstance(declared, AmountFilter):
        return OpenApiParameter(name, _text(pattern=f"^{AMOUNT}$"), description=text)
    if isinstance(declared, RecordFilter):
        return _list_of(name, _text(pattern="^[a-z]+:[A-Za-z0-9-]+$"), text)
    return _list_of(name, PUBLIC_ID_SCHEMA, text)


def _list_parameters(view: Any) -> list[OpenApiParameter]:
    orderings = [sign + name for name in view.orders for sign in ("", "-")]
    return [
        *filter_parameters(view.filterset_class.base_filters),
        OpenApiParameter(
            "search", _text(maxLength=MAX_SEARCH),
            description="Words that all have to be found, in any case, accents aside.",
        ),
        OpenApiParameter("ordering", str, enum=orderings, default=view.default_ordering),
        OpenApiParameter(
            "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
            description="Rows on a page.",
        ),
        OpenApiParameter("cursor", _text(), description="Where the page starts; from `next` or `previous`."),
        *_detail_parameters(view),
    ]  # fmt: skip


def _detail_parameters(view: Any) -> list[OpenApiParameter]:
    fields = {"type": "string", "enum": list(view.field_names())}
    return [
        _list_of("fields", fields, "Only these fields, separated by commas; the id always."),
        AS_OF,
        _format("json"),
        *CONDITIONAL,
    ]


_PUBLISHED: dict[Any, type[serializers.BaseSerializer]] = {}
_PAGES: dict[Any, serializers.Serializer] = {}


def _published(serializer: Any) -> type[serializers.BaseSerializer]:
    """Return the serializer under the name that its documents have on the public side.

    Each time the same, as the parties, the contributors and the beneficiaries share one.
    """
    if serializer not in _PUBLISHED:
        name = f"{PUBLISHED}{serializer.__name__}"
        _PUBLISHED[serializer] = type(name, (serializer,), {"__doc__": serializer.__doc__})
    return _PUBLISHED[serializer]


def _serializer(kind: str) -> type[serializers.BaseSerializer]:
    others = {"claim": ClaimSerializer, "contribution": ContributionSerializer}
    return _published(others.get(kind) or KINDS[kind].serializer)


def _page(row: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """Return what a list answers: how many rows there are, the neighbouring pages, and this page's rows."""
    if row not in _PAGES:
        fields: dict[str, serializers.Field] = {
            "count": serializers.IntegerField(min_value=0, help_text="All rows that fit the filters."),
            "next": serializers.URLField(allow_null=True, help_text="Address of the next page."),
            "previous": serializers.URLField(allow_null=True, help_text="Address of the page before."),
            "results": row(many=True),
        }
        # The page stands for the whole answer; else it would be taken for a row of a list.
        page = inline_serializer(row.__name__.replace("Serializer", "Page"), fields)
        extend_schema_serializer(many=False)(type(page))
        _PAGES[row] = page
    return _PAGES[row]


def documented(view: V, serializer: type[serializers.BaseSerializer] | None = None) -> V:
    """Describe the list and the detail of a public viewset, whose rows are what `serializer` says, else its kind's."""
    row = serializer or _serializer(view.kind)  # type: ignore[attr-defined]
    described: Iterable[tuple[str, Any]] = (
        ("list", {"parameters": _list_parameters(view), "responses": {200: _page(row)} | UNCHANGED}),
        ("retrieve", {"parameters": _detail_parameters(view), "responses": {200: row} | UNCHANGED}),
    )
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
        *CONDITIONAL,
    ]
