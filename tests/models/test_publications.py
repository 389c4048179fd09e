"""The shelf: rows are added and closed."""

import datetime as dt

import pytest

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
