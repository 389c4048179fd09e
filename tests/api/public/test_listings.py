"""Pledges found by their listings: the same ones, and as many, as by looking at each."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.api.shelf import read
from tests.curation.desk import Desk, with_basics
from tests.examples import examples
from tracker.filters.pledges import PledgeFilterSet
from tracker.lib import response_cache
from tracker.models import Listing
from tracker.reporting.checks import verification
from tracker.reporting.shelf import moments, published

pytestmark = pytest.mark.django_db

DAYS = ("2023-12-31", "2024-01-01", "2024-06-15", "2024-12-31", "2025-01-01", "2025-07-01")
ANNOUNCED = (*DAYS, "2024", "2024-01", "2023-12-31/2024-01-02", "../2024-12-31", "2024-06-15/..", None)
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "contributor": st.sampled_from(["DEU", "NLD", "POL", "DEU,NLD"]),
        "category": st.sampled_from(["aircraft", "fighters", "ships", "fighters,ships"]),
        "date_from": st.sampled_from(DAYS), "date_to": st.sampled_from(DAYS), "nature": st.just("financing"),
        "search": st.just("pledge 1"), "ordering": st.sampled_from(["id", "-id", "date", "-date", "published", "name"]),
        "as_of": st.sampled_from(range(5)),
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def changed_pledges(module_db: None) -> tuple[Desk, list[str]]:
    """Pledges of every kind of date, by one, two or no contributors, of which many change; and five moments."""
    desk = with_basics()
    desk.write("party", id="POL", name="Poland")
    desk.write("category", id="ships", name="Ships")
    items = [[{"platform": "ef"}], [{"category": "ships"}, {"platform": "ef"}], [{"category": "aircraft"}], []]
    shares = [["DEU"], ["DEU", "NLD"], ["NLD"], []]
    pledges = []
    for number, announced in enumerate(ANNOUNCED * 2):
        contributors = [{"contributor": party} for party in shares[number % 4]]
        # Who names nobody as contributor states no money.
        money = {} if contributors else {"nature": "transfer", "entries": [{"stage": "delivery"}]}
        pledges.append(
            desk.pledge(name=f"Pledge {number}", announced=announced, shares=contributors,
                        items=items[number % 3 if contributors else 0], **money)
        )  # fmt: skip
    change_sets = [desk.publish()]
    for number, pledge in enumerate(pledges[:12]):
        if number % 3 == 0:
            desk.withdraw(pledge)
        elif number % 3 == 1:
            desk.write("pledge", id=pledge.public_id, announced=DAYS[number % 6], shares=[{"contributor": "POL"}])
        else:
            desk.write("pledge", id=pledge.public_id, items=[{"category": "ships"}])
        if number % 4 == 3:
            change_sets.append(desk.publish())
    desk.write("category", id="fighters", parent="ships")
    change_sets.append(desk.publish())
    return desk, [each.published_at.isoformat().replace("+", "%2B") for each in change_sets]


def crawled(query: str) -> tuple[list[str], int]:
    """Return the ids of all pages of a list, of five rows each, and the count that they show."""
    answer = read(f"pledges/?limit=5&{query}")
    found, count = [row["id"] for row in answer["results"]], answer["count"]
    while answer["next"]:
        answer = read(answer["next"])
        found += [row["id"] for row in answer["results"]]
        assert answer["count"] == count
    return found, count


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_listings_find_what_looking_at_each_finds(asked: dict[str, Any], changed_pledges: Any) -> None:
    _desk, days = changed_pledges
    # Between bounds the wrong way round lies nothing: that is refused, and tested with the filters.
    assume(asked.get("date_from", "") <= asked.get("date_to", "9999"))
    if "as_of" in asked:
        asked = asked | {"as_of": days[asked["as_of"]]}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    quick = crawled(query)
    with pytest.MonkeyPatch.context() as patch:
        response_cache.forget()
        patch.setattr(PledgeFilterSet, "is_listed", False)
        plain = crawled(query)
    response_cache.forget()
    assert quick == plain
    assert len(quick[0]) == quick[1]


def test_listings_are_read_where_they_say_all_that_is_asked(changed_pledges: Any) -> None:
    moment = moments.resolve(None)
    for asked, expected in (
        ({"contributor": "DEU"}, True),
        ({"category": "ships", "date_from": "2024-03-01"}, True),
        ({"contributor": "DEU", "category": "ships", "date_from": "2024-01-01", "date_to": "2024-12-31"}, True),
        ({}, False),
        ({"contributor": "DEU,NLD"}, False),
        ({"contributor": "DEU", "nature": "financing"}, False),
    ):
        filters = PledgeFilterSet(asked, published.records("pledge", moment), moment=moment)
        assert not filters.errors
        assert filters.is_listed is expected, asked


def test_a_page_of_many_listings_is_read_from_the_pledges(
    changed_pledges: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = crawled("category=ships")
    monkeypatch.setattr("tracker.filters.fields.MAX_FEW", 2)
    response_cache.forget()
    assert crawled("category=ships") == few
    assert crawled("contributor=NLD,DEU&platform=ef")[1] > 2


def test_listings_close_with_their_publication(changed_pledges: Any) -> None:
    desk, _moments = changed_pledges
    assert list(verification.verify()) == []
    assert set(Listing.objects.as_of(None).values_list("publication")) == set(
        published.records("pledge", moments.resolve(None)).values_list("pk")
    )
    pledge = desk.pledge(announced=None)
    desk.publish()
    whole = Listing.objects.as_of(None).filter(public_id=pledge.public_id)
    assert set(whole.values_list("contributor", "category", "year", "day")) == {
        ("", "", None, None), ("DEU", "", None, None),
    }  # fmt: skip
    desk.withdraw(pledge)
    at = desk.publish().published_at
    assert set(Listing.objects.filter(public_id=pledge.public_id).values_list("recorded_to", flat=True)) == {at}
