"""Roll-ups say what the ledger says, whatever is posted and closed, and tables cannot tell the two apart."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curation.desk import Desk
from tests.examples import examples
from tests.factories import AT, ContributionFactory, PublicationFactory
from tests.reporting.ledger_rows import contributions
from tracker.filters.contributions import ContributionFilterSet
from tracker.ledger.roll_ups import keep
from tracker.models import Contribution, RollUpByCategory, RollUpByMonth
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables import roll_ups
from tracker.reporting.tables.measures import Measure
from tracker.reporting.tables.questions import Question

pytestmark = pytest.mark.django_db

HOURS = [AT + dt.timedelta(hours=number) for number in range(4)]
QUESTIONS: list[tuple[dict[str, str], str, str, Measure]] = [
    ({}, "contributor", "stage", Measure()),
    ({}, "contributor,category", "year", Measure()),
    ({"contributor": "DEU"}, "category_1", "none", Measure(currency="USD")),
    ({"aid_type": "military"}, "month", "aid_type", Measure(counting="gross")),
    ({}, "quarter", "none", Measure("count")),
    ({}, "none", "category_2", Measure("quantity")),
    ({"nature": "deployment"}, "beneficiary", "stage", Measure("quantity")),
    ({"basis": "headline"}, "year", "nature", Measure()),
]


@pytest.fixture
def desk(db: None) -> Desk:
    """A desk with the basics published."""
    desk = Desk()
    desk.basics()
    return desk


def answer(
    filters: dict[str, str], rows: str, columns: str, measure: Measure, moment: dt.datetime | None = None
) -> tuple[Any, ...]:
    """Return all that a table says as of `moment`; None is now."""
    moment = moment or moments.resolve(None)
    asked = ContributionFilterSet(filters, published.contributions(moment), moment=moment)
    assert asked.is_valid(), asked.errors
    table = Question(asked, *("stage" if part == "none" else part for part in (rows, columns)), measure).table()
    notes = (table.notes.counts(), table.no_date, table.bundled, table.stages)
    return table.cells, table.row_totals, table.column_totals, table.total, notes, table.rows, table.columns


def test_any_history_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    publication = PublicationFactory(kind="pledge")
    for party in ("DEU", "NLD", "FRA"):
        PublicationFactory(kind="party", public_id=party)
    PublicationFactory(kind="party", public_id="POL", change_set__published_at=HOURS[-1])
    history = st.tuples(contributions(), st.sampled_from(HOURS), st.sampled_from([None, *HOURS]), st.booleans())

    @settings(max_examples=examples(60), deadline=None)
    @given(st.lists(history, max_size=12), st.sampled_from(QUESTIONS), st.sampled_from(HOURS))
    def check(rows: list[Any], asked: tuple[dict[str, str], str, str, Measure], as_of: dt.datetime) -> None:
        with transaction.atomic():
            for moment in HOURS:
                post([row for row in rows if row[1] == moment], [row for row in rows if row[2] == moment], moment)
                keep(moment)
                assert list(roll_ups.differences()) == []
            kept = answer(*asked, as_of)
            with monkeypatch.context() as patch:
                patch.setattr(roll_ups, "ROLL_UPS", ())
                assert answer(*asked, as_of) == kept
            transaction.set_rollback(True)

    def post(opened: list[Any], closed: list[Any], moment: dt.datetime) -> None:
        """Post some rows, and close those of earlier ones; what closes no later than it opens stays open."""
        for row in closed:
            if row[1] < moment:
                Contribution.objects.filter(pk=row[0]["pk"]).update(recorded_to=moment)
        for columns, _at, _until, headline in opened:
            given = {name: value for name, value in columns.items() if name != "pk"}
            made = ContributionFactory(publication=publication, recorded_from=moment, is_headline=headline, **given)
            columns["pk"] = made.pk

    check()


def test_each_publishing_keeps_them(desk: Desk) -> None:
    pledge = desk.pledge()
    desk.publish()
    assert list(roll_ups.differences()) == []
    assert RollUpByMonth.objects.get(month="2025-08").eur_cents == 100_000_000
    desk.write("pledge", id=pledge.public_id, shares=[{"contributor": "NLD"}])
    desk.publish()
    assert [row.contributor for row in RollUpByMonth.objects.nonempty()] == ["NLD"]
    desk.withdraw(pledge)
    desk.publish()
    assert not RollUpByCategory.objects.nonempty().exists()
    assert list(roll_ups.differences()) == []


def test_what_is_published_meanwhile_does_not_show(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.pledge()
    desk.publish()
    before = answer(*QUESTIONS[0])
    moment = moments.resolve(None)
    filters = ContributionFilterSet({}, published.contributions(moment), moment=moment)
    filters.form.full_clean()
    rows_to_sum = roll_ups.rows_to_sum

    def late(*args: Any) -> Any:
        """Find the roll-up, and publish before it is read."""
        found = rows_to_sum(*args)
        assert found[0][0].model is RollUpByMonth
        desk.pledge()
        desk.publish()
        return found

    monkeypatch.setattr(roll_ups, "rows_to_sum", late)
    assert Question(filters, "contributor", "stage").table().cells == before[0]


def test_what_no_roll_up_has_is_read_from_the_ledger(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.pledge()
    desk.publish()
    earlier = moments.resolve(None)
    desk.pledge()
    desk.publish()
    newest = moments.resolve(None)
    for moment, asked, columns, measure, model in (
        (earlier, {}, ["month"], "value", RollUpByMonth),
        (newest, {}, ["month"], "value", RollUpByMonth),
        (newest, {}, ["category_path", "year"], "value", RollUpByCategory),
        (newest, {}, ["category_path", "month"], "value", Contribution),
        (newest, {}, ["month"], "pledges", Contribution),
        (newest, {"amount_from": "1"}, ["month"], "value", Contribution),
        (newest, {"date_from": "2025-01-01"}, ["year"], "value", Contribution),
        (newest, {"basis": "stated"}, ["year"], "value", Contribution),
    ):
        filters = ContributionFilterSet(asked, published.contributions(moment), moment=moment)
        filters.form.full_clean()
        [(rows, weight), *changes] = roll_ups.rows_to_sum(filters, columns, measure, newest)
        assert (rows.model, weight) == (model, 1)
        assert bool(changes) == (moment == earlier)
    # One row more than that, and each is read where it stands.
    monkeypatch.setattr(roll_ups, "MOST_CHANGES", 0)
    before = ContributionFilterSet({}, published.contributions(earlier), moment=earlier)
    before.form.full_clean()
    assert [rows.model for rows, _weight in roll_ups.rows_to_sum(before, ["month"], "value", newest)] == [Contribution]


def test_the_command_finds_and_mends_a_difference(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.pledge()
    desk.publish()
    RollUpByMonth.objects.update(eur_cents=1)
    with pytest.raises(CommandError, match="2 differences"):
        call_command("roll_ups")
    assert "roll-up by month" in capsys.readouterr().err
    with pytest.raises(CommandError, match="2 differences"):
        call_command("verify_shelf")
    call_command("roll_ups", rebuild=True)
    assert "no difference" in capsys.readouterr().out
    assert list(roll_ups.differences()) == []
