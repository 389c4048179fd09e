"""A word that says that nothing is known says so in a column of every type."""

import pytest

from tracker.lib import cells, partial_dates, quantities, reading_cells
from tracker.lib.unknown_words import UNKNOWN_WORDS


@pytest.mark.parametrize("word", sorted(UNKNOWN_WORDS))
def test_a_word_for_unknown_is_one_everywhere(word: str) -> None:
    assert reading_cells.number(word) is reading_cells.amount(word) is None
    assert cells.is_unknown(word.upper())
    assert quantities.parse(word).qualifier == quantities.UNKNOWN
    assert partial_dates.parse(word).edtf == ""
