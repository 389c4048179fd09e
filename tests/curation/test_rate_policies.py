"""Rate policies on the shelf: chosen for a pledge, recomputed from the ledger, absent from older documents."""

import datetime as dt

import pytest

from tests.curation.desk import Desk, ledger, shelf, with_basics
from tests.factories import ExchangeRateFactory
from tracker.lib import canonical
from tracker.models import Pledge, Publication
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db
DAYS = {"2025-08-14": "1.25", "2025-08-15": "1.6", "2025-08-18": "2", "2025-03-03": "4"}


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    desk = with_basics()
    for day, rate in DAYS.items():
        ExchangeRateFactory(date=day, rate=rate)
    return desk


def verified() -> bool:
    """Tell whether each posted row is what it should be by its document and the rates that it keeps."""
    return not list(verify())


def dollars(*dates: str) -> list[dict[str, str]]:
    return [{"stage": "commitment", "amount": "100.00", "currency": "USD", "date": date} for date in dates]


@pytest.mark.parametrize(
    ("policy", "date", "used", "cents", "first", "last"),
    [
        ("day", "2025-08-16", "day", 6250, "2025-08-15", "2025-08-15"),
        ("day", "2025-08", "month_mean", 6186, "2025-08-01", "2025-08-31"),
        ("month_mean", "2025-08-16", "month_mean", 6186, "2025-08-01", "2025-08-31"),
        ("annual_mean", "2025-08-16", "annual_mean", 4520, "2025-01-01", "2025-12-31"),
        ("month_mean", "../2025-08-16", "annual_mean", 4520, "2025-01-01", "2025-12-31"),
    ],
)
def test_the_row_says_which_policy_was_used(
    desk: Desk, policy: str, date: str, used: str, cents: int, first: str, last: str
) -> None:
    desk.pledge(announced=date, rate_policy=policy, entries=dollars(""))
    desk.publish()
    [row] = ledger()
    assert (row.rate_policy, row.eur_cents) == (used, cents)
    assert (row.rate_from, row.rate_to) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    ExchangeRateFactory(date="2025-08-29", rate="9")
    assert verified(), "with the rates that were recorded, whatever was loaded since"


def test_rows_of_several_days_are_recomputed_each_with_its_own(desk: Desk) -> None:
    days = dollars("2025-08-14", "2025-08-17", "2025-08-18", "2025-08-24", "2025-08-30", "2025-03")
    desk.pledge(announced="", rate_policy="day", entries=days)
    desk.publish()
    assert [row.rate_to and row.rate_to.isoformat() for row in ledger()] == [
        "2025-08-14", "2025-08-15", "2025-08-18", "2025-08-18", None, "2025-03-31",
    ]  # fmt: skip
    assert [row.gap for row in ledger()] == ["", "", "", "", "no_rate", ""]
    assert verified()


def test_what_was_published_before_there_was_a_choice_has_the_mean_of_the_month(desk: Desk) -> None:
    pledge = desk.pledge(announced="2025-08-15", entries=dollars(""))
    desk.publish()
    publication = Publication.objects.get(public_id=pledge.public_id)
    document = canonical.load(publication.document)
    del document["rate_policy"]
    text = canonical.dump(document)
    Publication.objects.filter(pk=publication.pk).update(document=text, sha256=canonical.digest(text))
    assert verified()
    desk.write("pledge", id=pledge.public_id, rate_policy="day")
    desk.discard()
    assert Pledge.objects.get().rate_policy == "month_mean", "discarding puts back what held then"
    desk.write("pledge", id=pledge.public_id, rate_policy="day")
    desk.publish()
    assert (shelf("pledge", pledge.public_id) or {})["rate_policy"] == "day"
    assert [row.eur_cents for row in ledger()] == [6250]
    assert verified()
