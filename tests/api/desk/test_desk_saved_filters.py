"""Saved filters by REST: kept, shared, changed, used in a list, and deleted."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK, PLEDGES
from tracker.curation.errors import CurationError
from tracker.curation.lists import change_filter
from tracker.models import SavedFilter

FILTERS = f"{DESK}/saved-filters/"


def test_a_filter_is_kept_shared_used_and_deleted(world: Any, editor: APIClient, second_editor: APIClient) -> None:
    said = {"list": "platform", "name": "Typhoons", "query": "q=typhoon&state=never_published&o=1"}
    kept = editor.post(FILTERS, said).json()
    address = f"{FILTERS}{kept['id']}/"
    assert kept == said | {"id": kept["id"], "shared": False, "owner": "editor"}
    assert editor.get(FILTERS, {"list": "platform"}).json() == {"count": 1, "results": [kept]}
    assert second_editor.get(address).status_code == 404
    assert second_editor.get(f"{DESK}/platforms/", {"saved": kept["id"]}).status_code == 400
    assert editor.patch(address, {"shared": True}).json() == kept | {"shared": True}
    assert second_editor.get(address).json()["owner"] == "editor"
    assert second_editor.patch(address, {"name": "Mine"}).status_code == 403
    assert second_editor.delete(address).status_code == 403
    found = second_editor.get(f"{DESK}/platforms/", {"saved": kept["id"]}).json()
    assert [row["id"] for row in found["results"]] == ["eurofighter-typhoon"]
    none = second_editor.get(f"{DESK}/platforms/", {"saved": kept["id"], "state": "published"}).json()
    assert none["count"] == 0
    assert editor.delete(address).status_code == 204
    assert editor.get(FILTERS).json()["count"] == 0


def test_the_page_of_a_list_and_how_it_was_opened_are_no_filters(editor: APIClient) -> None:
    said = {"list": "pledge", "name": "Jets", "query": "q=jets&p=3&_popup=1&_facets=True&all="}
    kept = editor.post(FILTERS, said).json()
    assert kept["query"] == "q=jets"
    assert editor.patch(f"{FILTERS}{kept['id']}/", {"query": "p=3&_popup=1"}).status_code == 400
    assert editor.get(f"{FILTERS}{kept['id']}/").json()["query"] == "q=jets"


def test_two_changes_of_one_filter_at_a_moment_both_hold(world: Any, editor: APIClient) -> None:
    kept = editor.post(FILTERS, {"list": "pledge", "name": "Jets", "query": "q=jets"}).json()
    one, other = (SavedFilter.objects.get(pk=kept["id"]) for _time in range(2))
    change_filter(saved=one, by=one.owner, name="All jets")
    change_filter(saved=other, by=other.owner, is_shared=True)
    one.refresh_from_db()
    assert (one.name, one.is_shared) == ("All jets", True)
    one.delete()
    with pytest.raises(CurationError, match="was removed meanwhile"):
        change_filter(saved=other, by=other.owner, is_shared=False)


def test_a_list_is_filtered_by_program_and_in_the_admin_alike(world: Any, editor: APIClient, users: Any) -> None:
    """What is kept of the admin's list finds as many by program, as does what it says in the words of programs."""
    above = factories.CategoryFactory(public_id="vessels", name="Vessels")
    below = factories.CategoryFactory(name="Frigates", parent=above)
    frigate = factories.PlatformFactory(public_id="frigate", category=below)
    factories.ItemFactory(pledge__public_id="A-1", platform=frigate)
    factories.ItemFactory(pledge__public_id="A-2", platform=None, category=below)
    factories.ExternalIdFactory(public_id="A-1", dataset="kiel")
    assert editor.patch(f"{PLEDGES}A-2/", {"name": "Held"}, headers={"If-Match": "*"}).status_code == 200
    factories.FindingFactory(record_kind="pledge", record_id="A-2", severity=2)
    dated = factories.PledgeFactory(public_id="A-3", announced="2031-02")
    party = dated.shares.get().contributor
    factories.MembershipFactory(group__public_id="G31", party=party, valid_from="2000-01-01", valid_to=None)
    full = world["pledge"]
    share = full.shares.first()
    cases = [
        ("pledges", f"items__category__id__exact={above.pk}", {"category": "vessels"}, 2),
        ("pledges", f"items__platform__id__exact={frigate.pk}", {"platform": "frigate"}, 1),
        (
            "pledges",
            f"nature__exact={full.nature}&shares__contributor__id__exact={share.contributor_id}"
            f"&entries__stage__exact={full.entries.first().stage}",
            {"nature": full.nature, "contributor": share.contributor.public_id, "stage": full.entries.first().stage},
            1,
        ),
        ("pledges", "dataset=kiel", {"dataset": "kiel"}, 1),
        ("pledges", "finding=warning&dataset=none", {"finding": "warning", "dataset": "none"}, 1),
        ("pledges", "held_by=me", {"held_by": "me"}, 1),
        ("pledges", "held_by=nobody", {"held_by": "nobody"}, 0),
        (
            "pledges",
            "announced_earliest__year=2031&announced_earliest__month=2",
            {"date_from": "2031-02-01", "date_to": "2031-02-28"},
            1,
        ),
        (
            "pledges",
            "announced_earliest_from=2031-01-01&announced_earliest_to=2031-02-01",
            {"date_from": "2031-01-01", "date_to": "2031-02-01"},
            1,
        ),
        ("pledges", "group=G31", {"group": "G31"}, 1),
        ("parties", "group=G31", {"group": "G31"}, 1),
        ("platforms", f"category__id__exact={above.pk}", {"category": "vessels"}, 1),
        ("platforms", "support=none&q=frigate", {"support": "none", "search": "frigate"}, 1),
    ]
    pages = Client()
    pages.force_login(users.editor)
    for plural, query, asked, count in cases:
        kind = {"parties": "party"}.get(plural, plural.removesuffix("s"))
        kept = editor.post(FILTERS, {"list": kind, "name": "Kept", "query": query}).json()
        by_program = editor.get(f"{DESK}/{plural}/", asked).json()
        found = [row["id"] for row in by_program["results"]]
        assert editor.get(f"{DESK}/{plural}/", {"saved": kept["id"]}).json()["results"] == by_program["results"]
        listed = pages.get(f"/admin/tracker/{kind}/?{query}").context["cl"].result_list
        assert (sorted(row.public_id for row in listed), len(found)) == (found, count), query


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"category": "aircrafts"}, "There is no category “aircrafts”. Nearest: "),
        ({"platform": ""}, "There is no platform “”; name it by its public id."),
        ({"support": "bad"}, "“bad” is unknown; allowed are: none, "), ({"finding": "1"}, "allowed are: any, error, "),
        ({"dataset": "kiehl"}, "did you mean kiel?"), ({"held_by": ""}, "give a value, or leave it out"),
        ({"items__category__id__exact": "1"}, "Unknown parameter."),
        ({"date_from": "2025"}, "“2025” is no day; write it as 2025-01-31."),
        ({"date_from": "2025-02-01", "date_to": "2025-01-01"}, "swap the two"),
        ({"group": "EUU"}, "There is no group “EUU”"),
    ],
)  # fmt: skip
def test_what_no_list_filters_by_is_refused(db: None, editor: APIClient, asked: dict[str, str], said: str) -> None:
    factories.CategoryFactory(public_id="aircraft")
    refused = editor.get(PLEDGES, asked)
    assert (refused.status_code, said in refused.json()["detail"]) == (400, True), refused.json()


def test_what_a_list_by_program_does_not_take_is_named(world: Any, editor: APIClient) -> None:
    kept = editor.post(FILTERS, {"list": "pledge", "name": "Jets", "query": "host__id__exact=1"}).json()
    answer = editor.get(f"{DESK}/pledges/", {"saved": kept["id"]})
    assert answer.status_code == 400
    assert "“Jets” filters by host__id__exact" in answer.json()["errors"][0]["message"]
    assert editor.get(f"{DESK}/parties/", {"saved": kept["id"]}).status_code == 400
    other = editor.post(FILTERS, {"list": "pledge", "name": "Other", "query": "q=x"}).json()
    taken = editor.patch(f"{FILTERS}{other['id']}/", {"name": "Jets"})
    assert (taken.status_code, "of this name" in taken.json()["detail"]) == (400, True)
    assert editor.patch(f"{FILTERS}{other['id']}/", {"list": "party"}).status_code == 400
    assert editor.get(f"{FILTERS}{2**70}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("zzz=1&amount_from=abc", "zzz=1"), ("%%%", "%%%"), ("q=HIMARS&category=artillery&o=1", "category=artillery"),
        ("state=zz", "state=zz"), ("amount_from=abc", "amount_from=abc"), ("q=%00", "q="),
    ],
)  # fmt: skip
def test_what_the_list_would_not_understand_is_not_kept(world: Any, editor: APIClient, query: str, named: str) -> None:
    refused = editor.post(FILTERS, {"list": "pledge", "name": "Odd", "query": query})
    assert (refused.status_code, named in refused.json()["detail"]) == (400, True), refused.json()
    kept = editor.post(FILTERS, {"list": "pledge", "name": "Even", "query": "q=HIMARS"}).json()
    assert editor.patch(f"{FILTERS}{kept['id']}/", {"query": query}).status_code == 400
