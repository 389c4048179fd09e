"""The life of a change set, and the second person."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.curation.desk import Desk, everything, ledger, shelf, versions
from tests.factories import UserFactory
from tests.models.refused import refused
from tracker.curation import accounts, people
from tracker.curation.desk import bulk_edits, bulk_planning, records
from tracker.curation.desk import versions as versions_on_desk
from tracker.curation.discussion import seen
from tracker.curation.discussion.publishing_alone import state_alone
from tracker.curation.errors import CurationError, EditedSince, HeldByAnother, NotAllowed, WrongStatus
from tracker.curation.publishing import moving, publishing
from tracker.curation.review import change_sets, holding, permissions
from tracker.models import ChangeSet, Contribution, Edit, Party, Pledge, Publication, PublicId, Seen
from tracker.records.registry import document_of


def test_nothing_shows_until_somebody_else_publishes(desk: Desk) -> None:
    pledge = desk.pledge()
    assert (shelf("pledge", pledge.public_id), ledger()) == (None, [])
    change_set = desk.submit()
    assert (shelf("pledge", pledge.public_id), ledger()) == (None, [])
    moment = desk.at
    published = publishing.publish(change_set=change_set, by=desk.reviewer, at=moment)
    assert (published.status, published.reviewer, published.published_at) == ("published", desk.reviewer, moment)
    assert shelf("pledge", pledge.public_id) == document_of(pledge)
    [row] = ledger()
    assert (row.publication.change_set, row.recorded_from, row.eur_cents) == (published, moment, 100_000_000)
    assert not Edit.objects.filter(released_at=None).exists()
    assert change_sets.editable_of(author=desk.editor) == []


def test_a_rejected_one_is_edited_and_submitted_again(desk: Desk) -> None:
    pledge = desk.pledge()
    change_set = desk.submit()
    with pytest.raises(WrongStatus, match="submitted: it takes no more edits"):
        desk.write("pledge", id=pledge.public_id, name="Quietly changed")
    with pytest.raises(CurationError, match="Say why"):
        change_sets.reject(change_set=change_set, by=desk.reviewer, reason=" ", at=desk.at)
    change_sets.reject(change_set=change_set, by=desk.reviewer, reason="No source.", at=desk.at)
    desk.write("pledge", id=pledge.public_id, name="With a source")
    assert desk.publish().pk == change_set.pk
    assert shelf("pledge", pledge.public_id)["name"] == "With a source"  # type: ignore[index]


def test_an_edit_cannot_slip_into_what_was_submitted_meanwhile(desk: Desk) -> None:
    pledge = desk.pledge()
    stale = desk.open()
    desk.submit()
    assert stale.status == "open", "as it was read before"
    closed = pytest.raises(WrongStatus, match="takes no more edits")
    with closed, records.edit(record=pledge, by=desk.editor, at=desk.at, change_set=stale):
        pytest.fail("an edit after the review")
    with pytest.raises(WrongStatus, match="takes no more edits"):
        desk.withdraw(pledge)
    assert Pledge.objects.filter(pk=pledge.pk).exists(), "what is being reviewed is still there"


def test_nobody_reviews_their_own_work(desk: Desk) -> None:
    for author in (desk.reviewer, desk.editor):
        desk.write("party", name=f"By {author}", by=author)
    own, editors = desk.submit(desk.reviewer), desk.submit()
    with pytest.raises(NotAllowed, match="Nobody reviews their own"):
        publishing.publish(change_set=own, by=desk.reviewer, at=desk.at)
    with pytest.raises(NotAllowed, match="Nobody reviews their own"):
        change_sets.reject(change_set=own, by=desk.reviewer, reason="x", at=desk.at)
    for editor in (desk.editor, desk.other):
        with pytest.raises(NotAllowed, match="Only a reviewer"):
            publishing.publish(change_set=editors, by=editor, at=desk.at)
    with refused("change_set_reviewer_is_not_author"):
        ChangeSet.objects.filter(pk=own.pk).update(status="published", published_at=desk.at, reviewer=desk.reviewer)


def test_what_cannot_be_done_is_refused(desk: Desk) -> None:
    with pytest.raises(CurationError, match="Say in a few words"):
        change_sets.open_change_set(author=desk.editor, message="  ", cause="correction", at=desk.at)
    empty = change_sets.open_change_set(author=desk.editor, message="Nothing", cause="correction", at=desk.at)
    with pytest.raises(CurationError, match="holds no edits yet"):
        change_sets.submit(change_set=empty, by=desk.editor, at=desk.at)
    with pytest.raises(NotAllowed, match="is erin's"):
        change_sets.submit(change_set=empty, by=desk.other, at=desk.at)
    with pytest.raises(NotAllowed, match="is erin's"):
        change_sets.discard(change_set=empty, by=desk.other, at=desk.at)
    with pytest.raises(WrongStatus, match="only a submitted one"):
        publishing.publish(change_set=empty, by=desk.reviewer, at=desk.at)
    change_sets.discard(change_set=empty, by=desk.reviewer, at=desk.at)
    with pytest.raises(WrongStatus, match="is discarded"):
        change_sets.discard(change_set=empty, by=desk.editor, at=desk.at)


def test_a_second_editor_is_told_who_holds_a_record(desk: Desk) -> None:
    desk.write("party", id="DEU", name="Deutschland")
    before = everything()
    germany = Party.objects.get(public_id="DEU")
    for act in (
        lambda: desk.write("party", id="DEU", name="Allemagne", by=desk.other),
        lambda: desk.withdraw(germany, desk.other),
    ):
        with pytest.raises(HeldByAnother, match=r"erin holds party DEU in change set #\d+ “.*” \(open\)"):
            act()
    unpublished = desk.write("party", name="Draft")
    with pytest.raises(HeldByAnother, match="erin holds"):
        desk.withdraw(unpublished, desk.other)
    desk.withdraw(unpublished)
    after = everything()
    # The second editor's change set was rolled back with the edit; the clock of one edit went on.
    assert after["desk"] == before["desk"]
    assert after["tables"][:2] == before["tables"][:2]
    assert [each["id"] for each in after["tables"][2]] == [each["id"] for each in before["tables"][2]]
    desk.publish()
    desk.write("party", id="DEU", name="Allemagne", by=desk.other)
    beside = change_sets.open_change_set(author=desk.other, message="Beside", cause="correction", at=desk.at)
    with pytest.raises(HeldByAnother, match=r"^You hold party DEU yourself in change set #\d+ “.*change_set=\d+"):
        holding.hold(kind="party", public_id="DEU", change_set=beside, at=desk.at)


def test_discarding_a_new_record_removes_it_and_its_id_is_never_given_again(desk: Desk) -> None:
    first = desk.pledge()
    assert first.public_id == "DEU-2025-0001"
    desk.discard()
    assert not Pledge.objects.exists()
    second = desk.pledge()
    assert second.public_id == "DEU-2025-0002"
    assert desk.withdraw(second) is None, "never published: removed at once"
    third = desk.pledge()
    assert third.public_id == "DEU-2025-0003"
    desk.publish()
    desk.withdraw(third)
    desk.publish()
    assert desk.pledge().public_id == "DEU-2025-0004"
    assert PublicId.objects.filter(kind="pledge").count() == 4
    with pytest.raises(CurationError, match="DEU-2025-0001 was given before"):
        desk.pledge(id="DEU-2025-0001")


def test_however_many_ids_there_are_few_are_looked_up_to_give_another(desk: Desk) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            desk.pledge()
        return [query["sql"] for query in queries]

    few = asked()
    PublicId.objects.bulk_create(PublicId(kind="pledge", public_id=f"DEU-2025-{n:04d}") for n in range(2, 2_000))
    many = asked()
    assert Pledge.objects.filter(public_id="DEU-2025-2000").exists()
    assert len(many) <= len(few) + 4, "sixteen at a time"
    assert not [sql for sql in many if "LIKE" in sql and "public_id" in sql], "each id is looked up whole"


@pytest.mark.parametrize(
    ("kind", "document", "expected"),
    [
        ("party", {"name": "Fonds für Ümlaut_und Strich"}, "fonds-fur-umlaut-und-strich"),
        ("party", {"name": "防衛省"}, "party"),
        ("pledge", {"announced": "", "name": "x", "aid_type": "military", "shares": []}, "JOINT-ND-0001"),
        ("official", {"name": "A. Person", "office": "Minister", "party": "DEU"}, "a-person-minister"),
        ("category", {"name": "Aircraft"}, "aircraft-2"),
    ],
)
def test_ids_that_are_made(desk: Desk, kind: str, document: dict[str, Any], expected: str) -> None:
    record = desk.write(kind, **document)
    record.full_clean()
    assert record.public_id == expected


def test_a_withdrawal_leaves_a_tombstone_and_can_be_taken_back(desk: Desk) -> None:
    pledge = desk.pledge(claims=[{"document": "source", "quote": "a million"}])
    desk.publish()
    published = shelf("pledge", pledge.public_id)
    before = desk.now
    desk.withdraw(pledge)
    assert shelf("pledge", pledge.public_id) == published, "until the withdrawal is published"
    desk.publish()
    assert shelf("pledge", pledge.public_id) is None
    assert shelf("claim", "source-0001") is None
    assert ledger() == []
    assert shelf("pledge", pledge.public_id, before) == published
    assert len(ledger(before)) == 1
    with pytest.raises(WrongStatus, match="is withdrawn already"):
        desk.withdraw(pledge)
    desk.write("pledge", id=pledge.public_id, name="Draft of a withdrawn one")
    desk.discard()
    assert document_of(Pledge.objects.get()) == published, "as it was published last"
    desk.write("pledge", id=pledge.public_id, name="Stands after all")
    desk.publish()
    assert versions("pledge", pledge.public_id) == [(1, False), (2, True), (3, False)]
    assert versions("claim", "source-0001") == [(1, False), (2, True), (3, False)]
    assert Contribution.objects.filter(recorded_to=None).count() == 1


def test_the_id_of_a_claim_is_never_given_again(desk: Desk) -> None:
    claims = [{"document": "source", "quote": "first"}, {"document": "source", "quote": "second"}]
    pledge = desk.pledge(claims=claims)
    desk.publish()
    desk.write("pledge", id=pledge.public_id, claims=[{"id": "source-0001", "document": "source", "quote": "first"}])
    desk.publish()
    assert shelf("claim", "source-0002") is None
    assert versions("claim", "source-0001") == [(1, False)], "one that did not change has no new version"
    desk.write("party", id="DEU", claims=[{"document": "source", "quote": "third"}])
    desk.publish()
    assert shelf("claim", "source-0003")["record"] == {"kind": "party", "id": "DEU"}  # type: ignore[index]
    assert versions("claim", "source-0002") == [(1, False), (2, True)]


def test_a_reviewer_whom_the_author_made_is_no_second_person(desk: Desk) -> None:
    desk.pledge()
    change_set = desk.submit()
    accounts.note(what="granted", user=desk.reviewer, by=desk.editor, at=desk.at, role="reviewer")
    with pytest.raises(NotAllowed, match="made rita a reviewer since"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    other = UserFactory(role="reviewer")
    assert publishing.publish(change_set=change_set, by=other, at=desk.at).reviewer == other


@pytest.mark.parametrize("first", ["made", "opened", "link", "password", "granted"])
def test_a_reviewer_whom_the_author_made_through_others_is_no_second_person(desk: Desk, first: str) -> None:
    desk.pledge()
    change_set = desk.submit()
    adam, rick = UserFactory(username="adam", role="administrator"), UserFactory(username="rick", role="reviewer")
    people.link_for(user=rick, by=adam, at=desk.at)
    role = "administrator" if first == "granted" else ""
    accounts.note(what=first, user=adam, by=desk.editor, at=desk.at, role=role)
    anna = people.make_user(username="anna", roles=["administrator"], by=adam, at=desk.at)
    new = people.make_user(username="rosa", roles=["reviewer"], by=anna, at=desk.at)
    for reviewer, through in ((adam, "made adam a reviewer since"), (new, "made rosa a reviewer through adam, anna")):
        with pytest.raises(NotAllowed, match=through):
            publishing.publish(change_set=change_set, by=reviewer, at=desk.at)
    # What was done with an account before the author had it is not theirs.
    assert publishing.publish(change_set=change_set, by=rick, at=desk.at).reviewer == rick


def test_an_administrator_who_is_truly_alone_publishes_with_a_public_reason(desk: Desk) -> None:
    alone = UserFactory(username="alma", role="administrator")
    pledge = desk.pledge(by=alone)
    change_set = desk.submit(by=alone)
    rosa = people.make_user(username="rosa", roles=["reviewer"], by=alone, at=desk.at)
    # Nobody is told to ask whom the author made a reviewer since: they may not review it.
    assert list(permissions.reviewers_of(change_set)) == [desk.reviewer]
    with pytest.raises(NotAllowed, match=r"ask rita\.$"):
        state_alone(change_set=change_set, by=alone, reason="Holidays.")
    type(desk.reviewer).objects.filter(pk=desk.reviewer.pk).update(is_active=False)
    with pytest.raises(NotAllowed, match="rosa cannot review this one"):
        state_alone(change_set=change_set, by=alone, reason="Holidays.")
    type(rosa).objects.filter(pk=rosa.pk).update(is_active=False)
    with pytest.raises(NotAllowed, match="ask a colleague"):
        publishing.publish(change_set=change_set, by=alone, at=desk.at)
    with pytest.raises(CurationError, match="Say why"):
        state_alone(change_set=change_set, by=alone, reason=" ")
    state_alone(change_set=change_set, by=alone, reason="The institute has one person.")
    published = publishing.publish(change_set=change_set, by=alone, at=desk.at)
    assert (published.reviewer, published.alone_reason) == (alone, "The institute has one person.")
    assert shelf("pledge", pledge.public_id)


@pytest.mark.parametrize("how", ["is_active", "is_staff", "role"])
def test_who_has_the_others_away_to_publish_is_not_alone(desk: Desk, how: str) -> None:
    alone = UserFactory(username="alma", role="administrator")
    morning = desk.at
    desk.pledge(by=alone)
    change_set = desk.submit(by=alone)
    rita = desk.reviewer
    if how == "role":
        rita.groups.clear()
    else:
        type(rita).objects.filter(pk=rita.pk).update(**{how: False})
    rita = type(rita).objects.get(pk=rita.pk)
    accounts.note_changes(user=rita, by=alone, at=morning, roles=frozenset({"reviewer"}))
    with pytest.raises(NotAllowed, match="rita could review it on the day"):
        state_alone(change_set=change_set, by=alone, reason="The institute has one person.")


@pytest.mark.parametrize(
    ("days", "is_own_doing", "is_alone"),
    [(0, True, False), (1, True, False), (30, True, False), (31, True, True), (0, False, False), (1, False, True)],
)
def test_whom_an_author_had_away_within_thirty_days_still_counts(
    desk: Desk, days: int, is_own_doing: bool, is_alone: bool
) -> None:
    alone, head = UserFactory(username="alma", role="administrator"), UserFactory(username="hedi")
    went_at = desk.at
    desk.pledge(by=alone)
    change_set = desk.submit(by=alone)
    ChangeSet.objects.filter(pk=change_set.pk).update(opened_at=went_at + dt.timedelta(days=days))
    type(desk.reviewer).objects.filter(pk=desk.reviewer.pk).update(is_active=False)
    rita = type(desk.reviewer).objects.get(pk=desk.reviewer.pk)
    accounts.note_changes(user=rita, by=alone if is_own_doing else head, at=went_at, roles=accounts.roles_of(rita))
    if not is_alone:
        with pytest.raises(NotAllowed, match="rita could review it"):
            state_alone(change_set=change_set, by=alone, reason="The institute has one person.")
        return
    stated = state_alone(change_set=change_set, by=alone, reason="The institute has one person.").alone_reason
    by = "by the author" if is_own_doing else "by somebody else"
    assert stated.startswith("The institute has one person.\nOn record: ")
    assert f"{went_at:%Y-%m-%d} {by}" in stated
    assert "rita" not in stated


def test_a_name_that_nobody_typed_follows_what_is_in_the_change_set(desk: Desk) -> None:
    pledges = [desk.pledge(name=name) for name in ("Fighters", "Boats", "Lorries")]
    keys = [("pledge", pledge.public_id) for pledge in pledges]
    working = desk.open()

    def name(change_set: ChangeSet = working) -> str:
        return ChangeSet.objects.get(pk=change_set.pk).message

    assert name() == "Pledge: Fighters and 2 more"
    desk.write("pledge", id=keys[0][1], name="Jets")
    assert name() == "Pledge: Jets and 2 more", "as it is called now"
    own = change_sets.open_change_set(author=desk.editor, message="Mine", cause="correction", at=desk.at)
    moving.move(change_set=working, keys=keys[2:], to=own, by=desk.editor, at=desk.at)
    assert (name(), name(own)) == ("Pledge: Jets and 1 more", "Mine"), "what a person typed stays"
    submitted = change_sets.submit(change_set=working, by=desk.editor, at=desk.at)
    back = moving.send_back(change_set=submitted, keys=keys[:1], by=desk.reviewer, reason="Source?", at=desk.at)
    assert (name(), name(back)) == ("Pledge: Boats", "Pledge: Jets"), "nothing is said of what is not in it"
    assert publishing.publish(change_set=working, by=desk.reviewer, at=desk.at).message == "Pledge: Boats"
    assert desk.withdraw(pledges[2]) is None, "it was never published"
    change_sets.discard(change_set=back, by=desk.editor, at=desk.at)
    change_sets.discard(change_set=own, by=desk.editor, at=desk.at)

    boats = pledges[1]
    withdrawal = desk.withdraw(boats)
    assert withdrawal is not None
    assert name(desk.open()) == "Withdrawal: Boats"
    desk.write("party", id="DEU", name="Deutschland")
    assert name(desk.open()) == "Pledge: Boats and 1 more", "not all of it is withdrawn"
    change_sets.describe(change_set=desk.open(), by=desk.editor, message="By hand", cause="correction")
    desk.write("party", id="DEU", description="A state.")
    assert name(desk.open()) == "By hand"


def test_what_was_done_to_all_of_a_change_set_names_it_until_something_else_comes(desk: Desk) -> None:
    pledges = [desk.pledge(name=name) for name in ("Fighters", "Boats")]
    ids = [pledge.public_id for pledge in pledges]
    desk.publish()
    work, records = ChangeSet.Naming.WORK, ChangeSet.Naming.RECORDS
    working = change_sets.open_change_set(
        author=desk.editor, message="Pledges: aid type humanitarian", cause="correction", at=desk.at, named=work
    )
    setting = bulk_planning.Setting("pledge", {"aid_type": "humanitarian"})
    bulk_edits.edit_many(setting=setting, public_ids=ids, by=desk.editor, change_set=working, at=desk.at)
    elsewhere = change_sets.open_change_set(
        author=desk.editor, message="x", cause="correction", at=desk.at, named=records
    )
    moving.move(change_set=working, keys=[("pledge", ids[0])], to=elsewhere, by=desk.editor, at=desk.at)
    working.refresh_from_db()
    assert (working.message, elsewhere.message) == ("Pledges: aid type humanitarian", "Pledge: Fighters")
    moving.move(change_set=elsewhere, keys=[("pledge", ids[0])], to=working, by=desk.editor, at=desk.at)
    assert working.message == "Pledge: Fighters and 1 more"
    change_sets.discard(change_set=working, by=desk.editor, at=desk.at)
    change_sets.discard(change_set=elsewhere, by=desk.editor, at=desk.at)
    first = Publication.objects.get(public_id=ids[0])
    desk.write("pledge", id=ids[0], name="Jets")
    desk.publish()
    versions_on_desk.restore(version=first, by=desk.editor, at=desk.at)
    assert desk.open().message == "Fighters: back to version 1"
    desk.write("pledge", id=ids[0], name="Jets again")
    assert desk.open().message == "Pledge: Jets again"


def test_an_edit_that_is_committed_after_a_look_is_not_ticked_however_early_its_time(desk: Desk) -> None:
    pledge = desk.pledge()
    change_set, key = desk.open(), [("pledge", pledge.public_id)]
    early = desk.at
    asked: dict[str, Any] = {"change_set": change_set, "keys": key, "by": desk.reviewer, "seen": True}
    change_set.refresh_from_db()
    looked_at = change_set.revision
    with records.edit(record=pledge, by=desk.editor, at=early - dt.timedelta(days=1), change_set=change_set):
        pass
    with pytest.raises(EditedSince, match="Edited since you looked"):
        seen.tick(**asked, revision=looked_at, at=desk.at)
    change_set.refresh_from_db()
    assert seen.tick(**asked, revision=change_set.revision, at=desk.at) == 1
    # A tick does not come along into another change set, whatever its revision is.
    other = change_sets.open_change_set(author=desk.editor, message="Other", cause="correction", at=desk.at)
    moving.move(change_set=change_set, keys=key, to=other, by=desk.editor, at=desk.at)
    assert not Seen.objects.exists()
