"""A text with the words marked that claims quote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from tracker.models import Claim, Document, Text


@dataclass(frozen=True)
class Piece:
    """A part of a text; `claims` are the ids of the claims that quote it, none for what stands between quotes."""

    words: str
    claims: tuple[str, ...] = ()


def pieces(text: Text, document: Document, claims: Iterable[Claim]) -> list[Piece]:
    """Return a text in pieces, which together are the text; where quotes overlap, they are one piece."""
    joined: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, public_id in sorted(_places(text, document, claims)):
        if joined and start < joined[-1][1]:
            first, last, ids = joined.pop()
            joined.append((first, max(end, last), (*ids, public_id)))
        else:
            joined.append((start, end, (public_id,)))
    found, last = [], 0
    for start, end, ids in joined:
        found += [Piece(text.content[last:start]), Piece(text.content[start:end], ids)]
        last = end
    return [piece for piece in (*found, Piece(text.content[last:])) if piece.words]


def _places(text: Text, document: Document, claims: Iterable[Claim]) -> Iterable[tuple[int, int, str]]:
    """Yield where the text has each quote: word for word, or else the passage that was found in this very text."""
    for claim in claims:
        if not claim.quote:
            continue
        first, last = 0, len(text.content)
        counts_here = (claim.text_sha256 or document.sha256) == text.sha256
        has_passage = counts_here and claim.passage_start is not None and claim.passage_end is not None
        if has_passage and claim.support == Claim.Support.PASSAGE:
            first, last = claim.passage_start or 0, claim.passage_end or 0
        start = text.content.find(claim.quote, first, last)
        if start >= 0:
            yield start, start + len(claim.quote), claim.public_id
        elif has_passage and claim.support == Claim.Support.PASSAGE:
            yield first, last, claim.public_id


def marked(found: Iterable[Piece]) -> str:
    """Return pieces as HTML: each quote in a mark that names its claims."""
    return format_html_join(
        "", "{}", (
            (format_html('<mark data-claims="{0}" title="{0}">{1}</mark>', " ".join(piece.claims), piece.words),)
            if piece.claims else (piece.words,)
            for piece in found
        ),
    )  # fmt: skip
