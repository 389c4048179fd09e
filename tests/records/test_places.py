"""A field has a name that stays when lines are added, moved or renumbered."""

from typing import Any

import pytest

from tests import factories as make
from tracker.records.engine.places import find, places
from tracker.records.naming_places import no_field
from tracker.records.registry import KINDS, document_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pledge() -> Any:
    pledge = make.PledgeFactory(entry=None, share__contributor=make.PartyFactory(public_id="DEU", name="Germany"))
    jet = make.PlatformFactory(public_id="eurofighter-typhoon", name="Eurofighter Typhoon")
    make.ItemFactory(pledge=pledge, number=1, platform=jet)
    make.ItemFactory(pledge=pledge, number=2, platform=None, description="Spare parts")
    make.ItemFactory(pledge=pledge, number=3, platform=None, description="x" * 200)
    make.EntryFactory(pledge=pledge, number=1, stage="commitment", date="2025-09")
    make.EntryFactory(pledge=pledge, number=2, stage="allocation", date="")
    return pledge


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("items[Eurofighter Typhoon].quantity", "items[eurofighter-typhoon].quantity"),
        ("items[1].quantity", "items[eurofighter-typhoon].quantity"),
        ("items[spare parts]", "items[Spare parts]"),
        ("items[3].description", "items[#3].description"),
        ("shares[germany].amount", "shares[DEU].amount"),
        ("entries[commitment].amount", "entries[commitment 2025-09].amount"),
        ("entries[allocation]", "entries[allocation]"),
        ("announced", "announced"),
    ],
)
def test_a_place_is_found_by_every_name_of_its_line(path: str, stays: str, pledge: Any) -> None:
    place = find(KINDS["pledge"].serializer(), document_of(pledge), path)
    assert place is not None
    assert place.path == stays


@pytest.mark.parametrize(
    "path", ["items[4]", "items[F-16].quantity", "items[1].colour", "nature[x]", "claims", "", "id"]
)
def test_what_is_no_place_is_not_found(path: str, pledge: Any) -> None:
    assert find(KINDS["pledge"].serializer(), document_of(pledge), path) is None


def test_a_name_of_two_lines_names_neither(pledge: Any) -> None:
    make.EntryFactory(pledge=pledge, number=5, stage="commitment", date="2025-10")
    document = document_of(pledge)
    assert find(KINDS["pledge"].serializer(), document, "entries[commitment]") is None
    assert {"entries[commitment 2025-09]", "entries[commitment 2025-10]"} <= set(
        places(KINDS["pledge"].serializer(), document)
    )


def test_who_names_no_field_reads_all_that_there_are_the_nearest_first() -> None:
    fields = ("", ".quantity", ".note", ".supplier", ".condition")
    there = ["name", *(f"items[{row}]{field}" for row in ("gepard", "leopard", "marder") for field in fields)]
    assert no_field("items[leopard].quantities", there) == (
        "There is no field “items[leopard].quantities”; there are: items[leopard].quantity, items[leopard], "
        "items[gepard].quantity, items[leopard].note, items[leopard].condition, items[marder].quantity, items[gepard], "
        "items[leopard].supplier, items[gepard].note, items[gepard].condition, items[gepard].supplier, "
        "items[marder].note, items[marder] (.condition, .supplier), name."
    )
    assert no_field("x", [f"shares[{n}]" for n in range(30)]).endswith("shares[23] and 6 others.")
    assert no_field("colour", []) == "There is no field “colour”; there are: none."
