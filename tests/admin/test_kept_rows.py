"""The rows behind a record are read back from the file that is kept, in the admin and by REST."""

import hashlib
from types import SimpleNamespace

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests import factories
from tests.admin.importing import applied
from tests.exchange.kiel import make_parties, row
from tracker.models import ExternalId, ImportedFile, Pledge

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


def test_a_record_that_no_import_brought_has_none(browsers: SimpleNamespace, client: Client) -> None:
    pledge = factories.PledgeFactory()
    page = f"/admin/tracker/pledge/{pledge.pk}/"
    assert "../rows/" not in browsers.viewer.get(f"{page}change/").content.decode()
    assert "No import brought this record" in browsers.viewer.get(f"{page}rows/").content.decode()
    assert browsers.viewer.get("/admin/tracker/pledge/99999999/rows/").status_code == 404
    assert client.get(f"{page}rows/").status_code == 302
