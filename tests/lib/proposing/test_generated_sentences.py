"""What is proposed from sentences that differ in one word only: each word of a class is known, and said as it is."""

import datetime as dt
from pathlib import Path

import pytest

from tracker.lib.proposing.facts import propose
from tracker.lib.proposing.proposal import Fact
from tracker.lib.proposing.reading.names import Vocabulary, vocabulary

FRIDAY = dt.date(2026, 3, 20)
LINES = (Path(__file__).with_name("generated.txt")).read_text().splitlines()


@pytest.fixture(scope="module")
def names() -> Vocabulary:
    return vocabulary()


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_each_word_of_a_class_says_the_same(names: Vocabulary, language: str) -> None:
    """Each line has a language, what its sentences state, a sentence, and the words that may stand in its gap."""
    wrong = []
    for line in LINES:
        told, expected, sentence, *words = (part.strip() for part in line.split(" | "))
        if told != language:
            continue
        for word in words[0].split(" ; ") if words else [""]:
            text = sentence.replace("{}", word)
            found = [_short(fact) for fact in propose(text, language, FRIDAY, names) if fact.is_sure]
            if found != ([] if expected == "-" else [expected]):
                wrong.append((text, found, expected))
    assert not wrong


def _short(fact: Fact) -> str:
    """Return a fact in words: its kind, who, how much or how many, its stage, and how sure it is."""
    numbers = {item["quantity"][end] for item in fact.items for end in ("low", "high")} - {None}
    counted = ",".join(map(str, sorted(numbers))) or "-"
    value = f"{fact.amount['value']}{fact.amount['currency']}" if fact.amount else counted
    return f"{fact.kind} {','.join(sorted(fact.contributors)) or '-'} {value} {fact.stage or '-'} {fact.certainty}"
