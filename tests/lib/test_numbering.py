"""Running numbers: never one that is used, and few are asked about."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.numbering import next_number


@given(st.sets(st.integers(1, 60)), st.integers(1, 3))
def test_a_number_is_given_that_nobody_has(used: set[int], first: int) -> None:
    found = next_number(used.intersection, first)
    assert found >= first
    assert found not in used
    assert found == first or found - 1 in used, "it goes on from one that is used"


def test_of_ten_million_it_takes_few_questions() -> None:
    asked: list[list[int]] = []

    def used_of(numbers: list[int]) -> list[int]:
        asked.append(numbers)
        return [number for number in numbers if number <= 10_000_000]

    assert next_number(used_of) == 10_000_001
    assert len(asked) < 9
