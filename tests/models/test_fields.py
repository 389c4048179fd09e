"""Columns that understand what people write, as a model sees them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories import EntryFactory, InitiativeFactory, ItemFactory, MeetingFactory, PartyFactory
from tracker.models import Meeting, PartyAlias

pytestmark = pytest.mark.django_db


def test_a_partial_date_is_kept_with_its_bounds() -> None:
    meeting = MeetingFactory(date="Sept 2025")
    meeting.refresh_from_db()
    assert (meeting.date, meeting.date_earliest, meeting.date_latest) == (
        "2025-09",
        dt.date(2025, 9, 1),
        dt.date(2025, 9, 30),
    )


def test_the_bounds_follow_when_the_date_changes() -> None:
    meeting = MeetingFactory(date="2025-09")
    meeting.date = ""
    meeting.save()
    meeting.refresh_from_db()
    assert (meeting.date, meeting.date_earliest, meeting.date_latest) == ("", None, None)


def test_a_look_up_reads_dates_as_people_write_them() -> None:
    meeting = MeetingFactory(date="2025-09")
    assert Meeting.objects.get(date="Sept 2025") == meeting


def test_a_form_is_told_what_is_wrong_with_a_date() -> None:
    meeting = MeetingFactory.build(date="2025-13-45")
    with pytest.raises(ValidationError, match="there is no month 13") as caught:
        meeting.clean_fields(exclude=["forum"])
    assert set(caught.value.message_dict) == {"date"}


def test_a_quantity_is_kept_with_its_bounds() -> None:
    item = ItemFactory(quantity="~40")
    item.refresh_from_db()
    assert (item.quantity, item.quantity_low, item.quantity_high) == ("about 40", 40, 40)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("-3", "“-3” is negative"), ("1e99", "“1e99” is larger than 999999999"), ("4\0", "“4\0” is not a quantity"),
        ("forty-two and a half", "is not a quantity; write for example 4"), ("x" * 1_000_000, "is too long"),
    ],
)  # fmt: skip
def test_a_form_is_told_what_is_wrong_with_a_quantity(value: str, reason: str) -> None:
    item = ItemFactory.build(quantity=value)
    with pytest.raises(ValidationError) as caught:
        item.clean_fields(exclude=["pledge", "platform"])
    assert set(caught.value.message_dict) == {"quantity"}
    assert reason in caught.value.message_dict["quantity"][0]
    assert len(caught.value.message_dict["quantity"][0]) < 250


@pytest.mark.parametrize(("written", "kept"), [(" eur", "EUR"), ("usd ", "USD"), ("", "")])
def test_a_currency_is_a_code(written: str, kept: str) -> None:
    entry = EntryFactory.build(currency=written)
    entry.clean_fields(exclude=["pledge"])
    assert entry.currency == kept


@pytest.mark.parametrize("written", ["EURO", "€", "XYZ", "E\0R"])
def test_an_unknown_currency_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="is not an ISO 4217 currency code such as EUR or USD") as caught:
        EntryFactory.build(currency=written).clean_fields(exclude=["pledge"])
    assert set(caught.value.message_dict) == {"currency"}


def test_an_alias_belongs_to_one_record_however_it_is_spelt() -> None:
    PartyAlias.objects.create(party=PartyFactory(), name="Türkiye")
    other = PartyAlias(party=PartyFactory(), name="TURKIYE")
    with pytest.raises(ValidationError, match="given already"):
        other.full_clean()


@pytest.mark.parametrize("public_id", ["DEU", "eurofighter-typhoon", "DEU-2025-0001"])
def test_public_ids(public_id: str) -> None:
    InitiativeFactory.build(public_id=public_id).clean_fields()


@pytest.mark.parametrize(
    ("public_id", "reason"),
    [
        ("", "cannot be blank"), ("a" * 101, "at most 100 characters"),
        *((value, "letters, digits and single hyphens") for value in ("a b", "-a", "a-", "a--b", "é", "a/b", "a\n")),
    ],
)  # fmt: skip
def test_what_is_no_public_id(public_id: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason) as caught:
        InitiativeFactory.build(public_id=public_id).clean_fields()
    assert set(caught.value.message_dict) == {"public_id"}
