"""The pages and the documentation of the API in a browser: on a phone, by keyboard, without JavaScript, on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.accessibility import WCAG, violations
from tests.api.shelf import publish_fixtures

pytestmark = pytest.mark.browser

PHONE: Any = {"width": 390, "height": 844}
SHIFTED = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => { sum += each.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 200);
})"""
"""How far what stands on a page moved while it was loaded."""


@pytest.fixture
def requested(page: Page) -> Iterator[list[Any]]:
    """What the page asks for; each must come from the tracker, and be there."""
    asked: list[Any] = []
    page.on("response", lambda response: asked.append(response))
    yield asked
    base = page.url.split("/", 3)[:3]
    assert asked
    for response in asked:
        assert response.url.split("/", 3)[:3] == base or response.url.startswith("data:"), response.url
        assert response.status < 400, response.url


PAGES = (
    "/", "/explore/?rows=contributor&columns=platform&measure=quantity&nature=deployment", "/pledges/",
    "/pledges/DEU-2025-0001/", "/parties/DEU/", "/groups/NATO/", "/initiatives/eastern-sentry/",
    "/meetings/ukraine-defense-contact-group-2025-10-15/", "/incidents/drones-in-polish-airspace/",
    "/documents/nato-discusses-better-deterrence/", "/officials/rustem-umerov/", "/changes/",
    "/changes/table/?rows=contributor&measure=quantity&nature=deployment",
    "/search/?q=poland",
    "/cell/?nature=deployment&measure=quantity&rows=contributor&row=DEU", "/methodology/", "/nothing/", "/tables/",
    "/tables/incidents/", "/tables/deployments/", "/data/", "/data/api/", "/data/recipes/",
    "/about/", "/report/?kind=pledge&id=DEU-2025-0001&field=announced", "/reports/",
    "/explore/embed/?rows=contributor&columns=none&measure=count&nature=deployment&stage=commitment",
    "/?as_of=2020-01-01",
)  # fmt: skip


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(page: Page) -> None:
    publish_fixtures()
    page.set_viewport_size(PHONE)
    found = []
    for address in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
        in_the_light = violations(page, rules=[*WCAG, "best-practice"])
        page.emulate_media(color_scheme="dark")
        in_the_dark = violations(page, rules={"type": "rule", "values": ["color-contrast"]})
        found += [(address, *each) for each in in_the_light + in_the_dark]
    assert found == []


def test_the_front_page_by_keyboard(page: Page, requested: list[Any]) -> None:
    publish_fixtures()
    page.goto("/")
    assert page.locator("h1").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _stop in range(12):
        page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        outline = page.evaluate(f"{style}.outlineStyle + {style}.outlineWidth")
        assert not outline.startswith("none"), page.evaluate("document.activeElement.outerHTML")
        assert not outline.endswith("0px")
    page.fill("#as_of", "2025-10-20")
    page.click("footer button")
    assert page.url.endswith("?as_of=2025-10-20")
    page.click("text=Back to today")
    assert page.url.endswith("/")


def test_the_pages_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    publish_fixtures()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/")
        page.fill("#find", "eurofighter")
        page.click("header button")
        page.click("main >> text=Eurofighter Typhoon")
        assert page.url == f"{live_server.url}/platforms/eurofighter-typhoon/"
        page.goto("/explore/")
        page.select_option("select[name=measure]", "quantity")
        page.select_option("select[name=columns]", "platform")
        page.select_option("select[name=stage]", "commitment")
        page.click("summary")
        page.select_option("select[name=nature]", "deployment")
        page.click("text=Show the table")
        page.click("td data")
        page.click(".behind .claims summary")
        assert page.locator("details[open]").count() >= 1
    finally:
        context.close()


def test_the_label_of_a_mark_is_at_the_pointer_and_arrow_keys_lead_on(page: Page) -> None:
    publish_fixtures()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/explore/?rows=contributor&columns=none&measure=count&nature=deployment&stage=commitment")
    marks = page.locator("figure.chart svg a")
    marks.first.hover()
    label = page.locator("figure.chart .label")
    assert label.is_visible()
    first = label.inner_text()
    marks.first.focus()
    page.keyboard.press("ArrowDown")
    assert label.inner_text() not in ("", first)
    # One stop for the tab key, however many marks there are.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cell/**")
    assert refused == []


def test_a_page_is_printed_without_what_is_for_the_screen(page: Page) -> None:
    publish_fixtures()
    page.goto("/pledges/DEU-2025-0001/")
    page.emulate_media(media="print")
    assert page.locator("header nav:visible").count() == 0
    assert page.locator("text=How to cite it").is_visible()
    assert page.locator("footer form, .foot .screen").filter(visible=True).count() == 0
    # What stands behind a value is closed on the screen, and printed.
    assert page.locator(".claims li").first.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})")


def test_the_page_of_the_api_answers_in_place_and_is_searched(page: Page, requested: list[Any]) -> None:
    publish_fixtures()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/api/")
    assert page.evaluate(SHIFTED) == 0
    # By keyboard alone.
    button = page.get_by_role("button", name="Show the answer here").last
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".card pre").last.get_by_text("DEU-2025-0001").wait_for()
    page.get_by_role("searchbox", name="Search this page").fill("stock_owner share_out")
    entries = page.locator(".entries li:visible h3").all_inner_texts()
    assert "The ledger" not in entries
    assert "A table of your own" in entries
    assert refused == []


def test_the_documentation_of_the_api_loads_from_here_alone(page: Page, requested: list[Any]) -> None:
    page.goto("/api/v1/docs/")
    page.wait_for_selector(".opblock-summary-path", timeout=30_000)
    assert page.locator("h2.title, .title").first.inner_text().startswith("Defence Aid Tracker")
    # The rest is built as one scrolls down to it.
    assert page.locator(".opblock").count() >= 5
    block = page.locator("#operations-lists-beneficiaries_list")
    block.locator(".opblock-summary").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    # Nothing is filled in that narrows the answer.
    asked = block.locator(".request-url pre")
    assert asked.inner_text().partition("?")[2] == "ordering=id&limit=100&format=json&decimals=text"
    assert "200" in block.locator(".live-responses-table .response-col_status").last.inner_text()
