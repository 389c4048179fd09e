"""A file on its way through the admin, in a real browser and with the keyboard."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.admin.conftest import log_in, settle
from tests.admin.importing import ROWS, page_of
from tests.exchange.kiel import COLUMNS, as_csv, make_parties, receive
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, PartyAlias, Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = FilePayload(name="kiel.csv", mimeType="text/csv", buffer=as_csv(ROWS))


def test_from_a_file_to_a_change_set(page: Page, users: SimpleNamespace) -> None:
    make_parties()
    log_in(page, "editor")
    page.get_by_role("link", name="Import a file").click()
    settle(page)
    page.set_input_files("[name=file]", FILE)
    page.locator("[name=file]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("21")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("release 21"))).to_be_visible()
    page.get_by_role("row", name=re.compile("invalid")).get_by_role("link", name="1").click()
    expect(page.get_by_text("No party goes by “Suomi”")).to_be_visible()

    page.get_by_role("link", name="Labels").click()
    page.get_by_role("link", name="Parties", exact=True).click()
    page.get_by_label("another:").fill("Finland · FIN")
    page.get_by_role("button", name="Save and plan again").click()
    expect(page.get_by_text("1 label is mapped.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("invalid"))).to_have_count(0)
    assert PartyAlias.objects.filter(party__public_id="FIN", name="Suomi").exists()

    page.get_by_role("link", name="Accept …").first.click()
    page.get_by_label("What is it about?").fill("The main data")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("change set #")).click()
    # Finland, whose label was mapped, waits in another change set: what cannot be published yet asks once more.
    page.get_by_text("Submit for review …").click()
    expect(page.get_by_role("button", name="Submit it all the same")).to_be_visible()
    assert Pledge.objects.count() == len(ROWS)
    assert ChangeSet.objects.filter(message="The main data", cause="import").exists()


def test_nothing_sticks_out_on_a_phone_or_a_desk(page: Page, users: SimpleNamespace) -> None:
    make_parties()
    imported = receive(users.editor, ROWS, columns=(*COLUMNS, "tot_sub_activity_value_constant_currency_redistr"))
    plan_import.enqueue(imported.pk)
    log_in(page, "editor")
    parts = ("change/", "records/", "rows/", "labels/", "accept/", "delete/", "../", "../add/")
    for part in parts:
        page.goto(page_of(imported, part))
        settle(page)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (part, width)
