"""From the desk to the shelf in the admin: submit, publish, reject, discard, withdraw."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.admin.conftest import errors_of, forgotten_words, form_data, kept_words, new_pledge, without_page
from tracker.admin.review.transitions import PROBLEMS_SHOWN, told
from tracker.curation.desk import records
from tracker.curation.errors import Problem, Refused
from tracker.curation.review import change_sets
from tracker.models import AccountEvent, ChangeSet, Contribution, Edit, Pledge, Publication
from tracker.reporting.desk import differences

LIST = "/admin/tracker/changeset/"


def page_of(change_set: ChangeSet) -> str:
    return f"{LIST}{change_set.pk}/change/"


def step(browser: Client, change_set: ChangeSet, name: str, **data: str) -> Any:
    return browser.post(f"{LIST}{change_set.pk}/{name}/", data, follow=True)


@pytest.fixture
def pledge(db: None) -> Pledge:
    made: Pledge = factories.PledgeFactory(share__contributor__name="Netherlands")
    return made


@pytest.fixture
def change_set(pledge: Pledge, users: SimpleNamespace) -> ChangeSet:
    """An open one of the editor, with one pledge of a million euros."""
    with records.edit(record=pledge, by=users.editor, at=timezone.now()) as edit:
        pass
    return edit.change_set


@pytest.fixture
def submitted(change_set: ChangeSet, users: SimpleNamespace, at: Any) -> ChangeSet:
    return change_sets.submit(change_set=change_set, by=users.editor, at=at)


def test_a_change_set_passes_from_its_author_to_the_shelf(
    browsers: SimpleNamespace, change_set: ChangeSet, pledge: Pledge
) -> None:
    assert "waits for review" in step(browsers.editor, change_set, "submit").content.decode()
    assert f"#{change_set.pk}" in browsers.reviewer.get("/admin/").content.decode()
    shown = browsers.reviewer.get(page_of(change_set)).content.decode()
    assert "Effect on the published sums" in shown
    assert "+1,000,000.00" in shown
    assert "Entry 1, amount" in shown
    assert "1,000,000.00" in shown
    # Looking at the effect wrote nothing.
    assert not Publication.objects.exists()
    assert not Contribution.objects.exists()
    assert "is published" in step(browsers.reviewer, change_set, "publish").content.decode()
    assert Publication.objects.published().filter(kind="pledge", public_id=pledge.public_id).exists()
    record = browsers.editor.get(f"/admin/tracker/pledge/{pledge.pk}/change/").content.decode()
    assert "Published versions" in record
    assert f"/api/v1/pledges/{pledge.public_id}/" in record
    assert "was new" in browsers.viewer.get(page_of(change_set)).content.decode()


def test_a_reviewer_reads_words_and_what_moves_most_money_first(
    browsers: SimpleNamespace, users: SimpleNamespace, publish: Any
) -> None:
    small, large = (factories.PledgeFactory(share__contributor__name=name) for name in ("Denmark", "France"))
    large.entries.update(amount=Decimal(3_000_000_000))
    publish(small, large)
    now = timezone.now()
    with records.edit(record=small, by=users.editor, at=now) as edit:
        Pledge.objects.filter(pk=small.pk).update(announced="2025-09", aid_type="humanitarian")
        small.shares.update(fraction=Decimal("0.5"))
    with records.edit(record=large, by=users.editor, at=now, change_set=edit.change_set):
        large.entries.update(amount=Decimal("2500000000.50"))
    shown = browsers.reviewer.get(page_of(edit.change_set)).context["differences"]
    assert [each.public_id for each in shown] == [large.public_id, small.public_id]
    said = [{line.what: (line.before, line.after) for line in each.lines} for each in shown]
    assert said[0] == {"Entry 1, amount": ("3,000,000,000.00", "2,500,000,000.50")}
    assert said[1]["Announced"][1] == "September 2025"
    assert said[1]["Aid type"] == ("military", "humanitarian")
    assert said[1]["Share Denmark, fraction"] == ("", "0.5")
    only = browsers.reviewer.get(page_of(edit.change_set), {"kind": "party"})
    assert only.context["kinds"] == [("pledge", "Pledges", 2)], "a kind that is not in it is as if not asked for"


def test_of_many_problems_the_first_are_told() -> None:
    problems = [Problem("pledge", str(number), "it is wrong") for number in range(1000)]
    lines = told(Refused(problems))
    assert len(lines) == PROBLEMS_SHOWN + 1
    assert lines[-1] == f"… and {1000 - PROBLEMS_SHOWN} more like these."


def test_a_rejected_change_set_is_back_with_its_reason(browsers: SimpleNamespace, submitted: ChangeSet) -> None:
    assert "Say why" in step(browsers.reviewer, submitted, "reject", reason=" ").content.decode()
    step(browsers.reviewer, submitted, "reject", reason="The source says <b>dollars</b>.\0")
    submitted.refresh_from_db()
    assert (submitted.status, submitted.reason) == ("rejected", "The source says <b>dollars</b>.")
    start = browsers.editor.get("/admin/").content.decode()
    assert "The source says &lt;b&gt;dollars&lt;/b&gt;." in start
    # It can be put right and submitted again.
    step(browsers.editor, submitted, "submit")
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_a_discarded_change_set_leaves_nothing_behind(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace
) -> None:
    assert without_page(users.editor, new_pledge(users.editor, world)).status_code == 302
    change_set = ChangeSet.objects.get()
    step(browsers.editor, change_set, "discard")
    assert not Pledge.objects.exists()
    change_set.refresh_from_db()
    assert change_set.status == "discarded"
    assert "put back" in browsers.editor.get(page_of(change_set)).content.decode()


def test_nobody_publishes_their_own_work(browsers: SimpleNamespace, users: SimpleNamespace, pledge: Pledge) -> None:
    with records.edit(record=pledge, by=users.reviewer, at=timezone.now()) as edit:
        pass
    change_sets.submit(change_set=edit.change_set, by=users.reviewer, at=timezone.now())
    shown = browsers.reviewer.get(page_of(edit.change_set))
    assert "/publish/" not in shown.content.decode()
    assert shown.context["steps"] == ["discard"]
    assert "ask a colleague" in step(browsers.reviewer, edit.change_set, "publish").content.decode()
    assert not Publication.objects.exists()


def test_an_editor_cannot_publish_by_any_way(browsers: SimpleNamespace, submitted: ChangeSet) -> None:
    for editor in (browsers.editor, browsers.second_editor):
        assert "/publish/" not in editor.get(page_of(submitted)).content.decode()
        assert step(editor, submitted, "publish").status_code == 403
        assert step(editor, submitted, "reject", reason="no").status_code == 403
        names = [name for name, _label in editor.get(LIST).context["action_form"].fields["action"].choices]
        assert "publish_selected" not in names
        assert "reject_selected" not in names
        editor.post(LIST, {"action": "publish_selected", "_selected_action": submitted.pk})
    assert "is editor&#x27;s" in step(browsers.second_editor, submitted, "discard").content.decode()
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_a_step_is_never_taken_by_looking(browsers: SimpleNamespace, change_set: ChangeSet) -> None:
    for name in ("submit", "publish", "reject", "discard"):
        assert browsers.reviewer.get(f"{LIST}{change_set.pk}/{name}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(change_set.author)
    page = f"{LIST}{change_set.pk}/change/"
    refused = strict.post(f"{LIST}{change_set.pk}/submit/", headers={"Referer": f"http://testserver{page}"})
    assert (refused.status_code, f'href="{page}"' in refused.content.decode()) == (403, True)
    for host, back in (("testserver", page), ("elsewhere", f"{LIST}{change_set.pk}/submit/")):
        logged_out = Client().post(f"{LIST}{change_set.pk}/submit/", headers={"Referer": f"http://{host}{page}?p=2"})
        there = f"{back}%3Fp%3D2" if host == "testserver" else back
        assert logged_out["Location"] == f"/admin/login/?next={there}", "the login leads to a page, and not to a step"


def test_what_stands_in_the_way_is_said_before_and_when_publishing(
    browsers: SimpleNamespace, users: SimpleNamespace, submitted: ChangeSet, pledge: Pledge
) -> None:
    initiative = factories.InitiativeFactory()
    Pledge.objects.update(initiative=initiative)
    factories.ClaimFactory(record=pledge, verdict="adopted", reason="", quote="", passage_start=None, passage_end=None)
    with records.edit(record=initiative, by=users.second_editor, at=timezone.now()):
        pass
    missing = f"refers to initiative {initiative.public_id}, which is not published"
    shown = browsers.reviewer.get(page_of(submitted))
    assert missing in shown.content.decode()
    assert "cannot be worked out as long as" in shown.context["effect_sentence"]
    assert missing in shown.context["effect_sentence"], "the one that keeps the sums from being worked out"
    browsers.reviewer.post(f"{LIST}{submitted.pk}/effect/")
    assert "what it moves is not known" in browsers.reviewer.get("/admin/").content.decode()
    assert missing in step(browsers.reviewer, submitted, "publish").content.decode()
    assert not Publication.objects.exists()


def test_message_and_cause_are_edited_while_it_is_open(
    browsers: SimpleNamespace, users: SimpleNamespace, change_set: ChangeSet, at: Any
) -> None:
    data = form_data(browsers.editor.get(page_of(change_set))) | {"message": "PURL, August", "cause": "correction"}
    assert browsers.editor.post(page_of(change_set), data).status_code == 302
    change_set.refresh_from_db()
    assert (change_set.message, change_set.cause) == ("PURL, August", "correction")
    assert browsers.second_editor.post(page_of(change_set), data).status_code == 403
    change_sets.submit(change_set=change_set, by=users.editor, at=at)
    late = browsers.editor.post(page_of(change_set), data | {"message": "Too late"})
    assert "is submitted" in errors_of(late)
    assert browsers.editor.get(page_of(change_set)).context["has_change_permission"] is False


def test_a_change_set_is_begun_with_a_message(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    data = form_data(browsers.editor.get(f"{LIST}add/"))
    assert "message" in errors_of(browsers.editor.post(f"{LIST}add/", data))
    browsers.editor.post(f"{LIST}add/", data | {"message": "Ramstein, October"})
    change_set = ChangeSet.objects.get()
    assert (change_set.author, change_set.message) == (users.editor, "Ramstein, October")
    browsers.editor.get("/admin/tracker/pledge/add/")
    assert "Ramstein, October" in browsers.editor.get("/admin/tracker/pledge/add/").content.decode()


def test_steps_of_several_change_sets_from_the_list(
    browsers: SimpleNamespace, users: SimpleNamespace, change_set: ChangeSet
) -> None:
    selected = {"_selected_action": [change_set.pk]}
    submit = selected | {"action": "submit_selected"}
    assert "changes 4 published sums" in browsers.editor.post(LIST, submit).content.decode()
    change_set.refresh_from_db()
    assert change_set.status == "open"
    browsers.editor.post(LIST, submit | {"confirmed": "yes"})
    due = timezone.now().date().isoformat()
    assign = selected | {"action": "assign_selected", "assignee": "reviewer\0", "due": due}
    assert "reviewer</option>" in browsers.editor.post(LIST, assign).content.decode()
    browsers.editor.post(LIST, assign | {"confirmed": "yes"})
    change_set.refresh_from_db()
    assert (change_set.assignee, str(change_set.due)) == (users.reviewer, due)
    asked = browsers.reviewer.post(LIST, selected | {"action": "reject_selected"})
    reject = selected | {"action": "reject_selected", "confirmed": "yes"}
    assert not forgotten_words(browsers.reviewer.post(LIST, reject | {"reason": " "})), "it was refused"
    rejected = browsers.reviewer.post(LIST, reject | {"reason": "Wrong year"})
    assert kept_words(asked) == forgotten_words(rejected) != ""
    change_set.refresh_from_db()
    assert (change_set.status, change_set.reason) == ("rejected", "Wrong year")
    browsers.editor.post(LIST, submit | {"confirmed": "yes"})
    publish = selected | {"action": "publish_selected"}
    asked = browsers.reviewer.post(LIST, publish)
    assert "record becomes public, for good" in asked.content.decode()
    assert asked.context["possible"] == 1
    assert not Publication.objects.exists()
    browsers.reviewer.post(LIST, publish | {"confirmed": "yes"})
    change_set.refresh_from_db()
    assert change_set.status == "published"
    with records.edit(record=Pledge.objects.get(), by=users.editor, at=timezone.now()) as edit:
        pass
    selected = {"_selected_action": [edit.change_set.pk], "action": "discard_selected"}
    assert "Every record goes back" in browsers.editor.post(LIST, selected).content.decode()
    browsers.editor.post(LIST, selected | {"confirmed": "yes"})
    assert not Edit.objects.filter(released_at__isnull=True).exists()


def test_a_published_record_is_withdrawn_by_publishing_that(
    browsers: SimpleNamespace, submitted: ChangeSet, pledge: Pledge
) -> None:
    step(browsers.reviewer, submitted, "publish")
    address = f"/admin/tracker/pledge/{pledge.pk}/"
    asked = browsers.editor.get(f"{address}delete/")
    assert "It stays public until" in asked.content.decode()
    response = browsers.editor.post(f"{address}delete/", {"post": "yes", "reason": " "}, follow=True)
    assert not forgotten_words(response)
    assert "the reason is public" in response.content.decode()
    given = {"post": "yes", "reason": "It was entered twice."}
    response = browsers.editor.post(f"{address}delete/", given)
    assert kept_words(asked) == forgotten_words(response) != ""
    response = browsers.editor.get(response["Location"])
    assert "stays public until its withdrawal is published" in response.content.decode()
    assert Pledge.objects.exists()
    edit = Edit.objects.get(released_at__isnull=True)
    assert (edit.action, edit.change_set.cause) == ("withdraw", "withdrawal")
    step(browsers.editor, edit.change_set, "submit")
    reviewed = browsers.reviewer.get(page_of(edit.change_set)).content.decode()
    assert "−1,000,000.00" in reviewed
    assert "It was entered twice." in reviewed
    step(browsers.reviewer, edit.change_set, "publish")
    assert "It was entered twice." in browsers.reviewer.get(page_of(edit.change_set)).content.decode()
    assert not Publication.objects.published().filter(kind="pledge").exists()
    assert "It was entered twice." in Publication.objects.get(is_tombstone=True, kind="pledge").document
    assert "withdrawn" in browsers.editor.get("/admin/tracker/pledge/?state=withdrawn").content.decode()


def test_records_are_withdrawn_from_their_list_after_one_question(browsers: SimpleNamespace, pledge: Pledge) -> None:
    address, data = "/admin/tracker/pledge/", {"action": "withdraw_selected", "_selected_action": [pledge.pk]}
    asked = browsers.editor.post(address, data)
    assert "Keep them" in asked.content.decode()
    assert Pledge.objects.exists()
    response = browsers.editor.post(address, data | {"confirmed": "yes"})
    assert kept_words(asked) == forgotten_words(response) != ""
    response = browsers.editor.get(response["Location"])
    assert "was never published: it is removed" in response.content.decode()
    assert not Pledge.objects.exists()


def test_a_record_that_others_refer_to_is_not_removed(browsers: SimpleNamespace, pledge: Pledge) -> None:
    party = pledge.beneficiary
    assert party is not None
    response = browsers.editor.post(f"/admin/tracker/party/{party.pk}/delete/", {"post": "yes"}, follow=True)
    assert "still refer to it" in response.content.decode()
    listed = {"action": "withdraw_selected", "_selected_action": [party.pk], "confirmed": "yes"}
    response = browsers.editor.post("/admin/tracker/party/", listed, follow=True)
    assert "still refer to it" in response.content.decode()
    party.refresh_from_db()


def test_a_change_set_is_found_by_its_number(browsers: SimpleNamespace, change_set: ChangeSet) -> None:
    other = factories.ChangeSetFactory(message="Something else")
    shown = browsers.viewer.get(LIST, {"q": f"#{change_set.pk}"}).context["cl"].result_list
    assert [found.pk for found in shown] == [change_set.pk]
    assert other.pk != change_set.pk


@pytest.mark.parametrize("words", ["zlotych", "ZŁOTYCH dla", "#{number}"])
def test_a_change_set_is_found_by_its_message_whatever_the_accents(
    words: str, browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    at = timezone.now()
    made = [
        change_sets.open_change_set(author=users.editor, message=message, cause=ChangeSet.Cause.CORRECTION, at=at)
        for message in ("500 mln złotych dla Ukrainy", "Another")
    ]
    answer = browsers.editor.get(LIST, {"q": words.format(number=made[0].pk)})
    assert [row.pk for row in answer.context["cl"].result_list] == [made[0].pk]


def test_records_are_moved_to_another_change_set_of_ones_own(
    browsers: SimpleNamespace, users: SimpleNamespace, change_set: ChangeSet, pledge: Pledge
) -> None:
    address = f"{LIST}{change_set.pk}/move/"
    chosen = {"records": f"pledge {pledge.public_id}", "change_set": "new", "change_set_cause": "correction"}
    assert "is editor&#x27;s" in browsers.second_editor.post(address, chosen, follow=True).content.decode()
    assert ChangeSet.objects.count() == 1, "nothing was opened by whoever may not"
    assert "Choose at least one record" in browsers.editor.post(address, follow=True).content.decode()
    moved = browsers.editor.post(address, chosen | {"change_set_message": "Of its own"}, follow=True)
    assert "1 record is in #" in moved.content.decode()
    assert ChangeSet.objects.get(message="Of its own").edits.get().public_id == pledge.public_id
    assert not change_set.edits.exists()


def test_a_reviewer_searches_within_a_change_set_and_ticks_what_they_have_seen(
    browsers: SimpleNamespace, users: SimpleNamespace, at: Any
) -> None:
    patriot, gepard = (factories.PledgeFactory(name=name) for name in ("Patriot systems", "Gepard tanks"))
    working = change_sets.open_change_set(author=users.editor, message="Two", cause="new_information", at=at)
    for pledge in (patriot, gepard):
        with records.edit(record=pledge, by=users.editor, at=at, change_set=working):
            pass
    found = browsers.reviewer.get(page_of(working), {"search": "gepard"}).context
    assert [each.public_id for each in found["differences"]] == [gepard.public_id]
    chosen = {"records": f"pledge {gepard.public_id}", "asked": "search=gepard"}
    for odd in ({}, {"revision": "-1"}, {"revision": "now"}):
        refused = browsers.reviewer.post(f"{LIST}{working.pk}/seen/", chosen | odd, follow=True).content.decode()
        assert "It is not known as of which revision" in refused
        assert "0 of 2 seen" in refused
    chosen["revision"] = found["revision"]
    ticked = browsers.reviewer.post(f"{LIST}{working.pk}/seen/", chosen, follow=True)
    assert ticked.context["term"] == "gepard"
    assert "1 of 2 seen" in ticked.content.decode()
    left = browsers.reviewer.get(page_of(working), {"show": "unseen"}).context["differences"]
    assert [each.public_id for each in left] == [patriot.public_id]
    # It is for each reviewer, and until the record is edited again.
    assert browsers.administrator.get(page_of(working)).context["seen_count"] == 0
    with records.edit(record=gepard, by=users.editor, at=timezone.now(), change_set=working):
        pass
    assert browsers.reviewer.get(page_of(working)).context["seen_count"] == 0
    refused = browsers.editor.post(f"{LIST}{working.pk}/seen/", {"records": f"pledge {gepard.public_id}"})
    assert refused.status_code == 403


def test_all_that_is_found_is_ticked_at_once_but_for_what_was_edited_since_one_looked(
    browsers: SimpleNamespace, users: SimpleNamespace, at: Any
) -> None:
    pledges = [factories.PledgeFactory(name=f"Patriot {number}") for number in range(22)]
    other = factories.PledgeFactory(name="Gepard tanks")
    working = change_sets.open_change_set(author=users.editor, message="Many", cause="new_information", at=at)
    for pledge in (*pledges, other):
        with records.edit(record=pledge, by=users.editor, at=at, change_set=working):
            pass
    page = browsers.reviewer.get(page_of(working), {"search": "patriot"})
    assert "Choose all 22 that are found" in page.content.decode()
    chosen = {"all": "yes", "asked": "search=patriot", "revision": page.context["revision"]}
    with records.edit(record=pledges[0], by=users.editor, at=timezone.now(), change_set=working):
        pass
    told = browsers.reviewer.post(f"{LIST}{working.pk}/seen/", chosen, follow=True)
    assert f"Edited since you looked: {pledges[0].public_id}" in told.content.decode()
    assert told.context["seen_count"] == 0
    chosen["revision"] = told.context["revision"]
    assert browsers.reviewer.post(f"{LIST}{working.pk}/seen/", chosen, follow=True).context["seen_count"] == 22
    left = browsers.reviewer.get(page_of(working), {"show": "unseen"}).context["differences"]
    assert [each.public_id for each in left] == [other.public_id]


def test_the_effect_is_worked_out_on_four_tables_and_kept_when_it_is_submitted(
    browsers: SimpleNamespace, change_set: ChangeSet, users: SimpleNamespace
) -> None:
    before = browsers.editor.get(page_of(change_set)).context
    assert [table.name for table in before["effect"]] == [
        "Contributor × stage", "Contributor × aid type", "Initiative × stage", "Month",
    ]  # fmt: skip
    step(browsers.editor, change_set, "submit")
    kept = browsers.reviewer.get(page_of(change_set)).context
    assert kept["effect_at"] is not None
    assert kept["effect"] == before["effect"]
    [total] = kept["effect_totals"]
    assert (total.stage, total.difference) == ("commitment", "+1,000,000.00")
    assert "Netherlands, commitment, EUR +1,000,000.00" in kept["effect_sentence"]


def test_what_moves_within_a_total_is_named_and_has_a_size(
    browsers: SimpleNamespace, users: SimpleNamespace, pledge: Pledge, publish: Any
) -> None:
    initiative = factories.InitiativeFactory(name="PURL")
    publish(pledge, initiative)
    with records.edit(record=pledge, by=users.editor, at=timezone.now()) as edit:
        Pledge.objects.update(initiative=initiative)
    step(browsers.editor, edit.change_set, "submit")
    shown = browsers.reviewer.get(page_of(edit.change_set)).context
    assert shown["effect_totals"] == []
    assert shown["effect_sentence"] == (
        "Publishing changes 2 published sums. The largest change: PURL, commitment, EUR +1,000,000.00."
    )
    [waiting] = browsers.reviewer.get("/admin/").context["waiting"]
    assert waiting.euros == "1,000,000.00"
    # The author, and whom the author made a reviewer, may not review it: it waits for neither.
    assert browsers.editor.get("/admin/").context["waiting"] == []
    AccountEvent.objects.create(
        user=users.reviewer, by=users.editor, what="granted", role="reviewer", at=timezone.now()
    )  # fmt: skip
    assert browsers.reviewer.get("/admin/").context["waiting"] == []


def test_reviewer_and_author_talk_on_the_page_and_a_part_goes_back(
    browsers: SimpleNamespace, users: SimpleNamespace, change_set: ChangeSet, pledge: Pledge
) -> None:
    other = factories.PledgeFactory()
    with records.edit(record=other, by=users.editor, at=timezone.now(), change_set=change_set):
        pass
    step(browsers.editor, change_set, "submit")
    address = f"{LIST}{change_set.pk}/"
    said = {"kind": "pledge", "public_id": pledge.public_id, "field": "entries[1].amount", "text": "Dollars?"}
    shown = browsers.reviewer.post(f"{address}comment/", said, follow=True)
    [thread] = next(each for each in shown.context["differences"] if each.public_id == pledge.public_id).threads
    assert thread.place == "Entry 1, amount"
    browsers.editor.post(f"{address}answer/", {"comment": thread.comment.pk, "text": "Euros."})
    settled = browsers.reviewer.post(
        f"{address}answer/", {"comment": thread.comment.pk, "settle": "yes"}, follow=True
    ).context
    assert settled["open_threads"] == 0
    browsers.reviewer.post(f"{address}assign/", {"assignee": "reviewer", "due": "2999-01-31"})
    [waiting] = browsers.administrator.get("/admin/").context["waiting"]
    assert (waiting.change_set.assignee, waiting.records, waiting.euros) == (users.reviewer, 2, "2,000,000.00")
    chosen = {"records": f"pledge {other.public_id}", "reason": "No source."}
    assert browsers.editor.post(f"{address}send-back/", chosen).status_code == 403
    browsers.reviewer.post(f"{address}send-back/", chosen)
    back = ChangeSet.objects.get(status="rejected")
    assert (back.author, back.reason, back.edits.get().public_id) == (users.editor, "No source.", other.public_id)
    step(browsers.reviewer, change_set, "publish")
    published = browsers.editor.get(page_of(change_set))
    assert published.context["steps"] == ["revert"]
    for reason, public in (("", f"Change set #{change_set.pk}, which brought it, is taken back."), ("No source.",) * 2):
        reverting = browsers.editor.post(f"{address}revert/", {"reason": reason}, follow=True)
        assert "takes back" in reverting.content.decode()
        opened = ChangeSet.objects.latest("pk")
        taken_back = opened.edits.get(public_id=pledge.public_id)
        assert (taken_back.action, taken_back.reason) == ("withdraw", public), "what was new is withdrawn"
        step(browsers.editor, opened, "discard")


def test_an_author_sees_before_submitting_what_the_reviewer_will(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    pledges = [factories.PledgeFactory(name="Patriot for Ukraine", share=None, entry=None) for _ in range(7)]
    working = change_sets.open_change_set(
        author=users.editor, message="Two", cause="new_information", at=timezone.now()
    )
    for pledge in pledges:
        with records.edit(record=pledge, by=users.editor, at=timezone.now(), change_set=working):
            pass
    shown = browsers.editor.get(page_of(working))
    before = shown.context
    [unborne] = [each for each in before["to_show"].rules if each.rule == "shares-missing"]
    assert (unborne.count, len(unborne.first), unborne.severity) == (7, 5, "error")
    assert {each.finding.message for each in unborne.first} == {"Nobody is named who bears this pledge."}
    assert "7 findings · A pledge names who bears it.</summary>" in shown.content.decode()
    every = f"/admin/tracker/finding/?change_set={working.pk}&amp;rule=shares-missing"
    assert every in shown.content.decode()
    assert browsers.editor.get(every.replace("&amp;", "&")).context["cl"].result_count == 7
    assert before["problems"], "what the door would say"
    asked = step(browsers.editor, working, "submit").content.decode()
    assert "It was not submitted" in asked, "nobody submits by mistake what cannot be published"
    assert "Submit it all the same" in asked
    step(browsers.editor, working, "submit", confirm="yes")
    after = browsers.reviewer.get(page_of(working)).context
    assert (after["to_show"], after["problems"]) == (before["to_show"], before["problems"])


def test_a_long_record_is_read_on_a_page_of_its_own(
    browsers: SimpleNamespace, users: SimpleNamespace, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = change_sets.open_change_set(author=users.editor, message="Two", cause="new_information", at=at)
    long, short = factories.PledgeFactory(description="Long to read"), factories.PartyFactory(name="Norway")
    for record in (long, short):
        with records.edit(record=record, by=users.editor, at=at, change_set=working):
            pass
    shown = browsers.reviewer.get(page_of(working)).context["differences"]
    monkeypatch.setattr(differences, "LONG", len(shown[1].lines))
    listed = browsers.reviewer.get(page_of(working)).content.decode()
    assert "<ins>Norway</ins>" in listed
    assert "<ins>Long to read</ins>" not in listed
    asked = f"?kind=pledge&amp;record={long.public_id}"
    assert asked in listed
    alone = browsers.reviewer.get(page_of(working) + asked.replace("&amp;", "&"))
    assert [each.public_id for each in alone.context["differences"]] == [long.public_id]
    assert "<ins>Long to read</ins>" in alone.content.decode()
    assert 'name="field"' in alone.content.decode()
    ticked = {"records": f"pledge {long.public_id}", "revision": working.revision, "asked": alone.context["asked"]}
    back = browsers.reviewer.post(f"{LIST}{working.pk}/seen/", ticked)
    assert back.url.endswith(f"?kind=pledge&record={long.public_id}#records-heading")
