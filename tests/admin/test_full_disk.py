"""A disk on which there is no room left: it is told, nothing is half-written, and all goes on once there is room."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.utils import timezone
from knox.models import AuthToken

from tests import factories
from tests.admin.conftest import errors_of, form_data
from tests.admin.importing import upload
from tests.exchange.kiel import make_parties, row
from tracker.curation.desk import records
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Import, Party, Publication

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "postgresql", reason="a file that may not grow is one of SQLite"),
]


@contextmanager
def no_room_in_the_database() -> Iterator[None]:
    """Let the file of the database grow by no page."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def no_room_beside_it() -> Iterator[None]:
    """Let nobody make the file that says who is at work."""
    in_the_way = Path(f"{connection.settings_dict['NAME']}.jobs")
    shutil.rmtree(in_the_way, ignore_errors=True)
    in_the_way.touch()
    try:
        yield
    finally:
        in_the_way.unlink()


FULL = [no_room_in_the_database, no_room_beside_it]


@pytest.fixture
def waiting(users: SimpleNamespace) -> ChangeSet:
    """A submitted change set of fifty pledges, whose versions need more than a page."""
    change_set = change_sets.open_change_set(
        author=users.editor, message="Fifty", cause=ChangeSet.Cause.NEW_INFORMATION, at=timezone.now()
    )
    for pledge in factories.PledgeFactory.create_batch(50, share__contributor__name="Netherlands"):
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=change_set):
            pass
    return change_sets.submit(change_set=change_set, by=users.editor, at=timezone.now())


@pytest.mark.parametrize("full", FULL)
def test_publishing_is_put_off_and_nothing_is_half_published(
    full: Callable[[], AbstractContextManager[None]], waiting: ChangeSet, browsers: SimpleNamespace
) -> None:
    page = f"/admin/tracker/changeset/{waiting.pk}/publish/"
    browsers.reviewer.raise_request_exception = False
    with full():
        refused = browsers.reviewer.post(page)
        read = [browsers.viewer.get(address).status_code for address in ("/", "/api/v1/pledges/", "/pledges/")]
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "has no room left" in refused.content.decode()
    assert read == [200, 200, 200]
    assert not Publication.objects.exists()
    waiting.refresh_from_db()
    assert waiting.status == "submitted"
    assert browsers.reviewer.post(page).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == "published"
    assert Publication.objects.filter(kind="pledge").count() == 50


def test_what_was_typed_is_kept(browsers: SimpleNamespace) -> None:
    party = factories.PartyFactory(name="As it was")
    page = f"/admin/tracker/party/{party.pk}/change/"
    data = form_data(browsers.editor.get(page)) | {"name": "As typed", "note": "Words. " * 3_000}
    with no_room_in_the_database():
        refused = browsers.editor.post(page, data)
    assert refused.status_code == 503
    assert "has no room left" in errors_of(refused)
    assert form_data(refused)["name"] == "As typed"
    assert Party.objects.get().name == "As it was"
    assert browsers.editor.post(page, data).status_code == 302


def test_a_file_that_finds_no_room_is_not_half_received(browsers: SimpleNamespace) -> None:
    make_parties()
    rows = [row(f"FIM{number}", value="100", explanation="Words. " * 50) for number in range(200)]
    browsers.editor.raise_request_exception = False
    with no_room_in_the_database():
        assert upload(browsers.editor, rows).status_code == 503
    assert not Import.objects.exists()
    assert upload(browsers.editor, rows).status_code == 302
    assert Import.objects.get().status == Import.Status.PLANNED


@pytest.mark.parametrize("address", ["/admin/tracker/import/add/", "/api/v1/desk/imports/"])
def test_a_file_that_finds_no_room_on_its_way_in_is_told(
    address: str, browsers: SimpleNamespace, users: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is longer than memory should hold goes to a folder for what passes, on a disk that may be full."""

    def full(*_chunk: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    client = browsers.editor
    client.raise_request_exception = False
    token = f"Token {AuthToken.objects.create(users.editor)[1]}"
    file = SimpleUploadedFile("release.xlsx", b"0" * 3 * 2**20)
    answer = client.post(address, {"file": file, "profile": "kiel"}, headers={"authorization": token})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "has no room left" in answer.content.decode()
