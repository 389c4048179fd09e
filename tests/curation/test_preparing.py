"""A publishing that was prepared: what it writes is what it would write otherwise, whatever happens meanwhile."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from tests import factories
from tests.curation.desk import Desk, ledger, shelf, submitted
from tracker.curation.desk.texts import Reading, take_in
from tracker.curation.errors import EditedSince, Refused
from tracker.curation.publishing import moving, publishing
from tracker.curation.publishing.preparing import prepare
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Contribution, Document, Facet, Listing, Publication


def written() -> list[Any]:
    """Return all of the shelf and of the ledger, but for keys."""
    rows: list[Any] = []
    for model in (Publication, Contribution, Facet, Listing):
        names = [field.name for field in model._meta.concrete_fields if field.name not in ("id", "publication")]
        rows.append(sorted(map(repr, model.objects.values_list(*names))))
    return rows


def test_what_was_prepared_is_written_as_it_would_be_otherwise(desk: Desk) -> None:
    change_set, at = submitted(desk), desk.at
    with transaction.atomic():
        publishing.publish(change_set=change_set, by=desk.reviewer, at=at)
        expected = written()
        transaction.set_rollback(True)
    change_set.refresh_from_db()
    prepared = prepare(change_set=change_set, at=at)
    assert prepared.holds(change_set, at)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=at, prepared=prepared)
    assert written() == expected


def _edited(desk: Desk, change_set: ChangeSet) -> None:
    change_sets.reject(change_set=change_set, by=desk.reviewer, reason="No.", at=desk.at)
    desk.write("party", id="DEU", name="Allemagne")
    change_sets.submit(change_set=change_set, by=desk.editor, at=desk.at)


def _renamed(desk: Desk, change_set: ChangeSet) -> None:
    desk.write("party", by=desk.other, id="UKR", name="Ukrayina")
    desk.publish(desk.other)


def _next_day(desk: Desk, change_set: ChangeSet) -> None:
    desk.now += dt.timedelta(days=1)


def _text_came(desk: Desk, change_set: ChangeSet) -> None:
    desk.write("document", by=desk.other, id="paper", name="A paper")
    paper = Document.objects.get(public_id="paper")
    take_in(document=paper, reading=Reading("A text.", "as it is"), by=desk.other, at=desk.at)


@pytest.mark.parametrize("happens", [_edited, _renamed, _next_day, _text_came])
def test_what_changed_since_is_seen(desk: Desk, happens: Callable[[Desk, ChangeSet], None]) -> None:
    change_set = submitted(desk)
    prepared = prepare(change_set=change_set, at=desk.at)
    happens(desk, change_set)
    change_set.refresh_from_db()
    at = desk.at
    assert not prepared.holds(change_set, at)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=at, prepared=prepared)
    pledge = shelf("pledge", "DEU-2025-0002")
    assert pledge
    assert pledge["shares"][0]["contributor"]["name"] == ("Allemagne" if happens is _edited else "Deutschland")
    assert pledge["beneficiary"]["name"] == ("Ukrayina" if happens is _renamed else "Ukraine")
    assert {row.contributor for row in ledger(pledge="DEU-2025-0002")} == {"DEU"}


def test_what_comes_along_and_is_edited_meanwhile_is_not_published(desk: Desk) -> None:
    france = factories.PartyFactory(public_id="FRA", name="France")
    desk.pledge(shares=[{"contributor": "FRA"}])
    change_set = desk.submit()
    prepared = prepare(change_set=change_set, at=desk.at)
    assert prepared.batch.brought == {("party", "FRA")}
    desk.write("party", by=desk.other, id=france.public_id, name="Half a name")
    with pytest.raises(Refused, match="otto holds it"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at, prepared=prepared)
    assert shelf("party", "FRA") is None


def test_what_is_not_as_it_was_shown_is_not_published_however_late_it_changed(desk: Desk) -> None:
    change_set = submitted(desk)
    change_set.refresh_from_db()
    asked: dict[str, Any] = {"change_set": change_set, "by": desk.reviewer, "revision": change_set.revision}
    publishing.require_publishable(**asked)
    prepared = prepare(change_set=change_set, at=desk.at)
    moving.send_back(
        change_set=change_set, keys=[("pledge", "DEU-2025-0002")], by=desk.reviewer, reason="No.", at=desk.at
    )
    with pytest.raises(EditedSince, match="left it since you looked"):
        publishing.publish(**asked, at=desk.at, prepared=prepared)
    assert shelf("platform", "tank") is None
    change_set.refresh_from_db()
    publishing.publish(**asked | {"revision": change_set.revision}, at=desk.at, prepared=prepared)
    assert shelf("platform", "tank")
    assert shelf("pledge", "DEU-2025-0002") is None


def test_what_cannot_be_posted_is_refused_by_name(desk: Desk) -> None:
    desk.pledge(entries=[])
    change_set = desk.submit()
    prepared = prepare(change_set=change_set, at=desk.at)
    with pytest.raises(Refused, match="Add at least one entry"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at, prepared=prepared)
