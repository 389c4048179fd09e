"""What was read once can be read again, byte for byte."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.api.shelf import API, battery, messages, read, snapshot
from tests.curation.desk import Desk
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates(db: None) -> None:
    """US dollars for a euro in August 2025."""
    factories.daily_rates()


def as_of(address: str, moment: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}as_of={moment.replace('+', '%2B')}"


def change_everything(desk: Desk) -> None:
    """Publish a pledge, a rename that others carry, a withdrawal, a membership, and a new platform."""
    desk.pledge(shares=[{"contributor": "FRA"}], initiative="purl", announced="2025-08")
    desk.write("party", id="DEU", name="Germany, renamed", aliases=["Allemagne"])
    desk.write("platform", id="new-platform", name="New platform", category="fighter-aircraft")
    desk.publish()
    desk.withdraw(KINDS["pledge"].model.named("CZE-2025-0001"))
    desk.write("group", id="NATO", memberships=[{"party": "FRA", "valid_from": "1949-08-24"}])
    desk.publish()


def test_an_answer_comes_back_byte_for_byte(register: Desk, rates: None) -> None:
    register.pledge(shares=[{"contributor": "DEU"}], initiative="purl", announced="2025-08")
    moment = register.publish().published_at.isoformat()
    # The index is of no moment, the page says which was asked for, and what is refused was no answer.
    addresses = [address for address in battery() if address not in (API, f"{API}tables/", "/")]
    before = {address: answer for address, answer in snapshot(addresses).items() if answer[0] == 200}
    assert len(before) > 150
    change_everything(register)
    after = snapshot([as_of(address, moment) for address in before])
    changed = {address: (after[as_of(address, moment)], answer) for address, answer in before.items()}
    assert [address for address, (now, then) in changed.items() if now != then] == []
    # The first answer that is another is enough to see that something changed.
    assert any(snapshot([address])[address] != answer for address, answer in before.items())


def test_a_day_means_its_last_moment_and_a_time_its_own(register: Desk) -> None:
    # The fixtures were published on 20 October 2025 at noon, UTC.
    counts = {
        "2025-10-19": 0, "2025-10-20": 5, "2026-01-01": 5, "0001-01-01": 0,
        "2025-10-20T11:59:59Z": 0, "2025-10-20T12:00:00Z": 5, "2025-10-20T14:00:00%2B02:00": 5,
        "2025-10-20T13:59:59 02:00": 0, "2025-10-20T12:00:00.000001Z": 5,
    }  # fmt: skip
    for moment, count in counts.items():
        assert read(f"pledges/?as_of={moment}")["count"] == count, moment
    assert read("pledges/DEU-2025-0001/?as_of=2025-10-19", 404)
    assert read("tables/contributions/?as_of=2025-10-19")["as_of"] is None


@pytest.mark.parametrize(
    "moment",
    ["yesterday", "2025-13-45", "2025-02-30", "2025-10", "20251015", "2025-10-15T12:00:00", "2025-10-15T25:00:00Z",
     "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "1760529600", "٢٠٢٥-١٠-١٥", "2025-10-15%00"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_words(moment: str, db: None) -> None:
    assert set(messages(f"pledges/?as_of={moment}")) == {"as_of"}


@pytest.mark.parametrize("moment", ["9999-12-31", "2999-01-01T00:00:00Z", "2999-01-01T00:00:00%2B14:00"])
def test_what_has_not_passed_is_refused_for_it_could_be_answered_otherwise_later(moment: str, register: Desk) -> None:
    for address in ("pledges/", "pledges/DEU-2025-0001/", "tables/contributions/"):
        assert "has not passed" in messages(f"{address}?as_of={moment}")["as_of"]
    page = Client().get(f"/pledges/?as_of={moment}")
    assert page.status_code == 400
    assert "has not passed" in page.content.decode()
    today = timezone.now().astimezone(dt.UTC).date().isoformat()
    assert "has not passed" in messages(f"pledges/?as_of={today}")["as_of"], "a day is its last moment"
