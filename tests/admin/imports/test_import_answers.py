"""What a plan asks on its pages: which record a row is, and whose fields stay, for one or for all."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.admin.importing import page_of
from tests.exchange.kiel import make_parties, receive
from tests.exchange.releases import Bring, bringer, package
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import Import, Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(db: None, tmp_path: Path, users: SimpleNamespace) -> Bring:
    make_parties()
    return bringer(tmp_path, users)


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ({"source_id": "DEM1", "side": "theirs"}, ["Tanks", "Weapons"]),
        ({"side": "theirs"}, ["Weapons", "Weapons"]),
        ({"side": "ours"}, ["Tanks", "Tanks"]),
    ],
)
def test_conflicts_are_decided_for_one_or_for_all(
    bring: Bring, users: SimpleNamespace, browsers: SimpleNamespace, chosen: dict[str, str], kinds: list[str]
) -> None:
    bring([package(1), package(2)], "21")
    Pledge.objects.update(aid_kind="Tanks")
    imported = receive(users.editor, [package(n, aid_type_specific="Weapons") for n in (1, 2)], "22")
    plan_import.enqueue(imported.pk)
    shown = browsers.editor.get(page_of(imported)).content.decode()
    assert "2 records were changed here and in the file." in shown
    assert "Take theirs" in browsers.editor.get(page_of(imported, "records/?outcome=conflicting")).content.decode()
    assert browsers.reviewer.post(page_of(imported, "conflicts/"), chosen).status_code == 403
    assert browsers.editor.post(page_of(imported, "conflicts/"), chosen).status_code == 302
    digest = Import.objects.get(pk=imported.pk).digest
    assert browsers.editor.post(page_of(imported, "accept/"), {"digest": digest}).status_code == 302
    assert sorted(Pledge.objects.values_list("aid_kind", flat=True)) == kinds


def test_ties_keep_a_plan_from_being_accepted(bring: Bring, users: SimpleNamespace, browsers: SimpleNamespace) -> None:
    bring([package(1, id="DEM1", part_value="4"), package(1, id="DEM2", part_value="6")], "21")
    imported = receive(users.editor, [package(1, id="DEM9", part_value="5")], "22")
    plan_import.enqueue(imported.pk)
    digest = Import.objects.get(pk=imported.pk).digest
    shown = browsers.editor.get(page_of(imported)).content.decode()
    assert "1 record could be another as well." in shown
    refused = browsers.editor.post(page_of(imported, "accept/"), {"digest": digest}).content.decode()
    assert "Say first which records these are: DEM9." in refused
    assert browsers.editor.post(page_of(imported, "choose/"), {"likeliest": "1"}).status_code == 302
    digest = Import.objects.get(pk=imported.pk).digest
    assert browsers.editor.post(page_of(imported, "accept/"), {"digest": digest}).status_code == 302
    assert Import.objects.get(pk=imported.pk).status == Import.Status.APPLIED


def test_a_group_of_labels_is_decided_at_once_and_the_rest_left(
    bring: Bring, users: SimpleNamespace, browsers: SimpleNamespace
) -> None:
    bring([package(1)], "21")
    rows = [package(1), *(package(n, item=name) for n, name in enumerate(["Tank", "tanks", "Tank (Spain)"], start=2))]
    imported = receive(users.editor, rows, "22")
    plan_import.enqueue(imported.pk)
    page = page_of(imported, "labels/")
    (head,) = [one for one in browsers.editor.get(page).context["choices"] if one.label.label == "Tank"]
    assert [label.label for label in head.also] == ["Tank (Spain)", "tanks"]
    assert browsers.editor.post(page, {f"other-{head.label.pk}": "Leopard 2"}).status_code == 302
    assert imported.labels.filter(mapped_to="leopard-2").count() == 3
    left = browsers.editor.post(page_of(imported, "labels/leave/"), {"below": "60"}, follow=True)
    assert "1 label is left as a description." in left.content.decode()
    assert browsers.reviewer.post(page_of(imported, "labels/leave/"), {"below": "60"}).status_code == 403
