"""The search of the desk in a real browser, by keyboard alone, on a desk and on a phone."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

from tests import factories
from tests.accessibility import violations
from tests.admin.conftest import log_in, settle
from tracker.curation import search_texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def himars(db: None) -> SimpleNamespace:
    """HIMARS, by an alias, and twelve pledges of it."""
    platform = factories.PlatformFactory(public_id="m142", name="M142 rocket launcher")
    platform.aliases.create(name="HIMARS")
    for number in range(12):
        pledge = factories.PledgeFactory(name=f"Rocket launchers, part {number}")
        factories.ItemFactory(pledge=pledge, platform=platform)
    # Factories write past curation, which keeps these right.
    search_texts.renew()
    return SimpleNamespace(platform=platform)


def answer_pages_only(route: Route) -> None:
    """Let through what is asked as a page, and not what the box asks for while somebody types."""
    if "hx-request" in route.request.headers:
        route.abort()
    else:
        route.continue_()


@pytest.mark.parametrize("path", ["", "tracker/pledge/"])
def test_two_keys_and_a_word_open_what_is_called_that(
    page: Page, users: SimpleNamespace, himars: SimpleNamespace, path: str
) -> None:
    log_in(page, "editor")
    page.goto(f"/admin/{path}")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.type("HIMARS")
    expect(page.locator("#desk-search-results [data-term=HIMARS]")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/admin/tracker/platform/{himars.platform.pk}/change/")


def test_arrows_go_to_all_pledges_and_the_list_has_the_search(
    page: Page, users: SimpleNamespace, himars: SimpleNamespace
) -> None:
    log_in(page, "editor")
    page.keyboard.press("Control+k")
    page.keyboard.type("himars")
    expect(page.get_by_role("link", name="all 12 pledges")).to_be_visible()
    for _link in range(7):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="all 12 pledges")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/tracker/pledge/?q=himars")
    expect(page.locator("#searchbar")).to_have_value("himars")
    # A slash that is typed into a field stays a slash; the dialog gives the focus back when it closes.
    page.locator("#searchbar").focus()
    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#desk-search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#searchbar")).to_be_focused()


def test_enter_before_anything_is_found_leads_to_the_page_of_the_search(
    page: Page, users: SimpleNamespace, himars: SimpleNamespace
) -> None:
    log_in(page, "editor")
    page.route(
        "**/admin/search/**",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_(),
    )
    page.keyboard.press("/")
    page.keyboard.type("himars")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/search/?s=himars")
    expect(page.get_by_role("link", name="M142 rocket launcher")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_fits_and_axe_finds_nothing(
    page: Page, users: SimpleNamespace, himars: SimpleNamespace, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    log_in(page, "editor")
    page.keyboard.press("/")
    page.keyboard.type("himars")
    expect(page.get_by_role("link", name="all 12 pledges")).to_be_visible()
    page.keyboard.press("ArrowDown")
    bounds = page.locator("#desk-search").bounding_box()
    assert bounds is not None
    assert 0 <= bounds["x"] <= width - bounds["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, "#desk-search") == []
