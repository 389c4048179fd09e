"""Writing many new records at once: in few queries, with the checks of the database."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tracker.curation import public_ids
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import (
    Category,
    Claim,
    Document,
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
from tracker.models.inserting import insert_plain
from tracker.records.plans import Draft
from tracker.records.shelved import Key

_COLUMNS = ("name", "nature", "aid_type", "aid_kind", "announced", "description")
_SUPPORTING: dict[str, tuple[type[Any], dict[str, str]]] = {
    "document": (Document, {"kind": "document_kind"}),
    "initiative": (Initiative, {"kind": "initiative_kind"}),
}
"""Kinds of records that pledges bring along, and the columns whose key in documents is another."""


class BulkWriter:
    """Writes drafts of new records. References are read once."""

    def __init__(self) -> None:
        self._references: dict[type[Any], dict[str, int]] = {}

    def _key(self, model: type[Any], public_id: str | None) -> Any:
        """Return the primary key of a record, or None of none; raises KeyError where it is not on the desk."""
        if not public_id:
            return None
        if model not in self._references:
            self._references[model] = dict(model.objects.values_list("public_id", "pk"))
        return self._references[model][public_id]

    def supporting(self, drafts: list[Draft]) -> list[Key]:
        """Write documents and initiatives under the ids that they bring; returns their kinds and ids."""
        for kind, (model, renamed) in _SUPPORTING.items():
            own = [draft for draft in drafts if draft.kind == kind]
            rows = [
                model(
                    public_id=draft.public_id,
                    **{renamed.get(name, name): draft.document[name] for name in draft.document},
                )
                for draft in own
            ]
            model.objects.bulk_create(rows, batch_size=CHUNK)
        held = [(draft.kind, draft.public_id) for draft in drafts]
        _note_given(held)
        return held

    def pledges(self, drafts: list[Draft], standing: dict[str, str]) -> dict[str, str]:
        """Write pledges with their parts and claims; returns the public id of each by its id in the dataset.

        `standing` are the public ids of those that are there already, for tranches of them.
        """
        ids = _pledge_ids(drafts)
        _note_given((Pledge.kind, public_id) for public_id in ids.values())
        rows = [self._pledge(draft, ids[draft.source_id]) for draft in drafts]
        Pledge.objects.bulk_create(rows, batch_size=CHUNK)
        owned = list(zip(rows, drafts, strict=True))
        self._shares_and_items(owned)
        self._links(owned, standing | ids)
        self._claims(owned)
        return ids

    def _pledge(self, draft: Draft, public_id: str) -> Pledge:
        document = draft.document
        return Pledge(
            public_id=public_id,
            beneficiary_id=self._key(Party, document.get("beneficiary")),
            initiative_id=self._key(Initiative, document.get("initiative")),
            **{name: document[name] for name in _COLUMNS if name in document},
        )

    def _shares_and_items(self, owned: list[tuple[Pledge, Draft]]) -> None:
        """Write shares and items, then the entries that name items, then valuations, which name both."""
        shares: list[Share] = []
        items: list[Item] = []
        entries: list[Entry] = []
        valuations: list[Valuation] = []
        for pledge, draft in owned:
            for share in draft.document["shares"]:
                contributor = self._key(Party, share["contributor"])
                columns = {name: value for name, value in share.items() if name != "contributor"}
                shares.append(Share(pledge=pledge, contributor_id=contributor, **columns))
            own_items = {item["number"]: self._item(pledge, item) for item in draft.document.get("items", ())}
            own_entries = {
                entry["number"]: Entry(pledge=pledge, **(entry | {"item": own_items.get(entry.get("item"))}))
                for entry in draft.document["entries"]
            }
            for row in draft.document.get("valuations", ()):
                of = {"entry": own_entries.get(row.get("entry")), "item": own_items.get(row.get("item"))}
                valuations.append(Valuation(pledge=pledge, **(row | of)))
            items += own_items.values()
            entries += own_entries.values()
        insert_plain(shares)
        Item.objects.bulk_create(items, batch_size=CHUNK)
        _point_again(entries, "item")
        Entry.objects.bulk_create(entries, batch_size=CHUNK)
        _point_again(valuations, "entry", "item")
        Valuation.objects.bulk_create(valuations, batch_size=CHUNK)

    def _item(self, pledge: Pledge, item: dict[str, Any]) -> Item:
        columns = {name: value for name, value in item.items() if name not in ("platform", "category")}
        return Item(
            pledge=pledge, platform_id=self._key(Platform, item.get("platform")),
            category_id=self._key(Category, item.get("category")), **columns,
        )  # fmt: skip

    def _links(self, owned: list[tuple[Pledge, Draft]], ids: dict[str, str]) -> None:
        keys = {pledge.public_id: pledge.pk for pledge, _draft in owned}
        wanted = sorted({ids[draft.umbrella] for _pledge, draft in owned if draft.umbrella} - set(keys))
        for part in chunked(wanted):
            keys.update(Pledge.objects.filter(public_id__in=part).values_list("public_id", "pk"))
        insert_plain(
            [
                PledgeLink(pledge=pledge, link=PledgeLink.Link.TRANCHE_OF.value, target_id=keys[ids[draft.umbrella]])
                for pledge, draft in owned
                if draft.umbrella
            ]
        )

    def _claims(self, owned: list[tuple[Pledge, Draft]]) -> None:
        numbers = _claim_numbers(
            {claim["document"] for _p, draft in owned for claim in draft.document.get("claims", ())}
        )
        claims = []
        for pledge, draft in owned:
            for claim in draft.document.get("claims", ()):
                prefix = claim["document"][:90]
                numbers[prefix] += 1
                claims.append(
                    Claim(
                        public_id=f"{prefix}-{numbers[prefix]:04d}", record_kind=Pledge.kind,
                        record_id=pledge.public_id, document_id=self._key(Document, claim["document"]),
                        locator=claim.get("locator", ""),
                    )
                )  # fmt: skip
        insert_plain(claims)
        _note_given((Claim.kind, claim.public_id) for claim in claims)


def _point_again(parts: Iterable[Any], *names: str) -> None:
    """Take over the primary keys of the parts that `parts` name, which have them only now."""
    for part in parts:
        for name in names:
            setattr(part, name, getattr(part, name))


def _note_given(keys: Iterable[Key]) -> None:
    """Note public ids as given. One that its record derives may have been given to it before."""
    PublicId.objects.bulk_create(
        [PublicId(kind=kind, public_id=public_id) for kind, public_id in keys], ignore_conflicts=True,
        batch_size=CHUNK,
    )  # fmt: skip


def _pledge_ids(drafts: list[Draft]) -> dict[str, str]:
    """Return a public id for each new pledge: contributor, year and a running number, as for any other."""
    given = set(PublicId.objects.filter(kind=Pledge.kind).values_list("public_id", flat=True))
    given |= set(Pledge.objects.values_list("public_id", flat=True))
    numbers: dict[str, int] = defaultdict(int)
    ids: dict[str, str] = {}
    for draft in drafts:
        lead = Party(public_id=draft.lead)
        stem = public_ids.suggest(Pledge(announced=draft.document.get("announced", "")), lead)[: public_ids.MAX_LENGTH]
        while True:
            numbers[stem] += 1
            public_id = f"{stem.strip('-')}-{numbers[stem]:04d}"
            if public_id not in given:
                break
        ids[draft.source_id] = public_id
    return ids


def _claim_numbers(documents: Iterable[str]) -> dict[str, int]:
    """Return the highest running number that a claim from each of the documents was ever given."""
    numbers: dict[str, int] = defaultdict(int)
    prefixes = {document[:90] for document in documents}
    given = PublicId.objects.filter(kind=Claim.kind).values_list("public_id", flat=True)
    for ids in (given, Claim.objects.values_list("public_id", flat=True)):
        for public_id in ids.iterator():
            prefix, _dash, number = public_id.rpartition("-")
            if prefix in prefixes and re.fullmatch(r"\d{4,9}", number):
                numbers[prefix] = max(numbers[prefix], int(number))
    return numbers
