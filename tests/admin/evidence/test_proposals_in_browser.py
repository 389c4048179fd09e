"""New from document in a real browser: by keyboard, at two widths, and looked over by axe."""

import os
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.admin.conftest import log_in, settle
from tracker.curation.publishing.fixtures import fixture_names
from tracker.models import Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/admin/tracker/text/new-from-document/"
ARTICLE = (
    "BRUSSELS, 20 October 2025. Germany is contributing five Eurofighter jets to Eastern Sentry for protection flights "
    "over Poland.\n\nNorway will give Ukraine 7 billion kroner for two Patriot systems.\n\n"
    "Spain is considering sending a Hawk battery."
)


@pytest.fixture
def proposed(page: Page, users: SimpleNamespace) -> Page:
    """The page of what an article proposes, beside the facts of the fixtures."""
    call_command("loaddata", *fixture_names(), verbosity=0)
    log_in(page, "editor")
    page.get_by_role("link", name="New from document").first.click()
    page.get_by_label("Paste a text or HTML").fill(ARTICLE)
    page.get_by_label("Published").fill("2025-10-20")
    page.get_by_role("button", name="Read it").press("Enter")
    expect(page.get_by_role("heading", name="3 proposals")).to_be_visible()
    return page


def test_a_proposal_is_accepted_and_taken_back_by_keyboard(proposed: Page) -> None:
    card = proposed.locator("#proposal-2")
    expect(card).to_contain_text("Norway")
    card.locator("summary").press("Enter")
    card.get_by_label("Quantity: patriot").fill("3")
    card.get_by_role("button", name="Accept as a new record").press("Enter")
    expect(proposed.locator("#proposal-2")).to_contain_text("accepted")
    assert Pledge.objects.get(public_id__startswith="NOR").items.get().quantity == "3"
    proposed.locator("#proposal-2").get_by_role("button", name="Take back").press("Enter")
    expect(proposed.get_by_text("Taken back")).to_be_visible()
    assert not Pledge.objects.filter(public_id__startswith="NOR").exists()


def test_what_contradicts_the_register_says_with_what(proposed: Page) -> None:
    card = proposed.locator("#proposal-1")
    expect(card).to_contain_text("contradicts what the register has")
    expect(card.get_by_role("row", name="items[eurofighter-typhoon].quantity 4 5")).to_be_visible()
    card.get_by_role("button", name="It is another: a new record").press("Enter")
    expect(card).to_contain_text("accepted")
    card.get_by_role("button", name="Take back").press("Enter")
    expect(proposed.get_by_text("Taken back")).to_be_visible()
    card.get_by_role("button", name="Refuse").press("Enter")
    expect(card).to_contain_text("refused")


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_axe_finds_nothing(proposed: Page, width: int) -> None:
    proposed.set_viewport_size({"width": width, "height": 900})
    settle(proposed)
    if folder := os.environ.get("SCREENSHOTS"):
        proposed.screenshot(path=f"{folder}/proposals-{width}.png", full_page=True)
    assert proposed.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(proposed, ".tracker-proposing") == []
