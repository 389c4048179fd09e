"""The parameters of a question to the contribution table, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from tracker.filters.contributions import COUNTINGS
from tracker.reporting.tables.dimension_labels import DIMENSIONS, PERSPECTIVES
from tracker.reporting.tables.figures import EU, OWN, PER
from tracker.reporting.tables.measures import CURRENCIES, MEASURES, VALUE
from tracker.reporting.tables.parameters import MOST_DIMENSIONS, MOST_TOP, NO_DIMENSION, YEAR


def _pattern(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def _dimension_list(*more: str) -> dict[str, Any]:
    items = {"type": "string", "enum": [*DIMENSIONS, *more]}
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_DIMENSIONS, "uniqueItems": True}


def parameters() -> list[OpenApiParameter]:
    """Return the parameters of a question for the OpenAPI document."""
    return [
        OpenApiParameter("rows", _dimension_list(), description="One dimension or several."),
        OpenApiParameter(
            "columns", _dimension_list(NO_DIMENSION), description="Others than in rows; `none` stands alone."
        ),
        OpenApiParameter(
            "perspective", str, enum=PERSPECTIVES, description="Whose table it is: the first dimension of the rows."
        ),
        OpenApiParameter("measure", str, enum=MEASURES, default=VALUE, description="What is added up, or counted."),
        OpenApiParameter("currency", str, enum=CURRENCIES, default="EUR", description="For measure=value."),
        OpenApiParameter("counting", str, enum=COUNTINGS, default="net", description="With or without overlaps."),
        OpenApiParameter("cumulative", str, enum=("true", "false"), description="Running sums along the time."),
        OpenApiParameter(
            "top", {"type": "integer", "minimum": 1, "maximum": MOST_TOP},
            description="So many rows with the largest totals, and the rest as one.",
        ),
        OpenApiParameter("per", str, enum=PER, description="In per cent of GDP, or per head, of each contributor."),
        OpenApiParameter(
            "of_year", _pattern(f"^({OWN}|{YEAR})$"), description="The year of GDP or population: `own` is each row's."
        ),
        OpenApiParameter("prices", _pattern(f"^{YEAR}$"), description="In prices of this year; with `deflator`."),
        OpenApiParameter("deflator", _pattern("^[A-Za-z0-9-]+$"), description="The party whose price index holds."),
        OpenApiParameter(
            "share_out", str, enum=[EU], description="The aid of the EU's institutions counts as that of its members."
        ),
    ]  # fmt: skip
