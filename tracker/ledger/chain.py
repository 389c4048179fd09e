"""The chain of publishings: what a link covers, read from the tables as they stand, and its hash.

A link is a JSON text of the change set (number, moment, author and reviewer as numbers of their accounts, cause,
message), of the hash of the link before, and of four digests: of the versions that it put on the shelf, of the rates
by which its rows were valued, and of the exchange rates and indicators that came into force with it. The rows
themselves follow from these, and `verify_shelf` works them out again.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from tracker.lib import canonical
from tracker.models import ChainLink, ChangeSet, Contribution, ExchangeRate, Indicator
from tracker.models.figures import Figure

FIGURES: tuple[type[Figure], ...] = (ExchangeRate, Indicator)
"""The tables of figures of other sources."""

_VERSION = ("kind", "public_id", "version", "is_tombstone", "sha256")
_RATE = ("currency", "rate_currency", "rate_usd", "rate_policy", "rate_from", "rate_to", "rate_source")
_ROWS = 5_000


def newest_link() -> ChainLink | None:
    """Return the head of the chain: the link of the newest publishing, or None before the first."""
    return ChainLink.objects.order_by("-number").first()


def next_link(change_set: ChangeSet, before: ChainLink | None) -> ChainLink:
    """Return the link, not yet saved, of a change set that is being published: after the head, with its hash."""
    number, previous = (before.number + 1, before.sha256) if before else (1, "")
    text = canonical.dump(document_of(change_set, number=number, previous=previous))
    return ChainLink(change_set=change_set, number=number, document=text, sha256=canonical.digest(text))


def document_of(change_set: ChangeSet, *, number: int, previous: str) -> dict[str, Any]:
    """Return what the link of a published change set covers; `previous` is the hash of the one before, or nothing."""
    assert change_set.published_at is not None
    moment = change_set.published_at.astimezone(dt.UTC)
    versions = change_set.publications.order_by("kind", "public_id", "version").values_list(*_VERSION)
    rows = Contribution.objects.filter(publication__change_set=change_set, rate_usd__isnull=False)
    rates = rows.order_by(*_RATE).values_list(*_RATE).distinct()
    return {
        "number": number, "previous": previous,
        "change_set": change_set.pk, "published_at": moment.isoformat(timespec="microseconds"),
        "author": change_set.author_id, "reviewer": change_set.reviewer_id,
        "cause": change_set.cause, "message": change_set.message, "alone_reason": change_set.alone_reason,
        "reverts": change_set.reverts_id,
        "versions": canonical.digest_of_lists(_read(versions)),
        "rates": canonical.digest_of_lists(_read(rates)),
        "figures": canonical.digest_of_lists(*(_read(_figures(model, change_set, number)) for model in FIGURES)),
    }  # fmt: skip


def _figures(model: type[Figure], change_set: ChangeSet, number: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the figures that came into force with a publishing; with the first, those that were loaded before it."""
    columns = (*model.columns(), model.VALUE)
    came = model.objects.filter(change_set=change_set, recorded_from__isnull=False)
    if number == 1:
        came |= model.objects.filter(change_set__isnull=True)
    return came.order_by(*columns).values_list(*columns)


def _read(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return rows.iterator(chunk_size=_ROWS)
