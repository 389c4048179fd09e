"""A quote is found again where it stands, and nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import finding_quotes
from tracker.lib.finding_quotes import SearchedText

TEXT = (
    "Talks began on Monday.\n\nGermany is contributing four Eurofighter jets for armed protection flights over "
    "Poland; the alliance’s headquarters said so. The defense ministers met. In 2025 it sent 12 tanks. "
    "Iran gave 5 million kroner, and Australia sends fourteen jets to the Ministry of Defence."
)


@pytest.mark.parametrize(
    ("quote", "words", "score"),
    [
        ("four Eurofighter jets", "four Eurofighter jets", 100),
        ("the alliance's  headquarters", "the alliance’s headquarters", 100),
        ("Monday. Germany is", "Monday.\n\nGermany is", 100),
    ],
)
def test_a_quote_stands_there_word_for_word(quote: str, words: str, score: int) -> None:
    found = SearchedText(TEXT).find(quote)
    assert found is not None
    assert (TEXT[found.start : found.end], found.score) == (words, score)


@pytest.mark.parametrize(
    "quote",
    [
        "The defence ministers met",
        "Australian sends fourteen jets",
        "four Eurofighter jet for armed protection flights",
    ],
)
def test_a_quote_in_another_spelling_is_found_with_its_score(quote: str) -> None:
    found = SearchedText(TEXT).find(quote)
    assert found is not None
    assert 80 <= found.score < 100


@pytest.mark.parametrize(
    "quote",
    [
        "five Eurofighter jets",
        "France is contributing four",
        "it sent 13 tanks",
        "In 2026 it sent 12",
        "of nobody",
        " ",
        ";",
        "’",
        "Iraq gave 5 million kroner",
        "Iran gave 5 billion kroner",
        "Austria sends fourteen jets",
        "Australia sends forty jets",
        "f\u043eur Eurofighter jets",
    ],
)
def test_another_number_or_another_word_is_not_the_quote(quote: str) -> None:
    assert SearchedText(TEXT).find(quote) is None


def test_the_passage_that_was_noted_is_kept_where_it_holds_the_quote() -> None:
    start = TEXT.index("Germany")
    found = SearchedText(TEXT).find("Eurofighter", start, len(TEXT))
    assert found is not None
    assert (found.start, found.end) == (start, len(TEXT))
    moved = SearchedText(TEXT).find("Eurofighter", 0, 5)
    assert moved is not None
    assert moved.start == TEXT.index("Eurofighter")


def test_the_nearest_words_are_whole_words() -> None:
    assert "four Eurofighter" in SearchedText(TEXT).nearest("five Eurofighters", 120)
    assert SearchedText("").nearest("anything", 120) == ""


@pytest.mark.parametrize(
    ("invented", "near"),
    [
        ("Germany sends nine Eurofighter jets", "Germany is contributing four Eurofighter jets"),
        ("France will send ten Rafale jets", "participants include France"),
        ("the Dutch did nothing of the kind", ""),
    ],
)
def test_the_nearest_words_are_those_with_what_is_rare_in_the_quote(invented: str, near: str) -> None:
    text = SearchedText(
        "Violations by Russian fighter jets and drones go on. Talks among ministers follow.\n\nGermany is contributing "
        "four Eurofighter jets for flights over Poland; other participants include France, and Denmark."
    )
    found = text.nearest(invented, 120)
    assert near in found
    assert "Violations" not in found
    assert 0 < len(found) <= 120


def test_the_nearest_words_of_a_long_text_are_found_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a hundred pages says the words of a quote again and again."""
    looked_at: list[str] = []
    monkeypatch.setattr(finding_quotes, "root_of", lambda word: looked_at.append(word) or word.casefold()[:6])
    words = re.findall(
        r"\w+", "The minister said that Germany will send air defence to Ukraine in a new package of support"
    )
    text = [*words * 200, "Germany", "will", "send", "nine", "Patriots", *words * 200]
    assert "send nine Patriots" in SearchedText(" ".join(text)).nearest(
        "Germany will send ten Patriots of the new", 120
    )
    assert len(looked_at) < 2 * len(text)


@given(st.data())
def test_whatever_stands_in_a_text_is_found(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=300))
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : start + data.draw(st.integers(1, 60))]
    if any(map(str.isalnum, quote)):
        found = SearchedText(text).find(quote)
        assert found is not None
        assert found.score == 100
