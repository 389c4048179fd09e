"""What was promised, set aside and delivered, in numbers that one can say aloud."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.models import Stage
from tracker.records import words
from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import Number
from tracker.web.tables.questions import TableParams
from tracker.web.tables.table_on_page import table_shown


@dataclass(frozen=True)
class Figure:
    """A number with its unit as one says it, the exact one, and where it leads; beside it, that of publishers."""

    title: str
    text: str
    exact: str
    address: str
    stage: str = ""
    publishers: "Figure | None" = None


def figures_of(asked: PageRequest, params: TableParams) -> list[Figure]:
    """Return the value at each stage that has one, of what `params` narrow the register to."""
    titles = {
        Stage.PLEDGE: _("pledged"), Stage.COMMITMENT: _("committed"),
        Stage.ALLOCATION: _("allocated: set aside for a purpose"),
        Stage.DELIVERY: _("delivered, as far as it is valued"),
    }  # fmt: skip
    publishers = _by_stage(asked, params | {"basis": "dataset"})
    return [
        _figure(titles[stage], *found, stage, publishers.get(stage))
        for stage, found in _by_stage(asked, params).items()
        if stage in titles
    ]


def _by_stage(asked: PageRequest, params: TableParams) -> dict[Stage, tuple[Number, str]]:
    """Return the known number of each stage, with its currency."""
    table = table_shown(asked, "", params | {"rows": "stage", "columns": "none"})
    return {
        Stage(str(member.id)): (line.numbers[0], table.table.measure.currency)
        for member, line in zip(table.table.rows, table.lines, strict=True)
        if line.numbers[0].exact
    }


def _figure(
    title: str, number: Number, currency: str, stage: str = "", publishers: tuple[Number, str] | None = None
) -> Figure:
    text = f"{words.aloud(Decimal(number.exact))}{words.NBSP}{currency}"
    beside = _figure("", *publishers) if publishers else None
    return Figure(title, text, number.exact, number.address, stage, beside)
