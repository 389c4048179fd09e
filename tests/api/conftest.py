"""Clients of the desk, the fixtures of the project as published, and one record of each kind with all it can hold."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signals
from django.db import close_old_connections
from knox.models import AuthToken
from rest_framework.test import APIClient

from tests import factories
from tests.again import again
from tests.api.shelf import publish_fixtures
from tests.curation.desk import Desk
from tracker.curation.publishing.fixtures import publish_all
from tracker.models.base import Record

DESK = "/api/v1/desk"
PLEDGES = f"{DESK}/pledges/"
PLEDGE = f"{PLEDGES}DEU-2025-0001/"

ClientOf = Callable[[User], APIClient]


def client_of(user: User) -> APIClient:
    """Return a client with a token of `user`."""
    client = APIClient(HTTP_AUTHORIZATION=f"Token {AuthToken.objects.create(user)[1]}")
    client.user = user
    return client


@pytest.fixture
def editor(users: Any) -> APIClient:
    return client_of(users.editor)


@pytest.fixture
def second_editor(users: Any) -> APIClient:
    return client_of(users.second_editor)


@pytest.fixture
def reviewer(users: Any) -> APIClient:
    return client_of(users.reviewer)


@pytest.fixture
def world(db: None) -> dict[str, Record]:
    """One record of each kind, with parts, references and a claim."""
    return again("world", _build_world)


def _build_world() -> dict[str, Record]:
    # Numbers that no test comes to by itself: it counts none when the rows are put back.
    factories.number_from(501)
    made = make_world()
    factories.number_from(1)
    return made


@pytest.fixture(scope="module")
def lasting_world(module_db: None) -> dict[str, Record]:
    """One record of each kind, as `world` has it, for all tests of a module: they only read what it returns."""
    return make_world()


def make_world() -> dict[str, Record]:
    """Return one record of each kind, with parts, references and a claim."""
    germany = factories.PartyFactory(public_id="DEU", name="Germany", iso_alpha2="DE")
    germany.aliases.create(name="Bundesrepublik Deutschland")
    poland = factories.PartyFactory(public_id="POL", name="Poland", parent=None)
    aircraft = factories.CategoryFactory(public_id="aircraft", name="Aircraft")
    fighters = factories.CategoryFactory(public_id="fighter-aircraft", name="Fighter aircraft", parent=aircraft)
    fighters.aliases.create(name="fighters")
    platform = factories.PlatformFactory(public_id="eurofighter-typhoon", name="Eurofighter Typhoon", category=fighters)
    platform.aliases.create(name="EF-2000")
    factories.PlatformPriceFactory(platform=platform)
    group = factories.GroupFactory(public_id="EU", name="European Union")
    factories.MembershipFactory(group=group, party=germany)
    factories.MembershipFactory(group=group, party=poland)
    forum = factories.ForumFactory(public_id="contact-group", name="Contact Group", convened_by=germany)
    official = factories.OfficialFactory(public_id="boris-pistorius", name="Boris Pistorius", party=germany)
    incident = factories.IncidentFactory(public_id="drones-over-poland", name="Drones over Poland", place=poland)
    factories.IncidentItemFactory(incident=incident, number=1, platform=platform)
    initiative = factories.InitiativeFactory(public_id="purl", name="PURL", beneficiary=poland, prompted_by=incident)
    initiative.aliases.create(name="Prioritised Ukraine Requirements List")
    initiative.leads.add(germany)
    package = factories.PackageFactory(public_id="purl-1", initiative=initiative, number=1)
    meeting = factories.MeetingFactory(public_id="contact-group-2025-10-15", name="Meeting", forum=forum)
    factories.ParticipationFactory(meeting=meeting, number=1, party=germany, official=official)
    factories.AgendaItemFactory(meeting=meeting, number=1, speaker=official, initiative=initiative)
    requirement = factories.RequirementFactory(public_id="fighters-wanted", beneficiary=poland, platform=platform)
    pledge = _pledge(germany, poland, initiative, package, meeting, platform, requirement)
    document = factories.DocumentFactory(public_id="article", name="Article")
    records = (
        germany, group, fighters, platform, forum, document, official, incident, initiative, package, meeting,
        requirement, pledge,
    )  # fmt: skip
    found: dict[str, Record] = {record.kind: record for record in records}
    found |= {kind: make() for kind, make in factories.RECORDS.items() if kind not in found}
    for record in found.values():
        factories.ClaimFactory(record=record, document=document)
    return found


def _pledge(
    germany: Any, poland: Any, initiative: Any, package: Any, meeting: Any, platform: Any, requirement: Any
) -> Any:
    """Return a pledge with two shares, two items, two entries, a valuation and a link."""
    pledge = factories.PledgeFactory(
        public_id="DEU-2025-0001", name="Fighters", beneficiary=poland, initiative=initiative, package=package,
        meeting=meeting, share=None, entry=None,
    )  # fmt: skip
    factories.ShareFactory(pledge=pledge, contributor=germany, fraction="0.600000000000")
    factories.ShareFactory(pledge=pledge, contributor=poland)
    item = factories.ItemFactory(pledge=pledge, number=1, platform=platform, requirement=requirement)
    factories.ItemFactory(pledge=pledge, number=2, platform=None, description="Spare parts", quantity="about 40")
    entry = factories.EntryFactory(pledge=pledge, number=1, item=item)
    factories.EntryFactory(pledge=pledge, number=2, stage="allocation", date="2025-09", amount=None, currency="")
    factories.ValuationFactory(pledge=pledge, entry=entry)
    umbrella = factories.PledgeFactory(public_id="DEU-2025-0002", name="Umbrella", beneficiary=poland)
    factories.PledgeLinkFactory(pledge=pledge, target=umbrella)
    return pledge


@pytest.fixture(scope="module")
def register(module_db: None) -> Desk:
    """The fixtures of the project, loaded and published at AT, for all tests of a module."""
    return publish_fixtures()


@pytest.fixture(scope="module")
def shown(module_db: None) -> dict[str, Record]:
    """One record of each kind, published at AT, for all tests of a module."""
    return publish_world(make_world())


def publish_world(world: dict[str, Record]) -> dict[str, Record]:
    """Publish one record of each kind at AT; returns them."""
    publish_all(
        author=factories.UserFactory(role="editor"), by=factories.UserFactory(role="reviewer"), message="World",
        at=factories.AT,
    )  # fmt: skip
    return world


def errors_of(answer: Any) -> dict[str, str]:
    """Return the messages of a problem by the path of their field."""
    assert answer["Content-Type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def refusal_of(answer: Any, status: int) -> str:
    """Return what an answer of `status` says is wrong: its detail, and what it says of each field."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    of_fields = [f"{error['field']}: {error['message']}" for error in problem.get("errors", [])]
    return "\n".join([problem["detail"], *of_fields])


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """Leave the connection of the test alone when a request ends, as the client of Django does."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)
