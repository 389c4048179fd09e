"""What refers to a record that is merged into another: each record that does is edited, to refer to the other."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from tracker.curation import search_texts
from tracker.curation.database_errors import in_words
from tracker.curation.errors import CurationError
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.curation.review.holding import hold
from tracker.curation.review.standing import State, standings
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Claim, Publication
from tracker.models.base import Alias, Part, Record
from tracker.records.engine import places
from tracker.records.engine.row_cells import line_of, renamed, values_of
from tracker.records.engine.source_form import written
from tracker.records.engine.types import Document, Key, by_kind
from tracker.records.registry import KINDS

_LONGEST = Claim._meta.get_field("field").max_length or 0
MOST = 2_000
"""How many records can be edited on the way: each is published anew in the same change set."""


def repoint(*, record: Record, into: Record, change_set: ChangeSet, at: dt.datetime) -> list[Key]:
    """Make what refers to `record` refer to `into`, in `change_set`; returns the records that did.

    What is withdrawn, or is another record by now, stays as it is: an edit would publish it again.
    Raises HeldByAnother where somebody else holds one of them, and CurationError where one cannot refer to `into`,
    as it does so already, or where there are very many.
    """
    relations = list(_relations(type(record)))
    own = {(record.kind, record.public_id), (into.kind, into.public_id)}
    referring = {key for relation in relations for key in _owners(relation, record)} - own
    gone = _gone(referring)
    keys = sorted(referring - gone)
    if len(keys) > MOST:
        raise CurationError(
            _("%(count)s records refer to %(record)s, more than %(most)s: merge the other one into this.")
            % {"count": len(keys), "record": record.public_id, "most": MOST}
        )
    before = _documents(keys)
    for key in keys:
        stood = "" if _is_published(key) else canonical.dump(before[key])
        hold(kind=key[0], public_id=key[1], change_set=change_set, at=at, before=stood)
    with search_texts.kept(keys):
        for relation in relations:
            _move(relation, record, into, gone)
        _rename_places(before, _documents(keys))
    settling.settle(keys)
    keeping.settle(keys, at=at)
    return keys


def _relations(model: type[Record]) -> Iterator[Any]:
    """Yield the relations by which rows of others refer to records of `model`; not those of its own parts."""
    concrete = model._meta.concrete_model or model
    for relation in concrete._meta.related_objects:
        other: Any = relation.related_model
        if other._meta.proxy or not issubclass(other, (Record, Part)):
            continue
        through: Any = getattr(relation, "through", None)
        if through is not None and not through._meta.auto_created:
            continue
        if issubclass(other, Alias) or (issubclass(other, Part) and relation.field.name == other.owner()):
            continue
        yield relation


def _referring(relation: Any, record: Record) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = relation.related_model._base_manager.filter(**{relation.field.name: record})
    return rows.order_by("pk")


def _owners(relation: Any, record: Record) -> set[Key]:
    """Return the records whose rows refer to `record` by a relation."""
    model, rows = relation.related_model, _referring(relation, record)
    if model is Claim:
        return set(rows.values_list("record_kind", "record_id"))
    if issubclass(model, Record):
        return {(model.kind, public_id) for public_id in rows.values_list("public_id", flat=True)}
    owner = model._meta.get_field(model.owner()).related_model
    return {(owner.kind, public_id) for public_id in rows.values_list(f"{model.owner()}__public_id", flat=True)}


def _gone(keys: Iterable[Key]) -> set[Key]:
    """Return those of the records that are withdrawn or merged, and that nobody holds."""
    found: set[Key] = set()
    for kind, public_ids in by_kind(keys).items():
        stand = standings(kind=kind, public_ids=public_ids)
        found |= {(kind, each) for each, one in stand.items() if one.state is State.WITHDRAWN and one.edit is None}
    return found


def _owner(row: Any) -> Key:
    """Return the record whose row it is."""
    if isinstance(row, Claim):
        return (row.record_kind, row.record_id)
    owner = row if isinstance(row, Record) else getattr(row, row.owner())
    return (owner.kind, owner.public_id)


def _move(relation: Any, record: Record, into: Record, without: Collection[Key]) -> None:
    """Make the rows of one relation refer to `into`, but for those of the records `without`.

    Those of the two records themselves are taken care of already.
    """
    rows = _referring(relation, record)
    if issubclass(relation.related_model, Record):
        rows = rows.exclude(public_id__in=[record.public_id, into.public_id], pk__in=[record.pk, into.pk])
    elif relation.related_model is not Claim:
        owner = relation.related_model._meta.get_field(relation.related_model.owner())
        if owner.related_model is into._meta.concrete_model:
            rows = rows.exclude(**{f"{owner.name}__in": [record.pk, into.pk]})
    for row in rows:
        if without and _owner(row) in without:
            continue
        try:
            with transaction.atomic():
                if isinstance(relation, models.ManyToManyRel):
                    listed = getattr(row, relation.field.name)
                    listed.remove(record)
                    listed.add(into)
                else:
                    type(row)._base_manager.filter(pk=row.pk).update(**{relation.field.name: into})
        except IntegrityError as error:
            raise CurationError(
                _("%(row)s of %(owner)s cannot name %(into)s in place of %(record)s: %(reason)s")
                % {
                    "row": row, "owner": getattr(row, row.owner()) if isinstance(row, Part) else row,
                    "into": into, "record": record.public_id, "reason": in_words(error),
                }
            ) from error  # fmt: skip


def _documents(keys: Iterable[Key]) -> dict[Key, Document]:
    found: dict[Key, Document] = {}
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            found |= {(kind, document["id"]): document for document in KINDS[kind].documents(part)}
    return found


def _is_published(key: Key) -> bool:
    return Publication.objects.filter(kind=key[0], public_id=key[1]).exists()


def _rename_places(before: dict[Key, Document], after: dict[Key, Document]) -> None:
    """Let claims name their lines as these are called now: `shares[DEU]` may have become `shares[GER]`."""
    for (kind, public_id), document in after.items():
        if not document.get("claims"):
            continue
        serializer = KINDS[kind].published()
        names = (list(places.places(serializer, version)) for version in (before[kind, public_id], document))
        others = {was: now for was, now in zip(*names, strict=False) if was != now}
        for claim in Claim.objects.filter(record_kind=kind, record_id=public_id, field__in=list(others)):
            Claim.objects.filter(pk=claim.pk).update(field=others[claim.field][:_LONGEST])
        _rename_cells(kind, before[kind, public_id], document)


def _rename_cells(kind: str, before: Document, after: Document) -> None:
    """Let claims that an import made say of the record that is named now what they said of the one before."""
    was, now = (values_of(written(document)) for document in (before, after))
    lines = dict(zip(_shares(before), _shares(after), strict=False))
    for claim in Claim.objects.filter(record_kind=kind, record_id=after["id"]).exclude(cells=[]):
        held = [was.get(cell["field"]) == cell["value"] for cell in claim.cells]
        cells = [
            cell | {"value": now.get(cell["field"], cell["value"])} if is_held else cell
            for cell, is_held in zip(renamed(claim.cells, lines), held, strict=True)
        ]
        if cells != claim.cells:
            Claim.objects.filter(pk=claim.pk).update(cells=cells)


def _shares(document: Document) -> list[str]:
    return [line_of("shares", row) for row in document.get("shares", ())]
