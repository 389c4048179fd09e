"""The rows behind a record are read back from the file that is kept, in the admin and by REST."""

import hashlib
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests import factories
from tests.admin.importing import applied
from tests.exchange.kiel import make_parties, row
from tracker.curation.desk import records
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import Claim, ExternalId, ImportedFile, Pledge
from tracker.records.kinds.pledges import PledgeSerializer
from tracker.records.registry import document_of
from tracker.reporting.desk.passages import passages

pytestmark = pytest.mark.django_db
ROWS = [
    row("FIM1", value="100", part_value="100", explanation="Two Leopards.", item="Leopard 2", item_numb="3"),
    row("FIM2", value="200", explanation="Something else."),
]


def test_the_rows_behind_a_record_are_read_back(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    make_parties()
    imported = applied(users, browsers.editor, ROWS)
    pledge = Pledge.objects.get(public_id=ExternalId.objects.get(source_id__startswith="FIM1").public_id)
    record = browsers.viewer.get(f"/admin/tracker/pledge/{pledge.pk}/change/").content.decode()
    assert "../rows/" in record
    page = browsers.viewer.get(f"/admin/tracker/pledge/{pledge.pk}/rows/").content.decode()
    for words in ("Two Leopards.", "Leopard 2", "kiel 21, id FIM1", imported.sha256, "Row 2"):
        assert words in page, words
    assert "Something else." not in page
    client = APIClient()
    client.force_authenticate(users.viewer)
    found = client.get(f"/api/v1/desk/pledges/{pledge.public_id}/rows/").json()
    assert (found["imported"], found["sha256"]) == (imported.pk, imported.sha256)
    assert imported.sha256 == hashlib.sha256(bytes(ImportedFile.objects.get().content)).hexdigest()
    cells = {cell["read_as"]: cell["text"] for cell in found["rows"][0]["cells"]}
    assert (found["rows"][0]["number"], cells["explanation"]) == (2, "Two Leopards.")


def test_each_value_that_an_import_brings_leads_its_reviewer_to_its_cell(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    make_parties()
    imported = applied(users, browsers.editor, ROWS)
    smaller, larger = (
        ExternalId.objects.get(source_id=source_id, record_kind="pledge").public_id for source_id in ("FIM1", "FIM2")
    )
    client = APIClient()
    client.force_authenticate(users.reviewer)
    address = f"/api/v1/desk/change-sets/{imported.change_set_id}/differences/"
    with CaptureQueriesContext(connection) as queries:
        found = client.get(address, {"kind": "pledge"}).json()
    assert sum('FROM "tracker_import"' in query["sql"] for query in queries) == 1, "files are looked up once for all"
    assert [one["id"] for one in found["results"]] == [larger, smaller], "what moves most money comes first"
    assert {one["kind"]: one["count"] for one in found["kinds"]}["pledge"] == found["count"] == 2
    sources = {
        (change["row"], change["field"]): [(one["file"], one["row"], one["cell"]) for one in change["sources"]]
        for change in found["results"][1]["changes"]
    }
    places = {place for listed in sources.values() for place in listed}
    assert ("kiel.csv", 2, "S2") in places, sources
    assert ("kiel.csv", 2, "L2") in places, sources
    document = document_of(Pledge.objects.get(public_id=smaller))
    # Another file may say the same in a cell of the same name.
    document["claims"] += [claim | {"text_sha256": "0" * 64} for claim in document["claims"]]
    listed = passages("pledge", document, {imported.sha256: ("kiel.csv", ""), "0" * 64: ("other.csv", "")})
    assert {one.file for one in listed["beneficiary"]} == {"kiel.csv", "other.csv"}
    page = browsers.reviewer.get(f"/admin/tracker/changeset/{imported.change_set_id}/change/").content.decode()
    assert f'/admin/record/pledge/{smaller}/rows/#row-2"' in page
    assert "cell S2" in page
    rows = browsers.reviewer.get(f"/admin/record/pledge/{smaller}/rows/", follow=True)
    assert 'id="row-2"' in rows.content.decode()
    assert client.get(address, {"limit": "0"}).status_code == 400


def test_what_claims_say_is_held_against_the_cells_and_the_record(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    make_parties()
    applied(users, browsers.editor, ROWS)
    pledge = Pledge.objects.get(public_id=ExternalId.objects.get(source_id__startswith="FIM1").public_id)
    claim = Claim.objects.get(record_id=pledge.public_id)
    read = {cell["field"]: (cell["cell"], cell["value"]) for cell in claim.cells}
    assert (claim.support, claim.differs) == ("row", "")
    assert read["entries[1].value (dataset)"] == ("L2", "100.00")
    assert (read["items[1].quantity"], read["beneficiary"]) == (("S2", "3"), ("2", "UKR"))
    document = document_of(pledge)
    document["items"][0]["quantity"] = "5"
    serializer = PledgeSerializer(pledge, data={"items": document["items"], "entries": document["entries"]},
                                  partial=True)  # fmt: skip
    assert serializer.is_valid()
    records.write(serializer=serializer, by=users.editor, at=factories.AT)
    claim.refresh_from_db()
    assert (claim.support, claim.differs) == ("row", "items[1].quantity")
    page = browsers.viewer.get(f"/admin/tracker/pledge/{pledge.pk}/rows/").content.decode()
    assert page.count("the record differs") == 1
    assert "broken" not in page
    call_command("check_register", stdout=StringIO())

    Claim.objects.update(cells=[{"cell": "D2", "field": "announced", "value": "2020-01-01"}])
    assert "broken: the cell says 2024-05-17" in browsers.viewer.get(
        f"/admin/tracker/pledge/{pledge.pk}/rows/"
    ).content.decode()  # fmt: skip
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_register", stdout=said)
    assert "cell D2 says “2024-05-17”, not announced “2020-01-01”" in said.getvalue()
    claim.refresh_from_db()
    assert (claim.support, claim.cells[0]["found"]) == ("broken", "2024-05-17")


def test_the_next_release_gives_a_changed_record_its_own_rows(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    make_parties()
    set_up = applied(users, browsers.editor, ROWS).change_set
    assert set_up is not None
    change_sets.submit(change_set=set_up, by=users.editor, at=factories.AT)
    publishing.publish(change_set=set_up, by=users.reviewer, at=factories.AT)
    first = Claim.objects.get(document__url="https://example.org/FIM1")
    again = [ROWS[1], row("FIM1", value="100", part_value="90", explanation="Two Leopards.", item="Leopard 2",
                          item_numb="3")]  # fmt: skip
    newer = applied(users, browsers.editor, again, release="22")
    claim = Claim.objects.get(public_id=first.public_id)
    read = {cell["field"]: (cell["cell"], cell["value"]) for cell in claim.cells}
    assert (claim.text_sha256, claim.locator[:5], claim.differs) == (newer.sha256, "row 3", "")
    assert read["entries[2].value (dataset)"] == ("N3", "90.00")
    other = Claim.objects.exclude(pk=claim.pk).get()
    assert other.text_sha256 == first.text_sha256
    page = browsers.viewer.get(f"/admin/tracker/pledge/{Pledge.objects.get(public_id=other.record_id).pk}/rows/")
    assert "Row 3" in page.content.decode()
    call_command("check_register", stdout=StringIO())


def test_a_record_that_no_import_brought_has_none(browsers: SimpleNamespace, client: Client) -> None:
    pledge = factories.PledgeFactory()
    page = f"/admin/tracker/pledge/{pledge.pk}/"
    assert "../rows/" not in browsers.viewer.get(f"{page}change/").content.decode()
    assert "No import brought this record" in browsers.viewer.get(f"{page}rows/").content.decode()
    assert browsers.viewer.get("/admin/tracker/pledge/99999999/rows/").status_code == 404
    assert client.get(f"{page}rows/").status_code == 302
