"""What the rules know besides a document: what it refers to, read for many documents at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import CASCADE, ManyToManyRel

from tracker.lib.chunks import chunked
from tracker.lib.finding_quotes import SearchedText
from tracker.models import Claim, Entry, Forum, Initiative, Membership, Official, Party, PledgeLink, Text
from tracker.models import Document as Source
from tracker.models.key_lists import Listed
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS


@dataclass(frozen=True)
class Span:
    """From the first day that a beginning can mean to the last day that an end can mean; None is open or unknown."""

    first: dt.date | None
    last: dt.date | None

    def leaves_out(self, earliest: dt.date | None, latest: dt.date | None) -> bool:
        """Tell whether a date, from its first to its last possible day, certainly lies outside."""
        return bool(
            (self.first and latest and latest < self.first) or (self.last and earliest and earliest > self.last)
        )


class MoneyStep(NamedTuple):
    """A step in money of a pledge."""

    currency: str
    stage: str
    amount: Decimal


class Referred:
    """What documents of one kind refer to, and what refers to them. Each is read once, when a rule asks for it."""

    def __init__(self, kind: str, documents: Sequence[Document], today: dt.date) -> None:
        self.kind = kind
        self.documents = documents
        self.today = today

    def _ids(self, *names: str) -> set[str]:
        """Return the ids that the documents give in the fields `names`."""
        return {document[name]["id"] for document in self.documents for name in names if document.get(name)}

    @cached_property
    def initiatives(self) -> dict[str, Span]:
        """When each initiative ran, by its id."""
        found = Initiative.objects.filter(public_id__in=Listed(self._ids("initiative"))).order_by()
        return {
            public_id: Span(*days)
            for public_id, *days in found.values_list("public_id", "started_earliest", "ended_latest")
        }

    @cached_property
    def leads(self) -> dict[str, set[str]]:
        """Who leads each initiative and convenes each forum, by its id."""
        found: dict[str, set[str]] = defaultdict(set)
        led = Initiative.objects.filter(public_id__in=Listed(self._ids("initiative")), leads__isnull=False).order_by()
        convened = Forum.objects.filter(public_id__in=Listed(self._ids("forum")), convened_by__isnull=False).order_by()
        for public_id, party in (
            *led.values_list("public_id", "leads__public_id"),
            *convened.values_list("public_id", "convened_by__public_id"),
        ):
            found[public_id].add(party)
        return found

    @cached_property
    def members(self) -> dict[str, dict[str, list[Span]]]:
        """Who belonged when to the groups that have the id of a party that leads: by group, then by party."""
        found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        groups = set().union(*self.leads.values())
        rows = Membership.objects.filter(group__public_id__in=groups).order_by()
        for group, party, *days in rows.values_list("group__public_id", "party__public_id", "valid_from", "valid_to"):
            found[group][party].append(Span(*days))
        return found

    @cached_property
    def offices(self) -> dict[str, Span]:
        """How long each official held the office, by id of the official."""
        rows = Official.objects.order_by().values_list("public_id", "held_from_earliest", "held_to_latest")
        return {public_id: Span(*days) for public_id, *days in rows}

    @cached_property
    def tiers(self) -> dict[str, tuple[str, str]]:
        """Tier and kind of each document that claims cite, by its id."""
        cited = {claim["document"]["id"] for document in self.documents for claim in document.get("claims", ())}
        found: dict[str, tuple[str, str]] = {}
        for part in chunked(sorted(cited)):
            rows = (
                Source.objects.filter(public_id__in=Listed(part))
                .order_by()
                .values_list("public_id", "tier", "document_kind")
            )
            found |= {public_id: (tier, kind) for public_id, tier, kind in rows}
        return found

    @cached_property
    def newest_texts(self) -> dict[str, list[tuple[Text, SearchedText]]]:
        """The newest texts of each document that claims quote and that was read more than once, by its id.

        One in each language, the newest of all last: a translation says nothing in the words of the other.
        """
        cited = {
            claim["document"]["id"] for document in self.documents for claim in document.get("claims", ())
            if claim["quote"]
        }  # fmt: skip
        found: dict[str, dict[str, tuple[Text, SearchedText]]] = defaultdict(dict)
        for part in chunked(sorted(cited)):
            again = Text.objects.filter(document__public_id__in=Listed(part), version__gt=1).values("document")
            texts = Text.objects.filter(document__in=again).select_related("document").order_by("version")
            for text in texts:
                of_document = found[text.document.public_id]
                of_document.pop(text.language, None)
                of_document[text.language] = (text, SearchedText(text.content))
        return {public_id: list(of_document.values()) for public_id, of_document in found.items()}

    @cached_property
    def tranches(self) -> dict[str, list[MoneyStep]]:
        """The steps in money of the tranches of each pledge, by its id."""
        found: dict[str, list[MoneyStep]] = defaultdict(list)
        columns = ("pledge__links__target__public_id", "currency", "stage", "amount")
        for part in chunked(document["id"] for document in self.documents):
            links = {
                "pledge__links__link": PledgeLink.Link.TRANCHE_OF,
                "pledge__links__target__public_id__in": Listed(part),
            }
            rows = Entry.objects.filter(**links, amount__isnull=False).order_by("pk")
            for umbrella, *step in rows.values_list(*columns):
                found[umbrella].append(MoneyStep(*step))
        return found

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """Which pledges each pledge is linked to, for all to which the links of the documents lead."""
        found: dict[str, list[str]] = {}
        ahead = {link["target"]["id"] for document in self.documents for link in document.get("links", ())}
        while ahead:
            found |= {public_id: [] for public_id in ahead}
            for part in chunked(sorted(ahead)):
                rows = PledgeLink.objects.filter(pledge__public_id__in=Listed(part)).order_by("pk")
                for public_id, target in rows.values_list("pledge__public_id", "target__public_id"):
                    found[public_id].append(target)
            ahead = {target for targets in found.values() for target in targets} - found.keys()
        return found

    @cached_property
    def countries(self) -> dict[str, str]:
        """The ISO 3166 code of each party that is a country, by its id."""
        return dict(Party.objects.exclude(iso_alpha2="").order_by().values_list("public_id", "iso_alpha2"))

    @cached_property
    def referred_to(self) -> set[str]:
        """The ids of those of the documents that any other record, or any claim as its source, refers to."""
        found: set[str] = set()
        for part in chunked(document["id"] for document in self.documents):
            for model, name in _referring(self.kind):
                rows = model._default_manager.filter(**{f"{name}__in": Listed(part)}).order_by()
                found.update(rows.values_list(name, flat=True))
        return found


def _referring(kind: str) -> list[tuple[Any, str]]:
    """Return the models that refer to records of `kind`, each with the look-up from it to their public ids.

    The record's own parts are left out, and for a document the claims are what counts.
    """
    if kind == Source.kind:
        return [(Claim, "document__public_id")]
    return [
        (relation.related_model, f"{relation.field.name}__public_id")
        for relation in KINDS[kind].model._meta.related_objects
        if isinstance(relation, ManyToManyRel) or relation.on_delete is not CASCADE
    ]
