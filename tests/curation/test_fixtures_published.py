"""Publishing everything that was never published."""

from tests.curation.desk import Desk, shelf, versions
from tracker.curation.publishing.fixtures import publish_all
from tracker.models import Party


def test_publishing_all_leaves_out_what_is_held_or_withdrawn(desk: Desk) -> None:
    desk.withdraw(Party.objects.get(public_id="NLD"))
    desk.publish()
    desk.write("party", id="FRA", name="France")
    Party.objects.create(public_id="LUX", name="Luxembourg")
    publish_all(author=desk.other, by=desk.reviewer, message="The rest", at=desk.at)
    assert [bool(shelf("party", code)) for code in ("LUX", "FRA", "NLD")] == [True, False, False]
    assert versions("party", "NLD") == [(1, False), (2, True)]
