"""Numbers are found in running text, in digits and in words."""

from decimal import Decimal

import pytest

from tracker.lib.numbers_in_text import numbers_in


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("four Eurofighter jets", "en", "4"), ("vier Eurofighter", "de", "4"), ("twenty-five tanks", "en", "25"),
        ("zwölf Panzer", "de", "12"), ("€500m ($578m/£500m)", "en", "500000000"),
        ("€500m ($578m/£500m)", "en", "578000000"),
        ("1.5 billion", "en", "1500000000"), ("1,500 tanks", "en", "1500"), ("1.500 Panzer", "de", "1500"),
        ("577 million", "en", "577000000"), ("three Russian MiG-31", "en", "3"),
    ],
)  # fmt: skip
def test_a_number_is_found(text: str, language: str, number: str) -> None:
    assert Decimal(number) in numbers_in(text, language)


def test_what_is_not_there_is_not_found() -> None:
    assert numbers_in("no number at all") == set()
    assert Decimal(5) not in numbers_in("four Eurofighter jets")
    assert Decimal(1000000) not in numbers_in("577 million")
