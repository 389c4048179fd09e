"""The count of a list is that of all its pages, whatever is published."""

from typing import Any

import pytest

from tests.api.shelf import read
from tests.curation.desk import Desk, with_basics
from tracker.lib import response_cache
from tracker.models import ChainLink
from tracker.reporting.checks.chain import chain_differences
from tracker.reporting.shelf import moments

pytestmark = pytest.mark.django_db

LISTS = (
    "pledges/", "pledges/?contributor=DEU", "pledges/?category=aircraft", "pledges/?contributor=NLD&category=fighters",
    "pledges/?date_from=2024-01-01", "pledges/?date_to=2024-12-31&ordering=-date",
    "pledges/?contributor=DEU&category=jets&date_from=2024-01-01&date_to=2025-12-31", "parties/", "categories/",
    "claims/", "contributions/", "contributions/?contributor=DEU&stage=commitment", "contributions/?basis=headline",
    "contributions/?category=aircraft",
    "pledges/?contributor=DEU,NLD", "pledges/?date_from=2024-01-02", "pledges/?date_to=2024-12-30", "parties/?search=e",
    "pledges/?search=pledge", "pledges/?nature=financing", "contributors/", "contributions/?basis=stated",
    "contributions/?date_from=2024-01-01", "contributions/?search=pledge",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    """Pledges by two parties with and without items and dates, one of them withdrawn, and a category renamed.

    One depends on a condition, and one has a value on another basis: the ledger's list leaves both rows out unasked.
    """
    desk = with_basics()
    desk.write("category", id="jets", name="Jets", parent="fighters")
    items: list[Any] = [[{"platform": "ef"}], [{"category": "jets"}], []]
    shares = [["DEU"], ["NLD"], ["DEU", "NLD"]]
    for number, announced in enumerate(("2023-12-31", "2024", "2024-07", "2025-01-01", "../2024-12-31", None)):
        parties = [{"contributor": party} for party in shares[number % 3]]
        claims = [{"document": "source", "quote": "so it says"}]
        pledge = desk.pledge(announced=announced, shares=parties, items=items[number // 2], claims=claims)
    desk.pledge(conditions=[{"words": "if others give", "state": "open"}])
    desk.pledge(valuations=[{"entry": 1, "basis": "dataset", "amount": "390000.00", "currency": "EUR"}])
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


@pytest.mark.alike
@pytest.mark.parametrize("path", LISTS)
def test_a_count_is_that_of_all_pages(desk: Desk, path: str) -> None:
    moment = moments.newest().isoformat().replace("+", "%2B")
    count, rows = crawled(path)
    assert count == rows
    desk.pledge(announced="2024-05", items=[{"category": "jets"}])
    desk.publish()
    assert crawled(f"{path}{'&' if '?' in path else '?'}as_of={moment}") == (count, rows)


def test_a_publishing_counts_anew_where_the_one_before_noted_nothing(desk: Desk) -> None:
    right = crawled("pledges/"), crawled("contributions/")
    ChainLink.objects.update(counts={})
    assert (crawled("pledges/"), crawled("contributions/")) == right
    desk.pledge(announced="2024-05")
    desk.publish()
    assert ChainLink.objects.get(number=ChainLink.objects.count()).counts["pledge"] == right[0][0] + 1
    assert not list(chain_differences())


def test_a_list_of_which_nothing_stands_any_more(desk: Desk) -> None:
    pledge = desk.pledge(announced="2019", items=[{"category": "jets"}])
    desk.publish()
    assert crawled("pledges/?date_to=2019-12-31") == (1, 1)
    desk.withdraw(pledge)
    desk.publish()
    assert crawled("pledges/?date_to=2019-12-31&category=jets") == (0, 0)
