"""The front page and the documentation of the API in a browser: on a phone, by keyboard, without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.api.public import publish_fixtures

pytestmark = pytest.mark.browser

PHONE: Any = {"width": 390, "height": 844}


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


def test_the_page_in_a_browser(page: Page, requested: list[Any]) -> None:
    publish_fixtures()
    page.goto("/")
    assert page.locator("h1").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _stop in range(6):
        page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        outline = page.evaluate(f"{style}.outlineStyle + {style}.outlineWidth")
        assert not outline.startswith("none"), page.evaluate("document.activeElement.outerHTML")
        assert not outline.endswith("0px")
    page.set_viewport_size(PHONE)
    for address in ("/", "/?as_of=2020-01-01"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.fill("#as_of", "2025-10-20")
    page.click("text=Show")
    assert page.url.endswith("?as_of=2025-10-20")
    assert page.locator("ol.cards li.card").count() == 5


def test_the_page_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    publish_fixtures()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto("/")
        assert page.locator("ol.cards li.card").count() == 5
        page.fill("#as_of", "yesterday")
        page.click("text=Show")
        assert page.locator("[role=alert]").inner_text().startswith("“yesterday” is neither a day")
        page.click("text=Back to today")
        assert page.url == f"{live_server.url}/"
    finally:
        context.close()


def test_the_heading_of_the_methodology_stands_clear_of_the_header(page: Page) -> None:
    page.goto("/methodology/")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        heading, header = page.locator("h1").bounding_box(), page.locator("header").bounding_box()
        assert heading
        assert header
        assert heading["y"] - header["y"] - header["height"] >= 20


def test_the_documentation_of_the_api_loads_from_here_alone(page: Page, requested: list[Any]) -> None:
    page.goto("/api/v1/docs/")
    page.wait_for_selector(".opblock-summary-path", timeout=30_000)
    assert page.locator("h2.title, .title").first.inner_text().startswith("Defence Aid Tracker")
    # The rest is built as one scrolls down to it.
    assert page.locator(".opblock").count() >= 5
    block = page.locator("#operations-beneficiaries-beneficiaries_list")
    block.locator(".opblock-summary").click()
    block.get_by_role("button", name="Try it out").click()
    block.get_by_role("button", name="Execute").click()
    # Nothing is filled in that narrows the answer.
    asked = block.locator(".request-url pre")
    assert asked.inner_text().partition("?")[2] == "format=json&limit=100&ordering=id"
    assert "200" in block.locator(".live-responses-table .response-col_status").last.inner_text()
