"""Figures of other sources: exact in every partition, of their moment, and shared out to who was a member."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curation.desk import with_basics
from tests.examples import examples
from tests.factories import AT, ContributionFactory, FacetFactory, IndicatorFactory, PartyFactory, PublicationFactory
from tracker.curation.reference import indicators
from tracker.exchange.outbound.table_json import as_document
from tracker.filters.contributions import ContributionFilterSet
from tracker.lib import canonical
from tracker.models import Contribution, Indicator
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS
from tracker.reporting.tables.figures import FigureOptions
from tracker.reporting.tables.measures import Measure, shown
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table

pytestmark = pytest.mark.django_db


def table(rows: str, columns: str, moment: dt.datetime = AT, per: str = "", **more: Any) -> Table:
    """Return the answer to a question, as of a moment."""
    filters = ContributionFilterSet(more.pop("filters", {}), published.contributions(moment), moment=moment)
    assert not filters.errors
    return Question(filters, rows, columns, Measure(per=per), **more).table()


def figure(measure: str, party: Any, year: int, value: int) -> None:
    IndicatorFactory(measure=measure, party=party, year=year, value=value, recorded_from=AT)


@pytest.fixture
def world() -> None:
    """Germany, Estonia, the United Kingdom until January 2020, the EU and its bank; an index and a key of two years."""
    spans = {"DEU": ("1958-01-01", None), "EST": ("2004-05-01", None), "GBR": ("1973-01-01", "2020-01-31")}
    parties = {name: PartyFactory(public_id=name) for name in (*spans, "USA")}
    memberships = [
        {"party": {"id": party}, "valid_from": first, "valid_to": last} for party, (first, last) in spans.items()
    ]
    PublicationFactory(kind="group", public_id="EU", document=canonical.dump({"memberships": memberships}))
    FacetFactory(publication=PublicationFactory(kind="party", public_id="EIB"), name="part_of", value="EU")
    for year, weights in ((2019, (7, 1, 3)), (2021, (9, 2, 4))):
        for party, weight in zip(spans, weights, strict=True):
            figure("eu_key", parties[party], year, weight)
    for year, index in ((2019, 97_000_000), (2020, 100_000_000), (2021, 103_000_001)):
        figure("deflator", parties["USA"], year, index)
    for party in spans:
        figure("gdp_eur", parties[party], 2021, 3_000_001 * len(party))


DATES = st.sampled_from(["2018-06-01", "2019-12-05", "2020-01-31", "2020-02-01", "2021-03-03", None])


@st.composite
def rows(draw: Any) -> dict[str, Any]:
    day = draw(DATES)
    return {
        "contributor": draw(st.sampled_from(["DEU", "GBR", "USA", "EU", "EIB"])),
        "eur_cents": draw(st.integers(0, 10**12)),
        "earliest": day and dt.date.fromisoformat(day), "year": day and int(day[:4]), "month": day[:7] if day else "",
        "aid_type": draw(st.sampled_from(["military", "financial"])),
    }  # fmt: skip


@pytest.mark.usefixtures("world")
def test_every_partition_adds_up_to_the_whole_exactly_whatever_figures_enter() -> None:
    publication = PublicationFactory(kind="pledge")
    dimensions = st.permutations(["contributor", "year", "aid_type", "month", "quarter", "category"])

    @settings(max_examples=examples(50), deadline=None)
    @given(st.lists(rows(), max_size=8), dimensions, st.booleans(), st.booleans())
    def check(given_rows: list[dict[str, Any]], names: list[str], shared: bool, constant: bool) -> None:
        asked = FigureOptions(prices=2020, deflator="USA") if constant else FigureOptions()
        with transaction.atomic():
            Contribution.objects.bulk_create(
                ContributionFactory.build(publication=publication, **columns) for columns in given_rows
            )
            first, second = (
                table(",".join(part), "none", figures=asked, share_out=shared) for part in (names[:1], names[1:3])
            )
            transaction.set_rollback(True)
        assert first.total is not None
        assert second.total is not None
        assert (first.total.value or 0) == (second.total.value or 0)
        assert (first.total.value or 0) == sum(cell.value or 0 for cell in second.cells.values())
        if not constant:
            assert (first.total.value or 0) == sum(columns["eur_cents"] for columns in given_rows)

    check()


@pytest.mark.usefixtures("world")
def test_the_aid_of_institutions_is_that_of_the_members_of_its_day_by_the_key_of_its_year() -> None:
    publication = PublicationFactory(kind="pledge")
    for contributor, day in (("EU", "2020-01-31"), ("EIB", "2020-02-01"), ("EU", "2021-05-05"), ("DEU", "2018-01-01")):
        ContributionFactory(
            publication=publication, contributor=contributor, earliest=day, year=int(day[:4]), month=day[:7],
            eur_cents=9900,
        )  # fmt: skip
    found = table("contributor", "year", share_out=True)
    value = {key: cell.value for key, cell in found.cells.items()}
    # In January 2020 by the key of 2019 with the United Kingdom, in February without it; in 2021 by its own.
    assert value == {
        ("DEU", "2018"): 9900, ("DEU", "2020"): Fraction(9900 * 7, 11) + Fraction(9900 * 7, 8),
        ("EST", "2020"): Fraction(9900, 11) + Fraction(9900, 8), ("GBR", "2020"): Fraction(9900 * 3, 11),
        ("DEU", "2021"): Fraction(9900 * 9, 11), ("EST", "2021"): Fraction(9900 * 2, 11),
    }  # fmt: skip
    assert found.total is not None
    assert (found.total.value, found.notes.counts.contributions, found.notes.counts.shared_out) == (4 * 9900, 4, 3)
    only = table("contributor", "none", share_out=True, filters={"date_from": "2020-02-01"})
    assert {key[0] for key in only.cells} == {"DEU", "EST"}


@pytest.mark.usefixtures("world")
def test_a_share_of_gdp_is_in_per_cent_and_lacks_whose_gdp_nobody_gave() -> None:
    publication = PublicationFactory(kind="pledge")
    for contributor in ("DEU", "USA"):
        ContributionFactory(publication=publication, contributor=contributor, eur_cents=90_000_000)
    found = table("contributor", "none", per="gdp", figures=FigureOptions("gdp", 2021))
    shares = {key[0]: shown(cell.value, found.measure) for key, cell in found.cells.items()}
    assert shares == {"DEU": "9.999997", "USA": None}
    assert found.notes.counts.no_figure == 1
    assert found.total is None
    assert shown(1234, Measure(per="population")) == "12.34"


def test_old_tables_keep_the_figures_of_their_time() -> None:
    desk = with_basics()
    desk.pledge(entries=[{"stage": "allocation", "amount": "500.00", "currency": "EUR"}])
    desk.publish()

    def shares(moment: dt.datetime) -> Any:
        found = table("contributor", "year", moment, per="gdp", figures=FigureOptions("gdp", 2021))
        return canonical.load(canonical.dump(as_document(found, {}, moment, "")))

    def load(value: int) -> tuple[int, int]:
        desk.write("party", id="NLD", name=f"The Netherlands {value}")
        figures = [("DEU", "Germany", 2021, value)]
        loaded = indicators.load(
            figures=figures, measure=Indicator.Measure.GDP_EUR, change_set=desk.open(), at=desk.at
        ).proposed
        return loaded.added, loaded.changed

    without, first = shares(desk.now), desk.now
    assert load(100_000) == (1, 0)
    assert load(200_000) == (0, 1)
    assert shares(desk.now)["rows"] == without["rows"], "what is loaded waits in its change set"
    desk.publish()
    with_gdp, second = shares(desk.now), desk.now
    assert with_gdp["rows"][0]["total"]["value"] == "0.250000"
    assert load(400_000) == (0, 1)
    assert load(400_000) == (0, 0)
    desk.publish()
    assert shares(desk.now)["rows"][0]["total"]["value"] == "0.125000"
    assert (shares(first), shares(second)) == (without, with_gdp)
    assert Indicator.objects.count() == 2


@pytest.mark.alike
@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("key", [True, False])
def test_what_is_shared_out_stands_in_every_dimension(key: bool) -> None:
    publication = PublicationFactory(kind="pledge")
    for contributor in ("EU", "DEU"):
        ContributionFactory(
            publication=publication, contributor=contributor, earliest="2021-05-05", year=2021, month="2021-05",
            modality="stock_transfer", eur_cents=9900,
        )  # fmt: skip
    if not key:
        Indicator.objects.filter(measure="eu_key").delete()
    for name in DIMENSION_LABELS:
        for more in ({}, {"top": 1}, {"figures": FigureOptions(prices=2020, deflator="USA")}):
            if more.get("top") and name in ("stage", "basis", "group"):
                continue
            found = table(name, "none", share_out=True, **more)
            assert sum(cell.counts.contributions for cell in found.cells.values()) >= 2
            assert table("aid_type", name, share_out=True, **more).notes.counts.contributions == 2


@pytest.mark.usefixtures("world")
def test_what_no_key_shares_out_stays_where_it_is_and_is_marked() -> None:
    Indicator.objects.filter(measure="eu_key").delete()
    publication = PublicationFactory(kind="pledge")
    for contributor in ("EU", "EIB", "DEU"):
        ContributionFactory(publication=publication, contributor=contributor, earliest="2021-05-05", eur_cents=9900)
    found = table("contributor", "none", share_out=True)
    counted = {key[0]: (cell.value, cell.counts.no_figure, cell.counts.shared_out) for key, cell in found.cells.items()}
    assert counted == {"EU": (9900, 1, 0), "EIB": (9900, 1, 0), "DEU": (9900, 0, 0)}
    assert found.notes.counts.no_figure == 2
    assert found.total is not None
    assert found.total.value == 3 * 9900
    assert "2 contributions that no key is loaded for" in found.options.figures.text[0]
    shared = found.options.figures.shared_out
    assert shared is not None
    assert [shared.lacks(party) for party in ("DEU", "EU", "GBR", "USA")] == [True, True, False, False]
