"""The totals of an import by REST, and that who publishes it names the differences."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from tests.api.conftest import refusal_of
from tests.exchange.kiel import make_parties, row, write
from tracker.models import ChangeSet, Import

pytestmark = pytest.mark.django_db

ROWS = [row(f"FIM{number}", value="100", part_value="100", explanation=f"Thing {number}.") for number in (1, 2, 3)]


def test_publishing_asks_for_the_names_of_the_differences(
    users: SimpleNamespace, tmp_path: Path, reviewer: APIClient, editor: APIClient
) -> None:
    make_parties()
    given = {"profile": "kiel", "author": "editor", "verbosity": 0}
    call_command("import_records", write(tmp_path / "21.csv", ROWS), release="21", publish_as="reviewer", **given)
    fewer = write(tmp_path / "22.csv", [ROWS[0] | {"aid_type_specific": "Tanks"}])
    call_command("import_records", fewer, release="22", **given)
    change_set = ChangeSet.objects.latest("id")
    address = f"/api/v1/desk/change-sets/{change_set.pk}/"
    editor.post(f"{address}submit/")
    for named in ({}, {"differences": ["kept"]}):
        refused = refusal_of(reviewer.post(f"{address}publish/", named, format="json"), 409)
        assert "gone (gone from the file, not decided about). Publish it by naming these differences" in refused
    number = Import.objects.latest("id").pk
    plan = editor.get(f"/api/v1/desk/imports/{number}/plan/").json()
    (allocation,) = [total for total in plan["reconciliation"]["totals"] if total["stage"] == "allocation"]
    assert (allocation["in_file"], allocation["in_register"], allocation["difference"]) == (
        "100.00",
        "300.00",
        "200.00",
    )
    lines = editor.get(plan["reconciliation"]["url"], {"differs": "true", "stage": "allocation"}).json()["results"]
    assert [(line["source_id"], line["difference"], line["cause"]) for line in lines] == [
        ("FIM2", "100.00", "gone"), ("FIM3", "100.00", "gone"),
    ]  # fmt: skip
    assert reviewer.post(f"{address}publish/", {"differences": ["gone"]}, format="json").status_code == 200
