"""Meeting outcomes: what each meeting announced, and what became of it."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.fields import ShelfFilterSet
from tracker.lib import canonical
from tracker.lib.column_types import Column, Value
from tracker.models import Contribution, Stage
from tracker.reporting.named.base import Sums, counted_note, money, whole
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import published
from tracker.reporting.tables.contributions import make_table
from tracker.reporting.tables.measures import PLEDGES, Measure
from tracker.reporting.tables.table import Table

STAGES = (
    Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION, Stage.CONTRACT, Stage.DISBURSEMENT, Stage.DELIVERY, Stage.LAPSE,
    Stage.CANCELLATION,
)  # fmt: skip

BY_DATE = (F("earliest").asc(nulls_last=True), F("latest").asc(nulls_last=True), "public_id")
"""By date, what has none last, on every database."""


def meeting_outcomes(filters: ShelfFilterSet) -> Made:
    """Return the meetings that filters keep, by date, with the worth of what was announced there at each stage."""
    rows = ContributionFilterSet({}, published.contributions(filters.moment), moment=filters.moment)
    rows.form.full_clean()
    announced = rows.qs.filter(meeting__in=filters.qs.order_by().values("public_id"))
    values = Sums(_table(announced, Measure(), filters))
    pledges = Sums(_table(announced, Measure(PLEDGES), filters))
    columns = [
        Column("meeting_id", _("meeting, id")), Column("meeting", _("meeting")), Column("forum_id", _("forum, id")),
        Column("forum", _("forum")), Column("date", _("date")), Column("announced", _("what was announced")),
        whole(
            "pledges", _("pledges announced there"), "pledges",
            _("How many pledges stand behind the columns of stages, each counted once."), map(str, STAGES),
        ),
        *(money(str(s), str(s.label), "EUR") for s in STAGES),
    ]  # fmt: skip
    found: list[list[Value]] = []
    for text in filters.qs.order_by(*BY_DATE).values_list("document", flat=True):
        meeting = canonical.load(text)
        key = meeting["id"]
        found.append([
            key, meeting["name"], meeting["forum"]["id"], meeting["forum"]["name"], edtf(meeting["date"]),
            meeting["announced"], _count(pledges, key), *(values.shown(values.exact(key, str(s))) for s in STAGES),
        ])  # fmt: skip
    return columns, found, counted_note([values.table])


def _table(rows: QuerySet[Contribution], measure: Measure, filters: ShelfFilterSet) -> Table:
    return make_table(rows, rows="meeting", columns="stage", measure=measure, asked={}, moment=filters.moment)


def _count(pledges: Sums, meeting: str) -> int:
    """Return how many pledges were announced at a meeting; one is one, at however many stages."""
    found: set[str] = set()
    for (row, *_stage), cell in pledges.cells.items():
        if row == meeting:
            found |= cell.pledges
    return len(found)


def edtf(date: dict[str, Any] | None) -> str:
    """Return a date of a document as it is written; empty where there is none."""
    return str(date["edtf"]) if date else ""
