"""Texts in a temporary file."""

from tracker.records.engine.spilled import Spilled


def test_each_text_is_read_as_it_was_kept() -> None:
    """In any order, also an empty one, and one that is longer than what is written at once."""
    texts = [b"first", b"", b"x" * 3_000_000, "Łódź".encode()]
    kept = Spilled()
    places = [kept.put(text) for text in texts]
    assert [kept.get(place) for place in reversed(places)] == texts[::-1]
