"""Where the cells of named tables lead to: the free table whose cell each of them is.

Differences, ranks and lags are worked out of other cells, and lead nowhere themselves: their columns say of which.
"""

from tracker.lib import quantities
from tracker.models import Pledge
from tracker.reporting.named.flows import SOURCES, UNSPECIFIED
from tracker.reporting.named.meetings import STAGES
from tracker.reporting.tables.members import address_of

ColumnQuestion = dict[str, str | None]
"""Parameters of the free table that a column is a column of, beside those of the rows.

One that is None is not asked for, even where the named table is. `row` is there where each row leads to the same.
"""

ROWS = {
    "country-summary": ("contributor",),
    "by-month": ("month",),
    "by-contributor-and-month": ("contributor", "month"),
    "by-group": ("group",),
    "stage-funnel": ("contributor",),
    "source-of-equipment": ("month",),
    "platforms-by-contributor": ("contributor", "category", "platform"),
    "initiative": ("initiative", "package", "contributor", "supplier"),
    "meeting-outcomes": ("meeting",),
}
"""The dimensions of the rows of those named tables whose cells are cells of a free table."""

_KINDS = [str(kind) for kind in Pledge.AidType.values]
_BY_STAGE = {
    "stage-funnel": ("pledge", "commitment", "allocation", "contract", "delivery"),
    "initiative": ("pledge", "commitment", "allocation", "contract", "disbursement", "delivery"),
    "meeting-outcomes": tuple(str(stage) for stage in STAGES),
}
_ENDED: dict[str, ColumnQuestion] = {"lapse": {"stage": "lapse"}, "cancellation": {"stage": "cancellation"}}


def _types(stage: str) -> dict[str, ColumnQuestion]:
    return {kind: {"stage": stage, "columns": "aid_type", "column": kind} for kind in _KINDS}


def _renamed(questions: dict[str, ColumnQuestion], ending: str) -> dict[str, ColumnQuestion]:
    return {f"{name}{ending}": question for name, question in questions.items()}


def _summary(year: int) -> dict[str, ColumnQuestion]:
    allocated: ColumnQuestion = {"stage": "allocation"}
    of_gdp = allocated | {"per": "gdp", "of_year": str(year)}
    by_type = _renamed(_types("commitment"), "_commitment") | _renamed(_types("allocation"), "_allocation")
    return (
        by_type
        | _ENDED
        | {
            "commitment": {"stage": "commitment"},
            "allocation": allocated,
            "total_with_eu": allocated | {"share_out": "EU"},
            "pct_gdp": of_gdp,
            "pct_gdp_with_eu": of_gdp | {"share_out": "EU"},
            "per_head": allocated | {"per": "population", "of_year": str(year)},
        }
    )


def _months_of_contributors(year: int) -> dict[str, ColumnQuestion]:
    allocated: ColumnQuestion = {"stage": "allocation"}
    of_gdp = allocated | {"per": "gdp", "of_year": str(year)}
    own: dict[str, ColumnQuestion] = {"total": allocated, "commitments": {"stage": "commitment"}, "pct_gdp": of_gdp}
    return _types("allocation") | _ENDED | own


def _sources(stage: str) -> dict[str, ColumnQuestion]:
    military: ColumnQuestion = {"stage": stage, "aid_type": "military"}
    by_source = {
        source or UNSPECIFIED: military | {"columns": "source", "column": address_of(source)} for source in SOURCES
    }
    return by_source | {"total": military}


def _platforms(stage: str) -> dict[str, ColumnQuestion]:
    items: ColumnQuestion = {"quantity_qualifier": ",".join(quantities.QUALIFIERS)}
    units = items | {"measure": "quantity"}
    return {
        "pledged": units | {"stage": stage},
        "delivered": units | {"stage": "delivery"},
        "value": items | {"stage": stage},
    }


def cells_of(table: str, stage: str, year: int) -> dict[str, ColumnQuestion]:
    """Return the question behind each column of a named table that is one of a free table."""
    plain = _types(stage) | {"total": {"stage": stage}}
    running = {name: question | {"cumulative": "true"} for name, question in plain.items()}
    everyone: ColumnQuestion = {"stage": stage, "group": None, "rows": "stage", "row": stage}
    questions: dict[str, dict[str, ColumnQuestion]] = {
        "country-summary": _summary(year),
        "by-month": plain | _renamed(running, "_cumulative"),
        "by-contributor-and-month": _months_of_contributors(year),
        "by-group": plain | {"all": everyone},
        "source-of-equipment": _sources(stage),
        "platforms-by-contributor": _platforms(stage),
    }
    return questions.get(table) or {each: {"stage": each} for each in _BY_STAGE[table]}
