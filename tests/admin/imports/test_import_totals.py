"""The totals of an import in the admin: what is odd, what adds up, and publishing that names what does not."""

from dataclasses import astuple
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from tests.exchange.kiel import make_parties, receive, row, write
from tracker.curation.review import change_sets
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, Import

pytestmark = pytest.mark.django_db

ROWS = [row(f"FIM{number}", value="100", part_value="100", explanation=f"Thing {number}.") for number in (1, 2, 3)]


@pytest.fixture
def second(users: SimpleNamespace, tmp_path: Path) -> Import:
    """A release with fewer rows, planned over the one that is published."""
    make_parties()
    given = {"profile": "kiel", "release": "21", "author": "editor", "publish_as": "reviewer", "verbosity": 0}
    call_command("import_records", write(tmp_path / "21.csv", ROWS), **given)
    imported = receive(
        users.editor,
        [ROWS[0] | {"source_reported_value": "90", "tot_activity_value": "90", "tot_sub_activity_value": "90"}],
        "22",
    )
    plan_import.enqueue(imported.pk)
    imported.refresh_from_db()
    return imported


def test_totals_and_differences_are_shown_before_and_named_at_publishing(
    second: Import, browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    page = f"/admin/tracker/import/{second.pk}/"
    overview = browsers.viewer.get(f"{page}change/").content.decode()
    assert "2 records are no longer in the file" in overview
    for sum_ in ("100.00", "300.00", "200.00"):
        assert sum_ in overview
    lines = browsers.viewer.get(f"{page}reconciliation/").context["lines"]
    assert [(line["line"].source_id, line["difference"]) for line in lines] == [
        ("FIM2", "100.00"), ("FIM2", "100.00"), ("FIM3", "100.00"), ("FIM3", "100.00"),
    ]  # fmt: skip
    assert len(browsers.viewer.get(f"{page}reconciliation/?differs=false").context["lines"]) == 2
    gone = browsers.editor.get(f"{page}accept/").context["gone"]
    answers = {"digest": second.digest, "decision": "withdraw", f"decision-{gone[0].position}": "keep", "message": "22"}
    browsers.editor.post(f"{page}accept/", answers)
    change_set = ChangeSet.objects.latest("id")
    change_sets.submit(change_set=change_set, by=users.editor, at=change_set.opened_at)
    address = f"/admin/tracker/changeset/{change_set.pk}/"
    shown = browsers.reviewer.get(f"{address}change/")
    # FIM1 is worth 100 by its dataset and said to be 90; before, FIM1 and the withdrawn FIM3 were worth 200.
    assert [astuple(part) for part in shown.context["from_dataset"]] == [
        (stage, "+100.00", "0.00", "−10.00", "−200.00", "0.00", "−110.00") for stage in ("allocation", "commitment")
    ]  # fmt: skip
    asked = shown.content.decode()
    assert 'name="differences" value="kept"' in asked
    refused = browsers.reviewer.post(f"{address}publish/", follow=True).content.decode()
    assert "The totals differ from the file" in refused
    browsers.reviewer.post(f"{address}publish/", {"differences": ["kept"]})
    change_set.refresh_from_db()
    assert change_set.status == ChangeSet.Status.PUBLISHED
