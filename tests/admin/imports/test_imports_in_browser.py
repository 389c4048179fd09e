"""A file on its way through the admin, in a real browser and with the keyboard."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.admin.conftest import log_in, settle
from tests.admin.importing import ROWS, page_of
from tests.admin.keyboard import look_at, press
from tests.exchange import twins
from tests.exchange.kiel import COLUMNS, as_csv, make_parties, receive
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, ExternalId, KeptApart, PartyAlias, Pledge, PledgeLink, Publication

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


def choose(page: Page, source_id: str, words: str) -> None:
    """Choose what a row of the file is to the other pledge, by typing the beginning of it."""
    page.get_by_label(f"What {source_id} of the file is to the other:").focus()
    page.keyboard.type(f"{source_id} {words}")


def publish(page: Page, number: int) -> None:
    """Submit a change set as its author, and publish it as the reviewer, by keyboard."""
    at = f"/admin/tracker/changeset/{number}/change/"
    log_in(page, "editor")
    page.goto(at)
    press(page, page.get_by_role("button", name="Submit for review"))
    expect(page.get_by_text("waits for review")).to_be_visible()
    log_in(page, "reviewer")
    page.goto(at)
    settle(page)
    press(page, page.locator("summary", has_text="Publish …"))
    press(page, page.locator("details[open]").get_by_role("button", name="Publish"))
    expect(page.get_by_text("is published.")).to_be_visible()


def test_twins_are_decided_applied_published_and_a_merge_reverted_by_keyboard(
    page: Page, users: SimpleNamespace
) -> None:
    twins.make_typed(users)
    imported = receive(users.editor, twins.ROWS)
    plan_import.enqueue(imported.pk)
    log_in(page, "editor")
    page.goto(page_of(imported))
    expect(page.get_by_text("3 of them are undecided")).to_be_visible()
    press(page, page.get_by_role("link", name="Look at them"))
    expect(page.get_by_text("3 of 3 pairs are undecided.")).to_be_visible()
    look_at(page, "likely twins of a plan")
    choose(page, "FIM1", "is the same")
    page.set_viewport_size({"width": 390, "height": 900})
    choose(page, "FIM2", "restates")
    press(page, page.get_by_role("button", name="Save, and the rest of this page is different"))
    expect(page.get_by_text("3 pairs are decided.")).to_be_visible()
    expect(page.get_by_text("0 of 3 pairs are undecided.")).to_be_visible()

    press(page, page.get_by_role("link", name="Accept …").first)
    press(page, page.get_by_role("button", name="Accept and apply"))
    expect(page.get_by_text("Pledges that were there already are merged in")).to_be_visible()
    imported.refresh_from_db()
    assert imported.change_set is not None
    assert imported.merging is not None
    assert PledgeLink.objects.get().link == "restates"
    assert KeptApart.objects.count() == 1
    twins.publish(imported.change_set, users)
    publish(page, imported.merging.pk)
    before, after = Publication.objects.filter(public_id="FIN-1").order_by("version").values_list("document", flat=True)
    assert before != after

    page.set_viewport_size({"width": 1280, "height": 900})
    log_in(page, "editor")
    page.goto(f"/admin/tracker/changeset/{imported.merging.pk}/change/")
    press(page, page.locator("summary", has_text="Revert …"))
    press(page, page.locator("details[open]").get_by_role("button", name="Open that change set"))
    expect(page.get_by_text(f"Revert #{imported.merging.pk}").first).to_be_visible()
    publish(page, ChangeSet.objects.latest("pk").pk)
    assert Publication.objects.published().get(public_id="FIN-1").document == before
    own = ExternalId.objects.get(source_id="FIM1").public_id
    assert Publication.objects.published().filter(public_id=own).exists()
    # The two are two again, and stand in the list of likely twins.
    page.goto("/admin/tracker/pledge/twins/")
    expect(page.get_by_text("This list was worked out")).to_be_visible()
    expect(page.locator("article")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
