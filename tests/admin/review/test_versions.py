"""Versions of a record: any two compared in words, and any one restored into a change set."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tracker.models import ChangeSet, Pledge, Publication


@pytest.fixture
def pledge(users: SimpleNamespace, publish: Any) -> Pledge:
    """A pledge that was published with one name and one amount, and then with others."""
    found = factories.PledgeFactory(public_id="X-1", name="Four launchers", entry__amount="1000000.00")
    publish(found)
    Pledge.objects.filter(pk=found.pk).update(name="Five launchers")
    found.entries.update(amount="2500000.00")
    publish(found)
    found.refresh_from_db()
    Pledge.objects.filter(pk=found.pk).update(name="Six launchers")
    return found


def compared(browser: Any, pledge: Pledge, **asked: str) -> Any:
    return browser.get(f"/admin/tracker/pledge/{pledge.pk}/compare/", asked)


def test_any_two_are_compared_in_words(browsers: SimpleNamespace, pledge: Pledge) -> None:
    history = browsers.viewer.get(f"/admin/tracker/pledge/{pledge.pk}/history/")
    assert history["Location"] == f"/admin/tracker/pledge/{pledge.pk}/compare/"
    assert browsers.viewer.get("/admin/tracker/pledge/x/history/").status_code == 404
    page = compared(browsers.viewer, pledge, **{"from": "1", "to": "2"})
    changes = [(each.what, each.before, each.after) for each in page.context["changes"]]
    assert ("Name", "Four launchers", "Five launchers") in changes
    assert any("1,000,000" in before and "2,500,000" in after for _what, before, after in changes)
    assert page.context["restorable"] == []
    against = compared(browsers.viewer, pledge).context["changes"]
    assert [(each.what, each.before, each.after) for each in against] == [("Name", "Five launchers", "Six launchers")]
    backwards = compared(browsers.viewer, pledge, **{"from": "desk", "to": "1"}).context["changes"]
    assert ("Name", "Six launchers", "Four launchers") in [(row.what, row.before, row.after) for row in backwards]
    assert "say the same" in compared(browsers.viewer, pledge, **{"from": "1", "to": "1"}).content.decode()


def test_the_page_of_a_version_says_it_in_the_words_of_the_form(
    browsers: SimpleNamespace, pledge: Pledge, publish: Any
) -> None:
    def page_of(**asked: Any) -> str:
        pk = Publication.objects.get(**asked).pk
        return str(browsers.viewer.get(f"/admin/tracker/publication/{pk}/change/").content.decode())

    second = page_of(kind="pledge", public_id="X-1", version=2)
    assert '<th scope="row">Name</th><td>Five launchers</td>' in second
    assert '<th scope="row">Entry 1, amount</th><td>2,500,000.00</td>' in second
    for asked in ("from=1&amp;to=2", "from=2&amp;to=desk"):
        assert f"/admin/tracker/pledge/{pledge.pk}/compare/?{asked}" in second
    claim = factories.ClaimFactory(record=pledge, passage_start=None, passage_end=None, quote="", locator="page 2")
    publish(pledge)
    said = page_of(kind="claim", public_id=claim.public_id)
    assert '<th scope="row">Place in the document</th><td>page 2</td>' in said
    assert "Its record is no longer on the desk." not in said


def test_a_version_that_there_is_not_is_said_to_be_none(browsers: SimpleNamespace, pledge: Pledge) -> None:
    for asked in ({"from": "3"}, {"from": "x"}, {"to": "\0"}, {"from": "9" * 50}, {"to": "-1"}):
        page = compared(browsers.viewer, pledge, **asked)
        assert page.status_code == 200, asked
        assert "There is no such version." in page.content.decode(), asked


def test_a_version_is_restored_into_the_change_set_that_was_chosen(browsers: SimpleNamespace, pledge: Pledge) -> None:
    assert len(compared(browsers.editor, pledge, **{"from": "1", "to": "2"}).context["restorable"]) == 2
    asked = {"version": "1", "change_set": "new", "change_set_cause": "correction"}
    done = browsers.editor.post(f"/admin/tracker/pledge/{pledge.pk}/restore/", asked, follow=True)
    assert "is as in version 1" in done.content.decode()
    restored = Pledge.objects.get(pk=pledge.pk)
    assert (restored.name, restored.entries.get().amount) == ("Four launchers", 1_000_000)
    change_set = ChangeSet.objects.get(status="open")
    assert change_set.edits.get().public_id == "X-1"
    assert change_set.message == "Four launchers: back to version 1"


def test_whoever_may_not_edit_cannot_restore(browsers: SimpleNamespace, pledge: Pledge) -> None:
    address = f"/admin/tracker/pledge/{pledge.pk}/restore/"
    assert browsers.viewer.post(address, {"version": "1"}).status_code == 403
    assert browsers.editor.get(address).status_code == 403
    assert browsers.editor.post(address, {"version": "7"}).status_code == 404
    assert Pledge.objects.get(pk=pledge.pk).name == "Six launchers"
