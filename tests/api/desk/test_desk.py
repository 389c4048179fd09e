"""Curation by program: what is read can be written back, and nobody's change is lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK, PLEDGE, PLEDGES, errors_of
from tracker.curation import search_texts
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Party, Pledge
from tracker.records.registry import KINDS


def publish_of(client: APIClient, users: Any, at: Any) -> ChangeSet:
    """Publish what the user of `client` works in."""
    [change_set] = change_sets.editable_of(author=client.user)
    change_sets.submit(change_set=change_set, by=client.user, at=at)
    return publishing.publish(change_set=change_set, by=users.reviewer, at=at)


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_is_read_can_be_written_back(kind: Any, world: Any, editor: APIClient) -> None:
    address = f"{DESK}/{kind.plural}/{world[kind.name].public_id}/"
    read = editor.get(address)
    body = read.json()
    assert body["claims"]

    written = editor.put(address, body, headers={"If-Match": read["ETag"]})

    assert written.status_code == 200, written.content
    assert written["ETag"] == read["ETag"]
    before, after = body.pop("_desk"), written.json() | {}
    assert after.pop("_desk")["held_by"] == "editor"
    assert before["held_by"] is None
    assert after == body


@pytest.mark.alike
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_copy_of_a_document_is_created_and_removed(kind: Any, world: Any, editor: APIClient) -> None:
    document = editor.get(f"{DESK}/{kind.plural}/{world[kind.name].public_id}/").json()
    for name in ("id", "claims", "aliases", "iso_alpha2"):
        document.pop(name, None)
    document["name"] = "A new one"
    if kind.name == "package":
        document["number"] = 2

    created = editor.post(f"{DESK}/{kind.plural}/", document)

    assert created.status_code == 201, created.content
    again = editor.get(created["Location"])
    assert again.json() == created.json()
    assert again["ETag"] == created["ETag"]
    assert created.json()["_desk"]["state"] == "never_published"
    assert created.json()["id"] != document.get("id")
    assert editor.delete(created["Location"], headers={"If-Match": created["ETag"]}).status_code == 204
    assert editor.get(created["Location"]).status_code == 404


def test_a_new_pledge_takes_its_id_from_its_first_contributor(world: Any, editor: APIClient) -> None:
    body = {
        "name": "Netherlands to PURL", "aid_type": "military", "beneficiary": "POL", "initiative": {"id": "purl"},
        "announced": "August 2025", "shares": [{"contributor": "POL"}],
        "items": [{"platform": "eurofighter-typhoon", "quantity": "about 4"}],
        "entries": [{"stage": "commitment", "amount": "500000000", "currency": "EUR", "item": 1}],
    }  # fmt: skip
    document = editor.post(PLEDGES, body).json()
    assert document["id"] == "POL-2025-0001"
    assert document["announced"]["edtf"] == "2025-08"
    assert document["items"][0]["quantity"]["qualifier"] == "about"
    assert document["entries"][0] | {"amount": "500000000.00", "currency": "EUR"} == document["entries"][0]


def test_amounts_are_written_as_in_the_form_and_keep_the_words_of_their_source(world: Any, editor: APIClient) -> None:
    entries = [
        {"amount": "about EUR 2 bn", "note": "as stated"}, {"amount": "~$ 500m"}, {"amount": "NOK 1.5bn"},
        {"amount": "2bn", "currency": "usd"}, {"amount": "C$3m", "note": "C$3m"}, {"amount": 7, "currency": "EUR"},
    ]  # fmt: skip
    shares = [{"contributor": "DEU", "amount": "about EUR 300m"}]
    read = editor.patch(PLEDGE, {"entries": entries, "shares": shares}, headers={"If-Match": "*"}).json()
    assert [(row["amount"], row["currency"], row["note"]) for row in read["entries"]] == [
        ("2000000000.00", "EUR", "as stated; about EUR 2 bn"), ("500000000.00", "USD", "~$ 500m"),
        ("1500000000.00", "NOK", ""), ("2000000000.00", "USD", ""), ("3000000.00", "CAD", "C$3m"),
        ("7.00", "EUR", ""),
    ]  # fmt: skip
    [share] = read["shares"]
    assert (share["amount"], share["currency"], share["note"]) == ("300000000.00", "EUR", "about EUR 300m")
    again = editor.put(PLEDGE, read, headers={"If-Match": "*"})
    assert (again.status_code, again.json()["entries"]) == (200, read["entries"])


def test_the_fields_that_are_wrong_are_named_by_their_paths(world: Any, editor: APIClient) -> None:
    body = {
        "name": "", "nature": "gift", "beneficiary": "Polland", "announced": "2025-13-45",
        "shares": [{"contributor": "DEU"}, {"contributor": "XXX", "fraction": "2"}],
        "items": [{"description": "x", "quantity": "4"}, {"description": "y", "quantity": "-3"}],
        "entries": [{"stage": "commitment", "amount": "many", "currency": "EUR"}],
        "claims": [{"document": "article", "passage_start": 5, "passage_end": -1}],
    }  # fmt: skip
    answer = editor.post(PLEDGES, body)
    assert answer.status_code == 400
    said = {
        "name": "may not be blank", "nature": "“gift” is unknown; allowed are: transfer",
        "beneficiary": "no party “Polland”. Nearest: Poland (POL)", "announced": "there is no month 13",
        "shares[1].contributor": "no party “XXX”", "items[1].quantity": "“-3” is negative",
        "entries[0].amount": "“many” is not an amount", "claims[0].passage_end": "greater than or equal to 0",
    }  # fmt: skip
    errors = errors_of(answer)
    assert set(errors) == set(said)
    assert [field for field, words in said.items() if words not in errors[field]] == []
    assert not Pledge.objects.filter(name="").exists()


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"shares": [{"contributor": "DEU", "fraction": "0.7"}, {"contributor": "POL", "fraction": "0.4"}]},
         "shares[1].fraction", "The fractions come to 1.1;"),
        ({"shares": [{"contributor": each, "fraction": "0.700000000000"} for each in ("DEU", "POL")]},
         "shares[1].fraction", "The fractions come to 1.4;"),
        ({"items": [{"description": "x", "number": 1, "part_of": 1}]}, "items[0].part_of", "no part of itself"),
        ({"shares": [{"contributor": "DEU", "amount": "5"}]}, "shares[0]", "An amount needs a currency"),
        ({"valuations": [{"basis": "dataset", "entry": 1, "amount": "about EUR 2 bn"}]}, "valuations[0].amount",
         "“about EUR 2 bn”: nothing here keeps that it is a round amount; the note of an entry or of a share does"),
        ({"entries": [{"amount": "about EUR 1.500"}]}, "entries[0].amount", "can be 1.5 or 1500"),
        ({"entries": [{"amount": "EUR 2bn", "currency": "USD"}]}, "entries[0].currency",
         "The amount says EUR and the currency USD: which is it?"),
        ({"entries": [{"amount": "about 2 bn"}]}, "entries[0]", "An amount needs a currency"),
        ({"entries": [{"amount": "about EUR 2 bn", "note": "x" * 500}]}, "entries[0].note", "500 characters"),
        ({"shares": [{"contributor": "DEU", "fraction": "-2"}]}, "shares[0]", "between 0 and 1"),
        ({"items": [{"description": "x", "number": 1}, {}]}, "items[1]", "Name a platform or a category"),
        ({"items": [{"description": "x"}]}, "items", "Entry 1 names item 1, which is not listed"),
        ({"items": [{"description": "x", "number": 1}, {"description": "y", "number": 1}]},
         "items[1].number", "stands here twice"),
        ({"entries": [{"item": 9}]}, "entries[0].item", "no number 9 among the items"),
        ({"entries": [{"amount": "1", "currency": "QQQ"}]}, "entries[0].currency", "“QQQ” is not an ISO 4217"),
        ({"links": [{"link": "tranche_of", "target": "DEU-2025-0001"}]}, "links[0].target", "linked to itself"),
        ({"links": [{"link": "restates", "target": "DEU-2025-0002"}] * 2}, "links[1].link", "stands here already"),
        ({"claims": [{"document": "article", "id": "no good"}]}, "claims[0].id", "single hyphens only"),
        ({"id": "DEU-2025-0009"}, "id", "never changes; this record is DEU-2025-0001"),
        ({"nature": "deployment"}, "record", "a deployment has none"),
    ],
)  # fmt: skip
def test_what_only_shows_when_parts_are_saved_is_named_too(
    body: dict[str, Any], field: str, said: str, world: Any, editor: APIClient
) -> None:
    before = editor.get(PLEDGE)
    answer = editor.patch(PLEDGE, body, headers={"If-Match": before["ETag"]})
    assert answer.status_code == 400, answer.content
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert said in errors[field]
    assert editor.get(PLEDGE).json() == before.json()
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"names": "x"}, "names", "There is no such field; known are: "),
        ({"_deks": {}}, "_deks", "There is no such field; known are: "),
        (
            {"items": [{"description": "x"}, {"quantitty": "4"}]},
            "items[1].quantitty",
            "There is no such field; known are: ",
        ),
        ({"beneficiary": {"id": "POL", "nam": "x"}}, "beneficiary.nam", "There is no such field; known are: "),
        (
            {"announced": {"edtf": "2025", "lastest": "2025"}},
            "announced.lastest",
            "There is no such field; known are: ",
        ),
        (
            {"items": [{"description": "x", "quantity": {"text": "4", "hihg": 5}}]},
            "items[0].quantity.hihg",
            "There is no such field; known are: ",
        ),
        (
            {"claims": [{"document": {"id": "article", "x": 1}}]},
            "claims[0].document.x",
            "There is no such field; known are: ",
        ),
        ({"name": 5}, "name", "Write text; found a number"),
        ({"entries": [{"is_total": "yes"}]}, "entries[0].is_total", "Write true or false; found text"),
        ({"items": [{"number": "1"}]}, "items[0].number", "found text"),
        ({"items": [{"number": True}]}, "items[0].number", "found true or false"),
    ],
)
def test_a_misspelt_field_or_a_wrong_type_is_not_lost_in_silence(
    body: dict[str, Any], field: str, said: str, world: Any, editor: APIClient
) -> None:
    answer = editor.patch(PLEDGE, body, headers={"If-Match": "*"})
    assert answer.status_code == 400
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert said in errors[field]


def test_parts_can_go_and_come_in_one_edit(world: Any, editor: APIClient) -> None:
    """An item goes together with the entry that names it."""
    body = {
        "items": [{"number": 2, "description": "Spare parts"}, {"description": "Tools"}],
        "entries": [{"number": 1, "item": 3, "amount": "5", "currency": "USD"}], "valuations": [],
    }  # fmt: skip
    answer = editor.patch(PLEDGE, body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.content
    assert [item["number"] for item in answer.json()["items"]] == [2, 3]
    assert [entry["item"] for entry in answer.json()["entries"]] == [3]


def test_a_rename_of_another_record_stops_nobody(world: Any, editor: APIClient) -> None:
    read = editor.get(PLEDGE)
    Party.objects.update(name="Renamed")
    assert editor.get(PLEDGE).json()["beneficiary"]["name"] == "Renamed"
    assert editor.get(PLEDGE)["ETag"] == read["ETag"]
    assert editor.patch(PLEDGE, {"name": "Mine"}, headers={"If-Match": read["ETag"]}).status_code == 200
    other = next(
        row.public_id for row in Party.objects.order_by("pk") if row.public_id != read.json()["beneficiary"]["id"]
    )
    before = editor.get(PLEDGE)["ETag"]
    assert editor.patch(PLEDGE, {"beneficiary": other}, headers={"If-Match": before})["ETag"] != before


def test_a_change_without_the_etag_is_refused(world: Any, editor: APIClient) -> None:
    for method in (editor.put, editor.patch, editor.delete):
        answer = method(PLEDGE, {})
        assert answer.status_code == 428
        assert "If-Match" in answer.json()["detail"]


def test_of_two_edits_of_one_reading_the_second_is_told(world: Any, editor: APIClient) -> None:
    read = editor.get(PLEDGE)
    first = editor.patch(PLEDGE, {"name": "First"}, headers={"If-Match": read["ETag"]})
    assert first.status_code == 200
    for stale in (read["ETag"], 'W/"x"', "nonsense", f"W/{read['ETag']}"):
        second = editor.patch(PLEDGE, {"name": "Second"}, headers={"If-Match": stale})
        assert second.status_code == 412
        assert second["ETag"] == first["ETag"] != read["ETag"]
        assert editor.delete(PLEDGE, headers={"If-Match": stale}).status_code == 412
    assert editor.get(PLEDGE).json()["name"] == "First"
    assert editor.patch(PLEDGE, {"name": "x"}, headers={"If-Match": f'"other", {first["ETag"]}'}).status_code == 200


def test_who_reads_compressed_answers_writes_with_the_tag_that_came_along(world: Any, editor: APIClient) -> None:
    address = f"{DESK}/parties/DEU/"
    compressed = editor.get(address, headers={"Accept-Encoding": "gzip"})
    assert (compressed["Content-Encoding"], compressed["ETag"][:2]) == ("gzip", "W/")
    for tags in (
        compressed["ETag"],
        f'W/"other", {compressed["ETag"]}',
        compressed["ETag"].removesuffix('"') + '-gzip"',
    ):
        answer = editor.patch(address, {"name": "Germany"}, headers={"If-Match": tags})
        assert answer.status_code == 200, answer.content
    assert editor.put(address, editor.get(address).json(), headers={"If-Match": compressed["ETag"]}).status_code == 200
    draft = editor.post(f"{DESK}/parties/", {"id": "ATL", "name": "Atlantis"})
    assert draft.status_code == 201, draft.content
    assert editor.delete(draft["Location"], headers={"If-Match": f"W/{draft['ETag']}"}).status_code == 204


def test_a_record_that_somebody_else_holds_is_left_alone(
    world: Any, editor: APIClient, second_editor: APIClient
) -> None:
    assert editor.patch(PLEDGE, {"name": "Mine"}, headers={"If-Match": "*"}).status_code == 200
    for answer in (
        second_editor.patch(PLEDGE, {"name": "Yours"}, headers={"If-Match": "*"}),
        second_editor.delete(PLEDGE, headers={"If-Match": "*"}),
    ):
        assert answer.status_code == 409
        assert "editor holds" in answer.json()["detail"]
    read = second_editor.get(PLEDGE).json()
    assert (read["name"], read["_desk"]["held_by"]) == ("Mine", "editor")
    assert not ChangeSet.objects.filter(author=second_editor.user).exists()


def test_the_change_set_of_an_edit_can_be_named(
    world: Any, editor: APIClient, second_editor: APIClient, at: Any
) -> None:
    mine = change_sets.open_change_set(author=editor.user, message="Mine", cause="correction", at=at)
    change_sets.open_change_set(author=editor.user, message="Newer", cause="correction", at=at)
    theirs = change_sets.open_change_set(author=second_editor.user, message="Theirs", cause="correction", at=at)
    answers = {
        number: editor.patch(f"{PLEDGE}?change_set={number}", {"name": "x"}, headers={"If-Match": "*"})
        for number in (mine.pk, theirs.pk, 999, "x", "9" * 40)
    }
    codes = [answer.status_code for answer in answers.values()]
    assert codes == [200, 403, 400, 400, 400]
    assert answers[mine.pk].json()["_desk"]["change_set"] == mine.pk


def test_from_a_new_record_to_a_withdrawn_one(editor: APIClient, users: Any, at: Any) -> None:
    address = f"{DESK}/parties/NLD/"
    assert editor.post(f"{DESK}/parties/", {"id": "NLD", "name": "Netherlands"}).status_code == 201
    publish_of(editor, users, at)
    read = editor.get(address)
    assert read.json()["_desk"] == {
        "state": "published", "version": 1, "held_by": None, "change_set": None, "action": None,
        "coverage": {"values": 0, "supported": 0}, "health": {"error": 0, "warning": 0, "notice": 0},
    }  # fmt: skip
    changed = editor.patch(address, {"name": "The Netherlands"}, headers={"If-Match": read["ETag"]})
    assert changed.json()["_desk"]["state"] == "changed"
    refused = editor.delete(address, headers={"If-Match": changed["ETag"]})
    assert "the reason is public" in refused.content.decode()
    withdrawn = editor.delete(f"{address}?reason=Twice", headers={"If-Match": changed["ETag"]})
    assert withdrawn.status_code == 202
    assert withdrawn.json()["_desk"]["action"] == "withdraw"
    publish_of(editor, users, at)
    assert editor.get(address).json()["_desk"]["state"] == "withdrawn"
    history = editor.get(f"{address}history/").json()
    assert [(row["version"], row["withdrawn"]) for row in history["results"]] == [(2, True), (1, False)]
    assert history["results"][0]["recorded_to"] is None


def test_what_others_refer_to_stays(world: Any, editor: APIClient) -> None:
    answer = editor.delete(f"{DESK}/platforms/eurofighter-typhoon/", headers={"If-Match": "*"})
    assert answer.status_code == 409
    assert "still refer" in answer.json()["detail"]


def test_a_list_is_read_page_by_page(editor: APIClient) -> None:
    factories.PartyFactory.create_batch(7)
    found, address, pages = [], f"{DESK}/parties/?limit=3", []
    while address:
        page = editor.get(address).json()
        assert page["count"] == 7
        pages.append(page)
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert found == [f"P0{number}" for number in range(1, 8)]
    assert editor.get(pages[2]["previous"]).json()["results"] == pages[1]["results"]


def test_a_list_is_searched_in_names_aliases_and_ids(world: Any, editor: APIClient) -> None:
    factories.PartyFactory(public_id="TUR", name="Türkiye")

    def found(text: str) -> list[str]:
        return [row["id"] for row in editor.get(f"{DESK}/parties/", {"search": text}).json()["results"]]

    assert found("GERM") == found("bundesrepublik") == found("deu") == ["DEU"]
    assert found("turkiye") == found("TÜRK") == ["TUR"]
    assert found("germany poland") == []
    assert "TUR" in found("") == [row["id"] for row in editor.get(f"{DESK}/parties/").json()["results"]]


def test_pledges_are_listed_by_amount_in_any_currency(editor: APIClient) -> None:
    for number, currency in enumerate(("USD", "NOK", "EUR")):
        factories.PledgeFactory(
            public_id=f"A-{number}", announced="2025-08", entry__amount="5000000", entry__currency=currency
        )
    factories.ExchangeRateFactory(date="2025-08-04", currency="USD", rate="2")
    found = editor.get(f"{DESK}/pledges/?amount_from=EUR 2.5m").json()
    assert ([row["id"] for row in found["results"]], found["without_rate"]) == (["A-0", "A-2"], 1)
    assert editor.get(f"{DESK}/pledges/?amount_from=EUR 2.5m&amount_to=3m").json()["count"] == 0
    assert "without_rate" not in editor.get(f"{DESK}/pledges/").json()
    assert "is not an amount" in editor.get(f"{DESK}/pledges/?amount_to=lots").json()["detail"]
    assert "Unknown parameter" in editor.get(f"{DESK}/parties/?amount_to=1").json()["detail"]


def test_all_kinds_are_searched_at_once(world: Any, editor: APIClient) -> None:
    atlantis = factories.PartyFactory(public_id="ATL", name="Atlantis")
    factories.PledgeFactory(public_id="ATL-1", name="Launchers", share__contributor=atlantis)
    search_texts.renew()
    answer = editor.get(f"{DESK}/search/", {"search": "atlantis"}).json()
    found = {"search": "atlantis", "count": 1}
    assert answer["results"] == [
        found | {"kind": "parties", "exact": True, "best": [{"id": "ATL", "name": "Atlantis"}]},
        found | {"kind": "pledges", "exact": False, "best": [{"id": "ATL-1", "name": "Launchers"}]},
    ]
    assert answer["count"] == sum(group["count"] for group in answer["results"])
    assert editor.get(f"{DESK}/search/", {"search": " "}).json() == {"count": 0, "results": [], "meant": []}
    assert editor.get(f"{DESK}/search/", {"search": "atlantsi"}).json()["meant"] == ["Atlantis"]
    assert editor.get(f"{DESK}/search/", {"find": "x"}).status_code == 400


def test_a_list_is_filtered_by_state(editor: APIClient, users: Any, at: Any) -> None:
    opened = editor.post(f"{DESK}/change-sets/", {"message": "Three parties"}).json()["id"]
    for public_id in ("AAA", "BBB", "CCC"):
        editor.post(f"{DESK}/parties/?change_set={opened}", {"id": public_id, "name": public_id})
    publish_of(editor, users, at)
    editor.delete(f"{DESK}/parties/AAA/?reason=Twice", headers={"If-Match": "*"})
    publish_of(editor, users, at)
    editor.patch(f"{DESK}/parties/BBB/", {"name": "Changed"}, headers={"If-Match": "*"})
    editor.post(f"{DESK}/parties/", {"id": "DDD", "name": "New"})

    def found(state: str) -> list[str]:
        return [row["id"] for row in editor.get(f"{DESK}/parties/?state={state}").json()["results"]]

    states = ("withdrawn", "changed", "published", "never_published", "held")
    assert [found(state) for state in states] == [["AAA"], ["BBB"], ["CCC"], ["DDD"], ["BBB", "DDD"]]


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("stat=held", "stat", "Did you mean state?"), ("state=gone", "state", "“gone” is unknown"),
        ("limit=0", "limit", "from 1 to 500; found “0”"), ("limit=501", "limit", "from 1 to 500; found “501”"),
        ("limit=x", "limit", "from 1 to 500; found “x”"), ("cursor=x", "cursor", "This is no cursor"),
        ("search=%00", "search", "Null characters"), ("limit=1&limit=2", "limit", "Given twice"),
        ("state=", "state", "“” is unknown; allowed are: "),
    ],
)  # fmt: skip
def test_an_unknown_parameter_or_value_is_named(query: str, parameter: str, said: str, editor: APIClient) -> None:
    answer = editor.get(f"{DESK}/parties/?{query}")
    assert answer.status_code == 400
    errors = errors_of(answer)
    assert list(errors) == [parameter]
    assert said in errors[parameter]


def test_the_desk_is_not_stored_on_the_way(world: Any, editor: APIClient) -> None:
    assert editor.get(PLEDGE)["Cache-Control"] == editor.get(PLEDGES)["Cache-Control"] == "no-store"


def _more_pledges(number: int) -> None:
    for _number in range(number):
        pledge = factories.PledgeFactory()
        factories.ItemFactory(pledge=pledge, number=1)
        factories.ClaimFactory(record=pledge)


def test_a_list_of_more_records_takes_no_more_queries(editor: APIClient, django_assert_num_queries: Any) -> None:
    _more_pledges(5)
    with django_assert_num_queries(22):
        assert editor.get(PLEDGES).json()["count"] == 5
    _more_pledges(20)
    with django_assert_num_queries(22):
        assert editor.get(PLEDGES).json()["count"] == 25


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_the_same_moment_one_wins(world: Any, editor: APIClient) -> None:
    etag = editor.get(PLEDGE)["ETag"]

    def write(number: int) -> int:
        try:
            return editor.patch(PLEDGE, {"name": f"Writer {number}"}, headers={"If-Match": etag}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(write, range(4)))
    assert sorted(codes) == [200, 412, 412, 412]


@pytest.mark.django_db(transaction=True)
def test_new_records_at_the_same_moment_are_all_given_an_id(world: Any, editor: APIClient) -> None:
    """Running numbers are chosen by what is there, which another may add to before it is written."""
    claim = {"record": {"kind": "party", "id": world["party"].public_id}, "field": "name", "value": "A name"}
    claim |= {"document": world["document"].public_id, "verdict": "open", "reason": "Said by two."}

    def create(number: int) -> tuple[int, str]:
        pledge = {"name": f"Pledge {number}", "nature": "deployment", "announced": "2025-09-12"}
        body = claim if number % 2 else pledge
        try:
            answer = editor.post(f"{DESK}/{'claims' if number % 2 else 'pledges'}/", body)
            return answer.status_code, answer.json().get("id", answer.json().get("detail"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(create, range(8)))
    assert [code for code, _id in made] == [201] * 8, made
    assert len(set(made)) == 8


@pytest.mark.django_db(transaction=True)
def test_of_two_new_records_at_the_same_moment_each_gets_an_answer(editor: APIClient) -> None:
    def create(_number: int) -> int:
        try:
            return editor.post(f"{DESK}/parties/", {"id": "NLD", "name": "Netherlands"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(create, range(4)))
    assert codes.count(201) == 1
    assert set(codes) <= {201, 400, 409}
