"""The response cache: what is asked for again is not worked out again, within a bound of what is kept."""

import pytest

from tracker.lib import response_cache


def test_what_is_large_leaves_room_by_its_own_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response_cache, "MOST_BYTES", 1000)
    worked_out: list[str] = []

    def work(name: str, length: int) -> str:
        def do() -> str:
            worked_out.append(name)
            return "x" * length

        return response_cache.once((name,), do, len)

    response_cache.forget()
    work("small", 400)
    work("small", 400)
    assert worked_out == ["small"]
    work("large", 700)
    work("small", 400)
    assert worked_out == ["small", "large", "small"], "the large one took the place of the small one"
