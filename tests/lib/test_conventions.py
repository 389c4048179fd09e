"""By which convention a column is read, and when it is asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import cells, reading_cells
from tracker.lib.conventions import Evidence, elsewhere, settle
from tracker.lib.numbers import Mark
from tracker.lib.partial_dates import DayOrder

POINT, COMMA = Mark.POINT, Mark.COMMA


def column(*texts: str) -> Evidence[Mark]:
    found: Evidence[Mark] = Evidence()
    for row, text in enumerate(texts, start=2):
        found.note(row, text, reading_cells.amount_readings(text))
    return found


def dates(*texts: str) -> Evidence[DayOrder]:
    found: Evidence[DayOrder] = Evidence()
    for row, text in enumerate(texts, start=2):
        found.note(row, text, reading_cells.date_readings(text))
    return found


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (("1.234.567", "500.000"), COMMA),
        (("1,234.50", "500.000"), POINT),
        (("€ 12,50", "1.500 mln"), COMMA),
        (("1.500", "2.500"), None),
        (("10.000.000", "5,100,000", "1.500"), None),
        (("12", "5000000", "."), None),
    ],
)
def test_cells_with_one_reading_say_how_the_others_are_read(texts: tuple[str, ...], mark: Mark | None) -> None:
    assert settle(column(*texts)) is mark


def test_where_a_column_says_nothing_the_rest_of_the_file_does() -> None:
    silent, several = column("1.500"), column("1.5", "2.5", "3.5")
    assert settle(silent, elsewhere([several])) is POINT
    assert settle(silent, hint=COMMA) is COMMA
    assert settle(silent, elsewhere([several]), hint=COMMA) is None
    assert settle(silent, elsewhere([column("395,88")])) is None, "one cell may be a slip"
    assert settle(silent, elsewhere([several, column("0.5", "1,5")])) is POINT
    assert settle(silent, elsewhere([several, column("1,5", "2,5")])) is None


def test_a_column_counts_first_unless_it_says_little_and_something_contradicts() -> None:
    little, much, english = column("1.500", "0,5"), column("1.500", "0,5", "1,5", "2,5"), elsewhere([column("1.25")])
    assert settle(little) is settle(much) is settle(much, english) is COMMA
    assert settle(little, english) is None
    assert settle(column("1.5", "1.500"), hint=COMMA) is None, "its own cells and the separator contradict each other"


def test_dates_are_read_as_the_publisher_writes_them_unless_the_column_says_otherwise() -> None:
    assert settle(dates("05/06/2022", "20/06/2022")) is DayOrder.DAY_FIRST
    assert settle(dates("05/06/2022"), usual=DayOrder.MONTH_FIRST) is DayOrder.MONTH_FIRST
    assert settle(dates("05/06/2022", "20/06/2022", "6/20/2022"), usual=DayOrder.MONTH_FIRST) is None, "in both ways"
    assert settle(dates("05/06/2022", "20/06/2022"), usual=DayOrder.MONTH_FIRST) is None
    assert settle(dates("05/06/2022", "29/02/2023")) is None, "a day that does not exist tells nothing"


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1), st.sampled_from(list(Mark)))
def test_a_column_written_by_one_convention_is_read_or_asked_about_and_never_wrongly(
    numbers: list[Decimal], mark: Mark
) -> None:
    texts = [f"{number:,f}".rstrip("0").rstrip(".") if number % 1 else f"{int(number):,}" for number in numbers]
    if mark is COMMA:
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    found = settle(column(*texts))
    for number, text in zip(numbers, texts, strict=True):
        try:
            assert reading_cells.amount(text, mark=found) == number
        except cells.Ambiguous:
            assert found is None
