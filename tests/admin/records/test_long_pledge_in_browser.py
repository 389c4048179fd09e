"""A pledge of 21 items in a real browser: lines are cards, nothing scrolls sideways, and each line is reached."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in, settle
from tracker.models import Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('.formset-wrapper *')]
    .filter((each) => each.matches('html, .simplebar-content-wrapper') && each.scrollWidth > each.clientWidth)
    .map((each) => [each.closest('[id$="-group"]')?.id, each.scrollWidth, each.clientWidth])"""


@pytest.fixture
def pledge(db: None) -> Pledge:
    """A pledge of 21 items, with an entry for one of them, and a claim."""
    found = factories.PledgeFactory(public_id="DEU-2025-0001")
    for number in range(1, 22):
        factories.ItemFactory(
            pledge=found, number=number, platform__name=f"Infantry fighting vehicle, variant {number}"
        )
    factories.ClaimFactory(record=found, document__name="example.org/" + "x" * 60)
    return found


def open_page(page: Page, pledge: Pledge, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page, "editor")
    page.goto(f"/admin/tracker/pledge/{pledge.pk}/change/")
    settle(page)


def lines_are_shut_behind_their_titles(page: Page) -> None:
    """On a phone, until somebody opens one."""
    expect(page.locator("[name=items-4-quantity]")).to_be_hidden()
    title = page.get_by_role("button", name="variant 5")
    expect(title).to_have_attribute("aria-expanded", "false")
    title.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=items-4-quantity]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 9000


def nothing_scrolls_sideways(page: Page, width: int) -> None:
    assert page.evaluate(SIDEWAYS) == []
    for name in ("items-0-requirement", "entries-0-note", "claims-0-reason"):
        field = page.locator(f"[name={name}]")
        if width == 1280:
            bounds = field.locator("xpath=ancestor::td[1]").bounding_box()
            assert bounds is not None
            assert bounds["x"] + bounds["width"] <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_a_line_is_found_changed_and_removed_and_one_added(
    page: Page, users: SimpleNamespace, pledge: Pledge, width: int
) -> None:
    """On a page where nothing scrolls sideways, and on a phone lines are shut."""
    open_page(page, pledge, width)
    nothing_scrolls_sideways(page, width)
    if width == 390:
        lines_are_shut_behind_their_titles(page)
    jump = page.locator("#items-group .tracker-jump")
    jump.locator("summary").click()
    jump.get_by_role("link", name="variant 17").click()
    expect(page.locator("[name=items-16-quantity]")).to_be_in_viewport()
    page.locator("[name=items-16-quantity]").fill("7")
    jump.locator("summary").click()
    jump.get_by_role("link", name="variant 20").click()
    page.locator("tbody:has([name=items-19-quantity])").get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    jump.locator("summary").click()
    jump.get_by_role("link", name="Add a line").click()
    expect(page.locator("[name=items-21-description]")).to_be_in_viewport()
    expect(page.locator("[name=items-21-number]")).to_have_value("22")
    page.locator("[name=items-21-description]").fill("Spare parts")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved in change set")).to_be_visible()
    numbers = list(pledge.items.order_by("number").values_list("number", flat=True))
    assert numbers == [*range(1, 20), 21, 22]
    assert pledge.items.get(number=17).quantity == "7"
    assert pledge.items.get(number=22).description == "Spare parts"
