"""What holds for every public list alike, by the public address of each."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import API, KIND_OF, LISTS, ids, messages, read
from tests.curation.desk import shelf

pytestmark = pytest.mark.django_db


@pytest.mark.alike
@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_the_agreed_form_and_a_detail_is_its_row(name: str, shown: Any) -> None:
    answer = read(f"{name}/")
    assert list(answer) == ["count", "next", "previous", "as_of", "results"]
    assert answer["count"] == len(answer["results"]) > 0
    for row in answer["results"]:
        assert read(f"{name}/{row['id']}/") == row
        assert set(row) == set(LISTS[name].field_names())


def test_contributors_and_beneficiaries_are_those_that_pledges_name(shown: Any) -> None:
    shares = [share for pledge in read("pledges/")["results"] for share in pledge["shares"]]
    assert ids("contributors/") == sorted({share["contributor"]["id"] for share in shares})
    assert ids("beneficiaries/") == ["POL"]


def test_change_sets_are_searched_with_accents(shown: Any) -> None:
    factories.PublicationFactory(change_set__message="Aid by Türkiye")
    assert [row["message"] for row in read("change-sets/?search=TURKIYE aid")["results"]] == ["Aid by Türkiye"]
    assert read("change-sets/?search=turkiye nothing")["count"] == 0


@pytest.mark.alike
@pytest.mark.parametrize("name", LISTS)
def test_every_ordering_orders_and_turns_round(name: str, shown: Any) -> None:
    for ordering in LISTS[name].orders:
        up, down = ids(f"{name}/?ordering={ordering}"), ids(f"{name}/?ordering=-{ordering}")
        assert up == down[::-1]
    assert "did you mean" in messages(f"{name}/?ordering=--id")["ordering"]


@pytest.mark.parametrize("address", ["", "tables/", "tables/contributions/", *(f"{name}/" for name in LISTS)])
def test_the_public_side_is_only_read(address: str, db: None) -> None:
    client = Client()
    for method in ("get", "head", "options"):
        assert getattr(client, method)(API + address).status_code == 200
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(API + address, data="{}", content_type="application/json")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head(API + address).content == b""


def test_lists_serve_the_stored_document(shown: Any) -> None:
    for name, kind in KIND_OF.items():
        for row in read(f"{name}/")["results"]:
            assert row == shelf(kind, row["id"])


def test_more_fields_than_are_taken_at_once_are_refused(shown: Any) -> None:
    assert messages(f"packages/?fields={','.join(['name'] * 201)}") == {"fields": "At most 200 values at once."}
