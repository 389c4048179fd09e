"""Writing the shelf: versions of records, what they are found by, and tombstones."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import ChangeSet, Facet, Publication, PublicId
from tracker.models.inserting import insert_rows
from tracker.records import shelved
from tracker.records.shelved import Key


def standing(keys: Iterable[Key]) -> dict[Key, Publication]:
    """Return the standing publications of the records named by kind and public id."""
    found: dict[Key, Publication] = {}
    wanted = set(keys)
    for part in chunked(sorted({public_id for _kind, public_id in wanted})):
        for publication in Publication.objects.standing().filter(public_id__in=part):
            key = (publication.kind, publication.public_id)
            if key in wanted:
                found[key] = publication
    return found


def withdrawn(keys: Iterable[Key]) -> set[Key]:
    """Return those of the records that are withdrawn."""
    wanted = set(keys)
    found: set[Key] = set()
    for part in chunked(sorted({public_id for _kind, public_id in wanted})):
        tombstones = Publication.objects.as_of(None).filter(public_id__in=part, is_tombstone=True)
        found |= wanted & set(tombstones.values_list("kind", "public_id"))
    return found


def referring(keys: Iterable[Key]) -> list[Publication]:
    """Return the standing publications whose documents refer to one of the records, by kind and id."""
    found: dict[int, Publication] = {}
    for part in chunked(sorted(f"{kind}:{public_id}" for kind, public_id in keys)):
        facets = Facet.objects.filter(name=shelved.REFERS_TO, value__in=part, publication__recorded_to__isnull=True)
        for publication in Publication.objects.standing().filter(pk__in=facets.values("publication")):
            found[publication.pk] = publication
    return sorted(found.values(), key=lambda publication: (publication.kind, publication.public_id))


def put(documents: dict[Key, dict[str, Any]], *, change_set: ChangeSet, moment: dt.datetime) -> dict[Key, Publication]:
    """Close what stands of the records and shelve `documents` as their next versions."""
    versions = _close(documents, moment)
    fresh = [
        Publication(
            change_set=change_set, kind=kind, public_id=public_id, version=versions.get((kind, public_id), 0) + 1,
            recorded_from=moment, **shelved.columns(kind, document),
        )
        for (kind, public_id), document in documents.items()
    ]  # fmt: skip
    Publication.objects.bulk_create(fresh, batch_size=CHUNK)
    insert_rows(
        Facet,
        ("publication", "name", "value"),
        (
            (publication.pk, name, value)
            for publication, ((kind, _id), document) in zip(fresh, documents.items(), strict=True)
            for name, value in shelved.facets(kind, document)
        ),
    )
    PublicId.objects.bulk_create(
        [PublicId(kind=kind, public_id=public_id) for kind, public_id in documents], ignore_conflicts=True,
        batch_size=CHUNK,
    )  # fmt: skip
    return {(publication.kind, publication.public_id): publication for publication in fresh}


def put_tombstones(keys: Iterable[Key], *, change_set: ChangeSet, moment: dt.datetime) -> None:
    """Close what stands of the records and leave a tombstone in its place."""
    names = {key: publication.name for key, publication in standing(keys).items()}
    versions = _close(names, moment)
    tombstones = []
    for (kind, public_id), name in names.items():
        text = canonical.dump({"id": public_id, "withdrawn": True, "reason": change_set.message})
        tombstones.append(
            Publication(
                change_set=change_set, kind=kind, public_id=public_id, version=versions[kind, public_id] + 1,
                recorded_from=moment, is_tombstone=True, document=text, sha256=canonical.digest(text),
                name=name, search="",
            )
        )  # fmt: skip
    Publication.objects.bulk_create(tombstones, batch_size=CHUNK)


def _close(keys: Iterable[Key], moment: dt.datetime) -> dict[Key, int]:
    """Close the open publications of the records; returns the version each had."""
    versions: dict[Key, int] = {}
    wanted = set(keys)
    for part in chunked(sorted({public_id for _kind, public_id in wanted})):
        open_now = [
            publication
            for publication in Publication.objects.as_of(None).filter(public_id__in=part).defer("document", "search")
            if (publication.kind, publication.public_id) in wanted
        ]
        for publication in open_now:
            versions[publication.kind, publication.public_id] = publication.version
        Publication.objects.filter(pk__in=[publication.pk for publication in open_now]).update(recorded_to=moment)
    return versions


def missing_message(kind: str, public_id: str) -> str:
    """Return what to say of a reference to a record that is not published."""
    return _("it refers to %(kind)s %(record)s, which is not published") % {"kind": kind, "record": public_id}
