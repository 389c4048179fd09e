"""Who belonged to a group on a day."""

import datetime as dt

import pytest

from tests.factories import GroupFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "member"),
    [
        (dt.date(1972, 12, 31), False),
        (dt.date(1973, 1, 1), True),
        (dt.date(2020, 1, 31), True),
        (dt.date(2020, 2, 1), False),
    ],
)
def test_both_ends_of_a_membership_are_inclusive(day: dt.date, member: bool) -> None:
    membership = MembershipFactory(valid_from=dt.date(1973, 1, 1), valid_to=dt.date(2020, 1, 31))
    assert (membership.party in membership.group.members_on(day)) is member


def test_a_party_that_came_back_is_counted_once() -> None:
    first = MembershipFactory(valid_to=dt.date(2010, 1, 1))
    MembershipFactory(group=first.group, party=first.party, valid_from=dt.date(2012, 1, 1))
    MembershipFactory(party=first.party)
    assert first.group.members_on(dt.date(2011, 1, 1)).count() == 0
    assert first.group.members_on(dt.date(2025, 1, 1)).count() == 1


def test_a_group_without_members() -> None:
    assert not GroupFactory().members_on(dt.date(2025, 1, 1)).exists()
