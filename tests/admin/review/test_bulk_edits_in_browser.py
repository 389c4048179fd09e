"""Editing many records in a real browser, on a desk and on a phone."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in, settle
from tracker.curation.desk import records
from tracker.models import Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_selected_pledges_are_previewed_and_edited(page: Page, users: SimpleNamespace) -> None:
    purl = factories.InitiativeFactory(public_id="purl", name="PURL: Prioritised Ukraine Requirements List")
    pledges = [factories.PledgeFactory(public_id=f"DEU-2025-{n:04}", name=f"Launchers, part {n}") for n in range(4)]
    with records.edit(record=pledges[0], by=users.second_editor, at=timezone.now()):
        pass
    page.set_viewport_size({"width": 390, "height": 900})
    log_in(page, "editor")
    page.goto("/admin/tracker/pledge/")
    settle(page)
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("edit_selected")
    page.get_by_role("button", name="Do it").click()
    page.get_by_role("button", name="Initiative", exact=True).click()
    page.locator(".select2-selection").click()
    page.keyboard.type("purl")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("PURL")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("3 change, 1 is left out.")).to_be_visible()
    expect(page.get_by_text("second_editor holds this record")).to_be_visible()
    expect(page.locator("ins").first).to_have_text("PURL: Prioritised Ukraine Requirements List")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[name=change_set_message]").fill("All of them to PURL")
    page.get_by_role("button", name="Edit 3 pledges").click()
    expect(page.get_by_text("3 edited in")).to_be_visible()
    page.get_by_role("link", name="“All of them to PURL”").click()
    expect(page.get_by_text("DEU-2025-0003").filter(visible=True).first).to_be_visible()
    assert Pledge.objects.filter(initiative=purl).count() == 3
