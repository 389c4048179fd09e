"""The rows of many new records, worked out before anybody has the right to write; the database checks them then."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.curation.desk import public_ids
from tracker.curation.importing import new_texts
from tracker.curation.importing.plans import Document, Draft, Outcome, Plan, Step
from tracker.curation.importing.row_file import RowFile
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import (
    Category,
    ChangeSet,
    Claim,
    Entry,
    ExternalId,
    Initiative,
    Item,
    Party,
    Platform,
    Pledge,
    PledgeLink,
    PublicId,
    SearchText,
    Share,
    Valuation,
)
from tracker.models import Document as SourceDocument
from tracker.models.desk.pledges import id_stem
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

_TOGETHER = 1_000
"""How many pledges are worked out at a time: the more, the fuller the statements that write them."""

Columns = dict[str, Any]
"""A row, by column."""


class NewRecords:
    """The new records of a plan, as rows that wait to be written. What they refer to is read once.

    Raises KeyError where that is not on the desk.
    """

    def __init__(self, plan: Plan) -> None:
        self.held: list[Key] = []
        """Their kinds and public ids."""
        self.ids: dict[str, str] = {}
        """The public id of each pledge, by its id in the dataset."""
        self._plan = plan
        self._rows = RowFile()
        self._change_set = self._rows.stand_in(ChangeSet)
        self._known: dict[type[Any], dict[str, int]] = {}
        self._supporting(plan.supporting)
        new = plan.with_outcome(Outcome.NEW)
        self._pledges(new)
        called = [(self.ids[step.draft.source_id], step.draft.source_id) for step in new if not step.is_noted]
        found = new_texts.texts(self._rows, called)
        self._rows.add(SearchText, ({"pledge_id": pledge, "text": text} for pledge, text in found))
        self.held += [(Pledge.kind, public_id) for public_id in self.ids.values()]

    def write(self, change_set: ChangeSet) -> None:
        """Write the rows; `change_set` is where they come from. Raises IntegrityError."""
        self._rows.insert({ChangeSet: [change_set.pk]})

    def _key(self, model: type[Any], public_id: str | None) -> Any:
        """Return the primary key of a record, or what stands for that of a new one; None of none. Raises KeyError."""
        return self._keys(model)[public_id] if public_id else None

    def _keys(self, model: type[Any]) -> dict[str, int]:
        if model not in self._known:
            self._known[model] = dict(model.objects.values_list("public_id", "pk"))
        return self._known[model]

    def _new(self, model: type[Any], public_id: str) -> Columns:
        """Return the columns by which a new record is known."""
        self._keys(model)[public_id] = key = self._rows.stand_in(model)
        return {"id": key, "public_id": public_id}

    def _supporting(self, drafts: list[Draft]) -> None:
        """Take documents, initiatives and platforms under the ids that they bring."""
        for kind, (model, renamed) in _SUPPORTING.items():
            own = (draft for draft in drafts if draft.kind == kind)
            self._rows.add(
                model,
                (
                    self._new(model, draft.public_id)
                    | {
                        renamed.get(name, name): self._key(Category, value) if name == "category" else value
                        for name, value in draft.document.items()
                    }
                    for draft in own
                ),
            )
        self.held += [(draft.kind, draft.public_id) for draft in drafts]
        self._note_given(self.held)

    def _pledges(self, steps: list[Step]) -> None:
        """Take pledges with their parts, their claims, and what the dataset calls and says of each."""
        given, numbers, ids = _PledgeIds(), _claim_numbers(), known_ids(self._plan)
        for part in chunked(steps, _TOGETHER):
            documents: dict[str, Document] = {}
            for step in part:
                document = step.draft.document
                public_id = given.next(step.draft.lead, document.get("announced", ""))
                ids[step.draft.source_id] = self.ids[step.draft.source_id] = public_id
                documents[public_id] = document
            self._note_given((Pledge.kind, public_id) for public_id in documents)
            self._rows.add(Pledge, (self._pledge(*pair) for pair in documents.items()))
            self._parts({self._keys(Pledge)[public_id]: document for public_id, document in documents.items()})
            # An umbrella comes before its tranches, and so has its id.
            called = (
                (step, document) for step, document in zip(part, documents.values(), strict=True) if not step.is_noted
            )
            self._rows.add(ExternalId, (external_id(self._plan, *pair, ids, self._change_set) for pair in called))
            # At once: each has the cells that it was read in, and those of a long file take more room than the plan.
            self._claims(
                [(public_id, claim) for public_id, each in documents.items() for claim in each.get("claims", ())],
                numbers,
            )
        self._links([step.draft for step in steps], ids)

    def _pledge(self, public_id: str, document: Document) -> Columns:
        return {
            "beneficiary_id": self._key(Party, document.get("beneficiary")),
            "initiative_id": self._key(Initiative, document.get("initiative")),
        } | self._new(Pledge, public_id) | {name: document[name] for name in _COLUMNS if name in document}  # fmt: skip

    def _parts(self, owned: dict[int, Document]) -> None:
        """Take shares and items, then the entries that name items, then valuations, which name both."""
        numbered: dict[tuple[type[Any], int, int], int] = {}

        def rows(name: str) -> Iterator[tuple[int, Document]]:
            return ((pledge, row) for pledge, document in owned.items() for row in document.get(name, ()))

        def numbering(model: type[Any], pledge: int, row: Document) -> Columns:
            numbered[model, pledge, row["number"]] = key = self._rows.stand_in(model)
            return {"id": key}

        def naming(pledge: int, row: Document, **parts: type[Any]) -> Columns:
            columns = row | {"pledge_id": pledge}
            for name, model in parts.items():
                if number := columns.pop(name, None):
                    columns[f"{name}_id"] = numbered[model, pledge, number]
            return columns

        add = self._rows.add
        add(Share, (self._referring(*pair) for pair in rows("shares")))
        add(Item, (self._referring(*pair) | numbering(Item, *pair) for pair in rows("items")))
        add(Entry, (naming(*pair, item=Item) | numbering(Entry, *pair) for pair in rows("entries")))
        add(Valuation, (naming(*pair, entry=Entry, item=Item) for pair in rows("valuations")))

    def _referring(self, pledge: int, row: Document) -> Columns:
        """Return the columns of a share or an item, which refer to other records by their ids."""
        columns = row | {"pledge_id": pledge}
        for name, model in _REFERENCES.items():
            if name in columns:
                columns[f"{name}_id"] = self._key(model, columns.pop(name))
        return columns

    def _links(self, drafts: list[Draft], ids: dict[str, str]) -> None:
        """Take the links of tranches to their umbrellas, of which some are there already."""
        self._rows.add(
            PledgeLink,
            (
                {
                    "pledge_id": self._key(Pledge, ids[draft.source_id]), "link": PledgeLink.Link.TRANCHE_OF.value,
                    "target_id": self._key(Pledge, ids[draft.umbrella]), "note": "",
                }
                for draft in drafts if draft.umbrella
            ),
        )  # fmt: skip

    def _claims(self, named: list[tuple[str, Document]], numbers: dict[str, int]) -> None:
        """Take claims, each given with the public id of its pledge, and numbered on from `numbers`."""
        given: list[str] = []
        for _pledge, claim in named:
            prefix = claim["document"][:90]
            numbers[prefix] += 1
            given.append(f"{prefix}-{numbers[prefix]:04d}")
        self._rows.add(
            Claim,
            (
                {
                    "public_id": public_id, "record_kind": Pledge.kind, "record_id": pledge,
                    "document_id": self._key(SourceDocument, claim["document"]), "locator": claim.get("locator", ""),
                    "cells": claim.get("cells", []),
                    "support": Claim.Support.ROW.value if claim.get("cells") else Claim.Support.REFERENCE.value,
                    "text_sha256": self._plan.sha256 if claim.get("cells") else "",
                }
                for public_id, (pledge, claim) in zip(given, named, strict=True)
            ),
        )  # fmt: skip
        self._note_given((Claim.kind, public_id) for public_id in given)

    def _note_given(self, keys: Iterable[Key]) -> None:
        """Note public ids as given. One that its record derives may have been given to it before."""
        rows = ({"kind": kind, "public_id": public_id} for kind, public_id in keys)
        self._rows.add(PublicId, rows, or_ignore=True)


def known_ids(plan: Plan) -> dict[str, str]:
    """Return the public ids of the records of a plan that are there already, by their ids in the dataset."""
    return {step.draft.source_id: step.public_id for step in plan.steps if step.public_id}


def external_id(
    plan: Plan, step: Step, document: Document, ids: dict[str, str], change_set: int | None
) -> Columns:  # fmt: skip
    """Return the row of what the dataset calls a record, and of what it says of it.

    `document` is that of the draft; `ids` are by id in the dataset.
    """
    return {
        "dataset": plan.dataset, "release": plan.release, "source_id": step.draft.source_id,
        "record_kind": step.draft.kind, "public_id": ids[step.draft.source_id], "merged_from": step.merged_from,
        "fingerprint": step.draft.fingerprint, "is_gone": False, "change_set_id": change_set,
        "content": canonical.dump(step.content_of(document) | {"umbrella": ids.get(step.draft.umbrella, "")}),
    }  # fmt: skip


class _PledgeIds:
    """Gives new pledges their public ids: contributor, year and a running number, as for any other."""

    def __init__(self) -> None:
        self._given = set(PublicId.objects.filter(kind=Pledge.kind).values_list("public_id", flat=True))
        self._given |= set(Pledge.objects.values_list("public_id", flat=True))
        self._numbers: dict[str, int] = defaultdict(int)

    def next(self, lead: str, announced: str) -> str:
        """Return the id of a pledge of the party `lead`, announced on a date of EDTF."""
        stem = id_stem(lead, announced)[: public_ids.MAX_LENGTH]
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
