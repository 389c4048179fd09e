"""Imports in the admin: who may do what, and what garbage comes to."""

from types import SimpleNamespace

import pytest

from tests.admin.garbage import GARBAGE
from tests.admin.importing import LIST, ROWS, applied, page_of, upload
from tests.exchange.kiel import make_parties, receive
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.models import ChangeSet, Import, Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(users: SimpleNamespace) -> Import:
    """A file that the editor brought, planned."""
    make_parties()
    received = receive(users.editor, ROWS)
    plan_import.enqueue(received.pk)
    received.refresh_from_db()
    return received


@pytest.mark.parametrize("part", ["accept/", "again/", "labels/", "delete/"])
def test_only_its_author_decides(browsers: SimpleNamespace, imported: Import, part: str) -> None:
    for role in ("viewer", "second_editor", "reviewer", "administrator"):
        assert getattr(browsers, role).post(page_of(imported, part), {"digest": imported.digest}).status_code == 403
    imported.refresh_from_db()
    assert imported.status == Import.Status.PLANNED


@pytest.mark.parametrize("part", ["change/", "records/", "rows/", "labels/", "report.csv"])
def test_everybody_on_the_desk_looks_at_it_and_nobody_else(
    browsers: SimpleNamespace, users: SimpleNamespace, imported: Import, part: str
) -> None:
    for role in ("viewer", "editor", "reviewer", "administrator"):
        assert getattr(browsers, role).get(page_of(imported, part)).status_code == 200
    users.viewer.groups.clear()
    assert browsers.viewer.get(page_of(imported, part)).status_code == 403


def test_what_is_applied_is_neither_dropped_nor_edited(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    make_parties()
    done = applied(users, browsers.editor)
    assert browsers.editor.post(page_of(done, "delete/")).status_code == 403
    assert browsers.editor.post(page_of(done), {"title": "Mine"}).status_code == 403
    label = done.labels.filter(kind="party").get()
    assert browsers.editor.post(page_of(done, "labels/"), {f"nearest-{label.pk}": "FIN"}).status_code == 200
    assert not Party.objects.get(public_id="FIN").aliases.exists()
    apply_import.enqueue(done.pk)
    assert ChangeSet.objects.count() == 1


def test_garbage_gives_no_error_of_the_server(browsers: SimpleNamespace, imported: Import) -> None:
    label = imported.labels.get(kind="party")
    for garbage in GARBAGE.values():
        short = garbage[:3000]
        assert upload(browsers.editor, profile=short, release=garbage, sheet=garbage).status_code == 200
        for part in ("records/", "rows/", "labels/"):
            asked = dict.fromkeys(("outcome", "cause", "has_notes", "kind", "page"), short)
            assert browsers.editor.get(page_of(imported, part), asked).status_code == 200
        posted = {f"nearest-{label.pk}": garbage, f"other-{label.pk}": garbage}
        assert browsers.editor.post(page_of(imported, "labels/"), posted).status_code in (200, 302)
        for field in ("digest", "decision", "message"):
            answers = {
                "digest": imported.digest,
                "decision": "keep",
                "decision-0": garbage,
                f"decision-{garbage}": "keep",
            } | {field: garbage}
            assert browsers.editor.post(page_of(imported, "accept/"), answers).status_code in (200, 302)
            Import.objects.filter(change_set=None).update(status="planned", applied_at=None)
        assert browsers.editor.get("/admin/tracker/party/add/", {"label": short, "name": short}).status_code == 200
        for names in ({"q": short}, {"status__exact": short}, {"author__id__exact": short}):
            assert browsers.editor.get(LIST, names).status_code in (200, 302)
    assert not Party.objects.get(public_id="FIN").aliases.exists()
    assert browsers.editor.get(f"{LIST}{'9' * 400}/rows/").status_code == 404
    assert browsers.editor.get(f"{LIST}nonsense/change/").status_code == 302
