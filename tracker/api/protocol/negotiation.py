"""Which format an answer has: `format=` in the address, else what `Accept` prefers."""

from collections.abc import Iterable
from typing import Any

from django.http.request import MediaType
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from tracker.api.protocol.mistakes import right_value
from tracker.filters.parameters import refuse, unknown_word

JSON, CSV, NDJSON, XLSX, PARQUET, ZIP = "json", "csv", "ndjson", "xlsx", "parquet", "zip"
FORMATS = (JSON, CSV, NDJSON, XLSX, PARQUET, ZIP)

WRITTEN_AS = ("format", "decimals", "dialect")
"""The parameters that say how an answer is written, and change nothing of what it says."""

MEDIA_TYPES = {
    JSON: "application/json",
    CSV: "text/csv",
    NDJSON: "application/x-ndjson",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PARQUET: "application/vnd.apache.parquet",
    ZIP: "application/zip",
}

LONGEST_ACCEPT = 1000
"""How many characters of `Accept` are looked at."""


class Deferred(BaseContentNegotiation):
    """Leaves the choice to `format_of`, which knows what the address can answer."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


def format_of(request: Request, allowed: Iterable[str]) -> str:
    """Return the format of the answer: `format`, else the one of `allowed` that `Accept` prefers, else the first.

    Raises ValidationError for a format that is not allowed, NotAcceptable where `Accept` takes none.
    """
    allowed = list(allowed)
    asked = request.query_params.get("format")
    if asked is not None:
        if asked not in allowed:
            refuse("format", f"{unknown_word(asked, allowed)} {right_value(request, 'format', allowed)}".strip())
        return asked
    accepted = _accepted(request.headers.get("Accept", ""))
    if not accepted:
        return allowed[0]
    weights = {form: _weight(MEDIA_TYPES[form], accepted) for form in allowed}
    best = max(allowed, key=lambda form: weights[form])
    if weights[best] <= 0:
        types = ", ".join(MEDIA_TYPES[form] for form in allowed)
        raise NotAcceptable(_("Accept takes none of what there is: %s. Or write format= in the address.") % types)
    return best


def _accepted(header: str) -> list[MediaType]:
    """Return the media ranges of an `Accept` header."""
    return [MediaType(part) for part in header[:LONGEST_ACCEPT].split(",") if part.strip()]


def _weight(media_type: str, accepted: list[MediaType]) -> float:
    """Return the weight that the most specific range gives to a media type; 0 where none takes it."""
    main, _slash, sub = media_type.partition("/")
    taking = [
        (found.specificity, found.quality)
        for found in accepted
        if found.main_type in ("*", main) and found.sub_type in ("*", sub)
    ]
    return max(taking, default=(0, 0.0))[1]
