"""Writing many new records at once: in few queries, with the checks of the database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.curation.desk import public_ids
from tracker.curation.importing.plans import Document, Draft
from tracker.lib.chunks import chunked
from tracker.models import (
    Category,
    Claim,
    Entry,
    Initiative,
    Item,
    Party,
    Platform,
    Pledge,
    PledgeLink,
    PublicId,
    Share,
    Valuation,
)
from tracker.models import Document as SourceDocument
from tracker.models.inserting import insert_columns, insert_rows
from tracker.models.listed import Listed
from tracker.records.engine.types import Key

_COLUMNS = ("name", "nature", "aid_type", "aid_kind", "announced", "rate_policy", "description")
_SUPPORTING: dict[str, tuple[type[Any], dict[str, str]]] = {
    "document": (SourceDocument, {"kind": "document_kind"}),
    "initiative": (Initiative, {"kind": "initiative_kind"}),
    "platform": (Platform, {"category": "category_id"}),
}
"""Kinds of records that pledges bring along, and the columns whose key in documents is another."""
_REFERENCES: dict[str, type[Any]] = {
    "contributor": Party, "platform": Platform, "category": Category, "supplier": Party,
}  # fmt: skip
"""What shares and items refer to by its id."""

Columns = dict[str, Any]
"""A row, by column."""


class BulkWriter:
    """Writes drafts of new records. References are read once. `sha256` is that of the file that they come from."""

    def __init__(self, sha256: str = "") -> None:
        self._sha256 = sha256
        self._references: dict[type[Any], dict[str, int]] = {}

    def _key(self, model: type[Any], public_id: str | None) -> Any:
        """Return the primary key of a record, or None of none; raises KeyError where it is not on the desk."""
        if not public_id:
            return None
        if model not in self._references:
            self._references[model] = dict(model.objects.values_list("public_id", "pk"))
        return self._references[model][public_id]

    def supporting(self, drafts: list[Draft]) -> list[Key]:
        """Write documents, initiatives and platforms under the ids that they bring; returns their kinds and ids."""
        for kind, (model, renamed) in _SUPPORTING.items():
            own = (draft for draft in drafts if draft.kind == kind)
            insert_columns(
                model,
                (
                    {"public_id": draft.public_id}
                    | {
                        renamed.get(name, name): self._key(Category, value) if name == "category" else value
                        for name, value in draft.document.items()
                    }
                    for draft in own
                ),
            )
        held = [(draft.kind, draft.public_id) for draft in drafts]
        _note_given(held)
        return held

    def pledges(self, drafts: list[Draft], standing: dict[str, str]) -> dict[str, str]:
        """Write pledges with their parts and claims; returns the public id of each by its id in the dataset.

        `standing` are the public ids of those that are there already, for tranches of them.
        """
        ids: dict[str, str] = {}
        keys: dict[str, int] = {}
        given, numbers = _PledgeIds(), _claim_numbers()
        for part in chunked(drafts):
            documents: dict[str, Document] = {}
            for draft in part:
                document = draft.document
                ids[draft.source_id] = public_id = given.next(draft.lead, document.get("announced", ""))
                documents[public_id] = document
            _note_given((Pledge.kind, public_id) for public_id in documents)
            insert_columns(Pledge, (self._pledge(*pair) for pair in documents.items()))
            written = Pledge.objects.filter(public_id__in=Listed(documents))
            keys.update(written.values_list("public_id", "pk"))
            self._parts({keys[public_id]: document for public_id, document in documents.items()})
            # At once: each has the cells that it was read in, and those of a long file take more room than the plan.
            self._claims(
                [(public_id, claim) for public_id, each in documents.items() for claim in each.get("claims", ())],
                numbers,
            )
        self._links(drafts, standing | ids, keys)
        return ids

    def _pledge(self, public_id: str, document: Document) -> Columns:
        return {
            "public_id": public_id,
            "beneficiary_id": self._key(Party, document.get("beneficiary")),
            "initiative_id": self._key(Initiative, document.get("initiative")),
        } | {name: document[name] for name in _COLUMNS if name in document}

    def _parts(self, owned: dict[int, Document]) -> None:
        """Write shares and items, then the entries that name items, then valuations, which name both."""

        def rows(name: str) -> Iterator[tuple[int, Document]]:
            return ((pledge, row) for pledge, document in owned.items() for row in document.get(name, ()))

        insert_columns(Share, (self._referring(pledge, row) for pledge, row in rows("shares")))
        insert_columns(Item, (self._referring(pledge, row) for pledge, row in rows("items")))
        items = _numbered(Item, owned)
        insert_columns(Entry, (_naming(pledge, row, item=items) for pledge, row in rows("entries")))
        entries = _numbered(Entry, owned)
        insert_columns(
            Valuation, (_naming(pledge, row, entry=entries, item=items) for pledge, row in rows("valuations"))
        )

    def _referring(self, pledge: int, row: Document) -> Columns:
        """Return the columns of a share or an item, which refer to other records by their ids."""
        columns = {name: value for name, value in row.items() if name not in _REFERENCES}
        keys = {f"{name}_id": self._key(model, row.get(name)) for name, model in _REFERENCES.items() if name in row}
        return columns | keys | {"pledge_id": pledge}

    def _links(self, drafts: list[Draft], ids: dict[str, str], keys: dict[str, int]) -> None:
        tranches = [draft for draft in drafts if draft.umbrella]
        for part in chunked(sorted({ids[draft.umbrella] for draft in tranches} - set(keys))):
            keys.update(Pledge.objects.filter(public_id__in=part).values_list("public_id", "pk"))
        insert_rows(
            PledgeLink,
            ("pledge", "link", "target", "note"),
            (
                (keys[ids[draft.source_id]], PledgeLink.Link.TRANCHE_OF.value, keys[ids[draft.umbrella]], "")
                for draft in tranches
            ),
        )

    def _claims(self, named: list[tuple[str, Document]], numbers: dict[str, int]) -> None:
        """Write claims, each given with the public id of its pledge, and numbered on from `numbers`."""
        given: list[str] = []
        for _pledge, claim in named:
            prefix = claim["document"][:90]
            numbers[prefix] += 1
            given.append(f"{prefix}-{numbers[prefix]:04d}")
        insert_columns(
            Claim,
            (
                {
                    "public_id": public_id, "record_kind": Pledge.kind, "record_id": pledge,
                    "document_id": self._key(SourceDocument, claim["document"]), "locator": claim.get("locator", ""),
                    "cells": claim.get("cells", []),
                    "support": Claim.Support.ROW.value if claim.get("cells") else Claim.Support.REFERENCE.value,
                    "text_sha256": self._sha256 if claim.get("cells") else "",
                }
                for public_id, (pledge, claim) in zip(given, named, strict=True)
            ),
        )  # fmt: skip
        _note_given((Claim.kind, public_id) for public_id in given)


def _numbered(model: type[Any], pledges: Iterable[int]) -> dict[tuple[int, int], int]:
    """Return the primary keys of the parts of pledges, by key of the pledge and number."""
    rows = model.objects.filter(pledge__in=Listed(pledges)).order_by().values_list("pledge_id", "number", "pk")
    return {(pledge, number): key for pledge, number, key in rows}


def _naming(pledge: int, row: Document, **parts: dict[tuple[int, int], int]) -> Columns:
    """Return the columns of an entry or a valuation, which name other parts of their pledge by number."""
    columns = {name: value for name, value in row.items() if name not in parts}
    keys = {f"{name}_id": known[pledge, row[name]] for name, known in parts.items() if row.get(name)}
    return columns | keys | {"pledge_id": pledge}


def _note_given(keys: Iterable[Key]) -> None:
    """Note public ids as given. One that its record derives may have been given to it before."""
    insert_rows(PublicId, ("kind", "public_id"), keys, or_ignore=True)


class _PledgeIds:
    """Gives new pledges their public ids: contributor, year and a running number, as for any other."""

    def __init__(self) -> None:
        self._given = set(PublicId.objects.filter(kind=Pledge.kind).values_list("public_id", flat=True))
        self._given |= set(Pledge.objects.values_list("public_id", flat=True))
        self._numbers: dict[str, int] = defaultdict(int)
        self._stems: dict[tuple[str, str], str] = {}

    def next(self, lead: str, announced: str) -> str:
        """Return the id of a pledge of the party `lead`, announced on a date of EDTF."""
        told = (lead, announced)
        if told not in self._stems:
            self._stems[told] = Pledge(announced=announced).id_stem(Party(public_id=lead))
        stem = self._stems[told][: public_ids.MAX_LENGTH]
        while True:
            self._numbers[stem] += 1
            public_id = f"{stem.strip('-')}-{self._numbers[stem]:04d}"
            if public_id not in self._given:
                return public_id


def _claim_numbers() -> dict[str, int]:
    """Return the highest number that a claim was ever given, by what the ids of a document's claims begin with."""
    numbers: dict[str, int] = defaultdict(int)
    given = PublicId.objects.filter(kind=Claim.kind).values_list("public_id", flat=True)
    for ids in (given, Claim.objects.values_list("public_id", flat=True)):
        for public_id in ids.iterator():
            prefix, _dash, number = public_id.rpartition("-")
            if re.fullmatch(r"\d{4,9}", number):
                numbers[prefix] = max(numbers[prefix], int(number))
    return numbers
