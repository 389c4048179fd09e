"""Checking the shelf against itself: each hash, each derived column, each posted row."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.ledger.errors import PostingError
from tracker.ledger.posting import as_compared
from tracker.ledger.reading import recompute
from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import Contribution, Facet, Publication
from tracker.records import shelved


@dataclass(frozen=True)
class Difference:
    """Where a row of the shelf is not what its document says it should be."""

    publication: str
    message: str

    def __str__(self) -> str:
        return f"{self.publication}: {self.message}"


def verify(publications: Iterator[Publication] | None = None) -> Iterator[Difference]:
    """Yield every difference between what is stored of `publications` (all) and what follows from their documents."""
    every = publications or Publication.objects.order_by("id").iterator(chunk_size=CHUNK)
    for part in chunked(every):
        facets: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for key, name, value in Facet.objects.filter(publication__in=part).values_list("publication", "name", "value"):
            facets[key].append((name, value))
        rows: dict[int, list[Contribution]] = defaultdict(list)
        for row in Contribution.objects.filter(publication__in=part).order_by("id"):
            rows[row.publication_id].append(row)
        for publication in part:
            yield from _document_differences(publication)
            if not publication.is_tombstone:
                yield from _derived_differences(publication, sorted(facets[publication.pk]))
                if publication.kind == "pledge":
                    yield from _row_differences(publication, rows[publication.pk])


def _document_differences(publication: Publication) -> Iterator[Difference]:
    if canonical.digest(publication.document) != publication.sha256:
        yield Difference(str(publication), _("the hash is not that of the document"))


def _derived_differences(publication: Publication, facets: list[tuple[str, str]]) -> Iterator[Difference]:
    try:
        document = canonical.load(publication.document)
        columns = shelved.columns(publication.kind, document)
        expected = shelved.facets(publication.kind, document)
    except (ValueError, KeyError, TypeError) as error:
        yield Difference(str(publication), _("the document cannot be read: %s") % error)
        return
    for name, value in columns.items():
        if name not in ("document", "sha256") and getattr(publication, name) != value:
            found = getattr(publication, name)
            yield Difference(str(publication), _("%(column)s is %(found)r, and should be %(right)r")
                             % {"column": name, "found": found, "right": value})  # fmt: skip
    if facets != expected:
        odd = sorted(set(facets) ^ set(expected))
        yield Difference(str(publication), _("the facets differ: %s") % odd[:5])


def _row_differences(publication: Publication, posted: list[Contribution]) -> Iterator[Difference]:
    try:
        expected = {row.public_id: as_compared(row) for row in recompute(publication, posted)}
    except (PostingError, ValueError, KeyError, TypeError) as error:
        yield Difference(str(publication), _("its contributions cannot be recomputed: %s") % error)
        return
    found = {row.public_id: as_compared(row) for row in posted}
    for public_id in sorted(expected.keys() | found.keys()):
        if expected.get(public_id) != found.get(public_id):
            yield Difference(
                f"{publication} {public_id}",
                _("posted %(found)s, recomputed %(right)s")
                % {"found": _spoken(found.get(public_id)), "right": _spoken(expected.get(public_id))},
            )
    periods = {(row.recorded_from, row.recorded_to) for row in posted}
    if any(start != publication.recorded_from for start, _end in periods):
        yield Difference(str(publication), _("contributions are recorded from another moment than their publication"))
    if any(end != publication.recorded_to for _start, end in periods):
        yield Difference(str(publication), _("contributions are recorded to another moment than their publication"))


def _spoken(row: tuple[object, ...] | None) -> str:
    return _("nothing") if row is None else str(row)
