"""A document that is written back is the same document, for every record of every kind."""

import datetime as dt
from typing import Any

import pytest

from tests.api.shelf import publish_fixtures
from tests.curation.desk import shelf
from tracker.curation.publishing.fixtures import publish_all
from tracker.curation.review import restoring
from tracker.lib import canonical
from tracker.models import ChangeSet, Contribution, Edit, Publication
from tracker.records.engine.claims import claims_of
from tracker.records.registry import KINDS, document_of

LATER = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def _register(module_db: None) -> None:
    """The fixtures with one record of each kind that they lack, published."""
    desk = publish_fixtures()
    desk.write(
        "requirement", id="need", name="Need", beneficiary="UKR", platform="eurofighter-typhoon",
        quantity="at least 12", quantity_words="a dozen or more", priority="urgent", stated="autumn 2025",
    )  # fmt: skip
    desk.write("package", id="purl-1", name="First package", initiative="purl", number=1)
    desk.write("party", id="ACME", name="Acme", kind="company", part_of="DEU", aliases=["ACME Ltd"])
    prices = [
        {"basis": "market_price", "valid_from": "2024-01-01", "amount": "5.00", "high": "6.00", "currency": "USD"},
        {"basis": "replacement", "valid_from": "2024-01-01", "amount": "7.00", "currency": "EUR"},
    ]
    desk.write("platform", id="eurofighter-typhoon", manufacturer="ACME", prices=prices)
    desk.write("initiative", id="purl", leads=["NATO", "DEU"])
    desk.pledge(
        initiative="purl", package="purl-1",
        shares=[{"contributor": "NLD", "fraction": "0.75"}, {"contributor": "DEU", "fraction": "0.249999999999"}],
        items=[{"category": "air-defence", "quantity": "10 to 20", "requirement": "need", "supplier": "ACME"}],
        entries=[{"amount": "5.10", "currency": "USD", "item": 1, "date": "2025-08/2025-09", "is_total": True}],
        valuations=[{"entry": 1, "basis": "contract", "amount": "1234567890123.45", "currency": "EUR"}],
        links=[{"link": "backfills", "target": "DEU-2025-0001", "note": "so to speak"}],
    )  # fmt: skip
    desk.publish(at=LATER)


def as_serialised(record: Any) -> str:
    """Return the document of a record as REST framework itself would make it, object by object."""
    record.attached_claims = claims_of([record])[record.public_id]
    serializer = KINDS[record.kind].published
    document = dict(serializer(record).data)
    serializer.arrange(document)
    return canonical.dump(document)


@pytest.mark.alike
@pytest.mark.usefixtures("_register")
@pytest.mark.django_db
# With few examples, the first is the one that has all that there is.
@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind != "pledge"))
def test_every_document_is_written_back_as_it_is(kind: str) -> None:
    found = KINDS[kind]
    records = {record.public_id: record for record in found.queryset()}
    assert records, "the register has one of each kind"
    documents = found.documents(records)
    assert [document["id"] for document in documents] == sorted(records)
    for document in documents:
        record = records[document["id"]]
        assert as_serialised(record) == canonical.dump(document)
        as_stored = canonical.load(canonical.dump(document))
        assert shelf(kind, record.public_id) == as_stored
        serializer = found.serializer(record, data=as_stored)
        assert serializer.is_valid(), (record, serializer.errors)
        serializer.save()
        assert document_of(record) == document, record
    # Where its lists are empty, too.
    edits = [Edit(pk=number, kind=kind, public_id=public_id) for number, public_id in enumerate(records)]
    restoring.restore_all(edits=edits, at=LATER)
    assert found.documents(records) == documents


@pytest.mark.usefixtures("_register")
@pytest.mark.django_db
def test_publishing_all_again_publishes_nothing() -> None:
    desk = ChangeSet.objects.select_related("author", "reviewer").latest("id")
    counts = [model.objects.count() for model in (Publication, Contribution, ChangeSet, Edit)]
    again = publish_all(author=desk.author, by=desk.reviewer, message="Again", at=LATER)  # type: ignore[arg-type]
    assert again is None
    assert [model.objects.count() for model in (Publication, Contribution, ChangeSet, Edit)] == counts
