"""What is not published leaves no trace for an anonymous reader."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import API, LISTS, battery, read, snapshot
from tests.curation.desk import Desk
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db


def write_drafts(desk: Desk, world: Any) -> None:
    """Draft a record of every kind, change every published one, and withdraw one."""
    for kind in KINDS:
        desk.write(kind, id=world[kind].public_id, name="Zzsecret renamed")
    party = factories.PartyFactory(public_id="secret", name="Zzsecret party")
    category = factories.CategoryFactory(public_id="secret", name="Zzsecret category")
    platform = factories.PlatformFactory(public_id="secret", name="Zzsecret platform", category=category)
    initiative = factories.InitiativeFactory(public_id="secret", name="Zzsecret initiative", beneficiary=party)
    forum = factories.ForumFactory(public_id="secret", name="Zzsecret forum", convened_by=party)
    document = factories.DocumentFactory(public_id="secret", name="Zzsecret document")
    factories.MembershipFactory(group__public_id="secret", group__name="Zzsecret group", party=party)
    factories.MembershipFactory(group=world["group"], party=party)
    factories.OfficialFactory(public_id="secret", name="Zzsecret official", party=party)
    factories.IncidentFactory(public_id="secret", name="Zzsecret incident", place=party)
    factories.PackageFactory(public_id="secret", name="Zzsecret package", initiative=initiative)
    factories.MeetingFactory(public_id="secret", name="Zzsecret meeting", forum=forum)
    factories.RequirementFactory(public_id="secret", name="Zzsecret need", platform=platform, beneficiary=party)
    pledge = factories.PledgeFactory(
        public_id="secret", name="Zzsecret pledge", beneficiary=party, share__contributor=party, initiative=initiative
    )
    factories.ItemFactory(pledge=pledge, platform=platform)
    for kind, make in factories.RECORDS.items():
        if KINDS[kind].model.named("secret") is None:
            make(public_id="secret", name=f"Zzsecret {kind}")
    for record in (pledge, world["pledge"]):
        factories.ClaimFactory(record=record, document=document, quote="Zzsecret quote")


def test_drafts_leave_no_trace(shown: Any) -> None:
    addresses = [*battery(), *(f"{API}{name}/?search=zzsecret" for name in LISTS)]
    before = snapshot(addresses)
    desk = Desk()
    write_drafts(desk, shown)
    assert snapshot(addresses) == before
    desk.submit()
    after = snapshot(addresses)
    assert after == before
    assert not any(b"zzsecret" in answer.lower() for _status, answer in after.values() if _status == 200)


def test_drafts_leave_no_trace_in_messages_and_tags(shown: Any) -> None:
    write_drafts(Desk(), shown)
    for name, viewset in LISTS.items():
        for parameter in viewset.filterset_class.base_filters:
            assert "Zzsecret party" not in str(read(f"{name}/?{parameter}=Zzsecret part", 400))
        assert "secret" not in read(f"{name}/secre/", 404)["detail"].replace("“secre”", "")
    tag = Client().get(f"{API}pledges/")["ETag"]
    factories.PledgeFactory()
    assert Client().get(f"{API}pledges/")["ETag"] == tag
    assert "secret" not in str(read("pledges/?as_of=2999-01-01", 400)), "nothing is answered as of a moment to come"


def test_drafts_show_once_they_are_published(shown: Any) -> None:
    desk = Desk()
    write_drafts(desk, shown)
    desk.write("pledge", id="secret", name="Zzsecret pledge")
    desk.publish()
    assert read("pledges/?search=zzsecret")["count"] == 2
    assert read("contributors/secret/")["name"] == "Zzsecret party"
