"""Change sets by program: from the first edit to the shelf, or back."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK, PLEDGE, errors_of, refusal_of
from tracker.models import ChangeSet, Party, Publication
from tracker.records.naming_places import why_no_place
from tracker.records.registry import KINDS, document_of
from tracker.reporting.shelf.comparing import lines

SETS = f"{DESK}/change-sets/"


@pytest.fixture
def opened(editor: APIClient) -> str:
    """The address of a change set of the editor with one new party."""
    answer = editor.post(SETS, {"message": "The Netherlands", "cause": "correction"})
    assert answer.status_code == 201, answer.content
    editor.post(f"{DESK}/parties/?change_set={answer.json()['id']}", {"id": "NLD", "name": "Netherlands"})
    return str(answer["Location"])


def test_an_edit_that_names_no_change_set_is_a_piece_of_work_of_its_own(opened: str, editor: APIClient) -> None:
    editor.post(f"{DESK}/parties/", {"id": "BEL", "name": "Belgium"})
    edited = editor.patch(f"{DESK}/parties/BEL/", {"name": "Belgium (BE)"}, headers={"If-Match": "*"}).json()
    assert [edit["id"] for edit in editor.get(opened).json()["edits"]] == ["NLD"]
    named = editor.get(f"{SETS}{edited['_desk']['change_set']}/").json()
    assert (named["message"], named["edit_count"]) == ("Party: Belgium (BE)", 1), (
        "later edits of the record go there, too"
    )


def test_edits_are_moved_between_ones_own_open_change_sets(
    opened: str, editor: APIClient, second_editor: APIClient
) -> None:
    moved = {"records": [{"kind": "party", "id": "NLD"}]}
    theirs = second_editor.post(SETS, {"message": "Theirs"}).json()["id"]
    assert "is second_editor's" in refusal_of(editor.post(f"{opened}move/", moved | {"to": theirs}), 403)
    assert "is editor's" in refusal_of(second_editor.post(f"{opened}move/", moved | {"to": theirs}), 403)
    for about in ({}, {"kind": "party", "record": "NLD"}):
        editor.post(f"{opened}comments/", about | {"text": "Is that so?"})
    mine = editor.post(SETS, {"message": "Mine"}).json()["id"]
    wrong = {"records": [{"kind": "party", "id": "BEL"}], "to": mine}
    assert "does not hold party BEL" in refusal_of(editor.post(f"{opened}move/", wrong), 400)
    assert editor.post(f"{opened}move/", moved | {"to": mine}).json()["edits"] == []
    assert [edit["id"] for edit in editor.get(f"{SETS}{mine}/").json()["edits"]] == ["NLD"]
    threads = [editor.get(f"{SETS}{mine}/comments/").json(), editor.get(f"{opened}comments/").json()]
    about = [[thread["record"] for thread in found["results"]] for found in threads]
    assert about == [["NLD"], [""]], "what was said of a record goes with it"
    assert "records" in errors_of(editor.post(f"{opened}move/", {"records": [], "to": mine}))
    editor.post(f"{SETS}{mine}/submit/")
    assert "takes no more edits" in refusal_of(editor.post(f"{SETS}{mine}/move/", moved | {"to": mine}), 409)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_who_saves_what_is_being_submitted_and_discarded_waits_and_is_told(
    round_: int, opened: str, editor: APIClient
) -> None:
    """On PostgreSQL, two that lock the same in another order end each other after a second."""
    steps = [
        lambda: editor.patch(f"{DESK}/parties/NLD/", {"note": "x"}, headers={"If-Match": "*"}),
        lambda: editor.post(f"{opened}discard/"),
        lambda: editor.post(f"{opened}submit/", {"confirm": True}),
    ]

    def take(step: Any) -> int:
        try:
            return int(step().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        codes = list(pool.map(take, steps[round_:] + steps[:round_]))
    assert set(codes) <= {200, 400, 404, 409}, codes
    assert 200 in codes


@pytest.mark.django_db(transaction=True)
def test_of_several_who_publish_at_the_same_moment_one_does_and_the_others_are_told(
    opened: str, editor: APIClient, reviewer: APIClient
) -> None:
    assert editor.post(f"{opened}submit/").status_code == 200

    def publish(_number: int) -> tuple[int, str]:
        try:
            answer = reviewer.post(f"{opened}publish/", {"confirm": True})
            return answer.status_code, answer.json().get("detail", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        said = sorted(pool.map(publish, range(6)))
    assert [code for code, _detail in said] == [200] + [409] * 5, said
    assert all("at work already" in detail or "only a submitted one" in detail for _code, detail in said[1:]), said
    assert Publication.objects.filter(public_id="NLD").count() == 1


def test_a_change_set_goes_to_the_shelf(opened: str, editor: APIClient, reviewer: APIClient) -> None:
    submitted = editor.post(f"{opened}submit/")
    assert (submitted.status_code, submitted.json()["status"]) == (200, "submitted")
    published = reviewer.post(f"{opened}publish/")
    assert published.status_code == 200, published.content
    document = published.json()
    assert (document["status"], document["author"], document["reviewer"]) == ("published", "editor", "reviewer")
    assert [(edit["kind"], edit["id"], edit["action"]) for edit in document["edits"]] == [("party", "NLD", "save")]
    assert document["edit_count"] == 1
    assert Publication.objects.get().public_id == "NLD"


def test_a_rejected_one_goes_back_with_the_reason(opened: str, editor: APIClient, reviewer: APIClient) -> None:
    editor.post(f"{opened}submit/")
    assert list(errors_of(reviewer.post(f"{opened}reject/", {}))) == ["reason"]
    assert list(errors_of(reviewer.post(f"{opened}reject/", {"reason": "x", "why": "y"}))) == ["why"]
    assert reviewer.post(f"{opened}reject/", {"reason": "No source"}).json()["reason"] == "No source"
    described = editor.patch(opened, {"message": "The Netherlands, with source"})
    assert (described.json()["message"], described.json()["cause"]) == ("The Netherlands, with source", "correction")
    assert editor.post(f"{opened}submit/").status_code == 200


def test_a_discarded_one_leaves_nothing(opened: str, editor: APIClient) -> None:
    assert "reason: There is no such field; none is taken here" in refusal_of(
        editor.post(f"{opened}discard/", {"reason": "typo"}), 400
    )
    assert editor.post(f"{opened}discard/").json()["status"] == "discarded"
    assert not Party.objects.exists()


def test_nobody_publishes_their_own_work(reviewer: APIClient) -> None:
    reviewer.post(f"{DESK}/parties/", {"id": "NLD", "name": "Netherlands"})
    address = f"{SETS}{ChangeSet.objects.get().pk}/"
    reviewer.post(f"{address}submit/")
    answer = reviewer.post(f"{address}publish/")
    assert answer.status_code == 403
    assert "colleague" in answer.json()["detail"]
    own = {"records": [{"kind": "party", "id": "NLD"}], "revision": 1}
    assert "colleague" in refusal_of(reviewer.post(f"{address}seen/", own), 403), "nor ticks it as looked at"


def test_a_step_out_of_turn_is_a_conflict(
    opened: str, editor: APIClient, second_editor: APIClient, reviewer: APIClient
) -> None:
    assert "only a submitted one can be published" in refusal_of(reviewer.post(f"{opened}publish/"), 409)
    assert "is editor's" in refusal_of(second_editor.post(f"{opened}submit/"), 403)
    assert "is editor's" in refusal_of(second_editor.patch(opened, {"message": "Mine"}), 403)
    assert "is editor's" in refusal_of(second_editor.post(f"{opened}discard/"), 403)
    editor.post(f"{opened}submit/")
    assert "is submitted" in refusal_of(editor.post(f"{opened}submit/"), 409)
    assert "is submitted" in refusal_of(editor.patch(opened, {"message": "Later"}), 409)
    assert "takes no more edits" in refusal_of(
        editor.patch(f"{DESK}/parties/NLD/", {"name": "x"}, headers={"If-Match": "*"}), 409
    )


def test_what_it_would_do_is_known_where_only_a_claim_or_a_date_stands_in_the_way(
    world: Any, editor: APIClient, reviewer: APIClient
) -> None:  # fmt: skip
    entries = [{"stage": "pledge", "amount": "5000000.00", "currency": "EUR", "date": "2020-01-01"}]
    changed = editor.patch(PLEDGE, {"entries": entries}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.content
    address = f"{SETS}{ChangeSet.objects.get(author=editor.user).pk}/"
    asked = editor.post(f"{address}submit/")
    assert "cannot be published as it is: " in refusal_of(asked, 409)
    effect = editor.get(f"{address}effect/").json()
    assert effect["problems"]
    assert effect["totals"]
    assert effect["sentence"].startswith("Once it can be published: Publishing changes")
    editor.post(f"{address}submit/", {"confirm": True})
    assert reviewer.post(f"{address}publish/").status_code == 422


def test_what_cannot_be_published_is_named(
    world: Any, editor: APIClient, second_editor: APIClient, reviewer: APIClient
) -> None:
    second_editor.patch(f"{DESK}/parties/POL/", {"name": "Polska"}, headers={"If-Match": "*"})
    editor.patch(PLEDGE, {"name": "Mine"}, headers={"If-Match": "*"})
    address = f"{SETS}{ChangeSet.objects.get(author=editor.user).pk}/"
    asked = editor.post(f"{address}submit/")
    assert "cannot be published as it is: " in refusal_of(asked, 409), "nobody submits it by mistake"
    assert any("pledge DEU-2025-0001: " in error["message"] for error in asked.json()["errors"])
    assert "Write true or false" in errors_of(editor.post(f"{address}submit/", {"confirm": "maybe"}))["confirm"]
    assert editor.get(address).json()["status"] == "open"
    submitted = editor.post(f"{address}submit/", {"confirm": True}).json()
    # What cannot be worked out is not told as zero.
    effect = reviewer.get(f"{address}effect/").json()
    assert effect["problems"]
    assert {effect[name] for name in ("changes", "totals", "quantities")} == {None}
    assert "cannot be worked out as long as" in effect["sentence"]
    assert submitted["moved"] is None
    answer = reviewer.post(f"{address}publish/")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problems = answer.json()["problems"]
    assert ("pledge", "DEU-2025-0001") in [(problem["kind"], problem["id"]) for problem in problems]
    assert not Publication.objects.exists()


def test_the_list_is_filtered(opened: str, editor: APIClient, reviewer: APIClient) -> None:
    reviewer.post(SETS, {"message": "Other"})

    def found(client: APIClient, query: str) -> list[str]:
        return [row["message"] for row in client.get(f"{SETS}?{query}").json()["results"]]

    assert found(editor, "") == ["Other", "The Netherlands"]
    assert found(editor, "author=me") == found(reviewer, "author=editor") == ["The Netherlands"]
    assert found(editor, "cause=new_information") == ["Other"]
    assert found(editor, "status=published") == []
    assert found(editor, "limit=1") == ["Other"]
    for query in ("status=x", "cause=x", "auhtor=me", "limit=-1"):
        assert refusal_of(editor.get(f"{SETS}?{query}"), 400).startswith(query.partition("=")[0])


def test_the_list_takes_no_more_queries_with_more_rows(editor: APIClient, django_assert_num_queries: Any) -> None:
    for number in (5, 25):
        factories.EditFactory.create_batch(number - ChangeSet.objects.count())
        with django_assert_num_queries(7):
            assert editor.get(SETS).json()["count"] == number


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 40, "9" * 5000])
def test_a_number_that_there_is_not_is_not_found(number: str, editor: APIClient) -> None:
    assert editor.get(f"{SETS}{number}/").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "message"), ({"message": ""}, "message"), ({"message": " "}, "message"),
        ({"message": "x" * 301}, "message"),
        ({"message": "x", "cause": "whim"}, "cause"), ({"message": "x", "author": "x", "statuss": 1}, "statuss"),
        ({"message": "\0"}, "message"), ([], "record"), ({"message": ["x"]}, "message"), ("x", "record"),
    ],
)  # fmt: skip
def test_garbage_opens_nothing(body: Any, field: str, editor: APIClient) -> None:
    assert list(errors_of(editor.post(SETS, body))) == [field]
    assert not ChangeSet.objects.exists()


def test_what_a_reviewer_has_seen_is_ticked_until_it_changes(
    opened: str, editor: APIClient, reviewer: APIClient
) -> None:
    editor.post(f"{opened}submit/")
    revision = reviewer.get(f"{opened}differences/").json()["revision"]
    record = {"records": [{"kind": "party", "id": "NLD"}], "revision": revision}
    assert reviewer.post(f"{opened}seen/", record).json()["edits"][0]["seen_by"] == ["reviewer"]
    untick = {"records": record["records"], "seen": False}
    assert reviewer.post(f"{opened}seen/", untick).json()["edits"][0]["seen_by"] == []
    reviewer.post(f"{opened}seen/", record)
    reviewer.post(f"{opened}reject/", {"reason": "No source"})
    editor.patch(f"{DESK}/parties/NLD/", {"name": "Nederland"}, headers={"If-Match": "*"})
    assert editor.get(opened).json()["edits"][0]["seen_by"] == []
    assert "Edited since you looked: NLD. Look again." in refusal_of(reviewer.post(f"{opened}seen/", record), 409)
    assert list(errors_of(reviewer.post(f"{opened}seen/", {"records": record["records"]}))) == ["revision"]
    to_come = record | {"revision": 2999}
    assert "you cannot have looked at revision 2999" in refusal_of(reviewer.post(f"{opened}seen/", to_come), 400)
    assert editor.get(opened).json()["edits"][0]["seen_by"] == []


def test_a_part_goes_back_and_the_rest_is_published(editor: APIClient, reviewer: APIClient, settings: Any) -> None:
    opened = editor.post(SETS, {"message": "Two parties"}).json()["id"]
    for public_id in ("NLD", "BEL"):
        editor.post(f"{DESK}/parties/?change_set={opened}", {"id": public_id, "name": public_id})
    address = f"{SETS}{opened}/"
    editor.post(f"{address}submit/")
    both = {"records": [{"kind": "party", "id": "NLD"}, {"kind": "party", "id": "BEL"}], "reason": "No source"}
    assert "reject the change set instead" in refusal_of(reviewer.post(f"{address}send-back/", both), 400)
    revision = reviewer.get(address).json()["revision"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    stays = reviewer.post(f"{address}send-back/", both | {"records": both["records"][1:]}).json()
    assert [edit["id"] for edit in stays["edits"]] == ["NLD"]
    [back] = editor.get(f"{SETS}?author=me&status=rejected").json()["results"]
    assert (back["reason"], back["message"], back["edit_count"]) == (
        "No source", f"Sent back from #{opened}: Two parties", 1,
    )  # fmt: skip
    stale = refusal_of(reviewer.post(f"{address}publish/", {"revision": revision}), 409)
    assert "came into change set" in stale, "it is not what the reviewer looked at"
    assert "as it is now, is being worked out" in refusal_of(reviewer.post(f"{address}publish/"), 409)
    assert reviewer.post(f"{address}publish/", {"confirm": True}).json()["status"] == "published"
    assert list(Publication.objects.values_list("public_id", flat=True)) == ["NLD"]
    assert editor.post(f"{SETS}{back['id']}/submit/").status_code == 200, "put right, it comes again"


def test_what_the_rest_would_lack_is_named_before_a_part_goes_back(
    world: Any, editor: APIClient, reviewer: APIClient
) -> None:
    opened = editor.post(SETS, {"message": "A state and its pledge"}).json()["id"]
    editor.post(f"{DESK}/parties/?change_set={opened}", {"id": "NLD", "name": "Netherlands"})
    editor.patch(
        f"{PLEDGE}?change_set={opened}", {"shares": [{"contributor": "NLD"}], "items": [], "entries": []},
        headers={"If-Match": "*"},
    )  # fmt: skip
    editor.post(f"{SETS}{opened}/submit/", {"confirm": True})
    part = {"records": [{"kind": "party", "id": "NLD"}], "reason": "No source"}
    refused = refusal_of(reviewer.post(f"{SETS}{opened}/send-back/", part), 400)
    assert "the others cannot be published" in refused
    assert "it refers to party NLD, which is not published" in refused
    assert editor.get(f"{SETS}{opened}/").json()["edit_count"] == 2, "nothing went"


def test_a_thread_is_begun_answered_and_settled(opened: str, editor: APIClient, reviewer: APIClient) -> None:
    said = {"kind": "party", "record": "NLD", "field": "name", "text": "In Dutch?"}
    assert "does not hold" in refusal_of(reviewer.post(f"{opened}comments/", said | {"record": "BEL"}), 400)
    refused = refusal_of(reviewer.post(f"{opened}comments/", said | {"field": "zzz[9]"}), 400)
    assert ("“zzz[9]”" in refused, "iso_alpha2" in refused) == (True, True)
    editor.patch(f"{DESK}/parties/NLD/", {"aliases": ["Holland"]}, headers={"If-Match": "*"})
    refused = refusal_of(reviewer.post(f"{opened}comments/", said | {"field": "aliases[99]"}), 400)
    assert "There is no “99” in aliases; there are: 0." in refused
    for field in ("aliases[0].nonsense", "aliases.99", "aliases[0", "name.foo.bar", "name[", "aliases[0]x"):
        refused = refusal_of(reviewer.post(f"{opened}comments/", said | {"field": field}), 400)
        assert ("There is no" in refused, "there are: " in refused) == (True, True), refused
    refused = refusal_of(reviewer.post(f"{opened}comments/", {"text": "a", "field": "name"}), 400)
    assert "missing: kind, record" in refused
    [thread] = reviewer.post(f"{opened}comments/", said).json()["results"]
    assert (thread["author"], thread["record"], thread["field"]) == ("reviewer", "NLD", "name")
    settled = reviewer.post(f"{opened}comments/settle/", {"thread": thread["id"]}).json()["results"][0]
    assert settled["settled_by"] == "reviewer"
    [again] = editor.post(f"{opened}comments/", {"text": "In English.", "answers": thread["id"]}).json()["results"]
    assert [answer["text"] for answer in again["answers"]] == ["In English."]
    assert again["settled_by"] is None, "an answer opens it again"
    assert editor.post(f"{opened}comments/", {"text": "x", "answers": 10**17}).status_code == 404


def test_every_difference_is_a_place_to_comment_on(world: Any) -> None:
    """Of records of each kind with all that they can hold: what a page offers to comment on is never refused."""
    for kind in KINDS:
        document = document_of(world[kind])
        paths = [line.path for line in lines(kind, None, document)]
        assert paths
        assert {path: found for path in paths if (found := why_no_place(kind, [document], path))} == {}


def test_a_reviewer_is_asked_by_a_day(opened: str, editor: APIClient, users: Any) -> None:
    asked = {"assignee": "reviewer", "due": "2999-12-31"}
    document = editor.post(f"{opened}assign/", asked).json()
    assert (document["assignee"], document["due"]) == ("reviewer", "2999-12-31")
    for wrong in ("editor", "viewer", "second_editor"):
        assert "cannot review" in refusal_of(editor.post(f"{opened}assign/", asked | {"assignee": wrong}), 400)
    assert "is past" in refusal_of(editor.post(f"{opened}assign/", asked | {"due": "2001-01-01"}), 400)
    assert editor.post(f"{opened}assign/", {"assignee": None, "due": None}).json()["assignee"] is None
