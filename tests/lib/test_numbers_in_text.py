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
        ("63 млн дол.", "uk", "63000000"), ("5 мільярдів крон", "uk", "5000000000"),
        ("1,2 Mrd. Euro", "de", "1200000000"),
        ("500 milhões de dólares", "pt", "500000000"), ("500 miljoen euro", "nl", "500000000"),
        ("200 millioner kroner", "da", "200000000"), ("$500 млн", "ru", "500000000"),
        ("577 million", "en", "577000000"), ("three Russian MiG-31", "en", "3"),
    ],
)  # fmt: skip
def test_a_number_is_found(text: str, language: str, number: str) -> None:
    assert Decimal(number) in numbers_in(text, language)


def test_what_is_not_there_is_not_found() -> None:
    assert numbers_in("no number at all") == set()
    assert Decimal(5) not in numbers_in("four Eurofighter jets")
    assert Decimal(1000000) not in numbers_in("577 million")
