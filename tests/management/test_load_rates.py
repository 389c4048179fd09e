"""Loading rates: what is added, what it touches, and what waits for a reviewer."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.curation.desk import Desk, ledger, versions
from tracker.curation.publishing import effect, publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Contribution, ExchangeRate

pytestmark = pytest.mark.django_db
ECB_FILE = Path(settings.BASE_DIR).parent / "shared" / "data" / "reference" / "eurofxref-hist.zip"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the basics published, on the 20th of August 2025, when the month is not over."""
    desk = Desk()
    desk.now = dt.datetime(2025, 8, 20, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: desk.at)
    desk.basics()
    return desk


@pytest.fixture
def load(tmp_path: Path) -> Any:
    """Load rates of the dollar by day, and return what the command says."""

    def run(**rates: str) -> str:
        lines = [f"{day.replace('_', '-').strip('-')},{rate},\n" for day, rate in rates.items()]
        path = tmp_path / "rates.csv"
        path.write_text("Date,USD,\n" + "".join(lines))
        said = StringIO()
        call_command("load_rates", path, stdout=said)
        return said.getvalue()

    return run


def euros(desk: Desk, date: str = "August 2025", **changes: Any) -> Any:
    """Publish a pledge of a hundred dollars."""
    entry = {"stage": "commitment", "amount": "100.00", "currency": "USD"}
    pledge = desk.pledge(announced=date, entries=[entry], **changes)
    desk.publish()
    return pledge


def publish_rates(desk: Desk) -> ChangeSet:
    """Publish the rates that were loaded last."""
    return publishing.publish(
        change_set=ChangeSet.objects.filter(status="submitted").latest("id"), by=desk.reviewer, at=desk.at
    )


def test_rates_are_added_once(load: Any) -> None:
    assert "2 rates added, 0 changed; the newest is of 2025-08-04." in load(_2025_08_01="1.1", _2025_08_04="1.2")
    assert "0 rates added, 0 changed" in load(_2025_08_01="1.1", _2025_08_04="1.2")
    assert "1 rates added, 1 changed" in load(_2025_08_01="1.15", _2025_08_05="1.2")
    assert ExchangeRate.objects.count() == 3
    assert not ChangeSet.objects.exists(), "nothing is published that they could touch"
    assert ExchangeRate.objects.standing().count() == 3


def test_a_month_that_goes_on_posts_what_it_touches_and_nothing_else(desk: Desk, load: Any) -> None:
    load(_2025_07_31="1.6", _2025_08_01="1.25")
    publish_rates(desk)
    august, july = euros(desk), euros(desk, "July 2025")
    [before], [untouched] = ledger(pledge=august.public_id), ledger(pledge=july.public_id)
    assert (before.eur_cents, before.is_provisional, untouched.is_provisional) == (8000, True, False)
    moment = desk.now
    said = load(_2025_08_04="1.75", _2025_08_29="1.8")
    change_set = ChangeSet.objects.latest("id")
    assert f"They wait in change set #{change_set.pk} for a reviewer; 1 pledges come out otherwise" in said
    assert (change_set.cause, change_set.status, change_set.author.is_active) == ("exchange_rate", "submitted", False)
    assert effect.kept_effect(change_set)[1], "its reviewer finds what it does worked out"
    euros(desk, "June 2025")
    assert ledger(pledge=august.public_id) == [before], "until it is published"
    desk.now = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
    publish_rates(desk)
    [after] = ledger(pledge=august.public_id)
    # (1.25 + 1.75 + 1.8) / 3 = 1.6
    assert (after.eur_cents, after.is_provisional, after.rate_to) == (6250, False, dt.date(2025, 8, 31))
    assert ledger(moment, pledge=august.public_id) == [before], "what was served then is served as of then"
    assert ledger(pledge=july.public_id) == [untouched]
    assert versions("pledge", august.public_id) == [(1, False), (2, False)]
    assert versions("pledge", july.public_id) == [(1, False)]


def test_a_loading_that_waits_is_not_proposed_twice_and_no_other_rate_of_its_days(desk: Desk, load: Any) -> None:
    load(_2025_08_01="1.25")
    waiting = ChangeSet.objects.latest("id")
    assert "1 rates added" in load(_2025_08_01="1.25", _2025_08_04="1.5")
    assert list(ChangeSet.objects.latest("id").exchangerates.values_list("date", flat=True)) == [dt.date(2025, 8, 4)]
    with pytest.raises(CommandError, match=f"USD 2025-08-01 waits in change set #{waiting.pk} .*with 1.25"):
        load(_2025_08_01="1.3", _2025_08_05="1.5")
    assert ExchangeRate.objects.count() == 2
    change_sets.discard(change_set=waiting, by=desk.reviewer, at=desk.at)
    assert "1 rates added" in load(_2025_08_01="1.3")


def test_a_pledge_that_was_published_after_the_loading_is_valued_by_it_too(desk: Desk, load: Any) -> None:
    load(_2025_08_01="1.25")
    publish_rates(desk)
    load(_2025_08_04="1.75")
    late = euros(desk)
    assert [row.eur_cents for row in ledger(pledge=late.public_id)] == [8000]
    change_set = publish_rates(desk)
    assert [row.eur_cents for row in ledger(pledge=late.public_id)] == [6667]
    assert [edit.public_id for edit in change_set.edits.all()] == [late.public_id]


def test_a_first_rate_gives_a_value_to_what_had_none(desk: Desk, load: Any) -> None:
    pledge = euros(desk)
    assert [row.gap for row in ledger(pledge=pledge.public_id)] == ["no_rate"]
    load(_2025_08_01="1.25")
    publish_rates(desk)
    assert [(row.gap, row.eur_cents) for row in ledger(pledge=pledge.public_id)] == [("", 8000)]


def test_a_rate_that_is_corrected_closes_the_one_before(desk: Desk, load: Any) -> None:
    load(_2025_08_01="1.25")
    publish_rates(desk)
    pledge = euros(desk)
    assert "0 rates added, 1 changed" in load(_2025_08_01="1.6")
    publish_rates(desk)
    assert [row.eur_cents for row in ledger(pledge=pledge.public_id)] == [6250]
    kept = ExchangeRate.objects.order_by("pk").values_list("rate", "recorded_to")
    assert [(float(rate), closed is None) for rate, closed in kept] == [(1.25, False), (1.6, True)]


def test_whoever_edits_a_pledge_meanwhile_is_not_in_the_way(desk: Desk, load: Any) -> None:
    load(_2025_08_01="1.25")
    publish_rates(desk)
    pledge = euros(desk)
    desk.write("pledge", id=pledge.public_id, name="Another title", by=desk.other)
    load(_2025_08_04="1.75")
    publish_rates(desk)
    assert [row.eur_cents for row in ledger(pledge=pledge.public_id)] == [6667]
    desk.publish(desk.other)
    assert [row.eur_cents for row in ledger(pledge=pledge.public_id)] == [6667]


def test_a_rule_that_changed_waits_for_a_reviewer_with_the_next_loading(desk: Desk, load: Any) -> None:
    load(_2025_08_01="1.25")
    publish_rates(desk)
    pledge = euros(desk)
    # As a rule of before would have posted it.
    Contribution.objects.filter(pledge=pledge.public_id).update(eur_cents=8001)
    assert "0 rates added, 0 changed" in load(_2025_08_01="1.25")
    change_set = ChangeSet.objects.latest("id")
    assert [edit.public_id for edit in change_set.edits.all()] == [pledge.public_id]
    change_sets.discard(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert "1 pledges come out otherwise" in load(_2025_08_01="1.25")


def test_a_wrong_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("Date,USD\n2025-08-01,1.1\n2025-08-04,?\n")
    with pytest.raises(CommandError, match="line 3, USD: “\\?” is not a number"):
        call_command("load_rates", path)
    path.write_bytes(b"Date,USD\n\xff\xfe\n")
    with pytest.raises(CommandError, match="utf-8"):
        call_command("load_rates", path)
    assert not ExchangeRate.objects.exists()


def test_the_whole_file_of_the_ecb_is_loaded() -> None:
    if not ECB_FILE.exists():
        pytest.skip(f"the file of the ECB is not in {ECB_FILE.parent}")
    said = StringIO()
    call_command("load_rates", ECB_FILE, stdout=said)
    assert ExchangeRate.objects.filter(date__year=2025, date__month=8, currency="USD").count() == 21
    count = ExchangeRate.objects.count()
    assert count > 200_000
    assert f"{count} rates added, 0 changed" in said.getvalue()
