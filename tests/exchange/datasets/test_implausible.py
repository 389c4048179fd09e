"""Figures that can hardly be meant are asked about, or shown, before an import writes them."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.exchange.kiel import make_parties, plan_of, row, write
from tracker.curation.errors import CurationError
from tracker.curation.importing import applying
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets

pytestmark = pytest.mark.django_db
FIRST = [row("FIM1", value="5000000"), row("FIM2", value="3000000"), row("FIM3", value="1000000")]


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    make_parties()


def publish(path: Path, users: SimpleNamespace) -> None:
    """Bring the first release and publish it."""
    applied = applying.apply(plan=plan_of(path), author=users.editor, at=factories.AT)
    assert applied.change_set is not None
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=factories.AT)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=factories.AT)


def test_an_amount_in_other_units_than_what_stood_is_asked_about(tmp_path: Path, users: SimpleNamespace) -> None:
    publish(write(tmp_path / "a.csv", FIRST), users)
    path = write(tmp_path / "b.csv", [row("FIM1", value="5000"), *FIRST[1:]])
    plan = plan_of(path, "22")
    [question] = plan.questions
    assert "FIM1: commitment of 5,000.00, where 5,000,000.00 stood" in str(question)
    assert any("FIM1" in notice and "before anything is written" in notice for notice in plan.notices)
    with pytest.raises(CurationError, match="5,000,000"):
        applying.apply(plan=plan, author=users.editor, at=factories.AT)
    with pytest.raises(CommandError, match="--accept-implausible"):
        call_command("import_records", str(path), profile="kiel", release="22", author="editor", verbosity=0)
    assert plan_of(path, "22", implausible="as-written").questions == []


@pytest.mark.parametrize("amount", ["4999999", "20000000", "4000"])
def test_what_is_only_corrected_is_not(tmp_path: Path, users: SimpleNamespace, amount: str) -> None:
    publish(write(tmp_path / "a.csv", FIRST), users)
    assert plan_of(write(tmp_path / "b.csv", [row("FIM1", value=amount), *FIRST[1:]]), "22").questions == []


def test_an_amount_that_stands_out_is_shown_and_an_impossible_one_asked_about(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.csv", [*FIRST, row("FIM4", value="7000000000")]))
    assert plan.questions == []
    told = "Can these figures be meant? row 5: 7,000,000,000.00, where the next largest is 5,000,000.00."
    assert told in plan.notices
    plan = plan_of(write(tmp_path / "a.csv", [*FIRST, row("FIM4", value="7000000000000")]))
    assert "is more than any single promise" in str(plan.questions[0])
