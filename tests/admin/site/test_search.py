"""The search over everything on the desk: what it finds, in which order, and who sees it."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tracker.curation import search_texts
from tracker.filters.desk_search import search
from tracker.models import AnswerLink, Forum, Meeting
from tracker.reporting.desk.search_all_kinds import find

ADDRESS = "/admin/search/"


@pytest.fixture
def himars(db: None) -> SimpleNamespace:
    """A platform that is called HIMARS by an alias, pledges of it, and a document that names it."""
    platform = factories.PlatformFactory(public_id="m142", name="M142 rocket launcher")
    platform.aliases.create(name="HIMARS")
    factories.PlatformFactory(public_id="himars-simulator", name="HIMARS simulator")
    germany = factories.PartyFactory(public_id="DEU", name="Germany")
    pledges = [factories.PledgeFactory(public_id=f"DEU-{n}", share__contributor=germany) for n in range(7)]
    for pledge in pledges:
        factories.ItemFactory(pledge=pledge, platform=platform)
    factories.DocumentFactory(public_id="release", name="Three HIMARS for Ukraine")
    search_texts.renew()
    return SimpleNamespace(platform=platform, germany=germany, pledges=pledges)


def found(term: str) -> list[tuple[str, int, list[str]]]:
    return [
        (each.model._meta.model_name, each.count, [str(getattr(row, "public_id", row.pk)) for row in each.best])
        for each in find(term, allowed=lambda model: True).groups
    ]


def test_what_is_called_just_that_comes_first_and_kinds_are_counted(himars: SimpleNamespace) -> None:
    assert found("himars") == [
        ("platform", 2, ["m142", "himars-simulator"]),
        ("pledge", 7, [f"DEU-{n}" for n in range(5)]),
        ("document", 1, ["release"]),
    ]


@pytest.mark.parametrize(
    ("term", "kind", "ids"),
    [
        ("DEU", "party", ["DEU"]), ("germany", "party", ["DEU"]), ("dem40", "pledge", ["X-1"]),
        ("spare barrels", "pledge", ["X-1"]), ("1,250,000.50", "pledge", ["X-1"]), ("EUR 3 million", "pledge", ["X-1"]),
        ("quoted words", "claim", ["claim-1"]), ("the whole of spring", "changeset", ["1"]),
    ],
)  # fmt: skip
def test_names_ids_items_amounts_quotes_and_change_sets_are_found(
    himars: SimpleNamespace, term: str, kind: str, ids: list[str]
) -> None:
    pledge = factories.PledgeFactory(public_id="X-1", name="A pledge")
    factories.ItemFactory(pledge=pledge, platform=None, description="Spare barrels")
    factories.EntryFactory(pledge=pledge, number=2, amount="1250000.50")
    factories.EntryFactory(pledge=pledge, number=3, amount="3000000")
    factories.ExternalIdFactory(public_id="X-1", source_id="DEM40", change_set=None)
    factories.ClaimFactory(record=pledge)
    change_set = factories.ChangeSetFactory(message="The whole of spring")
    search_texts.renew()
    if kind == "changeset":
        ids = [str(change_set.pk)]
    assert (kind, len(ids), ids) in found(term)


def test_an_id_of_a_source_is_not_read_as_an_amount(himars: SimpleNamespace) -> None:
    factories.PledgeFactory(public_id="X-1", name="Forty, that is 40")
    factories.ExternalIdFactory(public_id="DEU-3", source_id="DEM40", change_set=None)
    search_texts.renew()
    assert found("DEM40") == [("pledge", 1, ["DEU-3"])]


def test_what_is_said_exactly_comes_first(himars: SimpleNamespace) -> None:
    """Ids of a release and of a record, an amount in its currency, a number: each beside others that have the words."""
    factories.PledgeFactory(public_id="A-1", name="Part of activity CAM11, USD 400 million")
    factories.PledgeFactory(public_id="A-2", name="Also #3 and CAM1 of 400 million", entry__amount="400000000")
    factories.PledgeFactory(public_id="A-10", entry__amount="400000000", entry__currency="USD")
    package = factories.PackageFactory(public_id="purl-3", name="PURL, third", number=3)
    factories.PledgeFactory(public_id="Z-1", name="Zeta", initiative=package.initiative, package=package)
    for public_id, source_id in (("A-10", "CAM1"), ("A-1", "CAM11/CAM11_2"), ("DEU-3", "CAM1/CAM1_1")):
        factories.ExternalIdFactory(public_id=public_id, source_id=source_id, change_set=None)
    search_texts.renew()
    best = {
        term: [(kind, ids) for kind, _count, ids in found(term)]
        for term in ("cam1", "cam11_2", "A-1", "USD 400 million", "$400m", "400 million", "400,000,000", "#3")
    }
    pledges = "pledge"
    assert best["cam1"] == [(pledges, ["A-10", "DEU-3", "A-2", "A-1"])]
    assert best["cam11_2"] == [(pledges, ["A-1"])]
    assert best["A-1"] == [(pledges, ["A-1", "A-10"])]
    assert best["USD 400 million"] == [(pledges, ["A-10", "A-1"])]
    assert best["$400m"] == [(pledges, ["A-10"])]
    assert best["400 million"][0][1] == ["A-2", "A-10", "A-1"]
    assert best["400,000,000"] == [(pledges, ["A-2", "A-10"])]
    assert best["#3"][:2] == [("package", ["purl-3"]), (pledges, ["Z-1", "A-2"])]


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("Himras", ["HIMARS"]), ("germany himras", ["germany HIMARS"]), ("Rammstein", ["Ramstein"]),
        ("norway himras", []), ("xyzzyx", []), ("himars", []),
    ],
)  # fmt: skip
def test_a_misspelt_search_offers_what_was_meant_and_finds_something(
    himars: SimpleNamespace, browsers: SimpleNamespace, term: str, meant: list[str]
) -> None:
    factories.ForumFactory(name="Contact Group", short_name="Ramstein format")
    assert find(term, allowed=lambda model: True).meant == meant
    page = browsers.viewer.get(ADDRESS, {"s": term}, headers={"HX-Request": "true"}).content.decode()
    assert page.count("/admin/search/?s=") == len(meant)


@pytest.mark.parametrize("term", ["lodz format", "ŁÓDŹ Format", "łódź"])
def test_a_short_name_of_a_forum_and_a_link_for_answers_are_found_whatever_the_accents(
    users: SimpleNamespace, browsers: SimpleNamespace, term: str
) -> None:
    forum = factories.ForumFactory(name="Contact Group", short_name="Łódź format")
    meeting = factories.MeetingFactory(forum=forum, name="Third session")
    factories.ForumFactory(name="Another", short_name="Ramstein format")
    assert list(search(Forum.objects.all(), term)) == [forum]
    assert list(search(Meeting.objects.all(), term)) == [meeting]
    now = timezone.now()
    link = AnswerLink.objects.create(
        contributor=factories.PartyFactory(), recipient="Łódź format", made_by=users.editor, made_at=now,
        ends_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    page = browsers.reviewer.get("/admin/tracker/answerlink/", {"q": term})
    assert list(page.context["cl"].result_list) == [link]
    assert not browsers.reviewer.get("/admin/tracker/answerlink/", {"q": "Kraków"}).context["cl"].result_list


def test_what_is_found_costs_few_queries(himars: SimpleNamespace) -> None:
    with CaptureQueriesContext(connection) as asked:
        find("himars", allowed=lambda model: True)
    assert len(asked) <= 40


@pytest.mark.parametrize("term", ["", "  ", "\0", '"', "%", "x" * 500, "' OR 1=1 --", "#99999999999999999999"])
def test_an_odd_search_finds_nothing_and_is_no_error(browsers: SimpleNamespace, term: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        response = browsers.viewer.get(ADDRESS, {"s": term}, headers=headers)
        assert response.status_code == 200
        assert response.context["groups"] == []


def test_the_page_leads_to_the_list_with_the_search(browsers: SimpleNamespace, himars: SimpleNamespace) -> None:
    response = browsers.viewer.get(ADDRESS, {"s": "himars"}, headers={"HX-Request": "true"})
    assert "/admin/tracker/pledge/?q=himars" in response.content.decode()
    listed = browsers.viewer.get("/admin/tracker/pledge/", {"q": "himars"})
    assert listed.context["cl"].result_count == 7


def test_nobody_finds_what_their_role_does_not_show(users: SimpleNamespace, browsers: Any) -> None:
    factories.PartyFactory(name="Germany")
    users.viewer.groups.clear()
    assert browsers.viewer.get(ADDRESS, {"s": "germany"}).context["groups"] == []
    assert browsers.editor.get(ADDRESS, {"s": "germany"}).context["groups"]
