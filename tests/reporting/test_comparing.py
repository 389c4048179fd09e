"""Two documents compared: rows that were numbered anew are the same rows, and passages stand by their fields."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracker.reporting.desk.passages import of_path, passages
from tracker.reporting.shelf.comparing import lines
from tracker.reporting.shelf.pairing_rows import NUMBER, matched
from tracker.reporting.shelf.wording import place_of


def became(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, str]:
    found = lines("pledge", {"items": before}, {"items": after})
    return {line.steps[1]: line.row for line in found}


def test_a_row_put_in_before_others_moves_them_and_changes_none() -> None:
    patriot, iris = {"number": 1, "description": "Patriot"}, {"number": 2, "description": "IRIS-T"}
    after = [{"number": 1, "description": "Gepard"}, patriot | {"number": 2}, iris | {"number": 3}]
    assert became([patriot, iris], after) == {"1": "added", "2": "moved", "3": "moved"}
    assert became([patriot, iris], [patriot, iris | {"quantity": None, "description": "IRIS-T SLM"}]) == {
        "2": "changed"
    }
    assert became([patriot, iris], [patriot]) == {"2": "removed"}


ROWS = st.lists(st.fixed_dictionaries({"number": st.integers(1, 5), "description": st.sampled_from("abc")}), max_size=6)


@given(before=ROWS, after=ROWS)
def test_every_row_is_matched_once(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    pairs = matched(NUMBER, before, after)
    assert [id(new) for _old, new in pairs if new is not None] == [id(row) for row in after]
    assert sorted(id(old) for old, _new in pairs if old is not None) == sorted(id(row) for row in before)


def test_the_passage_on_a_field_stands_beside_its_change() -> None:
    claim = {
        "id": "article-1", "field": "items[Patriot].quantity", "quote": "four launchers", "passage_start": 10,
        "passage_end": 24, "document": {"id": "article", "name": "Article"}, "support": "passage", "verdict": "adopted",
    }  # fmt: skip
    items = [{"number": 1, "description": "Gepard"}, {"number": 2, "description": "Patriot", "quantity": None}]
    found = passages("pledge", {"items": items, "claims": [claim, claim | {"field": "no such field"}]}, {})
    [passage] = of_path(found, "items[2].quantity")
    assert (passage.quote, passage.place) == ("four launchers", "characters 10–24")
    assert of_path(found, "items[1].quantity") == []


def test_a_row_that_a_choice_tells_apart_is_called_in_the_words_of_the_form() -> None:
    assert place_of("pledge", "valuations[1, market_price].amount") == "Valuation 1, market price, amount"
