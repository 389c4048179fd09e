"""Folding of names, and the nearest ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.text import fold, fold_lookalikes, latinise, nearest, search_terms


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("  Czech\N{NO-BREAK SPACE}\n Republic ", "czech republic"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁghter", "fighter"),
        ("ＥＵ", "eu"),
        ("Україна", "украіна"),
        ("Løkke", "lokke"),
        ("ŁÓDŹ", "lodz"),
        ("Đuro Æsir œuvre ıstanbul Þór", "duro aesir oeuvre istanbul thor"),
        ("F\N{NON-BREAKING HYPHEN}16", "f-16"),
        ("F\N{EN DASH}16 \N{MINUS SIGN}", "f-16 -"),
        ("Poland\N{ZERO WIDTH SPACE}", "poland"),
        ("Pol\N{SOFT HYPHEN}and", "poland"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "cote d'ivoire"),
        ("Cote d\N{ACUTE ACCENT}Ivoire", "cote d'ivoire"),
        ("Cote d`Ivoire", "cote d'ivoire"),
        ("a\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}b\N{BRAILLE PATTERN BLANK}", "a b"),
        ("\N{LEFT DOUBLE QUOTATION MARK}quoted\N{RIGHT DOUBLE QUOTATION MARK}", '"quoted"'),
        ("", ""),
    ],
)
def test_names_that_mean_the_same(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Leopard  2", ["leopard", "2"]),
        ('"air defence" patriot', ["air defence", "patriot"]),
        ("\N{LEFT DOUBLE QUOTATION MARK}Air  Defence\N{RIGHT DOUBLE QUOTATION MARK}", ["air defence"]),
        ('12" gun', ["12", "gun"]),
        ('""', []),
        ("", []),
    ],
)
def test_a_phrase_between_quotes_is_one_term(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


@given(st.text())
def test_case_does_not_matter_to_ascii(text: str) -> None:
    ascii_only = text.encode("ascii", "ignore").decode()
    assert fold(ascii_only.upper()) == fold(ascii_only.lower())


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("\N{CYRILLIC CAPITAL LETTER ES}ZM40", "CZM40"),
        ("\N{CYRILLIC CAPITAL LETTER TE}-72", "T-72"),
        ("\N{GREEK CAPITAL LETTER MU}iG-29", "MiG-29"),
        ("P\N{CYRILLIC SMALL LETTER A}triot", "Patriot"),
    ],
)
def test_letters_that_look_like_latin_ones(name: str, read: str) -> None:
    assert latinise(name) == read
    assert fold(name) != fold(read)
    assert fold_lookalikes(name) == fold_lookalikes(read) == fold(read)


@given(st.text())
def test_folding_look_alikes_twice_changes_nothing(text: str) -> None:
    assert fold_lookalikes(fold_lookalikes(text)) == fold_lookalikes(text)


def test_the_nearest_names_come_best_first() -> None:
    names = ["Eurofighter Typhoon", "Leopard 2", "Patriot"]
    assert nearest("eurofigther typhoon", names) == ["Eurofighter Typhoon"]
    assert nearest("PATRIOT", names)[0] == "Patriot"


def test_nothing_near() -> None:
    assert nearest("zzz", ["Leopard 2"]) == []
    assert nearest("", []) == []
