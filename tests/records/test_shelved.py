"""What the shelf derives from documents: facets, the words of a search, references, claims."""

from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from tests.curation.desk import shelf, with_basics
from tests.ledger.documents import item, pledge, share
from tracker.filters.fields import FacetChoices
from tracker.filters.registry import FILTERSETS
from tracker.models import Facet, Publication
from tracker.records import shelved
from tracker.records.engine import base
from tracker.records.engine.document_field import fields_of
from tracker.records.registry import KINDS


def whole_pledge(**changes: Any) -> dict[str, Any]:
    source = {"id": "source", "name": "Quelle für Ærger"}
    claim = {"id": "source-0001", "document": source, "quote": "Vier Flügel", "verdict": "adopted", "value": ""}
    return pledge(
        name="Łódź  PLEDGE", description="Für die Ukraine", shares=[share("DEU"), share("NLD")],
        items=[item(1, "3", "ef"), item(2, category={"id": "shells", "name": "Shells", "path": ["arms", "shells"]})],
        claims=[claim],
    ) | changes  # fmt: skip


def test_a_publication_is_found_by_what_it_refers_to_and_by_its_choices() -> None:
    facets: dict[str, set[str]] = {}
    for name, value in shelved.facets("pledge", whole_pledge()):
        facets.setdefault(name, set()).add(value)
    assert facets == {
        "nature": {"financing"}, "aid_type": {"military"}, "stage": {"commitment"}, "modality": {"unknown"},
        "beneficiary": {"UKR"}, "contributor": {"DEU", "NLD"}, "platform": {"ef"}, "document": {"source"},
        "category": {"aircraft", "fighters", "arms", "shells"}, "category_itself": {"fighters", "shells"},
    }  # fmt: skip


def test_the_choices_that_a_publication_is_found_by_are_those_that_a_filter_asks_for() -> None:
    choices = {path[-1] for kind in KINDS.values() for path in kind.choices}
    filters = (each for filterset in FILTERSETS.values() for each in filterset.base_filters.values())
    asked = {each.field_name for each in filters if isinstance(each, FacetChoices)}
    assert choices - shelved.NOT_ASKED == asked - {"verdict", "record_kind"}
    assert choices >= shelved.NOT_ASKED


def test_facets_do_not_hang_on_the_order_of_rows() -> None:
    document = whole_pledge()
    turned = document | {"shares": document["shares"][::-1], "items": document["items"][::-1]}
    assert shelved.facets("pledge", turned) == shelved.facets("pledge", document)


def test_the_words_of_a_search_are_folded() -> None:
    words = shelved.columns("pledge", whole_pledge())["search"]
    for word in ("lodz pledge", "fur die ukraine", "party deu", "vier flugel", "deu-2025-0001", "quelle"):
        assert word in words, word
    assert "financing" not in words
    assert words == words.casefold()


def test_what_a_search_passes_over_has_no_words() -> None:
    for kind in KINDS.values():
        fields = fields_of(kind.published())
        for name, field in [*fields.items(), *(inner for each in fields.values() for inner in _of_rows(each))]:
            if name in base.WITHOUT_WORDS:
                assert name not in base.SEARCHED
                assert not list(field.references())
                assert not base.SEARCHED & {inner for inner, _field in _of_rows(field)}


def _of_rows(field: Any) -> list[tuple[str, Any]]:
    return [*fields_of(field.row).items()] if field.row else []


def test_the_columns_of_a_publication() -> None:
    found = shelved.columns("pledge", whole_pledge(announced=None))
    assert (found["earliest"], found["latest"]) == (None, None)
    assert len(shelved.columns("pledge", whole_pledge(name="x" * 300))["name"]) == 250
    claim = {"id": "source-0001", "quote": "", "value": "four", "document": {"id": "source", "name": "S"}}
    assert shelved.columns("claim", claim)["name"] == "four"


def test_relinking_says_what_is_published_and_leaves_the_rest() -> None:
    category = {"id": "fighters", "name": "Jets", "path": ["fighters"]}
    published: dict[Any, Any] = {
        ("party", "DEU"): {"id": "DEU", "name": "Deutschland", "description": "not carried"},
        ("platform", "ef"): {"id": "ef", "name": "Typhoon", "category": category},
        ("category", "fighters"): category,
    }
    document = whole_pledge()
    before = document["beneficiary"]
    assert shelved.relink("pledge", document, published.get)
    assert not shelved.relink("pledge", document, published.get), "nothing is left to change"
    assert document["shares"][0]["contributor"] == {"id": "DEU", "name": "Deutschland"}
    assert document["items"][0]["platform"] == {"id": "ef", "name": "Typhoon", "category": category}
    assert document["beneficiary"] == before


@pytest.mark.django_db
def test_an_unknown_reference_is_told_the_nearest() -> None:
    desk = with_basics()
    cases = {
        "GERMANY": r"There is no party “GERMANY”\. Nearest: Germany \(DEU\)",
        "Netherland": r"Nearest: Netherlands \(NLD\)",
        "\0": "Name a party by its id; found",
        "x" * 10_000: "There is no party “x{60}”",
    }
    for found, words in cases.items():
        with pytest.raises(ValidationError, match=words) as caught:
            desk.pledge(beneficiary=found)
        assert set(caught.value.detail) == {"beneficiary"}
        assert len(str(caught.value)) < 500
    for odd in (5, ["DEU"], {"name": "Germany"}, True):
        serializer = KINDS["pledge"].serializer(data={"name": "x", "beneficiary": odd})
        assert not serializer.is_valid()
        assert "Name a party by its id" in str(serializer.errors["beneficiary"])


@pytest.mark.django_db
def test_claims_stand_in_their_record_and_by_themselves() -> None:
    desk = with_basics()
    made = desk.pledge(claims=[{"document": "source", "quote": "so many", "field": "entries[1].amount"}])
    desk.publish()
    [inside] = shelf("pledge", made.public_id)["claims"]  # type: ignore[index]
    record = {"kind": "pledge", "id": made.public_id}
    assert shelf("claim", inside["id"]) == inside | {"record": record}
    facets = Facet.objects.filter(publication=Publication.objects.get(kind="claim"))
    assert ("record", f"pledge:{made.public_id}") in set(facets.values_list("name", "value"))
    desk.write("document", id="source", name="Renamed")
    desk.publish()
    assert shelf("claim", inside["id"])["document"] == {"id": "source", "name": "Renamed"}  # type: ignore[index]
    desk.write("pledge", id=made.public_id, claims=[])
    desk.publish()
    assert shelf("claim", inside["id"]) is None
    assert shelf("pledge", made.public_id)["claims"] == []  # type: ignore[index]
