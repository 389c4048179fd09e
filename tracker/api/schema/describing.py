"""What the OpenAPI document says of the public side: parameters with their allowed values, and answers."""

from collections.abc import Iterable
from typing import Any, TypeVar

import django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from tracker.api.protocol.negotiation import CSV, FORMATS, JSON, MEDIA_TYPES, NDJSON
from tracker.api.schema.base import Schema
from tracker.exchange.outbound.as_numbers import NUMBER, TEXT
from tracker.exchange.outbound.dialects import DIALECTS
from tracker.filters.fields import MAX_SEARCH
from tracker.filters.values import MAX_VALUES
from tracker.records.engine.claims import ClaimSerializer
from tracker.records.engine.document_field import Fragment
from tracker.records.kinds.contributions import ContributionSerializer
from tracker.records.registry import KINDS
from tracker.reporting.shelf.paging import DEFAULT_LIMIT, MAX_LIMIT, MOST_OF_A_FILE

V = TypeVar("V", bound=type)

TABLES_TAG, LISTS_TAG, DETAILS_TAG = "tables", "lists", "details"

PUBLISHED = "Published"
"""Begins the names of what the public side answers, where each field but the id can be left out."""

_MOMENT: Fragment = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
# Examples of parameters stand in their sentences: Swagger would fill in all that are given as such, and ask for all at
# once.
AS_OF = OpenApiParameter(
    "as_of", _MOMENT,
    description="As the register stood then: a day such as 2025-10-20 (its last moment, UTC), or a time with its zone, "
    "such as 2025-10-20T12:00:00Z.",
)  # fmt: skip
FROM = OpenApiParameter(
    "from", _MOMENT, required=True, description="A day or a time with its zone: what was published after it is told."
)
TO = OpenApiParameter("to", _MOMENT, description="Up to this day or time; left out, to the newest publishing.")
CHANGED_SINCE = OpenApiParameter(
    "changed_since", _MOMENT,
    description=(
        "Only what changed after this moment, best the `As-Of` of the last answer: rows added or changed, and for "
        "each row that is gone a tombstone, which has `id`, `withdrawn` and `reason` only. `withdrawn` is true where "
        "the record was withdrawn, false where it only is no longer in this list. Of a record that was merged into "
        "another it also has `merged_into`, the id of that."
    ),
)  # fmt: skip
DECIMALS = OpenApiParameter(
    "decimals", str, enum=(TEXT, NUMBER), default=TEXT,
    description=(
        "`number`: amounts in JSON and NDJSON as numbers, for readers who have no exact decimals. Not for clients that "
        "are made from this document, which describes amounts as the exact text that they are by default."
    ),
)  # fmt: skip
# Without a default, as Swagger would send it with JSON, where it is refused.
DIALECT = OpenApiParameter(
    "dialect", str, enum=tuple(DIALECTS),
    description=(
        "Of CSV, for spreadsheets, with a byte order mark: `excel-eu` has semicolons and a decimal comma, `excel` "
        "commas and a decimal point. Left out, CSV is as programs read it."
    ),
)  # fmt: skip
_SHOWN = [200, 304]
CONDITIONAL = [
    OpenApiParameter(
        "If-None-Match", str, OpenApiParameter.HEADER,
        description='The ETag of an answer that you have, such as "8c1f0e1d6b3a4f5e9d2c7b6a50413f2e".',
    ),
    OpenApiParameter(
        "If-Modified-Since", str, OpenApiParameter.HEADER,
        description="The `Last-Modified` of an answer that you have, such as Mon, 20 Oct 2025 12:00:00 GMT; not looked "
        "at beside If-None-Match.",
    ),
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=_SHOWN,
        description="Strong: changes with the address, the format, and with each publishing.",
    ),
    OpenApiParameter(
        "Last-Modified", str, OpenApiParameter.HEADER, response=_SHOWN,
        description="The newest publishing that the answer shows, to the second.",
    ),
    OpenApiParameter(
        "As-Of", str, OpenApiParameter.HEADER, response=_SHOWN,
        description="The newest publishing that the answer shows, exactly: for `as_of` and `changed_since`.",
    ),
]  # fmt: skip
MOVED = {301: OpenApiResponse(description="Merged into another record, whose address stands in Location.")}
UNCHANGED = {304: OpenApiResponse(description="Unchanged since the answer with the ETag in If-None-Match.")}


class PublicSchema(Schema):
    """Describes the public side, where fields can be chosen."""

    def get_summary(self) -> str:
        """Return what is listed, or of what one is answered; what a table says, for tables."""
        plural = self.path.split("/")[3].replace("-", " ")
        named = {LISTS_TAG: f"List {plural}", DETAILS_TAG: f"One of the {plural}"}
        return named.get(self.get_tags()[0]) or super().get_summary()

    def get_tags(self) -> list[str]:
        """Return under which heading newcomers find the operation."""
        if self.path.startswith("/api/v1/tables/"):
            return [TABLES_TAG]
        return [DETAILS_TAG if "{" in self.path else LISTS_TAG]

    def _postprocess_serializer_schema(self, schema: Fragment, serializer: Any, direction: Any) -> Fragment:
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if type(serializer).__name__.startswith(PUBLISHED) and "id" in schema["properties"]:
            schema["required"] = ["id"]
        return schema


LIMIT: Fragment = {"type": "integer", "minimum": 1, "maximum": MOST_OF_A_FILE, "default": DEFAULT_LIMIT}


def _text(**limits: Any) -> Fragment:
    return {"type": "string", "minLength": 1} | limits


def _several(of: Fragment) -> Fragment:
    return {"type": "array", "items": of, "minItems": 1, "maxItems": MAX_VALUES}


def _list_of(name: str, of: Fragment, description: str) -> OpenApiParameter:
    # Repeated rather than joined: some clients that are generated send a joined list empty where it is left out.
    return OpenApiParameter(name, _several(of), description=description)


def format_parameter(*allowed: str) -> OpenApiParameter:
    """Return the parameter that names the format of the answer."""
    text = "The format of the answer; goes before `Accept`."
    if len(allowed) > 1:
        text += f" All but {JSON} are files with all rows."
    return OpenApiParameter("format", str, enum=allowed, default=allowed[0], description=text)


WRITING = [format_parameter(*FORMATS), DECIMALS, DIALECT]
"""How an answer is written that comes as a file, too."""


def file_answers(formats: Iterable[str] = FORMATS) -> dict[Any, Any]:
    """Return what an operation answers in other formats than JSON."""
    types = {CSV: OpenApiTypes.STR, NDJSON: OpenApiTypes.STR}
    return {(200, MEDIA_TYPES[form]): types.get(form, OpenApiTypes.BINARY) for form in formats if form != JSON}


def filter_parameters(filters: dict[str, django_filters.Filter]) -> list[OpenApiParameter]:
    """Return the parameters of a filter set, each with what it takes."""
    return [_filter_parameter(name, declared) for name, declared in filters.items()]


def _filter_parameter(name: str, declared: Any) -> OpenApiParameter:
    said = [f"{declared.label}.", declared.extra.get("help_text"), declared.example and f"Such as {declared.example}."]
    text = " ".join(str(sentence) for sentence in said if sentence)
    if declared.takes_several:
        return _list_of(name, declared.schema(), text)
    return OpenApiParameter(name, declared.schema(), description=text)


def _list_parameters(view: Any) -> list[OpenApiParameter]:
    orderings = [sign + name for name in view.orders for sign in ("", "-")]
    return [
        *filter_parameters(view.filterset_class.base_filters),
        OpenApiParameter(
            "search", _text(maxLength=MAX_SEARCH),
            description="Words that all have to be found, in any case, accents aside, such as eurofighter poland.",
        ),
        OpenApiParameter(
            "ordering", str, enum=orderings, default=view.default_ordering,
            description="What rows are sorted by; a minus turns it round.",
        ),
        OpenApiParameter(
            "limit", LIMIT, description=f"Rows on a page, {MAX_LIMIT} at most; of a file, which has all without it, "
            "its first rows.",
        ),
        OpenApiParameter("cursor", _text(), description="Where the page starts; from `next` or `previous`."),
        CHANGED_SINCE,
        *_detail_parameters(view),
    ]  # fmt: skip


def _detail_parameters(view: Any) -> list[OpenApiParameter]:
    fields = {"type": "string", "enum": list(view.field_names())}
    return [
        _list_of("fields", fields, "Only these fields, separated by commas; the id always."),
        AS_OF,
        *WRITING,
        *CONDITIONAL,
    ]


_PUBLISHED: dict[Any, type[serializers.BaseSerializer]] = {}
_PAGES: dict[Any, serializers.Serializer] = {}


def _published(serializer: Any) -> type[serializers.BaseSerializer]:
    """Return the serializer under the name that its documents have on the public side, each time the same."""
    if serializer not in _PUBLISHED:
        name = f"{PUBLISHED}{serializer.__name__}"
        _PUBLISHED[serializer] = type(name, (serializer,), {"__doc__": serializer.__doc__})
    return _PUBLISHED[serializer]


def _serializer(kind: str) -> type[serializers.BaseSerializer]:
    if kind in KINDS:
        return KINDS[kind].published
    return _published({"claim": ClaimSerializer, "contribution": ContributionSerializer}[kind])


def _page(row: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """Return what a list answers: how many rows there are, the neighbouring pages, and this page's rows."""
    if row not in _PAGES:
        fields: dict[str, serializers.Field] = {
            "count": serializers.IntegerField(min_value=0, help_text="All rows that fit the filters."),
            "next": serializers.URLField(allow_null=True, help_text="Address of the next page."),
            "previous": serializers.URLField(allow_null=True, help_text="Address of the page before."),
            "as_of": serializers.DateTimeField(
                allow_null=True, help_text="The newest publishing that the page shows; null before the first."
            ),
            "resolved": serializers.DictField(
                child=serializers.DictField(child=serializers.CharField()),
                required=False,
                help_text="The ids that names stood for, by filter and name; left out where only ids were asked for.",
            ),
            "results": row(many=True),
        }
        # The page stands for the whole answer; else it would be taken for a row of a list.
        page = inline_serializer(row.__name__.replace("Serializer", "Page"), fields)
        extend_schema_serializer(many=False)(type(page))
        _PAGES[row] = page
    return _PAGES[row]


def _elsewhere(view: Any) -> dict[int, OpenApiResponse]:
    """Return what is answered of a record that was merged; claims and contributions never are."""
    return MOVED if getattr(view, "kind", "") in KINDS else {}


def documented(view: V, serializer: type[serializers.BaseSerializer] | None = None) -> V:
    """Describe the list and the detail of a public viewset, whose rows are what `serializer` says, else its kind's."""
    row = serializer or _serializer(view.kind)  # type: ignore[attr-defined]  # without a serializer it has a kind
    described: Iterable[tuple[str, Any]] = (
        (
            "list",
            {
                "parameters": _list_parameters(view),
                "responses": {(200, MEDIA_TYPES[JSON]): _page(row)} | file_answers() | UNCHANGED,
            },
        ),
        (
            "retrieve",
            {
                "parameters": _detail_parameters(view),
                "responses": {(200, MEDIA_TYPES[JSON]): row} | file_answers() | _elsewhere(view) | UNCHANGED,
            },
        ),
    )
    for name, description in described:
        inherited = getattr(view, name)

        def method(self: Any, *args: Any, _inherited: Any = inherited, **kwargs: Any) -> Any:
            return _inherited(self, *args, **kwargs)

        method.__name__ = name
        method.__doc__ = view.__doc__
        setattr(view, name, extend_schema(**description)(method))
    return view
