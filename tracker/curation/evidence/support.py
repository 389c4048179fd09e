"""What stands behind a claim: a passage, a row, a reference; or that it does not hold. Worked out, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.evidence.values import contradiction
from tracker.lib import finding_quotes
from tracker.lib.chunks import chunked
from tracker.models import Claim, Text
from tracker.models import Document as Source
from tracker.models.desk.claims import QUOTE_LENGTH
from tracker.records.engine import places
from tracker.records.engine.types import Document
from tracker.records.naming_places import no_field
from tracker.records.registry import KINDS


@dataclass(frozen=True)
class Support:
    """What stands behind one claim.

    `path` is the field by the name that stays; `start`, `end` and `sha256` say where in which text the quote stands;
    `problem` says, where it is broken, why.
    """

    kind: str
    path: str
    score: int | None = None
    start: int | None = None
    end: int | None = None
    sha256: str = ""
    problem: str = ""
    wrong: str = ""
    """`field` or `quote` where these are wrong by themselves, whatever the record says."""


@dataclass
class SourceTexts:
    """What is known of the sources that claims cite: their texts, the one that the source names first."""

    expected: dict[str, str] = field(default_factory=dict)
    """The SHA-256 that each document says of its text."""
    texts: dict[str, list[tuple[Text, finding_quotes.SearchedText]]] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[str]) -> "SourceTexts":
        """Read the texts of documents, by public id."""
        known = cls()
        for part in chunked(sorted(set(documents))):
            sources = Source.objects.filter(public_id__in=part).order_by()
            known.expected |= dict(sources.values_list("public_id", "sha256"))
            held = Text.objects.filter(document__public_id__in=part).select_related("document").order_by("-version")
            for text in held:
                known.texts.setdefault(text.document.public_id, []).append(
                    (text, finding_quotes.SearchedText(text.content))
                )
        for document, texts in known.texts.items():
            texts.sort(key=lambda pair: pair[0].sha256 != known.expected.get(document))
        return known


def support_of(
    kind: str, document: Document, claim: Document, known: SourceTexts, *, holds: bool, before: Document | None = None
) -> Support:
    """Return what stands behind `claim`, one of the claims of `document`.

    `holds` tells of one that an import made of the cells of a file whether the record has what any of them says.
    `before` is the document as it stood before the edit: the claim is about the line that it was about there.
    """
    serializer = KINDS[kind].published()
    place = _place_of(serializer, document, claim, before)
    if claim["field"] and place is None:
        told = (_not_quoted(claim, known), no_field(claim["field"], places.places(serializer, document)))
        return _broken(claim["field"], " ".join(filter(None, told)), "field")
    path = place.path if place else ""
    if not claim["quote"].strip():
        against = ""
        if place and _is_adopted(claim):
            against = contradiction(place, claim["value"], "", currency=_currency(serializer, document, place))
        if against:
            return _broken(path, against)
        if claim["cells"] and not holds:
            return _broken(path, _("The record has nothing of what the cells of the file say."))
        return Support(Claim.Support.ROW if claim["cells"] else Claim.Support.REFERENCE, path)
    source = claim["document"]["id"]
    texts = known.texts.get(source, [])
    language = texts[0][0].language if texts else ""
    against = ""
    if place and _is_adopted(claim):
        currency = _currency(serializer, document, place)
        against = contradiction(place, claim["value"], claim["quote"], language, currency)
    for text, words in texts:
        found = words.find(claim["quote"], claim["passage_start"], claim["passage_end"])
        if found is not None:
            sha256 = "" if text.sha256 == known.expected.get(source) else text.sha256
            support = Claim.Support.BROKEN if against else Claim.Support.PASSAGE
            return Support(support, path, found.score, found.start, found.end, sha256, against)
    if texts:
        return _broken(path, _no_passage(claim, texts[0][1]), "quote")
    if against:
        return _broken(path, against)
    return Support(Claim.Support.NOT_HELD if known.expected.get(source) else Claim.Support.REFERENCE, path)


def _place_of(serializer: Any, document: Document, claim: Document, before: Document | None) -> places.Place | None:
    """Return what a claim is about: the line that it was about before the edit, where that is still of the same."""
    path = claim["field"]
    place = places.find(serializer, document, path) if path else None
    if before is None:
        return place
    stood = any(other["id"] == claim["id"] for other in before.get("claims", ()))
    if place is None or (stood and places.became_another(serializer, before, document, path)):
        return places.find_again(serializer, before, document, path)
    return place


def _currency(serializer: Any, document: Document, place: places.Place) -> str:
    """Return the currency that stands beside an amount; empty for any other field."""
    row, _dot, name = place.path.rpartition(".")
    beside = places.find(serializer, document, f"{row}.currency") if row and name == "amount" else None
    return str(beside.value or "") if beside else ""


def _is_adopted(claim: Document) -> bool:
    return bool(claim["verdict"] == Claim.Verdict.ADOPTED)


def _broken(path: str, problem: str, wrong: str = "") -> Support:
    return Support(Claim.Support.BROKEN, path, problem=problem, wrong=wrong)


def _not_quoted(claim: Document, known: SourceTexts) -> str:
    """Return that no text that is held has the quote of a claim, and the nearest passage; empty where one has it."""
    texts = known.texts.get(claim["document"]["id"], []) if claim["quote"].strip() else []
    if not texts or any(words.find(claim["quote"]) for _text, words in texts):
        return ""
    return _no_passage(claim, texts[0][1])


def _no_passage(claim: Document, words: finding_quotes.SearchedText) -> str:
    near = words.nearest(claim["quote"], QUOTE_LENGTH)
    return _("“%(quote)s” does not stand in the text of %(source)s. Nearest: “%(near)s”.") % {
        "quote": claim["quote"], "source": claim["document"]["name"], "near": near,
    }  # fmt: skip
