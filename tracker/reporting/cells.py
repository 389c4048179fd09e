"""Where the cells of named tables lead to: the free table whose cell each of them is.

Differences, ranks and lags are worked out of other cells, and lead nowhere themselves.
"""

from tracker.models import Pledge

Question = dict[str, str]
"""Parameters of the free table that a column is a column of, beside those of the rows."""

ROWS = {
    "country-summary": ("contributor",),
    "by-month": ("month",),
    "by-contributor-and-month": ("contributor", "month"),
    "by-group": ("group",),
    "stage-funnel": ("contributor",),
    "source-of-equipment": ("month",),
    "platforms-by-contributor": ("contributor", "category", "platform"),
    "initiative": ("initiative", "package", "contributor", "supplier"),
}
"""The dimensions of the rows of those named tables whose cells are cells of a free table."""

_KINDS = [str(kind) for kind in Pledge.AidType.values]
_BY_STAGE = {
    "stage-funnel": ("pledge", "commitment", "allocation", "contract", "delivery"),
    "initiative": ("commitment", "allocation", "contract", "disbursement", "delivery"),
}


def _types(stage: str) -> dict[str, Question]:
    return {kind: {"stage": stage, "columns": "aid_type", "column": kind} for kind in _KINDS}


def _renamed(questions: dict[str, Question], ending: str) -> dict[str, Question]:
    return {f"{name}{ending}": question for name, question in questions.items()}


def _summary(year: int) -> dict[str, Question]:
    allocated = {"stage": "allocation"}
    of_gdp = allocated | {"per": "gdp", "of_year": str(year)}
    by_type = _renamed(_types("commitment"), "_commitment") | _renamed(_types("allocation"), "_allocation")
    return by_type | {
        "commitment": {"stage": "commitment"},
        "allocation": allocated,
        "total_with_eu": allocated | {"share_out": "EU"},
        "pct_gdp": of_gdp,
        "pct_gdp_with_eu": of_gdp | {"share_out": "EU"},
        "per_head": allocated | {"per": "population", "of_year": str(year)},
    }


def _months_of_contributors(year: int) -> dict[str, Question]:
    allocated = {"stage": "allocation"}
    of_gdp = allocated | {"per": "gdp", "of_year": str(year)}
    return _types("allocation") | {"total": allocated, "commitments": {"stage": "commitment"}, "pct_gdp": of_gdp}


def cells_of(table: str, stage: str, year: int) -> dict[str, Question]:
    """Return the question behind each column of a named table that is one of a free table."""
    plain = {"total": {"stage": stage}} | _types(stage)
    running = {name: question | {"cumulative": "true"} for name, question in plain.items()}
    units = {"measure": "quantity"}
    questions = {
        "country-summary": _summary(year),
        "by-month": plain | _renamed(running, "_cumulative"),
        "by-contributor-and-month": _months_of_contributors(year),
        "by-group": plain,
        "source-of-equipment": {"total": {"stage": stage, "aid_type": "military"}},
        "platforms-by-contributor": {
            "pledged": units | {"stage": stage},
            "delivered": units | {"stage": "delivery"},
        },
    }
    return questions.get(table) or {each: {"stage": each} for each in _BY_STAGE[table]}
