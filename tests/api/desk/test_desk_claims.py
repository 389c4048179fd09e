"""Claims by themselves on the desk: each write is an edit of the record they are about."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.api.conftest import DESK, PLEDGE, errors_of, refusal_of
from tracker.models import Claim, Edit

CLAIMS = f"{DESK}/claims/"


@pytest.fixture
def claim(world: Any, editor: APIClient) -> Any:
    """The answer with the claim about the pledge."""
    [row] = editor.get(CLAIMS, {"record": "pledge:DEU-2025-0001"}).json()["results"]
    return editor.get(f"{CLAIMS}{row['id']}/")


def test_a_claim_is_added_to_its_record(world: Any, editor: APIClient) -> None:
    body = {"record": {"kind": "pledge", "id": "DEU-2025-0001"}, "document": "article", "quote": "four Eurofighters"}
    created = editor.post(CLAIMS, body)
    assert created.status_code == 201, created.content
    assert created.json()["record"] == body["record"]
    assert editor.get(created["Location"]).json() == created.json()
    assert len(editor.get(PLEDGE).json()["claims"]) == 2
    assert Edit.objects.get().public_id == "DEU-2025-0001"


def test_what_is_read_can_be_written_back(claim: Any, editor: APIClient) -> None:
    address = f"{CLAIMS}{claim.json()['id']}/"
    written = editor.put(address, claim.json(), headers={"If-Match": claim["ETag"]})
    assert (written.status_code, written["ETag"], written.json()) == (200, claim["ETag"], claim.json())


def test_a_claim_is_changed_and_removed(claim: Any, editor: APIClient) -> None:
    address = f"{CLAIMS}{claim.json()['id']}/"
    changed = editor.patch(
        address, {"verdict": "rejected", "reason": "Superseded"}, headers={"If-Match": f"W/{claim['ETag']}"}
    )
    assert changed.json() == claim.json() | {"verdict": "rejected", "reason": "Superseded"}
    assert editor.patch(address, {"quote": "x"}, headers={"If-Match": claim["ETag"]}).status_code == 412
    assert editor.delete(address).status_code == 428
    assert editor.delete(address, headers={"If-Match": f'"other", W/{changed["ETag"]}'}).status_code == 204
    assert editor.get(PLEDGE).json()["claims"] == []


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"verdict": "rejected", "reason": ""}, "record", "Say why the claim is rejected"),
        ({"passage_start": 9, "passage_end": 2}, "record", "its end after its start"),
        ({"document": "nothing"}, "document", "There is no document “nothing”"),
        ({"quote": "x" * 121}, "quote", "no more than 120 characters"),
        ({"record": {"kind": "pledge", "id": "DEU-2025-0002"}}, "record", "never changes; it is pledge DEU-2025-0001."),
        ({"id": "another"}, "id", "This never changes; it is claim-"),
        ({"note": "x"}, "note", "There is no such field; known are: id, field, value"),
        ([], "record", "Write an object"),
    ],
)
def test_the_fields_that_are_wrong_are_named(body: Any, field: str, said: str, claim: Any, editor: APIClient) -> None:
    answer = editor.patch(f"{CLAIMS}{claim.json()['id']}/", body, headers={"If-Match": "*"})
    assert answer.status_code == 400
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert said in errors[field]


@pytest.mark.parametrize(
    "record", [None, "x", {}, {"kind": "planet", "id": "x"}, {"kind": "pledge", "id": "x\0"}, {"kind": [], "id": 1}]
)
def test_a_new_claim_names_a_record(record: Any, world: Any, editor: APIClient) -> None:
    before = Claim.objects.count()
    answer = editor.post(CLAIMS, {"document": "article", "record": record})
    assert refusal_of(answer, 400).startswith("record.")
    assert Claim.objects.count() == before


def test_the_record_that_somebody_else_holds_keeps_its_claims(
    claim: Any, editor: APIClient, second_editor: APIClient
) -> None:
    editor.patch(PLEDGE, {"name": "Mine"}, headers={"If-Match": "*"})
    address = f"{CLAIMS}{claim.json()['id']}/"
    assert "editor holds" in refusal_of(second_editor.patch(address, {"quote": "x"}, headers={"If-Match": "*"}), 409)
    assert "editor holds" in refusal_of(second_editor.delete(address, headers={"If-Match": "*"}), 409)


def test_a_list_of_claims_takes_few_queries(world: Any, editor: APIClient, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        assert editor.get(CLAIMS).json()["count"] == 13
    assert editor.get(CLAIMS, {"search": "quoted", "limit": "2"}).json()["count"] == 13
    assert errors_of(editor.get(CLAIMS, {"record": "planet:x"})).keys() == {"record"}


def test_claims_are_found_by_their_document(world: Any, editor: APIClient) -> None:
    every = editor.get(CLAIMS).json()["count"]
    assert editor.get(CLAIMS, {"search": world["document"].name}).json()["count"] == every
    assert editor.get(CLAIMS, {"search": "no such source"}).json()["count"] == 0


@pytest.mark.parametrize("words", ["lodz", "ŁÓDŹ  jets", '"jets from łódź"', "DEU-2025-0001 article-9", "zwanzig"])
def test_claims_are_found_whatever_the_case_and_the_accents(words: str, world: Any, editor: APIClient) -> None:
    body = {"record": {"kind": "pledge", "id": "DEU-2025-0001"}, "document": "article", "id": "article-9000"}
    assert editor.post(CLAIMS, body | {"quote": "Jets from Łódź", "value": "Zwanzig"}).status_code == 201
    found = editor.get(CLAIMS, {"search": words}).json()["results"]
    assert [claim["id"] for claim in found] == ["article-9000"]
    assert not editor.get(CLAIMS, {"search": '"łódź zwanzig"'}).json()["results"], "no phrase spans two texts"


def test_an_invented_quote_on_a_field_that_does_not_exist_is_refused(world: Any, editor: APIClient) -> None:
    content = "Germany is contributing four Eurofighter jets, the ministry said."
    assert editor.post(f"{DESK}/documents/article/texts/", {"content": content}).status_code == 201
    body = {"record": {"kind": "pledge", "id": "DEU-2025-0001"}, "document": "article", "quote": "four Eurofighters"}
    before = Claim.objects.count()
    for wrong, field, said in (
        ({"field": "items[3].colour"}, "field", "items[eurofighter-typhoon].quantity"),
        ({"quote": "nine Eurofighter jets"}, "quote", "four Eurofighter jets"),
    ):
        answer = editor.post(CLAIMS, body | wrong)
        assert answer.status_code == 400, answer.content
        assert said in errors_of(answer)[field]
        assert field == "quote" or errors_of(answer)[field].endswith("description."), "all fields that there are"
    assert Claim.objects.count() == before
    answer = editor.post(CLAIMS, body | {"field": "items[1].platform"})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["field"], answer.json()["support"]) == ("items[eurofighter-typhoon].platform", "passage")
    assert answer.json()["score"] < 100, "the text has another ending"


def test_support_is_never_typed(world: Any, editor: APIClient) -> None:
    body = {"record": {"kind": "pledge", "id": "DEU-2025-0001"}, "document": "article", "support": "passage"}
    assert editor.post(CLAIMS, body).json()["support"] == "reference"
