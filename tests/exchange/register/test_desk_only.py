"""A field that is the desk's alone never leaves it, and stays whatever happens to its record."""

from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import shelf
from tests.exchange.registers import Register, exported, find, planned, put
from tracker.models import Facet, Publication
from tracker.records.registry import KINDS, document_of

pytestmark = pytest.mark.django_db

NOTE = "Zzsecret: the ministry said so on the telephone"


def noted(register: Register, kind: str) -> Any:
    """Return a published record of a kind with a note, which was published with another edit."""
    record = KINDS[kind].queryset().first()
    register.desk.write(kind, id=record.public_id, name="Renamed", note=NOTE)
    register.desk.publish()
    record.refresh_from_db()
    return record


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_written_on_the_desk_and_never_reaches_the_shelf(register: Register, kind: str) -> None:
    record = noted(register, kind)
    assert record.note == NOTE
    [document] = KINDS[kind].desk_documents([record.public_id])
    published = shelf(kind, record.public_id)
    assert published is not None
    assert published["name"] == "Renamed"
    assert document == document_of(record) | {"note": NOTE}
    assert set(document) - set(published) == {"note"}
    assert not Publication.objects.filter(document__contains="Zzsecret").exists()
    assert not Publication.objects.filter(search__contains="zzsecret").exists()
    assert not Facet.objects.filter(value__contains="Zzsecret").exists()
    address = f"/api/v1/{KINDS[kind].plural}/"
    for answer in (f"{address}?format=csv", f"{address}{record.public_id}/", f"{address}?search=zzsecret"):
        assert b"Zzsecret" not in Client().get(answer).getvalue()
    refused = Client().get(f"{address}?fields=note")
    assert refused.status_code == 400
    assert "“note” is unknown" in refused.json()["detail"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_when_edits_are_discarded(register: Register, kind: str) -> None:
    record, desk = noted(register, kind), register.desk
    published = document_of(record)
    desk.write(kind, id=record.public_id, name="Another name")
    desk.discard()
    desk.withdraw(record)
    desk.discard()
    record.refresh_from_db()
    assert (record.note, document_of(record)) == (NOTE, published)


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_when_the_record_is_exported_edited_and_imported(register: Register, kind: str) -> None:
    record = noted(register, kind)
    sheets = exported(kinds=[kind])
    assert "Zzsecret" not in str(sheets)
    rows = sheets[KINDS[kind].plural]
    put(rows, find(rows, id=record.public_id), name="Edited in the workbook")
    register.publish(planned(sheets))
    record.refresh_from_db()
    assert (record.name, record.note) == ("Edited in the workbook", NOTE)
