"""Nothing typed is lost: drafts of the browser, lost sessions, and records that two people change at once."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import form_data, log_in, settle
from tracker.curation.desk import records
from tracker.models import Pledge


@pytest.fixture
def pledge(db: None) -> Pledge:
    made: Pledge = factories.PledgeFactory(public_id="NLD-1", name="As it was", announced="2025-08")
    return made


def address(pledge: Pledge, what: str = "change") -> str:
    return f"/admin/tracker/pledge/{pledge.pk}/{what}/"


def test_a_draft_comes_back_with_its_rows_and_saves_nothing(browsers: SimpleNamespace, pledge: Pledge) -> None:
    data = form_data(browsers.editor.get(address(pledge))) | {
        "_restore": "1", "name": "Typed before", "entries-TOTAL_FORMS": "2", "entries-1-stage": "delivery",
    }  # fmt: skip
    page = browsers.editor.post(address(pledge), data)
    assert "It is not saved yet" in page.content.decode()
    shown = form_data(page)
    assert (shown["name"], shown["entries-1-stage"]) == ("Typed before", "delivery")
    pledge.refresh_from_db()
    assert pledge.name == "As it was"
    saved = browsers.editor.post(address(pledge), shown)
    assert saved.status_code == 302
    assert saved.cookies["draft_saved"].value.endswith(f"%2F{pledge.pk}%2Fchange%2F")


def test_two_people_choose_by_field(browsers: SimpleNamespace, pledge: Pledge) -> None:
    data = form_data(browsers.editor.get(address(pledge))) | {"name": "Mine", "description": "Mine too"}
    Pledge.objects.update(name="Theirs", announced="2025-09")
    stale = browsers.editor.post(address(pledge), data)
    found = {each.name: (each.now, each.typed) for each in stale.context["stale"]}
    assert found == {
        "name": ("Theirs", "Mine"), "announced": ("September 2025", "August 2025"),
        "description": ("nothing", "Mine too"),
    }  # fmt: skip
    form = stale.context["adminform"].form
    chosen = form_data(stale) | {
        "seen_as": form.seen_as, "keep:name": "typed", "keep:announced": "now", "keep:description": "typed",
    }  # fmt: skip
    chosen |= {f"now:{each.name}": each.values for each in stale.context["stale"]}
    assert browsers.editor.post(address(pledge), chosen).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.name, pledge.announced, pledge.description) == ("Mine", "2025-09", "Mine too")


def test_a_note_that_only_the_desk_reads_is_not_overwritten(browsers: SimpleNamespace, pledge: Pledge) -> None:
    """It stands in no document that is published, and took as long to write."""
    data = form_data(browsers.editor.get(address(pledge))) | {"note": "Mine"}
    Pledge.objects.update(note="Theirs")
    stale = browsers.editor.post(address(pledge), data)
    assert [(each.now, each.typed) for each in stale.context["stale"]] == [("Theirs", "Mine")]
    chosen = form_data(stale) | {"seen_as": stale.context["adminform"].form.seen_as, "keep:note": "typed"}
    assert browsers.editor.post(address(pledge), chosen).status_code == 302
    pledge.refresh_from_db()
    assert pledge.note == "Mine"


def test_who_changes_it_again_meanwhile_is_not_overwritten(browsers: SimpleNamespace, pledge: Pledge) -> None:
    data = form_data(browsers.editor.get(address(pledge))) | {"name": "Mine"}
    Pledge.objects.update(name="Theirs")
    stale = browsers.editor.post(address(pledge), data)
    Pledge.objects.update(name="Newer")
    chosen = form_data(stale) | {"seen_as": stale.context["adminform"].form.seen_as, "keep:name": "typed"}
    again = browsers.editor.post(address(pledge), chosen)
    assert [each.now for each in again.context["stale"]] == ["Newer"]


@pytest.mark.parametrize(("keep", "notes"), [("typed", ["", "Typed for an hour"]), ("now", [""])])
def test_a_line_that_somebody_removed_meanwhile_is_kept_as_it_was_typed(
    browsers: SimpleNamespace, pledge: Pledge, keep: str, notes: list[str]
) -> None:  # fmt: skip
    factories.EntryFactory(pledge=pledge, number=2)
    data = form_data(browsers.editor.get(address(pledge))) | {"entries-1-note": "Typed for an hour"}
    pledge.entries.filter(number=2).delete()
    stale = browsers.editor.post(address(pledge), data)
    assert [(each.label, each.now) for each in stale.context["stale"]] == [("Entry", "removed")]
    assert "Typed for an hour" in stale.context["stale"][0].typed
    chosen = form_data(stale) | {"seen_as": stale.context["adminform"].form.seen_as}
    chosen |= {"keep:entries-1-DELETE": keep, "now:entries-1-DELETE": "on"}
    assert browsers.editor.post(address(pledge), chosen).status_code == 302
    assert [*pledge.entries.order_by("number").values_list("note", flat=True)] == notes


def test_a_pledge_is_copied_as_a_template(browsers: SimpleNamespace, pledge: Pledge) -> None:
    pledge.items.create(number=1, description="Spare parts", quantity="4")
    factories.ClaimFactory(record_kind="pledge", record_id="NLD-1")
    page = browsers.editor.get(address(pledge, "copy"))
    shown = form_data(page)
    assert (shown["name"], shown["items-0-description"]) == ("As it was", "Spare parts")
    assert browsers.editor.post("/admin/tracker/pledge/add/", shown).status_code == 302
    copy = Pledge.objects.exclude(pk=pledge.pk).get(name="As it was")
    assert (copy.entries.count(), copy.items.count(), copy.shares.count()) == (1, 1, 1)
    assert browsers.viewer.get(address(pledge, "copy")).status_code == 403


@pytest.mark.browser
def test_a_lost_session_leads_through_the_login_back_to_the_filled_form(
    page: Page, users: SimpleNamespace, pledge: Pledge
) -> None:  # fmt: skip
    page.set_viewport_size({"width": 390, "height": 900})
    log_in(page, "editor")
    page.goto(address(pledge))
    settle(page)
    page.fill("[name=name]", "Typed for an hour")
    page.get_by_role("link", name="Add another Entry").click()
    page.fill("[name=entries-1-note]", "A line of it")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("editor")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("It is not saved yet").first).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Typed for an hour")
    expect(page.locator("[name=entries-1-note]")).to_have_value("A line of it")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved in change set")).to_be_visible()
    page.goto(address(pledge))
    settle(page)
    assert not page.locator(".tracker-draft").count()
    assert Pledge.objects.get().name == "Typed for an hour"
    assert Pledge.objects.get().entries.filter(note="A line of it").exists()


@pytest.mark.browser
def test_a_comment_that_a_lost_session_stopped_stands_in_its_place_until_it_is_taken(
    page: Page, users: SimpleNamespace, pledge: Pledge
) -> None:  # fmt: skip
    with records.edit(record=pledge, by=users.editor, at=timezone.now()) as edit:
        Pledge.objects.update(description="Anew")
    log_in(page, "editor")
    page.goto(f"/admin/tracker/changeset/{edit.change_set_id}/change/")
    page.get_by_text("Comment …").first.click()
    page.get_by_label("Comment", exact=True).first.fill("Written for an hour")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Comment").first.click()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("editor")
    page.get_by_role("button", name="Log in").click()
    comment = page.get_by_label("Comment", exact=True).first
    expect(comment).to_have_value("Written for an hour")
    expect(comment).to_be_visible()
    page.get_by_role("button", name="Comment").first.click()
    expect(page.locator(".tracker-thread")).to_contain_text("Written for an hour")
    expect(comment).to_have_value("")


@pytest.mark.browser
def test_what_was_typed_comes_back_where_somebody_else_holds_the_record_by_now(
    page: Page, users: SimpleNamespace, pledge: Pledge
) -> None:  # fmt: skip
    log_in(page, "editor")
    page.goto(address(pledge))
    settle(page)
    page.fill("[name=name]", "Typed for an hour")
    page.goto("/admin/")
    with records.edit(record=pledge, by=users.second_editor, at=timezone.now()):
        Pledge.objects.update(description="Theirs")
    page.goto(address(pledge))
    page.get_by_role("button", name="Take it up again").click()
    expect(page.locator("[name=name]")).to_have_value("Typed for an hour")
    expect(page.get_by_text("Held by second_editor")).to_be_visible()


@pytest.mark.browser
def test_a_closed_tab_is_offered_again_to_the_same_person_only(
    page: Page, users: SimpleNamespace, pledge: Pledge
) -> None:  # fmt: skip
    log_in(page, "editor")
    page.goto(address(pledge))
    settle(page)
    page.fill("[name=name]", "Half a sen")
    other = page.context.new_page()
    other.goto(address(pledge))
    settle(other)
    other.fill("[name=announced]", "2025-07")
    other.goto("/admin/")
    other.close()
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Open the form anew").click()
    expect(page.get_by_text("It is not saved yet").first).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Half a sen")
    page.goto("/admin/")
    log_in(page, "second_editor")
    page.goto(address(pledge))
    settle(page)
    assert not page.locator(".tracker-draft").count()
    log_in(page, "editor")
    page.goto(address(pledge))
    expect(page.locator(".tracker-draft p")).to_contain_text(["differs in: Announced", "differs in: Title"])
    page.get_by_role("button", name="Take it up again").last.click()
    expect(page.locator("[name=name]")).to_have_value("Half a sen")
    page.goto(address(pledge))
    page.get_by_role("button", name="Throw it away").first.click()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    settle(page)
    assert not page.locator(".tracker-draft").count()
