"""Merging in the admin: both sides are seen, chosen from, and what is refused stays as chosen."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.admin.conftest import errors_of, forgotten_words, form_data, kept_words
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Edit, Pledge

MERGED = {
    "into": "NLD-1", "step": "merge", "chosen:announced": "record", "chosen:name": "into", "reason": "One package.",
    "change_set": "new", "change_set_cause": "merging",
}  # fmt: skip


@pytest.fixture
def twins(world: SimpleNamespace, publish: Any) -> SimpleNamespace:
    """Two published pledges of the Netherlands that say nearly the same."""
    common: dict[str, Any] = {
        "beneficiary": world.ukraine, "share__contributor": world.netherlands, "entry__amount": 500_000_000,
    }  # fmt: skip
    one = factories.PledgeFactory(public_id="NLD-1", name="For PURL", announced="2025-08", **common)
    other = factories.PledgeFactory(public_id="NLD-2", name="PURL package", announced="2025-08-12", **common)
    factories.ItemFactory(pledge=other, platform=world.platform, quantity="2")
    publish(one, other)
    return SimpleNamespace(one=one, other=other, address=f"/admin/tracker/pledge/{other.pk}/merge/?into=NLD-1")


def test_both_sides_and_the_sums_are_shown(browsers: SimpleNamespace, twins: SimpleNamespace) -> None:
    page = browsers.editor.get(twins.address)
    assert {choice.path for choice in page.context["choices"]} == {"name", "announced"}
    [shares, items, entries] = page.context["lists"]
    assert [line.is_same for each in (shares, items, entries) for line in each["lines"]] == [True, False, True]
    assert "Patriot" in items["lines"][0].words
    [cell] = page.context["effect"]
    assert (cell["contributor"], cell["difference"]) == ("NLD", "-500,000,000.00")


def test_they_are_merged_as_chosen(browsers: SimpleNamespace, twins: SimpleNamespace) -> None:
    asked = browsers.editor.get(twins.address)
    answer = browsers.editor.post(twins.address, MERGED)
    assert answer["Location"] == f"/admin/tracker/pledge/{twins.one.pk}/change/"
    assert kept_words(asked) == forgotten_words(answer) != ""
    twins.one.refresh_from_db()
    assert (twins.one.name, twins.one.announced) == ("For PURL", "2025-08-12")
    # Its box was not ticked.
    assert not twins.one.items.exists()
    edit = Edit.objects.get(action="merge")
    assert (edit.merged_into, edit.reason) == ("NLD-1", "One package.")
    assert edit.change_set.cause == ChangeSet.Cause.MERGING


def test_what_was_merged_is_shown_and_takes_no_edit(
    browsers: SimpleNamespace, users: SimpleNamespace, twins: SimpleNamespace
) -> None:
    address = f"/admin/tracker/pledge/{twins.other.pk}/change/"
    typed = form_data(browsers.editor.get(address)) | {
        "note": "x",
        "change_set": "new",
        "change_set_cause": "correction",
    }
    browsers.editor.post(twins.address, MERGED)
    change_set = Edit.objects.get(action="merge").change_set
    page = browsers.editor.get(address).content.decode()
    assert f"NLD-2 was merged into NLD-1 in change set #{change_set.pk}: discard that" in page
    assert 'name="_save"' not in page, "also in a change set of one's own"
    change_sets.submit(change_set=change_set, by=change_set.author, at=timezone.now())
    publishing.publish(change_set=change_set, by=users.reviewer, at=timezone.now())
    said = f"NLD-2 was merged into NLD-1 in change set #{change_set.pk}: revert that change set"
    page = browsers.editor.get(address).content.decode()
    assert said in page
    assert 'name="_save"' not in page
    assert said in errors_of(browsers.editor.post(address, typed))
    assert not Edit.objects.filter(released_at=None).exists()


def test_what_is_refused_stays_as_chosen(browsers: SimpleNamespace, twins: SimpleNamespace, publish: Any) -> None:
    for pledge in (twins.one, twins.other):
        umbrella = factories.PledgeFactory(public_id=f"{pledge.public_id}-above")
        pledge.links.create(link="tranche_of", target=umbrella)
    data = {
        "into": "NLD-1", "step": "merge", "chosen:announced": "record", "reason": "So it is.",
        "kept": ["into|links[NLD-1-above]", "record|links[NLD-2-above]"],
    }  # fmt: skip
    page = browsers.editor.post(twins.address, data)
    assert "tranche of one other" in page.context["problems"][0]
    assert page.context["reason"] == "So it is."
    assert {choice.path: choice.taken for choice in page.context["choices"]}["announced"] == "record"
    assert Pledge.objects.filter(public_id="NLD-2").exists()
    assert not Edit.objects.filter(action="merge").exists()


def test_the_other_record_is_found_by_words(browsers: SimpleNamespace, twins: SimpleNamespace) -> None:
    page = browsers.editor.get(f"/admin/tracker/pledge/{twins.other.pk}/merge/", {"into": "for purl"})
    assert [record.public_id for record in page.context["suggested"]] == ["NLD-1"]


def test_a_viewer_merges_nothing(browsers: SimpleNamespace, twins: SimpleNamespace) -> None:
    assert browsers.viewer.get(twins.address).status_code == 403
