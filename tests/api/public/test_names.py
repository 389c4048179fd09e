"""Names: found however they are typed, in one order on every database, and phrases as phrases."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests import factories
from tests.curation.desk import Desk, with_basics
from tracker.filters.desk_search import search
from tracker.models import Party, Platform

pytestmark = pytest.mark.django_db

NAMES = {"LOK": "Løkke", "LOD": "łódź", "CIV": "Côte d’Ivoire", "TUR": "Türkiye", "ALA": "Åland", "ZZZ": "alpha"}
TYPED = [
    ("Lokke", "LOK"), ("LØKKE", "LOK"), ("Lodz", "LOD"), ("Cote d'Ivoire", "CIV"), ("côte d`ivoire", "CIV"),
    ("turkiye", "TUR"), ("TÜRK\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}YE", "TUR"),
    ("aland\N{ZERO WIDTH SPACE}", "ALA"),
]  # fmt: skip


@pytest.fixture(scope="module")
def published(module_db: None) -> Desk:
    desk = with_basics()
    for public_id, name in NAMES.items():
        desk.write("party", id=public_id, name=name, kind="state")
    desk.write("platform", id="f-16", name="F\N{NON-BREAKING HYPHEN}16", category="aircraft", description="air defence")
    desk.write("platform", id="other", name="Other", category="aircraft", description="defence of the air")
    desk.publish()
    return desk


def ids(client: APIClient, address: str, **asked: Any) -> list[str]:
    return [row["id"] for row in client.get(f"/api/v1/{address}/", asked).json()["results"]]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("typed", "public_id"), TYPED)
def test_a_name_is_found_however_it_is_typed(api_client: APIClient, typed: str, public_id: str) -> None:
    assert ids(api_client, "parties", search=typed) == [public_id]
    assert list(search(Party.objects.all(), typed).values_list("public_id", flat=True)) == [public_id]


@pytest.mark.usefixtures("published")
def test_lists_are_in_the_order_of_folded_names(api_client: APIClient) -> None:
    expected = ["ALA", "ZZZ", "CIV", "LOD", "LOK", "TUR"]
    assert [public_id for public_id in ids(api_client, "parties", ordering="name") if public_id in NAMES] == expected
    assert [party.public_id for party in Party.objects.filter(public_id__in=NAMES)] == expected
    back = [public_id for public_id in ids(api_client, "parties", ordering="-name") if public_id in NAMES]
    assert back == expected[::-1]


@pytest.mark.usefixtures("published")
def test_a_quoted_phrase_is_searched_as_a_phrase(api_client: APIClient) -> None:
    assert set(ids(api_client, "platforms", search="air defence")) == {"f-16", "other"}
    for typed in ('"air defence"', "\N{LEFT DOUBLE QUOTATION MARK}Air defence\N{RIGHT DOUBLE QUOTATION MARK}"):
        assert ids(api_client, "platforms", search=typed) == ["f-16"]
    assert ids(api_client, "platforms", search="F-16") == ["f-16"]
    assert search(Platform.objects.all(), '"f-16"').count() == 1


def test_an_alias_is_one_however_it_is_written(db: None) -> None:
    party = factories.PartyFactory(public_id="MAR", name="Morocco")
    party.aliases.create(name="Royaume d’Émaroc")
    assert search(Party.objects.all(), "royaume d'emaroc").get() == party
