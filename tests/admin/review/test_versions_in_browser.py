"""Versions of a record in a real browser, on a desk and on a phone."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in
from tracker.models import Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_versions_are_compared_and_one_restored(page: Page, users: SimpleNamespace, publish: Any) -> None:
    pledge = factories.PledgeFactory(public_id="X-1", name="Four launchers with ammunition and spare parts")
    for name in ("Five launchers with ammunition and spare parts", "Six launchers"):
        publish(pledge)
        Pledge.objects.filter(pk=pledge.pk).update(name=name)
        pledge.refresh_from_db()
    publish(pledge)
    page.set_viewport_size({"width": 390, "height": 900})
    log_in(page, "editor")
    page.goto(f"/admin/tracker/pledge/{pledge.pk}/change/")
    page.get_by_role("link", name="what changed in version 3").click()
    expect(page.get_by_role("row", name="Name").locator("ins")).to_have_text("Six launchers")
    page.go_back()
    page.get_by_role("radio", name="from version 1").check()
    page.get_by_role("radio", name="to version 2").check()
    page.get_by_role("button", name="Compare").click()
    row = page.get_by_role("row", name="Name")
    expect(row.locator("del")).to_have_text("Four launchers with ammunition and spare parts")
    expect(row.locator("ins")).to_have_text("Five launchers with ammunition and spare parts")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("is as in version 1")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Four launchers with ammunition and spare parts")
