"""Saved filters by REST: kept, shared, changed, used in a list, and deleted."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.api.conftest import DESK
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


def test_what_a_list_by_program_does_not_take_is_named(world: Any, editor: APIClient) -> None:
    kept = editor.post(
        FILTERS, {"list": "pledge", "name": "Jets", "query": "items__category__id__exact=7&q=jets"}
    ).json()
    answer = editor.get(f"{DESK}/pledges/", {"saved": kept["id"]})
    assert answer.status_code == 400
    assert "“Jets” filters by items__category__id__exact" in answer.json()["errors"][0]["message"]
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
