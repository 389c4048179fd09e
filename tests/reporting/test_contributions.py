"""The contribution table by example: what is never added, what is left out, and what it said before."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.curation.desk import Desk, with_basics
from tests.factories import ExchangeRateFactory
from tracker.exchange.outbound.table_columns import as_documents, as_grid
from tracker.exchange.outbound.table_json import as_document
from tracker.filters.contributions import ContributionFilterSet
from tracker.lib import canonical
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.contributions import make_table, spelled_out
from tracker.reporting.tables.measures import Measure, MixedSum, shown
from tracker.reporting.tables.table import Table

pytestmark = pytest.mark.django_db
EARLIER = dt.date(2025, 8, 1)


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    """A desk with the basics published, and a rate of the dollar in August 2025."""
    desk = with_basics()
    ExchangeRateFactory(date=EARLIER, rate=Decimal("1.25"))
    return desk


def table(
    rows: str = "contributor", columns: str = "platform", measure: str = "value", currency: str = "EUR",
    counting: str = "net", moment: dt.datetime | None = None, **filters: str,
) -> Table:  # fmt: skip
    """Return the table as the API makes it."""
    moment = moments.resolve(moment)
    filterset = ContributionFilterSet(filters, published.contributions(moment), moment=moment)
    assert not filterset.errors
    return make_table(
        filterset.qs, rows=rows, columns=columns, measure=Measure(measure, currency, counting),
        asked=filterset.asked, moment=moment,
    )  # fmt: skip


def grid(found: Table) -> dict[tuple[str | None, str | None], Any]:
    return {key: shown(cell.value, found.measure) for key, cell in found.cells.items()}


def entry(stage: str = "commitment", amount: str = "100.00", **more: Any) -> dict[str, Any]:
    return {"stage": stage, "amount": amount, "currency": "EUR"} | more


def deployment(desk: Desk, quantity: str, contributor: str) -> None:
    desk.pledge(
        nature="deployment", aid_type="", beneficiary=None, shares=[{"contributor": contributor}],
        items=[{"platform": "ef", "quantity": quantity}], entries=[{"stage": "commitment"}],
    )  # fmt: skip


def test_stages_are_never_added(desk: Desk) -> None:
    desk.pledge(entries=[entry("commitment"), entry("allocation", "60.00"), entry("lapse", "5.00")])
    desk.publish()
    for measure in ("value", "quantity", "count"):
        with pytest.raises(MixedSum, match="commitment, allocation, lapse: ask for one, such as stage=commitment"):
            table(measure=measure)
    by_stage = table(columns="stage")
    assert grid(by_stage) == {
        ("DEU", "commitment"): "100.00", ("DEU", "allocation"): "60.00", ("DEU", "lapse"): "5.00",
    }  # fmt: skip
    assert [column.id for column in by_stage.columns] == ["commitment", "allocation", "lapse"], "as they follow"
    assert (by_stage.row_totals, by_stage.total) == (None, None)
    assert by_stage.column_totals is not None
    assert table(rows="stage", columns="contributor").column_totals is None
    assert grid(table(stage="allocation")) == {("DEU", None): "60.00"}
    assert "total" not in [column.name for column in as_grid(by_stage, {}, moments.NEVER).columns]


def test_deployments_never_enter_aid(desk: Desk) -> None:
    deployment(desk, "4", "DEU")
    deployment(desk, "unknown", "NLD")
    desk.pledge(items=[{"platform": "ef", "quantity": "3"}])
    desk.publish()
    assert grid(table(measure="quantity")) == {("DEU", "ef"): 3}
    assert grid(table(measure="quantity", nature="deployment")) == {("DEU", "ef"): 4, ("NLD", "ef"): None}
    assert grid(table(measure="count", nature="financing")) == {("DEU", "ef"): 1}
    unknown = table(measure="quantity", nature="deployment")
    assert unknown.cells["NLD", "ef"].counts.unknown_quantity == 1
    assert unknown.total is not None
    assert (unknown.total.value, unknown.total.counts.unknown_quantity) == (4_000_000, 1)
    assert list(as_grid(unknown, {}, moments.NEVER).rows)[1] == ["NLD", "Netherlands", None, None]
    for measure in ("value", "quantity", "count"):
        with pytest.raises(MixedSum, match="never enter aid totals: ask for nature=deployment alone"):
            table(measure=measure, nature="deployment,financing")


def test_bases_are_never_added(desk: Desk) -> None:
    desk.pledge(
        items=[{"platform": "ef", "quantity": "3"}], entries=[entry()],
        valuations=[{"entry": 1, "basis": "dataset", "amount": "90.00", "currency": "EUR"}],
    )  # fmt: skip
    desk.publish()
    for measure in ("value", "quantity", "count"):
        with pytest.raises(MixedSum, match="ask for one basis"):
            table(measure=measure, basis="stated,dataset")
    amounts = {basis: grid(table(basis=basis)) for basis in ("headline", "stated", "dataset", "market_price")}
    assert [amount["DEU", "ef"] for amount in amounts.values()] == ["100.00", "100.00", "90.00", "300.00"]
    assert grid(table(measure="quantity")) == {("DEU", "ef"): 3}
    assert grid(table(measure="count")) == {("DEU", "ef"): 1}
    assert grid(table(basis="replacement")) == {}


def test_what_a_sum_leaves_out_is_counted_beside_it(desk: Desk) -> None:
    desk.pledge(entries=[entry(), entry(currency="UAH"), {"stage": "commitment"}])
    desk.pledge(announced="2025", entries=[entry(date="2024-11/2025-02")])
    desk.publish()
    # A date over two years has no rate, which the euro does not need.
    for currency, known, without_rate in (("EUR", "200.00", 1), ("USD", "125.00", 2)):
        found = table(currency=currency)
        assert found.total is not None
        assert shown(found.total.value, found.measure) == known
        assert (found.total.counts.contributions, found.total.counts.no_value, found.total.counts.no_rate) == (
            4,
            1,
            without_rate,
        )
        assert found.no_date == 1
    assert table(rows="year").no_date == 1
    desk.pledge(announced="", entries=[entry(amount="7.00")], name="Undated, so without dollars")
    desk.publish()
    dollars, euros = table(currency="USD").total, table().total
    assert dollars is not None
    assert euros is not None
    assert (dollars.counts.no_rate, euros.counts.no_rate, euros.value) == (3, 1, 20_700)


def test_an_amount_for_several_items_counts_once(desk: Desk) -> None:
    desk.pledge(items=[{"platform": "ef", "quantity": "3"}, {"description": "x", "quantity": "5"}], entries=[entry()])
    desk.publish()
    assert grid(table()) == {("DEU", None): "100.00", ("DEU", "ef"): None}
    assert grid(table(measure="quantity")) == {("DEU", None): 5, ("DEU", "ef"): 3}
    assert grid(table(measure="count")) == {("DEU", None): 1}
    assert table().bundled == 2


def test_gross_less_netted_is_net(desk: Desk) -> None:
    umbrella = desk.pledge(entries=[entry(amount="100.00")])
    desk.pledge(entries=[entry(amount="30.00")], links=[{"link": "tranche_of", "target": umbrella.public_id}])
    desk.publish()
    assert grid(table(counting="gross")) == {("DEU", None): "130.00"}
    assert grid(table()) == {("DEU", None): "100.00"}
    assert "overlaps counted in full" in spelled_out(table(counting="gross"))


def test_an_old_table_comes_back_byte_for_byte(desk: Desk) -> None:
    desk.pledge(items=[{"platform": "ef", "quantity": "3"}], entries=[{"stage": "commitment"}])
    desk.pledge(shares=[{"contributor": "DEU"}, {"contributor": "NLD"}])
    desk.publish()
    questions: list[dict[str, str]] = [
        {}, {"rows": "category", "columns": "year"}, {"currency": "USD", "columns": "stage"}, {"measure": "quantity"},
        {"category": "aircraft"}, {"rows": "beneficiary", "counting": "gross"},
    ]  # fmt: skip

    def answers(moment: dt.datetime) -> list[str]:
        found = [table(moment=moment, **question) for question in questions]  # type: ignore[arg-type]
        newest = moments.resolve(moment)
        return [canonical.dump([as_document(each, {}, newest, ""), [*as_documents(each)]]) for each in found]

    then = desk.now
    before = answers(then)
    price = {"basis": "market_price", "valid_from": "2020-01-01", "amount": "999.00", "currency": "EUR"}
    desk.write("party", id="DEU", name="Deutschland")
    desk.write("category", id="fighters", name="Jets", parent=None)
    desk.write("platform", id="ef", name="Typhoon", prices=[price])
    pledge = desk.pledge(name="New")
    ExchangeRateFactory(date=EARLIER + dt.timedelta(days=3), rate=Decimal("1.75"))
    assert answers(desk.now) == before, "a draft shows nowhere"
    desk.publish()
    desk.withdraw(pledge)
    desk.publish()
    assert answers(desk.now) != before
    assert answers(then) == before
    assert [row.name for row in table(moment=then).rows] == ["Germany", "Netherlands"]
    assert [row.name for row in table().rows] == ["Deutschland", "Netherlands"]
    assert answers(then - dt.timedelta(microseconds=1)) != before


def test_members_stand_in_order_and_those_without_come_last(desk: Desk) -> None:
    for announced, currency in (("2025-08", "EUR"), ("2024-01", "EUR"), ("", "EUR"), ("2025", "EUR")):
        desk.pledge(announced=announced, entries=[entry(currency=currency)], shares=[{"contributor": "NLD"}])
    desk.pledge(items=[{"platform": "ef"}])
    desk.publish()
    found = table(rows="month", columns="contributor")
    assert [(row.id, row.name) for row in found.rows] == [
        ("2024-01", "2024-01"), ("2025-08", "2025-08"), (None, "undated"),
    ]  # fmt: skip
    assert [column.name for column in found.columns] == ["Germany", "Netherlands"]
    assert [row.id for row in table(rows="year").rows] == ["2024", "2025", None]
    assert [column.name for column in found.columns] == ["Germany", "Netherlands"]
    assert [column.name for column in table(rows="year").columns] == ["Eurofighter", "unspecified"]
