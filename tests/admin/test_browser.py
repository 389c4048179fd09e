"""The main paths through the admin, in a real browser."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import log_in, settle
from tracker.models import ChangeSet, Pledge, Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def purl(db: None) -> None:
    """The parties and the initiative of the Netherlands' pledge."""
    netherlands = factories.PartyFactory(public_id="NLD", name="Netherlands")
    netherlands.aliases.create(name="Holland")
    factories.PartyFactory(public_id="UKR", name="Ukraine")
    factories.PartyFactory(public_id="NOR", name="Norway")
    factories.InitiativeFactory(public_id="purl", name="PURL")


def enter_the_pledge(page: Page, contributor: str = "holland") -> None:
    """Enter it with the keyboard alone, but for jumping to the amount."""
    page.get_by_role("link", name="Enter a pledge").click()
    settle(page)
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Netherlands: EUR 500 million for PURL")
    page.keyboard.press("Tab")
    page.keyboard.type(contributor)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Netherlands · NLD")
    page.keyboard.press("Enter")
    page.locator("[name=announced]").focus()
    page.keyboard.type("August 2025")
    expect(page.get_by_text("understood as August 2025 (2025-08-01 – 2025-08-31)")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("purl")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("PURL")
    page.keyboard.press("Enter")
    page.locator("[name=entries-0-amount]").focus()
    page.keyboard.type("500 million")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved in change set")).to_be_visible()


def test_the_netherlands_pledge_from_the_desk_to_the_shelf(page: Page, users: SimpleNamespace, purl: None) -> None:
    page.goto("/admin/login/")
    settle(page)
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "editor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What waits for me")).to_be_visible()
    enter_the_pledge(page)
    row = page.get_by_role("row", name=re.compile("NLD-2025-0001"))
    expect(row).to_contain_text("Commitment: EUR 500,000,000")
    expect(row).to_contain_text(re.compile("never published", re.IGNORECASE))
    expect(row).to_contain_text("editor #")
    assert not Publication.objects.exists()
    row.get_by_role("link", name=re.compile("#")).click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("waits for review")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)

    log_in(page, "reviewer")
    page.get_by_role("link", name=re.compile("EUR 500 million for PURL")).first.click()
    expect(page.get_by_role("row", name=re.compile("Netherlands commitment"))).to_contain_text("+500,000,000.00")
    page.get_by_text("Publish …").click()
    expect(page.get_by_text("The largest change: Netherlands, commitment, EUR +500,000,000.00")).to_have_count(2)
    page.locator("details[open]").get_by_role("button", name=re.compile(r"Publish$")).click()
    expect(page.get_by_text("is published.")).to_be_visible()
    assert Publication.objects.published().filter(kind="pledge", public_id="NLD-2025-0001").exists()
    page.goto(f"/admin/tracker/pledge/{Pledge.objects.get().pk}/change/")
    expect(page.get_by_role("heading", name="Published versions")).to_be_visible()


def test_rejecting_with_a_reason_and_discarding(page: Page, users: SimpleNamespace, purl: None) -> None:
    log_in(page, "editor")
    enter_the_pledge(page, contributor="netherl")
    change_set = ChangeSet.objects.get()
    page.goto(f"/admin/tracker/changeset/{change_set.pk}/change/")
    page.get_by_role("button", name="Submit for review").click()
    log_in(page, "reviewer")
    page.goto(f"/admin/tracker/changeset/{change_set.pk}/change/")
    page.get_by_text("Reject …").click()
    page.locator("details[open]").get_by_label("Why? The author reads this.").fill("The source says dollars.")
    page.get_by_role("button", name="Reject with this reason").click()
    expect(page.get_by_text("is back with its author")).to_be_visible()
    log_in(page, "editor")
    expect(page.get_by_text("The source says dollars.").first).to_be_visible()
    page.goto(f"/admin/tracker/changeset/{change_set.pk}/change/")
    page.get_by_text("Discard …").click()
    page.get_by_role("button", name="Discard for good").click()
    expect(page.get_by_text("is discarded")).to_be_visible()
    assert not Pledge.objects.exists()


def test_rows_are_added_and_named_by_number(page: Page, users: SimpleNamespace, purl: None) -> None:
    pledge = factories.PledgeFactory()
    log_in(page, "editor")
    page.goto(f"/admin/tracker/pledge/{pledge.pk}/change/")
    for _row in range(2):
        page.get_by_role("link", name="Add another Item").click()
    expect(page.locator("[name=items-1-number]")).to_have_value("2")
    page.fill("[name=items-0-description]", "drones")
    page.fill("[name=items-1-description]", "spare parts")
    page.fill("[name=items-1-quantity]", "about 40")
    expect(page.get_by_text("understood as about 40; tables count 40")).to_be_visible()
    page.fill("[name=entries-0-item_number]", "2")
    page.get_by_role("link", name="Add another Share").click()
    page.locator("[name=shares-1-contributor] + .select2 .select2-selection").focus()
    page.keyboard.type("norw")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Norway · NOR")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved in change set")).to_be_visible()
    assert pledge.entries.get().item.description == "spare parts"
    assert pledge.shares.filter(contributor__public_id="NOR").exists()


def test_withdrawing_asks_first(page: Page, users: SimpleNamespace, purl: None) -> None:
    pledge = factories.PledgeFactory()
    log_in(page, "editor")
    page.goto(f"/admin/tracker/pledge/{pledge.pk}/change/")
    page.get_by_role("link", name="Withdraw …").click()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("was never published: it is removed.")).to_be_visible()


def test_a_deployment_is_no_aid(page: Page, users: SimpleNamespace, purl: None) -> None:
    log_in(page, "editor")
    page.goto("/admin/tracker/pledge/add/")
    settle(page)
    page.select_option("[name=nature]", "deployment")
    expect(page.locator("[name=aid_type]")).to_have_value("")
    expect(page.locator("[name=beneficiary]")).to_have_value("")
