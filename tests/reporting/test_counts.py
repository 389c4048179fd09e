"""Counts that are kept are those that are counted, whatever is published, and nobody can tell the two apart."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.api.public import read
from tests.curation.desk import Desk
from tracker.lib import response_cache
from tracker.models import ROLL_UPS, ListCount
from tracker.reporting.shelf import counts, moments, published

pytestmark = pytest.mark.django_db

KEPT = (
    "pledges/", "pledges/?contributor=DEU", "pledges/?category=aircraft", "pledges/?contributor=NLD&category=fighters",
    "pledges/?date_from=2024-01-01", "pledges/?date_to=2024-12-31&ordering=-date",
    "pledges/?contributor=DEU&category=jets&date_from=2024-01-01&date_to=2025-12-31", "parties/", "categories/",
    "claims/", "contributions/", "contributions/?contributor=DEU&stage=commitment", "contributions/?basis=headline",
    "contributions/?category=aircraft",
)  # fmt: skip
COUNTED = (
    "pledges/?contributor=DEU,NLD", "pledges/?date_from=2024-01-02", "pledges/?date_to=2024-12-30", "parties/?search=e",
    "pledges/?search=pledge", "pledges/?nature=financing", "contributors/", "contributions/?basis=stated",
    "contributions/?date_from=2024-01-01", "contributions/?search=pledge",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    """Pledges by two parties with and without items and dates, one of them withdrawn, and a category renamed."""
    desk = Desk()
    desk.basics()
    desk.write("category", id="jets", name="Jets", parent="fighters")
    items: list[Any] = [[{"platform": "ef"}], [{"category": "jets"}], []]
    shares = [["DEU"], ["NLD"], ["DEU", "NLD"]]
    for number, announced in enumerate(("2023-12-31", "2024", "2024-07", "2025-01-01", "../2024-12-31", None)):
        parties = [{"contributor": party} for party in shares[number % 3]]
        claims = [{"document": "source", "quote": "so it says"}]
        pledge = desk.pledge(announced=announced, shares=parties, items=items[number // 2], claims=claims)
    desk.publish()
    desk.withdraw(pledge)
    desk.write("category", id="jets", name="Jet aircraft", parent="aircraft")
    desk.publish()
    return desk


def crawled(path: str) -> tuple[int, int]:
    """Return the count that a list shows, and how many rows all of its pages have."""
    response_cache.forget()
    mark = "&" if "?" in path else "?"
    answer = read(f"{path}{mark}limit=2")
    count, rows = answer["count"], len(answer["results"])
    while answer["next"]:
        answer = read(answer["next"])
        rows += len(answer["results"])
    return count, rows


@pytest.mark.parametrize("path", [*KEPT, *COUNTED])
def test_a_count_is_that_of_all_pages(desk: Desk, path: str) -> None:
    moment = moments.newest().isoformat().replace("+", "%2B")
    count, rows = crawled(path)
    assert count == rows
    desk.pledge(announced="2024-05", items=[{"category": "jets"}])
    desk.publish()
    assert crawled(f"{path}{'&' if '?' in path else '?'}as_of={moment}") == (count, rows)


@pytest.mark.parametrize("path", [*KEPT, *COUNTED])
def test_what_is_kept_is_not_counted(desk: Desk, path: str) -> None:
    right, _rows = crawled(path)
    # So that it can be told from what is counted.
    ListCount.objects.update(records=1000)
    for roll_up in ROLL_UPS:
        roll_up.objects.update(contributions=1000)
    response_cache.forget()
    count = read(path)["count"]
    assert count >= 1000 if path in KEPT else count == right


def test_what_is_published_meanwhile_does_not_show(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moment, rows = moments.newest(), published.records("pledge", moments.newest())
    standing = counts.of_kind("pledge")
    before = counts.count(rows, moment, standing)
    desk.pledge()
    desk.publish()
    assert counts.count(rows, moment, standing) == before == 5
    assert counts.count(published.records("pledge", moments.newest()), moments.newest(), standing) == 6


def test_a_list_of_which_nothing_stands_any_more(desk: Desk) -> None:
    pledge = desk.pledge(announced="2019", items=[{"category": "jets"}])
    desk.publish()
    assert crawled("pledges/?date_to=2019-12-31") == (1, 1)
    desk.withdraw(pledge)
    desk.publish()
    assert crawled("pledges/?date_to=2019-12-31&category=jets") == (0, 0)
    assert list(counts.differences()) == []


def test_the_command_finds_and_mends_a_difference(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    ListCount.objects.filter(kind="pledge", contributor="DEU", category="jets", year=2024).update(records=7)
    ListCount.objects.filter(kind="document").delete()
    with pytest.raises(CommandError, match="3 differences"):
        call_command("roll_ups")
    said = capsys.readouterr().err
    assert "pledge DEU jets 2024: 7 should not be there" in said
    assert "document: 1 is missing" in said
    with pytest.raises(CommandError, match="3 differences"):
        call_command("verify_shelf")
    call_command("roll_ups", rebuild=True)
    assert list(counts.differences()) == []
