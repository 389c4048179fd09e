"""What is asked of the contribution table, read from the parameters of an address."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from tracker.api.protocol.parameters import choice, refuse
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.fields import unknown_reference
from tracker.reporting.shelf import published as shelf
from tracker.reporting.tables.dimensions import DIMENSIONS, PERSPECTIVES
from tracker.reporting.tables.figures import EU, OWN, PER, Asked
from tracker.reporting.tables.measures import COUNTINGS, CURRENCIES, MEASURES, VALUE, Measure
from tracker.reporting.tables.questions import Question

NO_DIMENSION = "none"
MOST_DIMENSIONS = 4
MOST_TOP = 500
OPTIONS = ("currency", "counting", "cumulative", "top", "per", "of_year", "prices", "deflator", "share_out")
"""What changes the numbers of a table, beside its filters, dimensions and measure."""

PARAMETERS = ("rows", "columns", "perspective", "measure", *OPTIONS)
_YEAR = "(19|20)[0-9]{2}"


def question(request: Request, filters: ContributionFilterSet) -> Question:
    """Return what the parameters ask; raises ValidationError for one that cannot be read. The filters are valid."""
    rows, columns = _dimensions(request)
    per = choice(request, "per", PER) or ""
    measure = Measure(
        choice(request, "measure", MEASURES) or VALUE, choice(request, "currency", CURRENCIES) or "",
        choice(request, "counting", COUNTINGS) or COUNTINGS[0], per,
    )  # fmt: skip
    figures = _figures(request, per, filters)
    share_out = choice(request, "share_out", [EU]) is not None
    for name, given in (("per", bool(per)), ("prices", bool(figures.prices)), ("share_out", share_out)):
        if given and measure.measure != VALUE:
            refuse(name, _("Only values are held against figures: ask for measure=value."))
    return Question(
        filters, rows, columns, measure, choice(request, "cumulative", ["true", "false"]) == "true", _top(request),
        figures, share_out,
    )  # fmt: skip


def _dimensions(request: Request) -> tuple[str, str]:
    perspective = choice(request, "perspective", PERSPECTIVES)
    rows = _several(request, "rows", perspective or "contributor", DIMENSIONS)
    columns = _several(request, "columns", "stage", (*DIMENSIONS, NO_DIMENSION))
    if perspective and perspective not in (*rows, *columns):
        rows = [perspective, *rows]
    twice = [name for name in rows if name in columns]
    if twice:
        refuse("columns", _("Rows and columns are both %s; choose two dimensions.") % twice[0])
    if len([name for name in (*rows, *columns) if name != NO_DIMENSION]) > MOST_DIMENSIONS:
        refuse("rows", _("At most %s dimensions at once.") % MOST_DIMENSIONS)
    return ",".join(rows), ",".join(columns)


def _several(request: Request, name: str, default: str, allowed: Iterable[str]) -> list[str]:
    """Return the dimensions of a parameter; raises ValidationError for one that there is not."""
    asked = request.query_params.get(name, default).split(",")
    for found in asked:
        if found not in allowed:
            words = {"found": found[:40], "allowed": ", ".join(allowed)}
            refuse(name, _("“%(found)s” is unknown; allowed are: %(allowed)s.") % words)
        if asked.count(found) > 1 or (found == NO_DIMENSION and len(asked) > 1):
            refuse(name, _("“%s” does not go with the others.") % found)
    return asked


def _top(request: Request) -> int | None:
    text = request.query_params.get("top")
    if text is None:
        return None
    if not (re.fullmatch("[0-9]{1,9}", text) and 1 <= int(text) <= MOST_TOP):
        words = {"most": MOST_TOP, "found": text[:20]}
        refuse("top", _("Write a number from 1 to %(most)s; found “%(found)s”.") % words)
    return int(text)


def _year(request: Request, name: str, *words: str) -> int | None:
    """Return a year; None where there is none, or one of `words`."""
    text = request.query_params.get(name)
    if text is None or text in words:
        return None
    if not re.fullmatch(_YEAR, text):
        refuse(name, _("“%s” is not a year such as 2021.") % text[:20])
    return int(text)


def _figures(request: Request, per: str, filters: ContributionFilterSet) -> Asked:
    year, prices = _year(request, "of_year", OWN), _year(request, "prices")
    deflator = request.query_params.get("deflator", "")
    if "of_year" in request.query_params and not per:
        refuse("of_year", _("The year is that of a GDP or a population: ask for per=gdp or per=population, too."))
    if deflator and not shelf.names("party", [deflator], filters.moment):
        refuse("deflator", unknown_reference("party", deflator))
    if bool(prices) != bool(deflator):
        refuse(
            "deflator" if deflator else "prices",
            _("Constant prices take a year and a party with a price index: prices=2021&deflator=USA."),
        )
    return Asked(per, year, prices, deflator)


def _pattern(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}


def _dimension_list(*more: str) -> dict[str, Any]:
    items = {"type": "string", "enum": [*DIMENSIONS, *more]}
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_DIMENSIONS, "uniqueItems": True}


def parameters() -> list[OpenApiParameter]:
    """Return the parameters of a question for the OpenAPI document."""
    listed: dict[str, Any] = {"style": "form", "explode": False}
    return [
        OpenApiParameter("rows", _dimension_list(), description="One dimension or several.", **listed),
        OpenApiParameter(
            "columns", _dimension_list(NO_DIMENSION), description="Others than in rows; `none` stands alone.", **listed
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
            "of_year", _pattern(f"^({OWN}|{_YEAR})$"), description="The year of GDP or population: `own` is each row's."
        ),
        OpenApiParameter("prices", _pattern(f"^{_YEAR}$"), description="In prices of this year; with `deflator`."),
        OpenApiParameter("deflator", _pattern("^[A-Za-z0-9-]+$"), description="The party whose price index holds."),
        OpenApiParameter(
            "share_out", str, enum=[EU], description="The aid of the EU's institutions counts as that of its members."
        ),
    ]  # fmt: skip
