"""Keeping the texts by which pledges are found (`SearchText`) right, wherever what stands in them changes.

A text has the words of the pledge, its parts and its claims, the ids that datasets know it by, and names, aliases and
public ids of all that it refers to. So a search is one look at one table, and a rename is written into the texts of all
pledges that refer to the record. Amounts do not stand in them: part of an amount is not what anybody looks for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tracker.lib.chunks import chunked
from tracker.lib.text import fold
from tracker.models import Category, Claim, Document, ExternalId, Item, Platform, Pledge, PledgeLink, SearchText, Share
from tracker.models.base import Record
from tracker.models.key_lists import Listed
from tracker.records.engine.types import Key, by_kind
from tracker.records.registry import KINDS

OWN: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    Pledge: ("pk", ("description", "note")),
    Share: ("pledge_id", ("note",)),
    Item: ("pledge_id", ("description", "quantity_words")),
    PledgeLink: ("pledge_id", ("note",)),
}
"""The tables of a pledge: the column with its key, and those whose words it is found by."""
_REFERENCES: dict[type[Any], dict[str, type[Record]]] = {
    model: {
        field.attname: field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Record) and field.attname != owner
    }
    for model, (owner, _texts) in OWN.items()
}
"""The columns by which their rows refer to other records, and what these are."""

Lines = dict[int, list[str]]
"""Folded texts, by the key of a record."""


@contextmanager
def kept(keys: Iterable[Key]) -> Iterator[None]:
    """Renew the texts that change as the records `keys` are written within the block."""
    written = sorted(set(keys))
    stood = _named(written)
    yield
    renew(public_id for kind, public_id in written if kind == Pledge.kind)
    now = _named(key for key in written if key in stood)
    _renew(_referring([key for key in now if now[key] != stood[key]]))


def renew(public_ids: Iterable[str] | None = None) -> int:
    """Work out the texts of pledges, of all where none are named, and write those that are others; returns how many."""
    if public_ids is None:
        return _renew(Pledge.objects.order_by("pk").values_list("pk", flat=True).iterator())
    changed = 0
    for part in chunked(sorted(set(public_ids))):
        changed += _renew(Pledge.objects.filter(public_id__in=Listed(part)).order_by("pk").values_list("pk", flat=True))
    return changed


def _renew(pledges: Iterable[int]) -> int:
    words, changed = Words(), 0
    for part in chunked(pledges):
        stood = dict(SearchText.objects.filter(pk__in=Listed(part)).order_by().values_list("pk", "text"))
        texts = words.texts(_read(part))
        others = [SearchText(pk=pledge, text=text) for pledge, text in texts.items() if stood.get(pledge) != text]
        SearchText.objects.bulk_create(
            others, update_conflicts=True, unique_fields=["pledge"], update_fields=["text"]
        )  # fmt: skip
        changed += len(others)
    return changed


@dataclass
class Rows:
    """What tables have of some pledges, each in the order of its keys."""

    pledges: list[tuple[int, str, str]]
    """Key, public id and `found_by`."""
    own: dict[type[Any], list[tuple[Any, ...]]]
    """By table, the values of `columns_of`."""
    claims: list[tuple[str, str, int]]
    """Public id of the pledge, quote, and key of the document."""
    ids: list[tuple[str, str]]
    """Public id of the pledge, and what a dataset calls it."""


def columns_of(model: type[Any]) -> list[str]:
    """Return the columns of a table in OWN that `Rows` has of it."""
    owner, texts = OWN[model]
    return [owner, *texts, *_REFERENCES[model]]


def _read(pledges: list[int]) -> Rows:
    """Return what the desk has of pledges."""
    found = Pledge.objects.filter(pk__in=Listed(pledges)).order_by("pk").values_list("pk", "public_id", "found_by")
    named = list(found)
    public_ids = Listed(public_id for _key, public_id, _found_by in named)
    own = {
        model: list(
            model._default_manager.filter(**{f"{owner}__in": Listed(pledges)}).order_by("pk")
            .values_list(*columns_of(model))
        )
        for model, (owner, _texts) in OWN.items()
    }  # fmt: skip
    claims = Claim.objects.filter(record_kind=Pledge.kind, record_id__in=public_ids).order_by("pk")
    ids = ExternalId.objects.filter(record_kind=Pledge.kind, public_id__in=public_ids).order_by("pk")
    return Rows(
        named, own, list(claims.values_list("record_id", "quote", "document_id")),
        list(ids.values_list("public_id", "source_id")),
    )  # fmt: skip


class Words:
    """The words of records; those that pledges refer to are read once."""

    def __init__(self) -> None:
        self._known: dict[type[Record], Lines] = defaultdict(dict)

    def put(self, model: type[Any], key: int, found_by: str, category: int | None = None) -> None:
        """Take the words of a new record, which has no other names yet; `category` is that of a platform."""
        within = self.of(Category, {category}).get(category, ()) if category else ()
        self._known[model][key] = [found_by, *within]

    def texts(self, rows: Rows) -> dict[int, str]:
        """Return the text of each pledge by its key."""
        found: Lines = {key: [found_by] for key, _public_id, found_by in rows.pledges}
        for model, own in rows.own.items():
            count = len(OWN[model][1])
            for pledge, *values in own:
                found[pledge] += map(fold, values[:count])
            for at, target in enumerate(_REFERENCES[model].values(), start=1 + count):
                known = self.of(target, {row[at] for row in own} - {None})
                for row in own:
                    found[row[0]] += known.get(row[at], ())
        names = {public_id: key for key, public_id, _found_by in rows.pledges}
        documents = self.of(Document, {document for _id, _quote, document in rows.claims})
        for public_id, quote, document in rows.claims:
            found[names[public_id]] += (fold(quote), *documents[document])
        for public_id, source_id in rows.ids:
            found[names[public_id]].append(fold(source_id))
        return {pledge: "\n".join(dict.fromkeys(filter(None, lines))) for pledge, lines in found.items()}

    def of(self, model: type[Any], keys: set[int]) -> Lines:
        """Return the lines of records by key: name and public id, aliases, and what every reference to them says."""
        known = self._known[model]
        for part in chunked(sorted(keys - known.keys())):
            rows = model._default_manager.filter(pk__in=Listed(part)).order_by()
            known.update((key, [name]) for key, name in rows.values_list("pk", "found_by"))
            if hasattr(model, "aliases"):
                aliases = rows.filter(aliases__isnull=False).order_by("aliases__folded")
                for key, alias in aliases.values_list("pk", "aliases__folded"):
                    known[key].append(alias)
            if model is Platform:
                within = dict(rows.values_list("pk", "category_id"))
                categories = self.of(Category, set(within.values()) - {None})
                for key, category in within.items():
                    known[key] += categories.get(category, ())
        return known


def _named(keys: Iterable[Key]) -> dict[Key, list[str]]:
    """Return the lines that stand in the texts of others, for those of the records that are there."""
    words = Words()
    found: dict[Key, list[str]] = {}
    for kind, public_ids in by_kind(keys).items():
        model = KINDS[kind].model
        for part in chunked(public_ids):
            named = dict(model._default_manager.filter(public_id__in=Listed(part)).values_list("pk", "public_id"))
            lines = words.of(model, set(named))
            found |= {(kind, public_id): sorted(lines[key]) for key, public_id in named.items()}
    return found


def _referring(keys: list[Key]) -> list[int]:
    """Return the keys of the pledges that refer to one of the records, or to a platform in one of the categories."""
    found: set[int] = set()
    for kind, public_id in keys:
        target = KINDS[kind].model
        record = {"public_id": public_id}
        for model, (owner, _texts) in OWN.items():
            for column, referred in _REFERENCES[model].items():
                if referred is target:
                    rows = model._default_manager.filter(**{column: target._default_manager.get(**record).pk})
                    found.update(rows.values_list(owner, flat=True))
        if target is Category:
            found.update(
                Item.objects.filter(platform__category__public_id=public_id).values_list("pledge_id", flat=True)
            )
        if target is Document:
            claims = Claim.objects.filter(record_kind=Pledge.kind, document__public_id=public_id).order_by()
            found.update(Pledge.objects.filter(public_id__in=claims.values("record_id")).values_list("pk", flat=True))
    return sorted(found)
