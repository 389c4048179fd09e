"""A list costs the same number of queries, however long it is."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.shelf import KIND_OF, LISTS, TABLE, read
from tracker.lib import canonical

pytestmark = pytest.mark.django_db

FEW, MANY = 5, 40


def queries(path: str, rows: int) -> int:
    """Return how many queries an answer with so many rows takes."""
    with CaptureQueriesContext(connection) as context:
        answer = read(path)
    shown = answer["results"] if "results" in answer else answer["rows"]
    assert len(shown) == rows
    return len(context)


def shelve(kind: str, first: int, last: int) -> None:
    """Put rows on the shelf, each in a change set of its own, in which parties have every role."""
    for number in range(first, last):
        public_id = f"{kind}-{number:02}"
        document = canonical.dump({"id": public_id, "name": public_id, "memberships": []})
        row = factories.PublicationFactory(kind=kind, public_id=public_id, name=public_id, document=document)
        if kind == "pledge":
            for role in ("contributor", "beneficiary"):
                factories.FacetFactory(publication=row, name=role, value=f"party-{number:02}")
            factories.EditFactory(change_set=row.change_set, kind=kind, public_id=public_id, action="repost")
            factories.ContributionFactory(
                publication=row, pledge=public_id, contributor=f"party-{number:02}", public_id=f"{public_id}.1"
            )


def fill(name: str, first: int, last: int) -> None:
    """Make a list longer."""
    kinds = {"contributors": ("party", "pledge"), "beneficiaries": ("party", "pledge")}
    others = {"claims": ("claim",), "contributions": ("pledge",), "change-sets": ("pledge",)}
    for kind in (kinds | others).get(name) or (KIND_OF[name],):
        shelve(kind, first, last)


@pytest.mark.alike
@pytest.mark.parametrize("more", ["", "&fields=id", "&ordering=-id"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list(name: str, more: str, db: None) -> None:
    fill(name, 0, FEW)
    few = queries(f"{name}/?limit=500{more}", FEW)
    fill(name, FEW, MANY)
    assert queries(f"{name}/?limit=500{more}", MANY) == few <= 6


def test_the_table(db: None) -> None:
    shelve("party", 0, MANY)
    shelve("pledge", 0, FEW)
    few = queries(f"{TABLE}?rows=contributor&columns=stage", FEW)
    shelve("pledge", FEW, MANY)
    assert queries(f"{TABLE}?rows=contributor&columns=stage", MANY) == few <= 8


def test_a_filter_by_group(db: None) -> None:
    members: list[Any] = [
        {"party": {"id": f"party-{number:02}"}, "valid_from": f"20{number:02}-01-01", "valid_to": None}
        for number in range(10)
    ]
    document = canonical.dump({"id": "G", "name": "G", "memberships": members})
    factories.PublicationFactory(kind="group", public_id="G", document=document)
    shelve("pledge", 0, 10)
    with CaptureQueriesContext(connection) as context:
        assert read("pledges/?group=G")["count"] == 10
    assert len(context) <= 6
