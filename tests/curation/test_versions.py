"""Restoring a published version: the record as it was then, as an edit that is reviewed like any other."""

import pytest

from tests import factories
from tests.curation.desk import Desk
from tracker.curation.desk import versions
from tracker.curation.errors import CurationError, HeldByAnother
from tracker.models import Pledge, Publication
from tracker.records.registry import document_of


@pytest.fixture
def desk(db: None) -> Desk:
    factories.PartyFactory(public_id="DEU", name="Germany")
    factories.PartyFactory(public_id="UKR", name="Ukraine")
    factories.PlatformFactory(public_id="iris-t", name="IRIS-T")
    return Desk()


def three_versions(desk: Desk) -> Pledge:
    """Return a pledge that was published three times, with other items and another name each time."""
    pledge: Pledge = desk.pledge(id="DEU-1", name="One", items=[{"platform": "iris-t", "quantity": "4"}])
    desk.publish()
    desk.write("pledge", id="DEU-1", name="Two", note="For us alone", items=[{"platform": "iris-t", "quantity": "6"}])
    desk.publish()
    desk.write("pledge", id="DEU-1", name="Three", items=[])
    desk.publish()
    return pledge


def version(number: int) -> Publication:
    return Publication.objects.get(kind="pledge", public_id="DEU-1", version=number)


def test_any_version_is_restored_whole_and_published_again(desk: Desk) -> None:
    pledge = three_versions(desk)
    for number, name, quantities in ((1, "One", ["4"]), (3, "Three", []), (2, "Two", ["6"])):
        versions.restore(version=version(number), by=desk.editor, at=desk.at, change_set=desk.working())
        restored = Pledge.objects.get(pk=pledge.pk)
        assert (restored.name, list(restored.items.values_list("quantity", flat=True))) == (name, quantities)
        assert restored.note == "For us alone"
    desk.publish()
    assert version(4).sha256 != version(3).sha256
    assert document_of(pledge)["items"][0]["quantity"]["text"] == "6"


def test_what_cannot_be_restored_says_why_and_stays_as_it_is(desk: Desk) -> None:
    pledge = three_versions(desk)
    desk.write("pledge", id="DEU-1", by=desk.other, name="Theirs")
    with pytest.raises(HeldByAnother):
        versions.restore(version=version(1), by=desk.editor, at=desk.at)
    desk.publish(by=desk.other)
    desk.withdraw(pledge)
    desk.publish()
    with pytest.raises(CurationError, match="nothing to restore"):
        versions.restore(version=version(5), by=desk.editor, at=desk.at)
    assert Pledge.objects.get(pk=pledge.pk).name == "Theirs"
    versions.restore(version=version(1), by=desk.editor, at=desk.at)
    assert Pledge.objects.get(pk=pledge.pk).name == "One"
