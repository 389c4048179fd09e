"""Rules over several rows of a pledge, and what the forms are told."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories import (
    EntryFactory,
    InitiativeFactory,
    ItemFactory,
    PackageFactory,
    PledgeFactory,
    ShareFactory,
)
from tests.models.refused import refused
from tracker.models import Entry, Share

pytestmark = pytest.mark.django_db

THIRD = Decimal("0.333333333333")
LEAST = Decimal("0.000000000001")


def test_fractions_may_come_to_exactly_one() -> None:
    pledge = PledgeFactory(share=None)
    for fraction in (THIRD, THIRD, THIRD + LEAST):
        ShareFactory(pledge=pledge, fraction=fraction)
    assert pledge.shares.count() == 3


def test_fractions_above_one_are_refused_when_added() -> None:
    pledge = PledgeFactory(share__fraction=Decimal("0.6"))
    with refused("share_fractions_at_most_one"):
        ShareFactory(pledge=pledge, fraction=Decimal("0.4") + LEAST)


def test_fractions_above_one_are_refused_when_changed() -> None:
    share = ShareFactory(fraction=Decimal("0.5"))
    ShareFactory(pledge=share.pledge, fraction=Decimal("0.5"))
    with refused("share_fractions_at_most_one"):
        Share.objects.filter(pk=share.pk).update(fraction=Decimal("0.51"))


def test_fractions_above_one_are_refused_when_a_share_moves_to_another_pledge() -> None:
    full = ShareFactory(fraction=1)
    other = ShareFactory(fraction=Decimal("0.1"))
    with refused("share_fractions_at_most_one"):
        Share.objects.filter(pk=other.pk).update(pledge=full.pledge)


def test_fractions_of_different_pledges_do_not_add_up() -> None:
    ShareFactory(fraction=1)
    ShareFactory(fraction=1)
    assert Share.objects.filter(fraction=1).count() == 2


@pytest.mark.parametrize("first_is_total", [True, False])
def test_nothing_stands_beside_the_total_of_a_stage(first_is_total: bool) -> None:
    entry = EntryFactory(is_total=first_is_total)
    with refused("entry_total_stands_alone"):
        EntryFactory(pledge=entry.pledge, is_total=not first_is_total)


def test_an_entry_cannot_become_a_total_beside_another() -> None:
    entry = EntryFactory()
    EntryFactory(pledge=entry.pledge)
    with refused("entry_total_stands_alone"):
        Entry.objects.filter(pk=entry.pk).update(is_total=True)


def test_totals_of_other_stages_and_items_stand_beside_each_other() -> None:
    entry = EntryFactory(is_total=True)
    EntryFactory(pledge=entry.pledge, stage="delivery", is_total=True)
    EntryFactory(pledge=entry.pledge, item=ItemFactory(pledge=entry.pledge), is_total=True)
    assert entry.pledge.entries.count() == 3


def test_unknown_quantity_is_not_zero() -> None:
    item = ItemFactory(quantity="")
    item.refresh_from_db()
    assert (item.quantity, item.quantity_low, item.quantity_high) == ("unknown", None, None)


def test_a_package_belongs_to_the_initiative_of_its_pledge() -> None:
    package = PackageFactory()
    with pytest.raises(ValidationError, match=package.initiative.name) as caught:
        PledgeFactory.build(initiative=InitiativeFactory(), package=package).clean()
    assert set(caught.value.message_dict) == {"package"}


def test_an_entry_names_an_item_of_its_own_pledge() -> None:
    with pytest.raises(ValidationError, match="This item belongs to another pledge") as caught:
        EntryFactory.build(pledge=PledgeFactory(), item=ItemFactory()).clean()
    assert set(caught.value.message_dict) == {"item"}


def test_the_largest_amount_and_quantity_come_back_unchanged() -> None:
    entry = EntryFactory(amount=Decimal("9999999999999.99"), quantity="999999999.999999")
    entry.refresh_from_db()
    assert entry.amount == Decimal("9999999999999.99"), connection.vendor
    assert entry.quantity_low == entry.quantity_high == Decimal("999999999.999999")
