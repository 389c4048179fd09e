"""Who holds a record, and what a save that comes too late does."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import IntegrityError
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests import factories
from tests.admin.conftest import errors_of, form_data
from tracker.curation.desk import records
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Edit, Party, Pledge


def page_of(pledge: Pledge) -> str:
    return f"/admin/tracker/pledge/{pledge.pk}/change/"


def take(pledge: Pledge, by: Any) -> ChangeSet:
    with records.edit(record=pledge, by=by, at=timezone.now()) as edit:
        pledge.name = f"As {by} has it"
        pledge.save()
    return edit.change_set


def test_a_record_held_by_another_is_shown_with_its_holder_and_cannot_be_edited(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    pledge = factories.PledgeFactory()
    change_set = take(pledge, users.second_editor)
    response = browsers.editor.get(page_of(pledge))
    shown = response.content.decode()
    assert "Held by <strong>second_editor</strong>" in shown
    assert f"/admin/tracker/changeset/{change_set.pk}/change/" in shown
    assert not response.context["has_change_permission"]
    assert 'name="_save"' not in shown
    assert "second_editor" in browsers.editor.get("/admin/tracker/pledge/").content.decode()


def test_a_record_that_waits_for_review_is_not_edited_by_its_author_either(
    browsers: SimpleNamespace, users: SimpleNamespace, at: Any
) -> None:
    pledge = factories.PledgeFactory()
    change_sets.submit(change_set=take(pledge, users.editor), by=users.editor, at=at)
    response = browsers.editor.get(page_of(pledge))
    assert not response.context["has_change_permission"]
    assert "It waits for review" in response.content.decode()


def test_a_stale_form_is_refused_with_who_changed_it_and_keeps_what_was_typed(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    pledge = factories.PledgeFactory()
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Typed too late"}
    take(pledge, users.editor)
    response = browsers.editor.post(page_of(pledge), data)
    assert response.status_code == 200
    assert "editor changed it at" in errors_of(response)
    assert form_data(response)["name"] == "Typed too late"
    pledge.refresh_from_db()
    assert pledge.name == "As editor has it"


def test_a_change_of_a_row_makes_a_form_stale_and_a_rename_elsewhere_does_not(browsers: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory(beneficiary__name="Ukraina")
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Renamed"}
    Party.objects.filter(name="Ukraina").update(name="Ukraine")
    assert browsers.editor.post(page_of(pledge), data).status_code == 302
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Renamed again"}
    pledge.entries.update(amount=7)
    assert "Not saved" in errors_of(browsers.editor.post(page_of(pledge), data))


def test_a_record_taken_while_the_form_was_open_is_not_saved(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Mine", "entries-0-amount": "7 million"}
    with records.edit(record=pledge, by=users.second_editor, at=timezone.now()):
        pass
    response = browsers.editor.post(page_of(pledge), data)
    assert response.status_code == 200
    assert "second_editor holds pledge" in errors_of(response)
    assert form_data(response)["entries-0-amount"] == "7 million"
    assert ChangeSet.objects.filter(author=users.editor).count() == 0


def test_a_form_without_its_version_is_refused(browsers: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Mine", "opened_as": ""}
    assert "Not saved" in errors_of(browsers.editor.post(page_of(pledge), data))


def test_a_race_that_the_database_decides_is_an_error_in_words_and_writes_nothing(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    """The page and REST say the same, and the page keeps what was typed."""
    program = APIClient(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(users.editor)[1]}", HTTP_IF_MATCH="*")
    pledge = factories.PledgeFactory()
    data = form_data(browsers.editor.get(page_of(pledge))) | {"name": "Mine", "entries-0-note": "typed"}
    entry = {"stage": "commitment", "amount": "7", "currency": "EUR"}
    failures = {
        "UNIQUE constraint failed: tracker_entry.pledge_id, tracker_entry.number": "has this number",
        'duplicate key value violates unique constraint "entry_number_once"': "has this number",
        "share_fractions_at_most_one": "come to 1 (100 %) at most",
        "entry_total_stands_alone": "keep the total or the steps",
        "CHECK constraint failed: entry_amount_with_currency": "An amount needs a currency",
        "something else": "what somebody saved at the same moment",
    }
    for failure, words in failures.items():
        with patch("tracker.models.Entry.save", side_effect=IntegrityError(failure)):
            response = browsers.editor.post(page_of(pledge), data)
            answer = program.patch(f"/api/v1/desk/pledges/{pledge.public_id}/", {"entries": [entry]})
        assert words in errors_of(response)
        assert form_data(response)["entries-0-note"] == "typed"
        assert answer.status_code == 409
        assert words in answer.json()["detail"]
    assert not Edit.objects.exists()
    pledge.refresh_from_db()
    assert pledge.name != "Mine"


def test_where_an_edit_goes_is_chosen_and_seen(browsers: SimpleNamespace, users: SimpleNamespace, at: Any) -> None:
    first, second = factories.PledgeFactory.create_batch(2)

    def save(pledge: Pledge, **where: Any) -> Any:
        data = form_data(browsers.editor.get(page_of(pledge)))
        return browsers.editor.post(page_of(pledge), data | {"name": f"{data['name']} again"} | where, follow=True)

    named = {"change_set": "new", "change_set_message": "Readers' letters", "change_set_cause": "correction"}
    save(first, **named)
    change_set = ChangeSet.objects.get()
    assert (change_set.message, change_set.cause) == ("Readers' letters", "correction")
    # What was given a name is chosen on the next form, which says so; another may be chosen all the same.
    shown = browsers.editor.get(page_of(second))
    assert shown.context["where"].chosen == str(change_set.pk)
    save(second, **named | {"change_set_message": ""})
    own = ChangeSet.objects.latest("pk")
    assert (own.message, own.edits.get().public_id) == (f"Pledge: {second.name} again", second.public_id)
    assert browsers.editor.get("/admin/tracker/pledge/add/").context["where"].chosen == "new"
    # A record that is held moves to the one that is chosen.
    assert browsers.editor.get(page_of(second)).context["where"].chosen == str(own.pk)
    save(second, change_set=str(change_set.pk))
    assert change_set.edits.count() == 2
    assert not own.edits.exists()
    change_sets.submit(change_set=change_set, by=users.editor, at=at)
    third = factories.PledgeFactory()
    refused = save(third, change_set=str(change_set.pk))
    assert "choose another one" in errors_of(refused)
    assert form_data(refused)["name"].endswith("again"), "what was typed is still there"


def test_a_withdrawal_says_where_it_goes_and_keeps_its_own_reason(
    browsers: SimpleNamespace, users: SimpleNamespace, publish: Any
) -> None:
    pledge, other = factories.PledgeFactory.create_batch(2)
    publish(pledge, other)
    working = take(other, users.editor)
    address = f"/admin/tracker/pledge/{pledge.pk}/delete/"
    shown = browsers.editor.get(address)
    assert (shown.context["where"].chosen, shown.context["where"].cause) == ("new", "withdrawal")
    browsers.editor.post(address, {"post": "yes", "reason": "It was twice.", "change_set": working.pk})
    assert dict(working.edits.values_list("public_id", "reason")) == {
        pledge.public_id: "It was twice.", other.public_id: "",
    }  # fmt: skip
