"""Evidence beside the form, as a person works with it: by mouse and by keyboard, wide and on a phone."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import violations
from tests.admin.conftest import log_in, settle
from tests.curation.desk import Desk
from tracker.curation.desk.texts import Reading, take_in
from tracker.models import Claim, Document, Finding, Pledge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is beyond the plane of two bytes is one character to the tracker, and two to a browser.
CONTENT = "🇩🇪 Germany is contributing four Eurofighter jets for flights over Poland.\nFive jets came to Ukraine."
FOUR = {"document": "paper", "quote": "four Eurofighter jets", "field": "items[ef].quantity", "value": "four"}
FIVE = {"document": "paper", "quote": "Five jets", "field": "items[ef].quantity", "value": "five", "verdict": "open"}
SIZES = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def pledge(users: SimpleNamespace) -> Pledge:
    """A pledge of four Eurofighters, with the text that says so."""
    desk = Desk()
    desk.editor = users.editor
    desk.basics()
    desk.write("document", id="paper", name="A paper")
    paper = Document.objects.get(public_id="paper")
    take_in(document=paper, reading=Reading(CONTENT, "as it is", "", "en"), by=desk.editor, at=desk.at)
    found: Pledge = desk.pledge(items=[{"platform": "ef", "quantity": "4"}], entries=[], claims=[FOUR, FIVE])
    return found


def open_form(page: Page, pledge: Pledge, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page, "editor")
    page.goto(f"/admin/record/pledge/{pledge.public_id}/")
    settle(page)


def select(page: Page, words: str) -> None:
    """Select words in the text as a mouse does that is drawn over them; they stand in one piece of it."""
    page.evaluate(
        """(words) => {
            const walk = document.createTreeWalker(document.querySelector(".tracker-text"), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const start = walk.currentNode.data.indexOf(words);
                if (start >= 0) {
                    getSelection().setBaseAndExtent(walk.currentNode, start, walk.currentNode, start + words.length);
                    return;
                }
            }
        }""",
        words,
    )


@SIZES
def test_words_and_a_field_make_a_claim(page: Page, pledge: Pledge, width: int) -> None:
    open_form(page, pledge, width)
    page.locator("[name=beneficiary]").locator("xpath=following-sibling::span//span[@role='combobox']").focus()
    expect(page.locator("#tracker-place")).to_have_value("beneficiary")
    select(page, "to Ukraine")
    page.get_by_role("button", name="Make the claim").click()
    expect(page.get_by_role("status").filter(has_text="Claim made")).to_contain_text("“to Ukraine” for beneficiary")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Saved in")).to_be_visible()
    claim = Claim.objects.get(field="beneficiary")
    assert (claim.quote, claim.value, claim.support) == ("to Ukraine", "to Ukraine", "passage")
    assert CONTENT[claim.passage_start : claim.passage_end] == "to Ukraine"


@SIZES
def test_five_for_four_is_found_where_no_passage_says_five(page: Page, pledge: Pledge, width: int) -> None:
    """By the keyboard alone: a field, to its passage, a claim of it, and back; and what is found fits the page."""
    open_form(page, pledge, width)
    page.locator("[name=items-0-quantity]").focus()
    expect(page.locator("mark.is-current").first).to_have_text("four Eurofighter jets")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("5")
    page.keyboard.press("Alt+t")
    expect(page.locator(".tracker-text")).to_be_focused()
    for _step in range(len("four Eurofighter")):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("nothing is typed into a text")
    expect(page.locator("#tracker-words")).to_have_text("four Eurofighter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Claim made")).to_contain_text("items[ef].quantity")
    page.keyboard.press("Escape")
    expect(page.locator("[name=items-0-quantity]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved in")).to_be_visible()
    assert Document.objects.get(public_id="paper").texts.get().content == CONTENT
    page.goto(f"/admin/record/pledge/{pledge.public_id}/")
    beside = page.locator(".field-quantity .tracker-beside")
    expect(beside.filter(has_text="No passage says 5")).to_have_count(2)
    assert set(Finding.objects.filter(rule="support-broken").values_list("field", flat=True)) == {"items[ef].quantity"}
    panel_fits_and_axe_finds_nothing(page, width)


def panel_fits_and_axe_finds_nothing(page: Page, width: int) -> None:
    expect(page.locator(".tracker-finding").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#tracker-evidence", ".tracker-findings"):
        assert violations(page, part) == []


def test_one_of_rival_claims_is_adopted_and_the_other_stays_rejected(page: Page, pledge: Pledge) -> None:
    open_form(page, pledge, 1280)
    place = page.locator(".tracker-place.has-rivals")
    expect(place.locator("li[data-claim]")).to_have_count(2)
    five = Claim.objects.get(quote="Five jets")
    place.get_by_role("button", name=f"Adopt, and reject the others {five.public_id}").click()
    page.get_by_label("Why this one").fill("The later count.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is adopted")).to_contain_text("The field says 4")
    page.locator("[name=items-0-quantity]").fill("5")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Saved in")).to_be_visible()
    verdicts = Claim.objects.order_by("quote").values_list("quote", "verdict", "reason", "support")
    assert list(verdicts) == [
        ("Five jets", "adopted", "The later count.", "passage"),
        ("four Eurofighter jets", "rejected", "The later count.", "passage"),
    ]


def test_a_passage_leads_to_its_field_and_another_document_is_brought_beside(page: Page, pledge: Pledge) -> None:
    open_form(page, pledge, 1280)
    page.locator("mark", has_text="Five jets").click()
    expect(page.get_by_role("status").filter(has_text="Quoted for items[ef].quantity")).to_be_visible()
    page.get_by_role("button", name="Field").first.click()
    expect(page.locator("[name=items-0-quantity]")).to_be_focused()
    page.locator("#tracker-another + .select2 .select2-selection").click()
    page.keyboard.type("source")
    page.locator(".select2-results__option", has_text="A source").click()
    expect(page.locator("#tracker-sources")).to_contain_text("Its text is not held here")


def test_a_finding_is_waived_from_the_form(page: Page, pledge: Pledge) -> None:
    open_form(page, pledge, 390)
    page.get_by_role("link", name="waive announced (support-missing)").click()
    expect(page.get_by_label("Why this is right all the same")).to_have_attribute("autofocus", "")
    page.get_by_label("Why this is right all the same").fill("The day is that of the paper.")
    address = page.url
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Waive").click()
    log_in(page, "editor")
    page.goto(address)
    expect(page.get_by_label("Why this is right all the same")).to_have_value("The day is that of the paper.")
    page.get_by_role("button", name="Waive").click()
    expect(page.get_by_text("Waived: No passage")).to_be_visible()
    assert Finding.objects.get(rule="support-missing", field="announced").reason == "The day is that of the paper."


def test_an_invented_quote_on_no_field_is_refused_at_its_row_and_stays_as_typed(page: Page, pledge: Pledge) -> None:
    open_form(page, pledge, 1280)
    page.locator("[name=claims-0-quote]").fill("Germany sends nine Eurofighter jets")
    page.locator("[name=claims-0-field]").fill("items[leopard].colour")
    page.get_by_role("button", name="Save and continue editing").click()
    told = page.locator("#claims-group").get_by_text("There is no field “items[leopard].colour”; there are: ")
    expect(told).to_contain_text("four Eurofighter jets”. There is no field")
    expect(told).to_contain_text("items[ef]")
    expect(page.locator("[name=claims-0-quote]")).to_have_value("Germany sends nine Eurofighter jets")
    assert not Claim.objects.filter(field="items[leopard].colour").exists()
