"""Discarding puts the desk back to what is published, exactly; and removes what never was."""

from typing import Any

import pytest

from tests.curation.desk import Desk, everything, shelf
from tests.factories import InitiativeFactory
from tracker.curation.errors import StillReferredTo
from tracker.models import Item, Party, Platform
from tracker.records.registry import document_of

RICH: dict[str, Any] = {
    "description": "All that a pledge can have",
    "shares": [{"contributor": "NLD", "fraction": "0.6"}, {"contributor": "DEU", "fraction": "0.4"}],
    "items": [{"platform": "ef", "quantity": "about 3"}, {"description": "shells", "quantity": "10 to 20"}],
    "entries": [
        {"stage": "commitment", "amount": "5.00", "currency": "USD", "is_total": True, "note": "the whole"},
        {"stage": "delivery", "item": 2, "quantity": "at least 4", "date": "Sept 2025"},
    ],
    "valuations": [{"item": 1, "basis": "dataset", "amount": "7.00", "low": "6.00", "currency": "EUR"}],
    "claims": [{"document": "source", "quote": "a quote", "verdict": "rejected", "reason": "wrong"}],
}


def desk_documents() -> Any:
    return everything()["desk"]


def test_a_rich_pledge_comes_back_exactly_and_new_records_go(desk: Desk) -> None:
    other = desk.pledge(name="Umbrella")
    pledge = desk.pledge(**RICH, links=[{"link": "tranche_of", "target": other.public_id}])
    desk.publish()
    before = desk_documents()
    assert shelf("pledge", pledge.public_id) == document_of(pledge)
    desk.write("party", id="FRA", name="France", aliases=["Frankreich"])
    desk.write(
        "pledge", id=pledge.public_id, name="Other", announced="", links=[], valuations=[], beneficiary="FRA",
        # What is the total of a stage changes places, which cannot be undone row by row.
        entries=[{"number": 1, "stage": "delivery"}, {"number": 2, "stage": "commitment", "is_total": True}],
        items=[], claims=[{"document": "source", "quote": "another"}],
        shares=[{"contributor": "FRA", "fraction": "0.9"}, {"contributor": "DEU", "fraction": "0.1"}],
    )  # fmt: skip
    assert desk_documents() != before
    desk.discard()
    assert desk_documents() == before


def test_names_and_branches_that_changed_places_come_back(desk: Desk) -> None:
    desk.write("party", id="DEU", aliases=["Allemagne"])
    desk.write("party", id="NLD", aliases=["Pays-Bas"])
    desk.write("category", id="jets", name="Jets", parent="fighters")
    desk.publish()
    before = desk_documents()
    desk.write("party", id="DEU", aliases=[])
    desk.write("party", id="NLD", aliases=["Allemagne"])
    desk.write("party", id="DEU", aliases=["Pays-Bas"])
    desk.write("category", id="jets", parent=None)
    desk.write("category", id="fighters", parent="jets")
    desk.write("party", id="LUX", name="Luxembourg", aliases=["Aircraftland"])
    desk.discard()
    assert desk_documents() == before


def test_a_withdrawal_that_is_discarded_changes_nothing(desk: Desk) -> None:
    before = desk_documents()
    desk.write("platform", id="ef", name="Typhoon", prices=[])
    desk.withdraw(Platform.objects.get())
    desk.discard()
    assert desk_documents() == before


def test_new_records_that_refer_to_one_another_go_together(desk: Desk) -> None:
    before = desk_documents()
    child = desk.write("party", id="CHILD", name="Child")
    desk.write("party", id="PARENT", name="Parent")
    desk.write("party", id="CHILD", part_of="PARENT")
    first, second = desk.pledge(beneficiary="CHILD"), desk.pledge()
    for one, another in ((first, second), (second, first)):
        desk.write("pledge", id=one.public_id, links=[{"link": "restates", "target": another.public_id}])
    desk.write("initiative", id="plan", name="Plan", kind="fund", leads=["CHILD", "PARENT"])
    assert child.pk
    desk.discard()
    assert desk_documents() == before


def test_what_others_refer_to_is_not_removed(desk: Desk) -> None:
    new = desk.write("platform", id="new", name="New platform", category="fighters")
    desk.pledge(items=[{"platform": "new", "quantity": "2"}], by=desk.other)
    for act in (desk.discard, lambda: desk.withdraw(new)):
        with pytest.raises(StillReferredTo, match=r"New platform cannot be removed: 1\. 2 × New platform still refer"):
            act()
    assert Platform.objects.filter(public_id="new").exists()
    assert Item.objects.count() == 1, "and nothing of the pledge went with the attempt"
    assert desk.open().edits.count() == 1


def test_who_leads_an_initiative_is_not_removed(desk: Desk) -> None:
    party = desk.write("party", id="LEAD", name="Lead")
    InitiativeFactory(name="Sky Shield").leads.add(party)
    with pytest.raises(StillReferredTo, match="Sky Shield"):
        desk.withdraw(party)
    assert Party.objects.filter(public_id="LEAD").exists()


def test_a_record_that_stood_on_the_desk_unpublished_is_put_back_and_not_removed(desk: Desk) -> None:
    initiative = InitiativeFactory(public_id="drones", name="Drones")
    before = document_of(initiative)
    desk.write("initiative", id="drones", name="Other", aliases=["The others"], started="2025")
    assert document_of(initiative) != before
    desk.discard()
    assert document_of(initiative) == before
