"""Members of a group at the date of a contribution."""

import datetime as dt

import pytest
from django.core.management import call_command

from tests.curation.desk import Desk, with_basics
from tracker.curation.publishing.fixtures import publish_all
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.groups import members_on
from tracker.reporting.shelf import moments, published

pytestmark = pytest.mark.django_db


def found(group: str, moment: dt.datetime | None = None) -> set[str]:
    """Return contributor and date of the contributions by members of the group."""
    moment = moments.resolve(moment)
    filterset = ContributionFilterSet({"group": group}, published.contributions(moment), moment=moment)
    assert not filterset.errors
    return {f"{row.contributor} {row.date}".strip() for row in filterset.qs}


def test_contributions_count_with_the_members_of_their_day() -> None:
    desk = with_basics()
    for public_id, name in (("GBR", "United Kingdom"), ("USA", "United States")):
        desk.write("party", id=public_id, name=name)
    union = [
        {"party": "GBR", "valid_from": "1973-01-01", "valid_to": "2020-01-31"},
        {"party": "DEU", "valid_from": "1958-01-01"},
    ]
    desk.write("group", id="EU", name="European Union", memberships=union)
    desk.write("group", id="OTHER", name="Other", memberships=[{"party": "USA", "valid_from": "1958-01-01"}])
    for date in ("2019-05", "2020-01-31", "2020-02-01", "2020", "2021-03", "", "../2019", "2019-12/.."):
        desk.pledge(announced=date, shares=[{"contributor": "GBR"}, {"contributor": "DEU"}])
    desk.publish()
    everywhere = {"2019-05", "2020-01-31", "2020-02-01", "2020", "2021-03", "", "../2019", "2019-12/.."}
    german = {f"DEU {date}".strip() for date in everywhere}
    # A date that spans more counts by its first day; without a date, by the members of today.
    british = {f"GBR {date}" for date in ("2019-05", "2020-01-31", "2020", "../2019", "2019-12/..")}
    assert found("EU") == german | british
    assert found("OTHER") == set()
    assert found("EU,OTHER") == german | british
    moment = desk.now
    union[1]["valid_to"] = "2020-12-31"
    desk.write("group", id="EU", memberships=union)
    desk.publish()
    assert found("EU") == british | german - {"DEU 2021-03", "DEU"}
    assert found("EU", moment) == german | british, "memberships are those that were published then"


def test_the_european_union_of_the_fixtures_has_27_members_before_between_and_now() -> None:
    desk = Desk()
    call_command("loaddata", "parties", "groups", verbosity=0)
    publish_all(author=desk.editor, by=desk.reviewer, message="Reference", at=desk.at)
    days = [dt.date(2012, 1, 1), dt.date(2020, 2, 1), dt.date(2025, 10, 15)]
    assert [len(members_on(["EU"], day, desk.now)) for day in days] == [27, 27, 27]
    assert "GBR" in members_on(["EU"], dt.date(2019, 6, 1), desk.now)
    assert "GBR" not in members_on(["EU"], dt.date(2021, 6, 1), desk.now)
    both = set(members_on(["EU"], days[2], desk.now)) & set(members_on(["NATO"], days[2], desk.now))
    assert len(both) == 23
