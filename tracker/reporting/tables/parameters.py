"""What is asked of the contribution table, read from the parameters of an address.

A parameter that cannot be read is refused with a ValidationError that says which it is, and what would be right.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.filters.contributions import COUNTINGS, ContributionFilterSet
from tracker.filters.parameters import Params, choice, refuse, unknown_word
from tracker.filters.values import unknown_reference
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import DIMENSIONS, PERSPECTIVES
from tracker.reporting.tables.figures import EU, OWN, PER, FigureOptions
from tracker.reporting.tables.measures import CURRENCIES, MEASURES, VALUE, Measure
from tracker.reporting.tables.questions import Question

NO_DIMENSION = "none"
MOST_DIMENSIONS = 4
MOST_TOP = 500
OPTIONS = ("currency", "counting", "cumulative", "top", "per", "of_year", "prices", "deflator", "share_out")
"""What changes the numbers of a table, beside its filters, dimensions and measure."""

PARAMETERS = ("rows", "columns", "perspective", "measure", *OPTIONS)
YEAR = "(19|20)[0-9]{2}"


def question(params: Params, filters: ContributionFilterSet) -> Question:
    """Return what the parameters ask; raises ValidationError for one that cannot be read. The filters are valid."""
    rows, columns = _dimensions(params)
    per = choice(params, "per", PER) or ""
    measure = Measure(
        choice(params, "measure", MEASURES) or VALUE, choice(params, "currency", CURRENCIES) or "",
        choice(params, "counting", COUNTINGS) or COUNTINGS[0], per,
    )  # fmt: skip
    figures = _figures(params, per, filters)
    share_out = choice(params, "share_out", [EU]) is not None
    for name, given in (("per", bool(per)), ("prices", bool(figures.prices)), ("share_out", share_out)):
        if given and measure.measure != VALUE:
            refuse(name, _("Only values are held against figures: ask for measure=value."))
    return Question(
        filters, rows, columns, measure, choice(params, "cumulative", ["true", "false"]) == "true", _top(params),
        figures, share_out,
    )  # fmt: skip


def _dimensions(params: Params) -> tuple[str, str]:
    perspective = choice(params, "perspective", PERSPECTIVES)
    rows = _several(params, "rows", perspective or "contributor", DIMENSIONS)
    columns = _several(params, "columns", "stage", (*DIMENSIONS, NO_DIMENSION))
    if perspective and perspective not in (*rows, *columns):
        rows = [perspective, *rows]
    twice = [name for name in rows if name in columns]
    if twice:
        refuse("columns", _("Rows and columns are both %s; choose two dimensions.") % twice[0])
    if len([name for name in (*rows, *columns) if name != NO_DIMENSION]) > MOST_DIMENSIONS:
        refuse("rows", _("At most %s dimensions at once.") % MOST_DIMENSIONS)
    return ",".join(rows), ",".join(columns)


def _several(params: Params, name: str, default: str, allowed: Iterable[str]) -> list[str]:
    """Return the dimensions of a parameter; raises ValidationError for one that there is not."""
    asked = params.get(name, default).split(",")
    for found in asked:
        if found not in allowed:
            refuse(name, unknown_word(found, list(allowed)))
        if asked.count(found) > 1 or (found == NO_DIMENSION and len(asked) > 1):
            refuse(name, _("“%s” does not go with the others.") % found)
    return asked


def _top(params: Params) -> int | None:
    text = params.get("top")
    if text is None:
        return None
    if not (re.fullmatch("[0-9]{1,9}", text) and 1 <= int(text) <= MOST_TOP):
        words = {"most": MOST_TOP, "found": text[:20]}
        refuse("top", _("Write a number from 1 to %(most)s; found “%(found)s”.") % words)
    return int(text)


def _year(params: Params, name: str, *words: str) -> int | None:
    """Return a year; None where there is none, or one of `words`."""
    text = params.get(name)
    if text is None or text in words:
        return None
    if not re.fullmatch(YEAR, text):
        refuse(name, _("“%s” is not a year such as 2021.") % text[:20])
    return int(text)


def _figures(params: Params, per: str, filters: ContributionFilterSet) -> FigureOptions:
    year, prices = _year(params, "of_year", OWN), _year(params, "prices")
    deflator = params.get("deflator", "")
    if "of_year" in params and not per:
        refuse("of_year", _("The year is that of a GDP or a population: ask for per=gdp or per=population, too."))
    if deflator and not published.names("party", [deflator], filters.moment):
        refuse("deflator", unknown_reference("party", deflator))
    if bool(prices) != bool(deflator):
        refuse(
            "deflator" if deflator else "prices",
            _("Constant prices take a year and a party with a price index: prices=2021&deflator=USA."),
        )
    return FigureOptions(per, year, prices, deflator)
