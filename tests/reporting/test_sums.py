"""The contribution table adds up: each cell and total is the sum of its rows, whatever the rows are."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import AT, ContributionFactory, PublicationFactory
from tracker.models import Contribution
from tracker.reporting.contributions import COUNTINGS, CURRENCIES, DIMENSIONS, MEASURES, Cell, Measure, make_table

CENTS = st.one_of(st.none(), st.integers(0, 10**16))
MONTHS = st.sampled_from([(None, ""), (2024, ""), (2025, "2025-08"), (2025, "2025-09")])
QUANTITIES = st.one_of(
    st.just((None, "")),
    st.tuples(st.none(), st.sampled_from(["unknown", "withheld"])),
    st.tuples(st.integers(0, 10**15), st.sampled_from(["exact", "about", "up to"])),
)


@st.composite
def contributions(draw: Any, stages: tuple[str, ...] = ("commitment",)) -> dict[str, Any]:
    """Return the columns of a row of the ledger, as far as tables look at them."""
    eur, usd, (year, month), (units, qualifier) = draw(CENTS), draw(CENTS), draw(MONTHS), draw(QUANTITIES)
    minor = 1 if eur is not None or usd is not None else draw(st.sampled_from([None, 1]))
    nature = draw(st.sampled_from(["transfer", "financing", "deployment"]))
    aid_type = "" if nature == "deployment" else draw(st.sampled_from(["military", "financial"]))
    gap = "" if eur is not None else "no_rate" if minor else draw(st.sampled_from(["no_value", "bundled"]))
    return {
        "nature": nature, "aid_type": aid_type, "stage": draw(st.sampled_from(stages)), "year": year, "month": month,
        "amount_minor": minor, "eur_cents": eur, "usd_cents": usd, "gap": gap,
        "quantity_millionths": units, "quantity_qualifier": qualifier,
        "contributor": draw(st.sampled_from(["DEU", "NLD", "FRA"])),
        **{name: draw(st.sampled_from(["", "a", "b"])) for name in ("category", "platform", "initiative", "meeting")},
        "beneficiary": draw(st.sampled_from(["", "UKR"])),
        **{name: draw(st.booleans()) for name in ("is_netted", "is_estimated", "is_provisional")},
    }  # fmt: skip


def value(row: Contribution, measure: Measure) -> int | None:
    """Return what a row adds to a sum."""
    if measure.measure == "count":
        return 1
    if measure.measure == "quantity":
        return row.quantity_millionths
    return row.usd_cents if measure.currency == "USD" else row.eur_cents


def cell(rows: list[Contribution], measure: Measure) -> Cell:
    """Return the cell of some rows, worked out by hand."""
    known = [number for row in rows if (number := value(row, measure)) is not None]
    cents = [(row.amount_minor, row.usd_cents if measure.currency == "USD" else row.eur_cents) for row in rows]
    return Cell(
        value=sum(known) if known else None,
        contributions=len(rows),
        no_value=sum(row.gap == "no_value" for row in rows),
        no_rate=sum(minor is not None and converted is None for minor, converted in cents),
        unknown_quantity=sum(row.quantity_qualifier in ("unknown", "withheld") for row in rows),
        estimated=sum(row.is_estimated for row in rows),
        provisional=sum(row.is_provisional for row in rows),
        inexact=sum(row.quantity_qualifier in ("about", "up to") for row in rows),
    )


def grouped(rows: list[Contribution], *dimensions: str) -> dict[Any, list[Contribution]]:
    """Return the rows by their members in some dimensions."""
    groups = defaultdict(list)
    for row in rows:
        members = tuple(str(getattr(row, name)) if getattr(row, name) else None for name in dimensions)
        groups[members if len(members) > 1 else members[0]].append(row)
    return groups


@st.composite
def asked_for(draw: Any) -> tuple[str, str, Measure]:
    rows, columns = draw(st.permutations(DIMENSIONS))[:2]
    measure = Measure(
        draw(st.sampled_from(MEASURES)), draw(st.sampled_from(CURRENCIES)), draw(st.sampled_from(COUNTINGS))
    )
    return rows, columns, measure


@pytest.mark.django_db
def test_every_sum_is_that_of_its_rows() -> None:
    publication = PublicationFactory(kind="pledge")

    @settings(max_examples=150, deadline=None)
    @given(
        st.sampled_from([("commitment",), ("commitment", "delivery", "lapse")]).flatmap(
            lambda stages: st.lists(contributions(stages), max_size=12)
        ),
        asked_for(),
        st.booleans(),
    )
    def check(columns: list[dict[str, Any]], asked: tuple[str, str, Measure], deployed: bool) -> None:
        with transaction.atomic():
            rows = [ContributionFactory.build(publication=publication, **row) for row in columns]
            Contribution.objects.bulk_create(rows)
            nature = {"nature": ["deployment"]} if deployed else {}
            check_table(asked, nature, [row for row in rows if (row.nature == "deployment") == deployed])
            transaction.set_rollback(True)

    def check_table(asked: tuple[str, str, Measure], nature: dict[str, Any], rows: list[Contribution]) -> None:
        down, across, measure = asked
        if measure.counting == "net":
            rows = [row for row in rows if not row.is_netted]
        if measure.measure == "count":
            rows = [row for row in rows if row.gap != "bundled"]
        stages = {row.stage for row in rows}
        if len(stages) > 1 and "stage" not in (down, across):
            down = "stage"
        found = Contribution.objects.filter(nature__in=nature["nature"]) if nature else Contribution.objects.all()
        table = make_table(found, rows=down, columns=across, measure=measure, asked=nature, moment=AT)
        assert table.cells == {key: cell(group, measure) for key, group in grouped(rows, down, across).items()}
        may_add_columns, may_add_rows = len(stages) < 2 or down == "stage", len(stages) < 2 or across == "stage"
        totals = (table.row_totals, table.column_totals, table.total)
        assert totals == (
            {key: cell(group, measure) for key, group in grouped(rows, down).items()} if may_add_columns else None,
            {key: cell(group, measure) for key, group in grouped(rows, across).items()} if may_add_rows else None,
            cell(rows, measure) if len(stages) < 2 else None,
        )
        assert {row.id for row in table.rows} == set(grouped(rows, down))
        assert len(table.rows) == len(grouped(rows, down))
        undated = [row for row in rows if (row.year is None if "year" in (down, across) else not row.month)]
        assert (table.no_date, table.bundled) == (len(undated), sum(row.gap == "bundled" for row in rows))

    check()


@pytest.mark.django_db
def test_sums_larger_than_a_single_row_can_be_are_exact() -> None:
    publication = PublicationFactory(kind="pledge", recorded_from=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    most = 10**16
    Contribution.objects.bulk_create(
        ContributionFactory.build(publication=publication, eur_cents=most - 1) for _ in range(300)
    )
    found = Contribution.objects.all()
    table = make_table(found, rows="contributor", columns="stage", measure=Measure(), asked={}, moment=AT)
    assert table.total is not None
    assert table.total.value == 300 * (most - 1)
