"""A review from the author's page to the shelf, a merge and a form that two people changed, by keyboard alone.

Each page is looked at on a desk and on a phone: nothing sticks out, axe finds nothing, and what has the focus is seen.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in, settle
from tests.admin.keyboard import look_at, press, type_at
from tracker.curation.desk import records
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Pledge, Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pledges(users: SimpleNamespace, publish: Any) -> list[Pledge]:
    """Two published pledges that look like one another, changed in one open change set."""
    made = [factories.PledgeFactory(public_id=f"DEU-2025-000{n}", name=f"Launchers, part {n}") for n in (1, 2)]
    publish(*made)
    now = timezone.now()
    change_set = change_sets.open_change_set(author=users.editor, message="More of it", cause="correction", at=now)
    for pledge in made:
        with records.edit(record=pledge, by=users.editor, at=now, change_set=change_set):
            pledge.entries.update(amount="700000000")
    return made


def test_a_review_by_keyboard(page: Page, users: SimpleNamespace, pledges: list[Pledge]) -> None:
    change_set = ChangeSet.objects.get(message="More of it")
    at = f"/admin/tracker/changeset/{change_set.pk}/change/"
    log_in(page, "editor")
    page.goto(at)
    expect(page.get_by_role("heading", name="Effect on the published sums, in EUR")).to_be_visible()
    look_at(page, "before submitting")
    press(page, page.get_by_role("button", name="Submit for review"))
    expect(page.get_by_text("waits for review")).to_be_visible()

    log_in(page, "reviewer")
    page.goto(at)
    settle(page)
    second = page.locator("#pledge-DEU-2025-0002")
    press(page, second.get_by_text("Comment …"))
    type_at(second.locator("textarea").first, "Which source says so?")
    press(page, second.get_by_role("button", name="Comment"))
    expect(page.get_by_text("Which source says so?")).to_be_visible()
    look_at(page, "review")
    press(page, page.get_by_role("checkbox", name="Choose DEU-2025-0002"), "Space")
    press(page, page.get_by_text("Send the chosen back …"))
    type_at(page.get_by_label("Why? The author reads this.").last, "No source")
    press(page, page.get_by_role("button", name="Send them back"))
    expect(page.locator("#pledge-DEU-2025-0002")).to_have_count(0)
    press(page, page.locator("summary", has_text="Publish …"))
    press(page, page.locator("details[open]").get_by_role("button", name="Publish"))
    expect(page.get_by_text("is published.")).to_be_visible()
    assert [Publication.objects.filter(public_id=each.public_id).count() for each in pledges] == [2, 1]


def test_a_merge_and_a_form_that_two_people_changed_by_keyboard(
    page: Page, users: SimpleNamespace, pledges: list[Pledge]
) -> None:
    log_in(page, "editor")
    form = f"/admin/tracker/pledge/{pledges[0].pk}/"
    page.goto(f"{form}merge/?into=DEU-2025-0002")
    expect(page.get_by_role("group", name="Entries")).to_be_visible()
    look_at(page, "merge")

    page.goto(f"{form}change/")
    settle(page)
    type_at(page.locator("[name=name]"), "Typed before the tab was closed")
    page.goto("/admin/")
    look_at(page, "start page")
    page.goto(f"{form}change/")
    expect(page.get_by_role("button", name="Take it up again")).to_be_visible()
    look_at(page, "draft", ".tracker-draft")
    press(page, page.get_by_role("button", name="Take it up again"))
    expect(page.get_by_text("It is not saved yet")).to_be_visible()
    Pledge.objects.filter(pk=pledges[0].pk).update(name="Named otherwise meanwhile")
    press(page, page.get_by_role("button", name="Save", exact=True))
    typed = page.get_by_role("radio", name="you typed: Typed before the tab was closed")
    expect(typed).to_be_visible()
    look_at(page, "stale form")
    press(page, typed, "Space")
    press(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Saved in change set")).to_be_visible()
    pledges[0].refresh_from_db()
    assert pledges[0].name == "Typed before the tab was closed"
