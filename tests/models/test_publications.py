"""The shelf: rows are added and closed."""

import datetime as dt

import pytest
from django.db import connection

from tests.factories import AT, ContributionFactory, ListingFactory, PublicationFactory
from tracker.models import Contribution, Listing, Publication

pytestmark = pytest.mark.django_db

LATER = AT + dt.timedelta(days=1)


def test_each_moment_sees_one_version() -> None:
    first = PublicationFactory(recorded_to=LATER)
    second = PublicationFactory(public_id=first.public_id, version=2, recorded_from=LATER)
    seen = [list(Publication.objects.as_of(moment)) for moment in (AT - dt.timedelta(seconds=1), AT, LATER, None)]
    assert seen == [[], [first], [second], [second]]


def test_what_is_withdrawn_does_not_stand() -> None:
    PublicationFactory(is_tombstone=True)
    assert not Publication.objects.published().exists()
    assert Publication.objects.as_of(None).exists()


@pytest.mark.parametrize("factory", [PublicationFactory, ContributionFactory, ListingFactory])
def test_a_row_of_the_shelf_cannot_be_deleted(factory: type) -> None:
    row = factory()
    with pytest.raises(TypeError, match="append-only"):
        row.delete()


@pytest.mark.parametrize("model", [Publication, Contribution, Listing])
def test_rows_of_the_shelf_cannot_be_deleted(model: type) -> None:
    with pytest.raises(TypeError, match="append-only"):
        model.objects.all().delete()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows that few rows changed")
@pytest.mark.parametrize("recorded", ["recorded_from__gt", "recorded_to__gt", "recorded_from", "recorded_to"])
def test_what_changed_is_looked_up_whatever_else_is_asked(recorded: str) -> None:
    # What SQLite is told of a register in which everything stands, and was recorded at one moment.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            "INSERT INTO sqlite_stat1 VALUES ('tracker_contribution', 'contribution_standing', '1000000 1000000 9 9'),"
            " ('tracker_contribution', 'contribution_recorded', '1000000 1000000')"
        )
        cursor.execute("ANALYZE sqlite_master")
    plan = Contribution.objects.changed(**{recorded: AT}).filter(stage="commitment", contributor="DEU").explain()
    assert "SEARCH tracker_contribution USING INTEGER PRIMARY KEY" in plan, plan
    assert "SCAN" not in plan, plan
