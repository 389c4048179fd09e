"""Finding a quote again in the text that it was taken from."""

import re
from collections import Counter, deque
from dataclasses import dataclass
from math import fsum

from rapidfuzz import fuzz
from reanchor import PreparedDocument, ResolvedQuote, TextQuoteSelector, prepare_document, resolve_quote

from tracker.lib.numbers_in_text import numbers_in

MIN_SCORE = 80
"""Below this a passage is another one; measured on the quotes of the first source with words changed."""
_LIKE = 75
"""How alike, of 100, a word of the quote and one of the passage must be to be the same word otherwise spelt."""
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_SPELT = str.maketrans("cz", "ss")
"""Defence and Defense, Organisation and Organization."""
_ROOT = 6
"""How many letters of a word are compared where the nearest passage is looked for: `Eurofighters`, `Eurofighter`."""
_TELLING = 4
"""How many letters a word has that tells where a passage is: not `the`, nor `of`."""
_ENDING = 3
"""How many letters the ending of a name may have that is inflected: Estonia, Estonian."""


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
        another word is never the same. Marks alone are no quote.
        """
        if not _WORD.search(quote):
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
        """Return the words of the text that say most like `quote`, `longest` characters at most; may be empty.

        They are where most of the words of the quote stand together, those that are rare in the text before others;
        where it has none of them, what is spelt most alike.
        """
        place = self._most_words(quote, longest)
        if place is None:
            found = fuzz.partial_ratio_alignment(quote.lower(), self.content.lower())
            if found is None or not self.content:
                return ""
            place = (found.dest_start, found.dest_end)
        # Whole words: to the spaces around.
        begin = max(self.content.rfind(space, 0, place[0] + 1) for space in " \n") + 1
        finish = _SPACE.search(self.content, max(place[1], begin))
        passage = self.content[begin : finish.start() if finish else len(self.content)]
        return " ".join(passage.split())[:longest].rstrip()

    def _most_words(self, quote: str, longest: int) -> tuple[int, int] | None:
        """Return the place, `longest` characters at most, of the most words of a quote, in any order or ending."""
        asked = {root_of(match[0]): match.start() for match in _WORD.finditer(quote)}
        words = [(*match.span(), root_of(match[0])) for match in _WORD.finditer(self.content)]
        hits = [hit for hit in words if hit[2] in asked]
        often = Counter(root for _start, _end, root in hits)
        best, place = (0.0, 0), None
        near: deque[tuple[int, int, str]] = deque()
        held: Counter[str] = Counter()
        for hit in hits:
            near.append(hit)
            held[hit[2]] += 1
            # The first goes where a later one says the same, or where it is too far away.
            while near and (held[near[0][2]] > 1 or hit[1] - near[0][0] > longest):
                held[near.popleft()[2]] -= 1
            found = [root for root in held if held[root]]
            if max(map(len, found), default=0) >= _TELLING:
                worth = (fsum(1 / often[root] for root in found), near[0][0] - hit[1])
                if worth > best:
                    best, place = worth, (near[0], hit)
        if place is None:
            return None
        (start, _end, root), (_start, end, _root_of_last) = place
        begin = max(0, start - asked[root])
        return begin, min(max(end, begin + len(quote)), begin + longest)


def root_of(word: str) -> str:
    """Return how a word begins: all that of two words has to be alike, whatever their endings."""
    return word.casefold()[:_ROOT]


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
    words = _WORD.findall(found.text)
    return (
        _score(found) >= MIN_SCORE
        and all(_has(words, word) for word in _WORD.findall(quote))
        and all(numbers_in(quote, language) == numbers_in(found.text, language) for language in ("en", "de"))
    )


def _has(words: list[str], wanted: str) -> bool:
    return any(_is_same(word, wanted) for word in words)


def _is_same(word: str, wanted: str) -> bool:
    """Tell whether two words are one, perhaps otherwise spelt.

    Names may differ by an ending, by British and American letters, or by two letters that changed places: Iran is not
    Iraq, nor Austria Australia.
    """
    said, asked = word.casefold(), wanted.casefold()
    if said == asked:
        return True
    if any(map(str.isdigit, asked)):
        return False
    if word[0].isupper() and wanted[0].isupper():
        shorter, longer = sorted((said.translate(_SPELT), asked.translate(_SPELT)), key=len)
        is_ending = longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING
        return is_ending or sorted(shorter) == sorted(longer)
    return fuzz.ratio(asked, said) >= _LIKE
