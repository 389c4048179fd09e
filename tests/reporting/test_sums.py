"""The contribution table adds up: each cell and total is the sum of its rows, whatever the rows are."""

import datetime as dt
from collections import defaultdict
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.factories import AT, ContributionFactory, PublicationFactory
from tests.reporting.ledger_rows import contributions
from tracker.filters.contributions import COUNTINGS
from tracker.lib import canonical
from tracker.models import Contribution
from tracker.reporting.tables.contributions import make_table
from tracker.reporting.tables.dimension_labels import DIMENSIONS
from tracker.reporting.tables.measures import CURRENCIES, MEASURES, Counts, Measure, TableCell
from tracker.reporting.tables.table import Table

MEMBERS = {"EU": {"DEU": "1958-01-01", "NLD": "2025-09-01"}, "G7": {"DEU": "1975-01-01", "FRA": "1975-01-01"}}


def value(row: Contribution, measure: Measure) -> int | None:
    """Return what a row adds to a sum."""
    if measure.measure == "count":
        return 1
    if measure.measure == "quantity":
        return row.quantity_millionths
    return row.usd_cents if measure.currency == "USD" else row.eur_cents


def cell(rows: list[Contribution], measure: Measure) -> TableCell:
    """Return the cell of some rows, worked out by hand."""
    known = [number for row in rows if (number := value(row, measure)) is not None]
    cents = [(row.amount_minor, row.usd_cents if measure.currency == "USD" else row.eur_cents) for row in rows]
    pledges = len({row.pledge for row in rows}) or None
    return TableCell(
        value=pledges if measure.measure == "pledges" else sum(known) if known else None,
        packed=Counts(
            contributions=len(rows),
            no_value=sum(row.gap == "no_value" for row in rows),
            no_rate=sum(minor is not None and converted is None for minor, converted in cents),
            unknown_quantity=sum(row.quantity_qualifier in ("unknown", "withheld") for row in rows),
            estimated=sum(row.is_estimated for row in rows),
            provisional=sum(row.is_provisional for row in rows),
            inexact=sum(row.quantity_qualifier in ("about", "up to") for row in rows),
        ).packed(),
        pledges=frozenset(row.pledge for row in rows if measure.measure == "pledges"),
    )


def members(row: Contribution, dimension: str) -> list[str | None]:
    """Return the members of a dimension that a row belongs to, worked out by hand."""
    if dimension == "group":
        day = row.earliest or AT.date()
        since = {group: parties.get(row.contributor) for group, parties in MEMBERS.items()}
        return [group for group, first in since.items() if first and first <= str(day)] or [None]
    if dimension in ("quarter", "half_year"):
        return [f"{row.year}-{'Q3' if dimension == 'quarter' else 'H2'}" if row.month else None]
    if dimension.startswith("category_"):
        return [(row.category_path.strip("/").split("/")[: int(dimension[-1])] or [""])[-1] or None]
    if dimension == "source":
        return ["stock" if row.modality == "stock_transfer" else None]
    found = getattr(row, dimension)
    return [str(found) if found else None]


def grouped(rows: list[Contribution], *sides: tuple[str, ...]) -> dict[Any, list[Contribution]]:
    """Return the rows by their members in the dimensions of each side."""
    groups = defaultdict(list)
    for row in rows:
        keys = [[key[0] if len(key) == 1 else key for key in product(*(members(row, name) for name in side))]
                for side in sides]  # fmt: skip
        for position in product(*keys):
            groups[position if len(position) > 1 else position[0]].append(row)
    return groups


@st.composite
def asked_for(draw: Any) -> tuple[tuple[str, ...], tuple[str, ...], Measure]:
    names = draw(st.permutations(DIMENSIONS))
    down, across = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    measure = Measure(
        draw(st.sampled_from(MEASURES)), draw(st.sampled_from(CURRENCIES)), draw(st.sampled_from(COUNTINGS))
    )
    return tuple(names[:down]), tuple(names[down : down + across]), measure


def counts(rows: list[Contribution], measure: Measure) -> list[Contribution]:
    """Return the rows that a measure counts."""
    if measure.counting == "net":
        rows = [row for row in rows if not row.is_netted]
    return [row for row in rows if measure.measure not in ("count", "pledges") or row.gap != "bundled"]


def publish_groups() -> None:
    for group, parties in MEMBERS.items():
        memberships = [{"party": {"id": party}, "valid_from": day, "valid_to": None} for party, day in parties.items()]
        PublicationFactory(kind="group", public_id=group, document=canonical.dump({"memberships": memberships}))


@pytest.mark.django_db
def test_every_sum_is_that_of_its_rows() -> None:
    publication = PublicationFactory(kind="pledge")
    publish_groups()

    @settings(max_examples=examples(80), deadline=None)
    @given(
        st.sampled_from([("commitment",), ("commitment", "delivery", "lapse")]).flatmap(
            lambda stages: st.lists(contributions(stages), max_size=12)
        ),
        asked_for(),
        st.booleans(),
    )
    def check(columns: list[dict[str, Any]], asked: Any, deployed: bool) -> None:
        with transaction.atomic():
            rows = [ContributionFactory.build(publication=publication, **row) for row in columns]
            Contribution.objects.bulk_create(rows)
            nature = {"nature": ["deployment"]} if deployed else {}
            check_table(asked, nature, [row for row in rows if (row.nature == "deployment") == deployed])
            transaction.set_rollback(True)

    def check_table(asked: Any, nature: dict[str, Any], rows: list[Contribution]) -> None:
        down, across, measure = asked
        rows = counts(rows, measure)
        stages = {row.stage for row in rows}
        if len(stages) > 1 and "stage" not in (*down, *across):
            down = ("stage", *down[1:])
        found = Contribution.objects.filter(nature__in=nature["nature"]) if nature else Contribution.objects.all()
        table = make_table(
            found, rows=",".join(down), columns=",".join(across), measure=measure, asked=nature, moment=AT
        )
        assert table.cells == {key: cell(group, measure) for key, group in grouped(rows, down, across).items()}
        never = ({"stage"} if len(stages) > 1 else set()) | {"group"}
        sides = {True: not never & set(down), False: not never & set(across)}
        assert (table.row_totals, table.column_totals, table.total) == (
            {key: cell(group, measure) for key, group in grouped(rows, down).items()} if sides[False] else None,
            {key: cell(group, measure) for key, group in grouped(rows, across).items()} if sides[True] else None,
            cell(rows, measure) if all(sides.values()) else None,
        )
        check_rows_and_notes(table, rows, down, across)

    def check_rows_and_notes(table: Table, rows: list[Contribution], down: Any, across: Any) -> None:
        assert {row.id for row in table.rows} == set(grouped(rows, down))
        assert len(table.rows) == len(grouped(rows, down))
        counted = cell(rows, Measure()).counts
        assert table.notes.counts == counted._replace(no_rate=table.notes.counts.no_rate)
        undated = [row for row in rows if (row.year is None if "year" in (*down, *across) else not row.month)]
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
