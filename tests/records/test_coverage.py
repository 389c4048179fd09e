"""Coverage counts the values that a record says, and those that a passage or a row stands behind."""

from typing import Any

import pytest
from django.core.management import call_command

from tests import factories as make
from tracker.curation.publishing.fixtures import fixture_names
from tracker.records.engine.coverage import Coverage
from tracker.records.registry import KINDS, document_of
from tracker.records.shelved import COVERED, coverage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    """A pledge that says eight things, three of them in its entry."""
    germany = make.PartyFactory(public_id="DEU", name="Germany")
    pledge = make.PledgeFactory(
        beneficiary=make.PartyFactory(), announced="2025-08", share__contributor=germany, entry__date="2025-09"
    )
    return document_of(pledge)


def claim(field: str, support: str, **others: str) -> dict[str, Any]:
    return {"field": field, "support": support, "verdict": "adopted", "differs": ""} | others


def read(*fields: str, support: str = "row", **others: str) -> dict[str, Any]:
    """A claim that an import made of cells."""
    return claim("", support, **others) | {"cells": [{"cell": "A2", "field": name, "value": "x"} for name in fields]}


@pytest.mark.parametrize(
    ("claims", "supported"),
    [
        ([], 0),
        ([claim("announced", "passage")], 1),
        ([claim("announced", "reference"), claim("nature", "not_held"), claim("aid_type", "broken")], 0),
        ([claim("announced", "passage", verdict="open")], 0),
        ([claim("shares[DEU]", "passage"), claim("entries[commitment 2025-09].amount", "passage")], 2),
        ([claim("", "passage")], 0),
        ([claim("", "row")], 0),
        ([read("announced", "nature")], 2),
        ([read("entries[1].date", "entries[1].amount")], 3),
        ([read("entries[1].value (dataset)", "shares[DEU].contributor")], 2),
        ([read("entries[1].date", "entries[1].amount", differs="entries[1].date")], 2),
        ([read("entries[1].date", "entries[1].amount", differs="entries[1].date, entries[1].amount")], 0),
        ([read("announced", support="broken")], 0),
        ([read("nature"), claim("entries[commitment 2025-09].amount", "passage")], 2),
    ],
)
def test_what_a_claim_supports(claims: list[Any], supported: int, document: dict[str, Any]) -> None:
    assert coverage_of("pledge", document | {"claims": claims}) == Coverage(8, supported)


def test_every_value_counts_once_whichever_way_it_is_counted(db: None) -> None:
    call_command("loaddata", *fixture_names(), verbosity=0)
    for kind in COVERED:
        record = KINDS[kind].model._default_manager.first()
        if record is None:
            continue
        document = document_of(record)
        said = coverage_of(kind, document | {"claims": []}).said
        assert coverage_of(kind, document | {"claims": [claim("nature", "passage")]}).said == said
        assert said > 0


def test_what_others_refer_to_reports_no_facts() -> None:
    assert coverage_of("party", document_of(make.PartyFactory())) == Coverage()
    assert Coverage().percent is None
    assert Coverage(8, 7).percent == 87
