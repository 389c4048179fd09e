"""What people keep of a list: its columns, saved filters, and the list as a file."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import factories
from tracker.curation import search_texts
from tracker.curation.desk import records
from tracker.models import ChangeSet, ListColumns, Pledge, SavedFilter

ADDRESS = "/admin/tracker/pledge/"


@pytest.fixture
def pledges(users: SimpleNamespace) -> list[Pledge]:
    """Three pledges of August 2025, of which an editor holds one."""
    purl = factories.InitiativeFactory(name="PURL & more")
    made = [factories.PledgeFactory(public_id=f"X-{n}", name=f"Drones, {n}", initiative=purl) for n in range(3)]
    with records.edit(record=made[1], by=users.editor, at=timezone.now()):
        pass
    return made


def shown(browser: Any, **query: str) -> list[str]:
    return [name for name in browser.get(ADDRESS, query).context["cl"].list_display if name != "action_checkbox"]


def test_each_person_chooses_the_columns_of_a_list(browsers: SimpleNamespace, pledges: list[Pledge]) -> None:
    usual = shown(browsers.viewer)
    browsers.editor.post(f"{ADDRESS}columns/", {"column": ["public_id", "name", "initiative", "state"], "query": "o=1"})
    assert shown(browsers.editor) == ["public_id", "name", "state", "initiative"]
    assert shown(browsers.viewer) == usual
    assert "PURL &amp; more" in browsers.editor.get(ADDRESS).content.decode()
    browsers.editor.post(f"{ADDRESS}columns/", {"usual": "1"})
    assert shown(browsers.editor) == usual


def test_odd_columns_are_left_out_and_too_many_refused(browsers: SimpleNamespace, pledges: list[Pledge]) -> None:
    browsers.editor.post(f"{ADDRESS}columns/", {"column": ["nothing", "\0", "host"]})
    assert shown(browsers.editor) == ["public_id", "name", "host"]
    offered = [name for name, *_rest in browsers.editor.get(ADDRESS).context["cl"].columns_offered]
    answer = browsers.editor.post(f"{ADDRESS}columns/", {"column": offered}, follow=True)
    assert "12 columns at most" in answer.content.decode()
    ListColumns.objects.update(columns=["gone_since", 5, "host"])
    assert shown(browsers.editor) == ["public_id", "name", "host"]


def test_columns_of_other_records_are_read_together(
    browsers: SimpleNamespace, pledges: list[Pledge], django_assert_max_num_queries: Any
) -> None:
    wanted = ["initiative", "host", "package", "meeting", "beneficiary", "contributors", "steps"]
    browsers.editor.post(f"{ADDRESS}columns/", {"column": wanted})
    with django_assert_max_num_queries(60) as few:
        browsers.editor.get(ADDRESS)
    for number in range(10, 30):
        factories.PledgeFactory(
            public_id=f"X-{number}", initiative=factories.InitiativeFactory(), host=factories.PartyFactory(),
            meeting=factories.MeetingFactory(),
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        browsers.editor.get(ADDRESS)


def test_a_filter_is_saved_shared_and_removed(browsers: SimpleNamespace, pledges: list[Pledge]) -> None:
    asked = {"name": "Drones to publish", "query": "state=never_published&q=drones&p=2&host=", "shared": "on"}
    answer = browsers.editor.post(f"{ADDRESS}saved/", asked)
    assert answer["Location"] == f"{ADDRESS}?q=drones&state=never_published"
    browsers.editor.post(f"{ADDRESS}saved/", {"name": "Mine alone", "query": "held_by=me"})
    own = browsers.editor.get(ADDRESS, {"q": "drones", "state": "never_published"}).context["cl"].tabs
    assert [(tab.saved.name, tab.is_active, tab.is_own) for tab in own] == [
        ("Drones to publish", True, True), ("Mine alone", False, True),
    ]  # fmt: skip
    [shared] = browsers.second_editor.get(ADDRESS).context["cl"].tabs
    assert (shared.saved.name, shared.is_own) == ("Drones to publish", False)
    assert browsers.second_editor.get("/admin/tracker/party/").context["cl"].tabs == []
    removal = f"{ADDRESS}saved/{shared.saved.pk}/remove/"
    refused = browsers.second_editor.post(removal, follow=True).content.decode()
    assert "Only editor removes this filter." in refused
    browsers.editor.post(removal)
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Mine alone"]


@pytest.mark.parametrize(("name", "query"), [("", "q=x"), ("  \0", "q=x"), ("Name", ""), ("Name", "q=" + "x" * 3000)])
def test_a_filter_without_a_name_or_filters_is_refused(browsers: SimpleNamespace, name: str, query: str) -> None:
    assert browsers.editor.post(f"{ADDRESS}saved/", {"name": name, "query": query}).status_code == 302
    assert not SavedFilter.objects.exists()


def test_what_is_listed_is_exported_with_its_columns_and_order(
    browsers: SimpleNamespace, pledges: list[Pledge]
) -> None:
    factories.PledgeFactory(public_id="Y-1", name="Shells")
    factories.PledgeFactory(public_id="X-3", name="=Drones, 1+1")
    # Factories write past curation, which keeps these right.
    search_texts.renew()
    browsers.editor.post(f"{ADDRESS}columns/", {"column": ["state", "holder", "initiative", "steps"]})
    asked = {"q": "drones", "o": "-1"}
    answer = browsers.editor.get(f"{ADDRESS}export/csv/", asked)
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == ["Public id", "Name", "Entries", "State", "Held by", "Initiative"]
    assert [row[0] for row in rows[1:]] == ["X-3", "X-2", "X-1", "X-0"]
    assert rows[1][1] == "'=Drones, 1+1"
    number = ChangeSet.objects.get().pk
    assert rows[3][2:] == ["Commitment: EUR 1,000,000", "never published", f"editor #{number}", "PURL & more"]
    listed = [row.public_id for row in browsers.editor.get(ADDRESS, asked).context["cl"].result_list]
    assert listed == [row[0] for row in rows[1:]]
    book = b"".join(browsers.editor.get(f"{ADDRESS}export/xlsx/", asked).streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Data").to_python()
    assert [row[0] for row in sheet] == ["Public id", "X-3", "X-2", "X-1", "X-0"]
    assert sheet[1][1] == "=Drones, 1+1"


@pytest.mark.parametrize("address", ["export/csv/?nature__exact=%00", "export/csv/?items__category__id__exact=x"])
def test_an_odd_export_leads_back_to_the_list(browsers: SimpleNamespace, address: str) -> None:
    assert browsers.viewer.get(f"{ADDRESS}{address}").status_code in (200, 302)
    assert browsers.viewer.get(f"{ADDRESS}export/pdf/").status_code == 404
    assert browsers.viewer.get(f"{ADDRESS}columns/").status_code == 403
