"""What depends on an open condition, and what is within another number, is never counted as if it were not."""

import pytest

from tests.ledger.documents import entry, item, pledge, posted
from tracker.ledger.errors import PostingError


@pytest.mark.parametrize(("states", "apart"), [(["open"], True), (["met", "open"], True), (["met", "failed"], False)])
def test_a_pledge_is_conditional_while_one_of_its_conditions_is_open(states: list[str], apart: bool) -> None:
    rows = posted(pledge(conditions=[{"state": state} for state in states]))
    assert {row.is_conditional for row in rows} == {apart}


def test_documents_of_before_there_were_conditions_have_none() -> None:
    assert not any(row.is_conditional for row in posted(pledge()))


ROUNDS = [item(1, "1500000", description="large-calibre rounds"), item(2, "500000", description="155 mm", part_of=1)]


def test_of_which_is_not_counted_again() -> None:
    rows = posted(pledge(items=ROUNDS, entries=[entry(1, stage="allocation")]))
    assert [(row.item, row.quantity_millionths) for row in rows] == [(1, 1_500_000 * 10**6)]


def test_a_delivery_of_the_part_alone_counts_its_units() -> None:
    rows = posted(pledge(items=ROUNDS, entries=[entry(1, stage="delivery", item=2, quantity="20000")]))
    assert [(row.item, row.quantity_millionths) for row in rows] == [(2, 20_000 * 10**6)]


def test_a_part_beside_its_whole_at_one_stage_is_refused() -> None:
    both = [entry(1, stage="delivery", item=1, quantity="9"), entry(2, stage="delivery", item=2, quantity="4")]
    with pytest.raises(PostingError, match="item 2, which is part of item 1"):
        posted(pledge(items=ROUNDS, entries=both))
