"""Rules of evidence: what stands behind the values of a record."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.lib.numbers_in_text import numbers_in
from tracker.models import Claim
from tracker.models import Document as Source
from tracker.records.engine.coverage import unsupported_figures
from tracker.records.engine.document_field import DocumentField
from tracker.records.engine.places import Place, find
from tracker.records.engine.types import Document
from tracker.records.quality.referred import Referred
from tracker.records.quality.rows_of_lists import serializer_of
from tracker.records.quality.rule import Found

_HOLDS = (Claim.Support.PASSAGE, Claim.Support.ROW)
_TRUSTED = (Source.Tier.PRIMARY, Source.Tier.ESTABLISHED)


def broken(document: Document, referred: Referred) -> Iterator[Found]:
    """Find the claims that do not hold and for which no reason is given, or only that of choosing them of rivals."""
    for claim in _unexplained(document):
        place = _value_of(referred.kind, document, claim["field"])
        about = [claim["field"], claim["value"], claim["quote"], place and place.value]
        yield Found(claim["field"], _broken_in_words(document, claim, place), about, claim["id"])


def _unexplained(document: Document) -> Iterator[Document]:
    decided = {claim["field"] for claim in document.get("claims", ()) if claim["verdict"] == Claim.Verdict.REJECTED}
    for claim in document.get("claims", ()):
        is_told = claim["support"] == Claim.Support.BROKEN and claim["verdict"] != Claim.Verdict.REJECTED
        is_chosen = claim["verdict"] == Claim.Verdict.ADOPTED and bool(claim["field"]) and claim["field"] in decided
        if is_told and (is_chosen or not claim["reason"].strip()):
            yield claim


def _value_of(kind: str, document: Document, path: str) -> Place | None:
    """Return the single value that a claim is about; None where it is about the whole record, or a whole line."""
    place = find(serializer_of(kind), document, path) if path else None
    return place if place and isinstance(place.field, DocumentField) else None


def _broken_in_words(document: Document, claim: Document, place: Place | None) -> str:
    named = {"claim": claim["id"], "words": claim["quote"] or claim["value"]}
    if place is None or not place.field.in_words(place.value):
        return _("Claim %(claim)s (“%(words)s”) does not hold.") % named
    named["value"] = place.field.in_words(place.value)
    if any(_says(other, claim["field"], place) for other in document["claims"]):
        return _("Claim %(claim)s does not say %(value)s: it has “%(words)s”.") % named
    return _("No passage says %(value)s: claim %(claim)s has “%(words)s”.") % named


def _says(claim: Document, path: str, place: Place) -> bool:
    """Tell whether a claim about a field holds; and whether its passage states the number, where the value is one."""
    if claim["field"] != path or claim["support"] not in _HOLDS or claim["verdict"] != Claim.Verdict.ADOPTED:
        return False
    return not claim["quote"] or not place.field.numbers(place.value) or _states_number(claim["quote"])


def _states_number(words: str) -> bool:
    return any(numbers_in(words, language) for language in ("en", "de"))


def missing(document: Document, referred: Referred) -> Iterator[Found]:
    """Find the amounts, quantities and dates for which there is neither passage nor row nor stated exception.

    The reason of a claim that does not hold is none: it says why that is published, and nothing of what the value is.
    """
    found = list(unsupported_figures(serializer_of(referred.kind), document))
    if not found:
        return
    excused = {claim["field"] for claim in _unexplained(document) if claim["verdict"] == Claim.Verdict.ADOPTED} | {
        claim["field"] for claim in document.get("claims", ())
        if claim["verdict"] == Claim.Verdict.ADOPTED and claim["support"] != Claim.Support.BROKEN
        and (claim["support"] == Claim.Support.NOT_HELD or claim["reason"].strip())
    }  # fmt: skip
    for place in found:
        if place.path not in excused:
            value = place.field.in_words(place.value)
            yield Found(place.path, _("No passage and no row says %s.") % value, place.field.plain(place.value))


def numberless(document: Document, referred: Referred) -> Iterator[Found]:
    """Find adopted claims of a number whose passage states none: “Denmark sends” says nothing of how many.

    Of one thing nobody says the number, and a reason says what stands behind the claim otherwise.
    """
    for claim in document.get("claims", ()):
        if claim["verdict"] != Claim.Verdict.ADOPTED or claim["support"] != Claim.Support.PASSAGE or claim["reason"]:
            continue
        place = _value_of(referred.kind, document, claim["field"])
        own = place.field.numbers(place.value) if place and place.value else None
        if place and own and own != {Decimal(1)} and not _states_number(claim["quote"]):
            told = _("The value is %(value)s, and no number stands in the passage of claim %(claim)s, “%(words)s”.")
            named = {"value": place.field.in_words(place.value), "claim": claim["id"], "words": claim["quote"]}
            yield Found(claim["field"], told % named, [named["value"], claim["quote"]], claim["id"])


def gone(document: Document, referred: Referred) -> Iterator[Found]:
    """Find claims whose passage stands in an older text of their source, and in the newest of no language any more."""
    for claim in document.get("claims", ()):
        is_told = claim["support"] == Claim.Support.PASSAGE and claim["verdict"] != Claim.Verdict.REJECTED
        newest = referred.newest_texts.get(claim["document"]["id"], []) if is_told else []
        if newest and not any(words.find(claim["quote"]) for _text, words in newest):
            text = newest[-1][0]
            told = _("Version %(version)s of %(source)s, read on %(day)s, no longer has “%(words)s” (claim %(claim)s).")
            named = {
                "version": text.version, "source": claim["document"]["name"], "day": date_format(text.read_on),
                "words": claim["quote"], "claim": claim["id"],
            }  # fmt: skip
            yield Found(claim["field"], told % named, [claim["quote"], text.sha256], claim["id"])


def tier(document: Document, referred: Referred) -> Iterator[Found]:
    """Find the amounts that rest on sources alone which re-tell what others report, or which nobody has judged."""
    cited: dict[str, set[str]] = defaultdict(set)
    for claim in document.get("claims", ()):
        if claim["verdict"] == Claim.Verdict.ADOPTED and claim["field"].rpartition(".")[2] == "amount":
            cited[claim["field"]].add(claim["document"]["id"])
    for field, sources in cited.items():
        tiers = {source: referred.tiers.get(source, ("", "")) for source in sources}
        if not any(rank in _TRUSTED or kind == Source.Kind.DATASET for rank, kind in tiers.values()):
            named = ", ".join(sorted(sources))
            told = _("This amount rests on %s alone, which is neither primary nor established.") % named
            yield Found(field, told, sorted((source, rank) for source, (rank, _kind) in tiers.items()))
