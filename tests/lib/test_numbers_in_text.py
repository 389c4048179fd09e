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
        ("half a million rounds", "en", "500000"), ("one and a half billion", "en", "1500000000"),
        ("a million and a half", "en", "1500000"), ("two dozen jets", "en", "24"),
        ("a quarter of a million", "en", "250000"), ("1'500'000 Franken", "de", "1500000"),
        ("eineinhalb Milliarden", "de", "1500000000"), ("eine halbe Million", "de", "500000"),
        ("1.500.000 Euro", "de", "1500000"), ("1.500.000,50 Euro", "de", "1500000.5"),
        ("1,5 Mio. Euro", "de", "1500000"), ("півтора мільйона", "uk", "1500000"), ("півмільйона", "uk", "500000"),
        ("п’ять винищувачів", "uk", "5"), ("сто двадцять п'ять", "uk", "125"), ("дві тисячі", "uk", "2000"),
        ("eine Viertelmilliarde Euro", "de", "250000000"), ("чверть мільярда", "uk", "250000000"),
        ("zweieinhalb Milliarden", "de", "2500000000"), ("два з половиною мільярди", "uk", "2500000000"),
        ("two hundred and fifty million", "en", "250000000"),
    ],
)  # fmt: skip
def test_a_number_is_found(text: str, language: str, number: str) -> None:
    assert Decimal(number) in numbers_in(text, language)


def test_what_is_not_there_is_not_found() -> None:
    assert numbers_in("no number at all") == set()
    assert numbers_in("as announced \N{SUPERSCRIPT TWO}") == set(), "the mark of a footnote"
    assert Decimal(5) not in numbers_in("four Eurofighter jets")
    assert Decimal(1000000) not in numbers_in("577 million")
    assert Decimal(3) not in numbers_in("three million"), "a word before a scale is no number by itself"
    assert numbers_in("half a million") == {Decimal(500000)}
    assert numbers_in("several million, dozens of millions") == set(), "how many, it does not say"
