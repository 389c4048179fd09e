"""The shelf as publishing reads and writes it: versions of records, what they are found by, and tombstones."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Max

from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.lib.text import fold
from tracker.models import ChangeSet, Facet, Listing, Publication, PublicId
from tracker.models.inserting import insert_rows
from tracker.models.listed import Listed
from tracker.records import shelved
from tracker.records.engine.types import Document, Key, by_kind


def texts(keys: Iterable[Key]) -> Iterator[tuple[Key, str]]:
    """Yield the published documents of the records, as they are stored."""
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            rows = Publication.objects.published().filter(kind=kind, public_id__in=Listed(part)).order_by("public_id")
            for public_id, text in rows.values_list("public_id", "document"):
                yield (kind, public_id), text


def referring(keys: Iterable[Key]) -> list[Key]:
    """Return the published records whose documents refer to one of `keys`, in order."""
    found: set[Key] = set()
    for part in chunked(sorted(f"{kind}:{public_id}" for kind, public_id in keys)):
        facets = Facet.objects.filter(name=shelved.REFERS_TO, value__in=part, publication__recorded_to__isnull=True)
        rows = Publication.objects.published().filter(pk__in=facets.values("publication")).order_by()
        found.update(rows.values_list("kind", "public_id"))
    return sorted(found)


def count_referring(keys: Iterable[Key], *, most: int) -> int:
    """Count what published records say that refers to one of `keys`, no further than one beyond `most`."""
    values = sorted(f"{kind}:{public_id}" for kind, public_id in keys)
    facets = Facet.objects.filter(name=shelved.REFERS_TO, value__in=values, publication__recorded_to__isnull=True)
    return facets.order_by()[: most + 1].count()


_COLUMNS = (
    "document", "sha256", "name", "folded", "search", "earliest", "latest", "values_said", "values_supported",
    "change_set", "kind", "public_id", "version",
    "is_tombstone", "recorded_from",
)  # fmt: skip
_LISTED = ("publication", "contributor", "category", "year", "day", "public_id", "recorded_from")


Shelved = tuple[tuple[Any, ...], list[tuple[str, str]], list[shelved.ListingRow]]
"""What the shelf keeps of a document, whenever it is published: columns, facets and listings."""

Version = tuple[int, str, str, int]
"""Primary key, kind, public id and version of a publication."""


def shelve(documents: Mapping[Key, Document]) -> dict[Key, Shelved]:
    """Return what the shelf keeps of documents."""
    found = {}
    for key, document in documents.items():
        facets = shelved.facets(key[0], document)
        columns = tuple(shelved.columns(key[0], document).values())
        found[key] = (columns, facets, shelved.listings(key[0], document, facets))
    return found


def put(
    rows: Mapping[Key, Shelved], standing: Iterable[Version], *, change_set: ChangeSet, moment: dt.datetime
) -> dict[Key, int]:  # fmt: skip
    """Close what is `standing` of the records and put `rows` there as their next versions; returns the primary keys."""
    versions = _close(standing, moment)
    last = Publication.objects.aggregate(last=Max("pk", default=0))["last"]
    insert_rows(
        Publication,
        _COLUMNS,
        (
            (
                *columns, change_set.pk, kind, public_id, versions.get((kind, public_id), 0) + 1, False, moment,
            )
            for (kind, public_id), (columns, _facets, _listings) in rows.items()
        ),
    )  # fmt: skip
    # Publishings queue up, so that nobody else has added any meanwhile.
    written = Publication.objects.filter(pk__gt=last).order_by().values_list("kind", "public_id", "pk")
    publications = {(kind, public_id): number for kind, public_id, number in written}
    facets = ((publications[key], *facet) for key, (_columns, own, _listings) in rows.items() for facet in own)
    insert_rows(Facet, ("publication", "name", "value"), facets)
    listings = (
        (publications[key], *listing, key[1], moment)
        for key, (_columns, _facets, own) in rows.items()
        for listing in own
    )
    insert_rows(Listing, _LISTED, listings)
    insert_rows(PublicId, ("kind", "public_id"), rows, or_ignore=True)
    return publications


def put_tombstones(
    withdrawn: dict[Key, str], *, change_set: ChangeSet, moment: dt.datetime, merged: Mapping[Key, str]
) -> None:  # fmt: skip
    """Close what stands of the records and leave a tombstone in its place, with the reason of each.

    `merged` are those that are another record from now on, and the public id of that; their tombstones name it.
    """
    names = dict(_names(withdrawn))
    versions = _close(standing(names), moment)
    tombstones = []
    for (kind, public_id), name in names.items():
        said = {"id": public_id, "withdrawn": True, "reason": withdrawn[kind, public_id]}
        text = canonical.dump(said | ({"merged_into": merged[kind, public_id]} if (kind, public_id) in merged else {}))
        tombstones.append(
            Publication(
                change_set=change_set, kind=kind, public_id=public_id, version=versions[kind, public_id] + 1,
                recorded_from=moment, is_tombstone=True, document=text, sha256=canonical.digest(text),
                name=name, folded=fold(name)[:500], search="",
            )
        )  # fmt: skip
    Publication.objects.bulk_create(tombstones, batch_size=CHUNK)


def _names(keys: Iterable[Key]) -> Iterator[tuple[Key, str]]:
    """Yield the names under which the records stand published."""
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            rows = Publication.objects.published().filter(kind=kind, public_id__in=Listed(part))
            for public_id, name in rows.values_list("public_id", "name"):
                yield (kind, public_id), name


def _close(standing: Iterable[Version], moment: dt.datetime) -> dict[Key, int]:
    """Close publications; returns the version of each."""
    found = list(standing)
    for part in chunked(number for number, _kind, _id, _version in found):
        Publication.objects.filter(pk__in=part).update(recorded_to=moment)
        Listing.objects.filter(publication__in=part).update(recorded_to=moment)
    return {(kind, public_id): version for _number, kind, public_id, version in found}


def standing(keys: Iterable[Key]) -> list[Version]:
    """Return the open publication of each record that has one."""
    found: list[Version] = []
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            rows = Publication.objects.as_of(None).filter(kind=kind, public_id__in=Listed(part)).order_by()
            found += rows.values_list("pk", "kind", "public_id", "version")
    return found
