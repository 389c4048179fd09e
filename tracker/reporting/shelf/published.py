"""Reading the shelf: what the world sees, as of a moment."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChainLink, ChangeSet, Contribution, Listing, Publication


def records(kind: str, moment: dt.datetime) -> "QuerySet[Publication]":
    """Return what stands on the shelf of one kind at `moment`."""
    queryset: QuerySet[Publication] = Publication.objects.published(moment).filter(kind=kind)
    return queryset


def publications_of(listings: "list[Listing]") -> "list[Publication]":
    """Return the publications of some listings, in their order, with what a page shows of them."""
    found = Publication.objects.only("public_id", "document").in_bulk([listing.publication_id for listing in listings])
    return [found[listing.publication_id] for listing in listings]


def tombstones(kind: str, public_ids: list[str], moment: dt.datetime) -> dict[str, str]:
    """Return the tombstones, by public id, of those records that are withdrawn at `moment`."""
    gone = Publication.objects.as_of(moment).filter(kind=kind, public_id__in=public_ids, is_tombstone=True)
    return dict(gone.values_list("public_id", "document"))


def merged_into(kind: str, public_id: str, moment: dt.datetime) -> str:
    """Return the public id of the record that this one is at `moment`, as it was merged into it; else nothing."""
    document = tombstones(kind, [public_id], moment).get(public_id)
    return str(canonical.load(document).get("merged_into", "")) if document else ""


def parties_as(role: str, moment: dt.datetime) -> "QuerySet[Publication]":
    """Return the parties that published records name as `role`: contributor or beneficiary."""
    # Looked up for each of the few parties: of all that name one, most name one that another named before.
    naming = Publication.objects.published(moment).exclude(kind="claim")
    named = naming.filter(facets__name=role, facets__value=OuterRef("public_id")).order_by()
    return records("party", moment).filter(Exists(named))


def contributions(moment: dt.datetime) -> "QuerySet[Contribution]":
    """Return the rows of the ledger that stand at `moment`."""
    queryset: QuerySet[Contribution] = Contribution.objects.as_of(moment)
    return queryset


def change_sets(moment: dt.datetime) -> "QuerySet[ChangeSet]":
    """Return the change sets published by `moment`."""
    return ChangeSet.objects.filter(published_at__lte=moment)


def head(moment: dt.datetime) -> str:
    """Return the head of the chain at `moment`: the hash of its newest link, or nothing before the first."""
    links = ChainLink.objects.filter(change_set__published_at__lte=moment).order_by("-number")
    return links.values_list("sha256", flat=True).first() or ""


def recorded_count(kind: str, moment: dt.datetime) -> int | None:
    """Return how many records of a kind stand at the moment of a publishing, as it noted; None where it did not.

    Of the ledger, kind `contribution`, how many rows its list has where nobody asks for others.
    """
    counts = ChainLink.objects.filter(change_set__published_at=moment).values_list("counts", flat=True).first()
    return counts.get(kind, 0) if counts else None


def languages(document_ids: Iterable[str], moment: dt.datetime) -> dict[str, str]:
    """Return in which languages sources are written, by public id, such as `de`; empty where nobody said."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(document_ids))):
        rows = records("document", moment).filter(public_id__in=part).values_list("public_id", "document")
        found |= {public_id: canonical.load(text).get("language", "") for public_id, text in rows}
    return found


def reverting(change_sets: Iterable[ChangeSet], moment: dt.datetime) -> dict[int | None, list[int]]:
    """Return the numbers of the change sets, published by `moment`, that take back each of these."""
    found: dict[int | None, list[int]] = {}
    rows = ChangeSet.objects.filter(published_at__lte=moment, reverts__in=change_sets).order_by("pk")
    for reverted, number in rows.values_list("reverts", "pk"):
        found.setdefault(reverted, []).append(number)
    return found


def names(kind: str, public_ids: Iterable[str], moment: dt.datetime) -> dict[str, str]:
    """Return the published names of records by public id."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(public_ids))):
        found |= dict(records(kind, moment).filter(public_id__in=part).values_list("public_id", "name"))
    return found
