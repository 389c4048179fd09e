"""Checking the shelf against itself: each hash, each derived column, each posted row, each succession."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import recompute
from tracker.ledger.posted import Posted
from tracker.ledger.posting_again import as_posted
from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import Contribution, Facet, Listing, Publication
from tracker.records import shelved

_LISTED = ("contributor", "category", "year", "day")


@dataclass(frozen=True)
class Mismatch:
    """Where a row of the shelf is not what its document says it should be."""

    publication: str
    message: str

    def __str__(self) -> str:
        return f"{self.publication}: {self.message}"


def verify() -> Iterator[Mismatch]:
    """Yield every difference between what the shelf stores and what follows from its documents."""
    yield from _succession_differences()
    for part in chunked(Publication.objects.order_by("id").iterator(chunk_size=CHUNK)):
        facets = _by_publication(Facet, part, "name", "value")
        listings = _by_publication(Listing, part, *_LISTED, "public_id", "recorded_from", "recorded_to")
        rows: dict[int, list[Contribution]] = defaultdict(list)
        for row in Contribution.objects.filter(publication__in=part).order_by("id"):
            rows[row.publication_id].append(row)
        for publication in part:
            if canonical.digest(publication.document) != publication.sha256:
                yield Mismatch(str(publication), _("the hash is not that of the document"))
            try:
                document = canonical.load(publication.document)
                yield from _identity_differences(publication, document)
                if not publication.is_tombstone:
                    right = shelved.facets(publication.kind, document)
                    yield from _derived_differences(publication, document)
                    yield from _facet_differences(publication, right, sorted(facets[publication.pk]))
                    yield from _listing_differences(publication, document, right, listings[publication.pk])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                yield Mismatch(str(publication), _("the document cannot be read: %s") % error)
            if publication.kind == "pledge" and not publication.is_tombstone:
                yield from _row_differences(publication, rows[publication.pk])
            elif rows[publication.pk]:
                yield Mismatch(str(publication), _("contributions are posted with what is no pledge"))


def _by_publication(model: Any, part: list[Publication], *columns: str) -> dict[int, list[Any]]:
    """Return the values of `columns` of all rows of a model that belong to some publications, by publication."""
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *values in model.objects.filter(publication__in=part).values_list("publication", *columns):
        found[key].append(tuple(values))
    return found


def _succession_differences() -> Iterator[Mismatch]:
    """Yield where the versions of a record do not follow one another without gap from the first on."""
    versions = Publication.objects.order_by("kind", "public_id", "version").values_list(
        "kind", "public_id", "version", "recorded_from", "recorded_to", "change_set__published_at"
    )
    for (kind, public_id), rows in groupby(versions.iterator(chunk_size=CHUNK), key=lambda row: row[:2]):
        number, closed = 0, None
        for _kind, _id, version, start, end, published in rows:
            label = f"{kind} {public_id} v{version}"
            if version != number + 1:
                yield Mismatch(label, _("version %s is missing") % (number + 1))
            elif number and closed != start:
                yield Mismatch(label, _("the version before is recorded to %(found)s, and should be to %(right)s")
                                 % {"found": closed, "right": start})  # fmt: skip
            if start != published:
                yield Mismatch(label, _("recorded from %(found)s, and its change set was published at %(right)s")
                                 % {"found": start, "right": published})  # fmt: skip
            number, closed = version, end
        if closed is not None:
            yield Mismatch(f"{kind} {public_id}", _("no version stands since %s, not even a tombstone") % closed)


def _identity_differences(publication: Publication, document: dict[str, Any]) -> Iterator[Mismatch]:
    if document["id"] != publication.public_id:
        yield Mismatch(str(publication), _("the document is that of %s") % document["id"])
    if document.get("withdrawn", False) != publication.is_tombstone:
        yield Mismatch(str(publication), _("the document and the mark of a tombstone contradict each other"))


def _derived_differences(publication: Publication, document: dict[str, Any]) -> Iterator[Mismatch]:
    for name, value in shelved.columns(publication.kind, document).items():
        if name not in ("document", "sha256") and getattr(publication, name) != value:
            yield Mismatch(str(publication), _differs(name, getattr(publication, name), value))


def _facet_differences(
    publication: Publication, right: list[tuple[str, str]], found: list[tuple[str, str]]
) -> Iterator[Mismatch]:
    if found != right:
        odd = sorted(set(found) ^ set(right))
        yield Mismatch(str(publication), _("the facets differ: %s") % odd[:5])


def _listing_differences(
    publication: Publication, document: dict[str, Any], facets: list[tuple[str, str]], found: list[tuple[Any, ...]]
) -> Iterator[Mismatch]:
    stands = (publication.public_id, publication.recorded_from, publication.recorded_to)
    right = {(*listing, *stands) for listing in shelved.listings(publication.kind, document, facets)}
    odd = right.symmetric_difference(found)
    if odd:
        listed = sorted(f"{contributor} {category}".strip() for contributor, category, *_rest in odd)
        yield Mismatch(str(publication), _("the listings differ: %s") % ", ".join(dict.fromkeys(listed)))


def _row_differences(publication: Publication, posted: list[Contribution]) -> Iterator[Mismatch]:
    try:
        expected = {row.public_id: row for row in recompute(publication, posted)}
    except (PostingError, ValueError, KeyError, TypeError) as error:
        yield Mismatch(str(publication), _("its contributions cannot be recomputed: %s") % error)
        return
    found = {row.public_id: as_posted(row) for row in posted}
    for public_id in sorted(expected.keys() | found.keys()):
        if expected.get(public_id) != found.get(public_id):
            yield Mismatch(f"{publication} {public_id}", _compared(found.get(public_id), expected.get(public_id)))
    periods = {(row.recorded_from, row.recorded_to) for row in posted}
    if any(start != publication.recorded_from for start, _end in periods):
        yield Mismatch(str(publication), _("contributions are recorded from another moment than their publication"))
    if any(end != publication.recorded_to for _start, end in periods):
        yield Mismatch(str(publication), _("contributions are recorded to another moment than their publication"))


def _compared(found: tuple[object, ...] | None, right: tuple[object, ...] | None) -> str:
    """Return in what a row differs from what it should be."""
    if right is None:
        return _("this row is posted, and should not be")
    if found is None:
        return _("this row is missing")
    return "; ".join(
        _differs(column, a, b) for column, a, b in zip(Posted._fields, found, right, strict=True) if a != b
    )


def _differs(column: str, found: object, right: object) -> str:
    return _("%(column)s is %(found)r, and should be %(right)r") % {"column": column, "found": found, "right": right}
