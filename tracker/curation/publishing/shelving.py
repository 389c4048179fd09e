"""The shelf as publishing reads and writes it: versions of records, what they are found by, and tombstones."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.lib.text import fold
from tracker.models import ChangeSet, Facet, Listing, Publication, PublicId
from tracker.models.inserting import Columns, columns_of, insert_plain_columns, reserve_keys
from tracker.models.key_lists import Listed
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
    for facets in _naming(keys):
        rows = Publication.objects.published().filter(pk__in=facets.values("publication")).order_by()
        found.update(rows.values_list("kind", "public_id"))
    return sorted(found)


def count_referring(keys: Iterable[Key], *, most: int) -> int:
    """Count the published records that refer to one of `keys`, not much further than one beyond `most`."""
    standing = (facets.filter(publication__recorded_to__isnull=True).order_by() for facets in _naming(keys))
    return sum(facets.values("publication").distinct()[: most + 1].count() for facets in standing)


def _naming(keys: Iterable[Key]) -> Iterator[QuerySet[Facet]]:
    """Yield the facets that name some of the records, part by part."""
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            yield Facet.objects.filter(name__in=shelved.facets_naming(kind), value__in=Listed(part))


_COLUMNS = (
    "document", "sha256", "name", "folded", "search", "earliest", "latest", "values_said", "values_supported",
)  # fmt: skip
_FOUND_BY = ("name", "value")
_LISTED = ("publication", "contributor", "category", "year", "day", "public_id")


class Shelved(NamedTuple):
    """What the shelf keeps of documents, whenever they are published."""

    keys: list[Key]
    columns: Columns
    facets: Columns
    """With the place of their document in `keys` where its publication will be."""
    listings: Columns
    """These, too."""


Version = tuple[int, str, str, int]
"""Primary key, kind, public id and version of a publication."""


def shelve(documents: Mapping[Key, Document], texts: Mapping[Key, str]) -> Shelved:
    """Return what the shelf keeps of documents; `texts` are those that are at hand as JSON."""
    columns, facets, found_of, listings = [], [], [], []
    for place, (key, document) in enumerate(documents.items()):
        kind, public_id = key
        found = shelved.columns(kind, document, texts.get(key, ""))
        columns.append([found[name] for name in _COLUMNS])
        own = shelved.facets(kind, document)
        facets += own
        found_of += [place] * len(own)
        listings += [(place, *listing, public_id) for listing in shelved.listings(kind, document, own)]
    return Shelved(
        list(documents), columns_of(Publication, _COLUMNS, columns),
        columns_of(Facet, _FOUND_BY, facets) | {"publication": found_of}, columns_of(Listing, _LISTED, listings),
    )  # fmt: skip


def put(
    kept: Shelved, standing: Iterable[Version], *, change_set: ChangeSet, moment: dt.datetime
) -> dict[Key, int]:  # fmt: skip
    """Close what is `standing` of the records and put the next versions there; returns their primary keys."""
    versions = _close(standing, moment)
    numbers = reserve_keys(Publication, len(kept.keys))
    named = columns_of(PublicId, ("kind", "public_id"), kept.keys)
    insert_plain_columns(
        Publication,
        kept.columns | named | {"id": numbers, "version": [versions.get(key, 0) + 1 for key in kept.keys]},
        same={"change_set": change_set.pk, "is_tombstone": False, "recorded_from": moment},
    )  # fmt: skip
    insert_plain_columns(Facet, _of(numbers, kept.facets))
    insert_plain_columns(Listing, _of(numbers, kept.listings), same={"recorded_from": moment})
    insert_plain_columns(PublicId, named, or_ignore=True)
    return dict(zip(kept.keys, numbers, strict=True))


def _of(numbers: list[int], columns: Columns) -> Columns:
    """Return the columns with the keys of publications in place of the places of their documents."""
    return columns | {"publication": [numbers[place] for place in columns.get("publication", ())]}


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
