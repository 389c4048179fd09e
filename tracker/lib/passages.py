"""Finding a quote again in the text that it was taken from."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from reanchor import PreparedDocument, ResolvedQuote, TextQuoteSelector, prepare_document, resolve_quote

MIN_SCORE = 80
"""Below this a passage is another one; measured on the quotes of the first source with words changed."""
_LIKE = 75
"""How alike, of 100, a word of the quote and one of the passage must be to be the same word otherwise spelt."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Passage:
    """Where a quote stands: `start` and `end` count characters from 0; `score` is 100 where it stands word for word."""

    start: int
    end: int
    score: int


class SearchedText:
    """A text that quotes are looked for in. It is prepared once, when the first is."""

    def __init__(self, content: str) -> None:
        self.content = content
        self._prepared: PreparedDocument | None = None

    @property
    def prepared(self) -> PreparedDocument:
        """What the search works on."""
        if self._prepared is None:
            self._prepared = prepare_document(self.content)
        return self._prepared

    def find(self, quote: str, start: int | None = None, end: int | None = None) -> Passage | None:
        """Return where `quote` stands, exactly or nearly; None where it does not.

        `start` and `end` say where it stood when it was noted. Where that passage still holds it word for word, it is
        the one that is returned; it may be wider than the quote. Else it is the one nearest to there. Differences of
        spaces, line breaks, quotation marks and dashes count for nothing. A passage that has another number or
        another word is never the same.
        """
        if not quote.strip():
            return None
        if start is not None and end is not None and quote in self.content[start:end]:
            return Passage(start, end, 100)
        places = [match.start() for match in re.finditer(re.escape(quote), self.content)]
        if places:
            place = min(places, key=lambda found: (abs(found - (start or 0)), found))
            return Passage(place, place + len(quote), 100)
        found = resolve_quote(self.prepared, _selector(quote))
        if found is None or not _is_close(quote, found):
            return None
        return Passage(found.start, found.end, _score(found))

    def nearest(self, quote: str, longest: int) -> str:
        """Return the words of the text that read most like `quote`, `longest` characters at most; may be empty."""
        found = fuzz.partial_ratio_alignment(quote.lower(), self.content.lower())
        if found is None or not self.content:
            return ""
        # Whole words: to the spaces around what was aligned.
        begin = self.content.rfind(" ", 0, found.dest_start + 1) + 1
        finish = self.content.find(" ", max(found.dest_end, begin))
        passage = self.content[begin : finish if finish != -1 else len(self.content)]
        return " ".join(passage.split())[:longest].rstrip()


def _selector(quote: str) -> TextQuoteSelector:
    return TextQuoteSelector(exact=quote, prefix="", suffix="")


def _score(found: ResolvedQuote) -> int:
    """Return how well a passage fits: where the text stands several times, each is as good as the other."""
    if found.method in ("exact", "exact-with-context", "normalized", "normalized-with-context"):
        return 100
    return min(99, round(found.confidence * 100))


def _is_close(quote: str, found: ResolvedQuote) -> bool:
    """Tell whether a passage says what the quote says: every word, in another spelling at most."""
    if _score(found) == 100:
        return True
    words = [word.casefold() for word in _WORD.findall(found.text)]
    return _score(found) >= MIN_SCORE and all(_has(words, word.casefold()) for word in _WORD.findall(quote))


def _has(words: list[str], wanted: str) -> bool:
    if wanted in words:
        return True
    return not any(map(str.isdigit, wanted)) and any(fuzz.ratio(wanted, word) >= _LIKE for word in words)
