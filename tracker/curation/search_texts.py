"""Keeping the texts by which pledges are found (`SearchText`) right, wherever what stands in them changes.

A text has the words of the pledge, its parts and its claims, the ids that datasets know it by, and names, aliases and
public ids of all that it refers to. So a search is one look at one table, and a rename is written into the texts of all
pledges that refer to the record. Amounts do not stand in them: part of an amount is not what anybody looks for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tracker.lib.chunks import chunked
from tracker.lib.text import fold
from tracker.models import Category, Claim, Document, ExternalId, Item, Platform, Pledge, PledgeLink, SearchText, Share
from tracker.models.base import Record
from tracker.models.key_lists import Listed
from tracker.records.engine.types import Key, by_kind
from tracker.records.registry import KINDS

_OWN: dict[type[Any], tuple[str, tuple[str, ...]]] = {
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
    for model, (owner, _texts) in _OWN.items()
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
    words, changed = _Words(), 0
    for part in chunked(pledges):
        stood = dict(SearchText.objects.filter(pk__in=Listed(part)).values_list("pk", "text"))
        texts = {pledge: "\n".join(dict.fromkeys(filter(None, lines))) for pledge, lines in words.of_pledges(part)}
        others = [SearchText(pk=pledge, text=text) for pledge, text in texts.items() if stood.get(pledge) != text]
        SearchText.objects.bulk_create(
            others, update_conflicts=True, unique_fields=["pledge"], update_fields=["text"]
        )  # fmt: skip
        changed += len(others)
    return changed


class _Words:
    """The words of records; those that pledges refer to are read once."""

    def __init__(self) -> None:
        self._known: dict[type[Record], Lines] = defaultdict(dict)

    def of_pledges(self, pledges: list[int]) -> Iterator[tuple[int, list[str]]]:
        """Yield the lines of each pledge."""
        named = list(
            Pledge.objects.filter(pk__in=Listed(pledges)).order_by("pk").values_list("pk", "public_id", "found_by")
        )
        found: Lines = {pledge: [name] for pledge, _public_id, name in named}
        for model, (owner, texts) in _OWN.items():
            references = _REFERENCES[model]
            rows = list(
                model._default_manager.filter(**{f"{owner}__in": Listed(pledges)}).order_by("pk")
                .values_list(owner, *texts, *references)
            )  # fmt: skip
            for pledge, *values in rows:
                found[pledge] += map(fold, values[: len(texts)])
            for at, target in enumerate(references.values(), start=1 + len(texts)):
                known = self.of(target, {row[at] for row in rows} - {None})
                for row in rows:
                    found[row[0]] += known.get(row[at], ())
        self._add_sources(found, {public_id: pledge for pledge, public_id, _name in named})
        yield from found.items()

    def _add_sources(self, found: Lines, names: dict[str, int]) -> None:
        """Add the words of claims and their documents, and the ids that datasets know the pledges by."""
        claims = list(
            Claim.objects.filter(record_kind=Pledge.kind, record_id__in=Listed(names)).order_by("pk")
            .values_list("record_id", "quote", "document_id")
        )  # fmt: skip
        documents = self.of(Document, {document for _id, _quote, document in claims})
        for public_id, quote, document in claims:
            found[names[public_id]] += (fold(quote), *documents[document])
        ids = ExternalId.objects.filter(record_kind=Pledge.kind, public_id__in=Listed(names)).order_by("pk")
        for public_id, source_id in ids.values_list("public_id", "source_id"):
            found[names[public_id]].append(fold(source_id))

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
    words = _Words()
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
        for model, (owner, _texts) in _OWN.items():
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
