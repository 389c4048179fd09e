"""The lists in a real browser: nothing is cut off or scrolls sideways, and filters in force are seen and removed."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in, settle
from tracker.records.registry import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Germany and the Netherlands: rocket launchers with ammunition, spare parts, and Flugabwehrkanonenpanzer"
CUT_OFF = """() => [...document.querySelectorAll('#result_list :is(th, td)')]
    .filter((cell) => cell.offsetParent && cell.scrollWidth > cell.clientWidth + 1)
    .map((cell) => cell.outerHTML.slice(0, 200))"""
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('#changelist .simplebar-content-wrapper')]
    .filter((each) => each.scrollWidth > each.clientWidth).length"""


@pytest.fixture
def records_of_all_kinds(users: SimpleNamespace) -> None:
    """A record of each kind with a long name, and a pledge with all that its list shows."""
    for kind, factory in factories.RECORDS.items():
        if kind != "pledge":
            factory(name=LONG)
    pledge = factories.PledgeFactory(public_id="DEU-2025-0001", name=LONG, entry__amount="512000000.00")
    factories.ShareFactory(pledge=pledge, contributor__name="Bosnia and Herzegovina")
    factories.EntryFactory(pledge=pledge, number=2, stage="disbursement", amount="250000000.00")
    factories.EditFactory(kind="pledge", public_id=pledge.public_id, change_set__author=users.second_editor)


def test_nothing_is_cut_off_or_scrolls_sideways(page: Page, users: SimpleNamespace, records_of_all_kinds: None) -> None:
    log_in(page, "editor")
    for kind in KINDS.values():
        page.goto(f"/admin/tracker/{kind.model._meta.model_name}/")
        settle(page)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(CUT_OFF) == [], (kind.name, width)
            assert page.evaluate(SIDEWAYS) == 0, (kind.name, width)


def test_filters_in_force_are_named_and_removed_by_their_cross(
    page: Page, users: SimpleNamespace, records_of_all_kinds: None
) -> None:
    log_in(page, "editor")
    page.goto("/admin/tracker/pledge/?support=none&amount_from=EUR+2bn")
    expect(page.get_by_text("0 pledges")).to_be_visible()
    expect(page.get_by_text("Source: no source")).to_be_visible()
    page.get_by_role("link", name="Remove the filter Amount").click()
    expect(page.get_by_role("row", name="DEU-2025-0001")).to_be_visible()
    expect(page.get_by_text("Source: no source")).to_be_visible()
    # What is typed into the panel is read as in forms, and said as it is understood.
    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    page.locator("[name=amount_to]").fill("EUR 600 million")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("Amount of an entry: to EUR 600,000,000")).to_be_visible()
    expect(page.get_by_role("row", name="DEU-2025-0001")).to_be_visible()
    page.get_by_role("link", name="Remove all").click()
    expect(page.locator(".tracker-active")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_columns_are_chosen_a_filter_saved_and_the_list_exported(
    page: Page, users: SimpleNamespace, records_of_all_kinds: None, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, "editor")
    page.goto("/admin/tracker/pledge/?support=none")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="Initiative").check()
    page.get_by_role("checkbox", name="Description").check()
    page.get_by_role("button", name="Show these columns").click()
    expect(page.locator("#result_list td.field-initiative")).to_have_count(1)
    expect(page.get_by_text("Source: no source")).to_be_visible()
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_text("Save this filter").click()
    page.get_by_role("textbox", name="Name").fill("Without a source")
    page.get_by_label("Share it with all").check()
    page.get_by_role("button", name="Save", exact=True).click()
    tabs = page.get_by_role("navigation", name="Saved filters")
    expect(tabs.get_by_role("link", name="Without a source")).to_have_attribute("aria-current", "page")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert "Initiative" in lines[0]
    assert len(lines) == 2
    log_in(page, "second_editor")
    page.goto("/admin/tracker/pledge/")
    page.get_by_role("link", name="Without a source (editor)").click()
    expect(page.get_by_text("Source: no source")).to_be_visible()
