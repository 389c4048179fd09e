"""What the desk has of the records that a plan would change: their documents, and what keeps the plan from them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.review.standing import Standing, State, held_in_words, standings
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, PledgeLink
from tracker.records.registry import KINDS


def documents(kind: str, public_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of those of the records that are on the desk, as publishing would write them now."""
    found: list[dict[str, Any]] = canonical.load(canonical.dump(KINDS[kind].documents(public_ids)))
    return {document["id"]: document for document in found}


def obstacles(kind: str, public_ids: Iterable[str]) -> dict[str, str]:
    """Return what keeps an import from writing records, in words, for those that are withdrawn or held by somebody."""
    found = standings(kind=kind, public_ids=public_ids)
    reasons = {public_id: _obstacle(public_id, standing) for public_id, standing in found.items()}
    return {public_id: reason for public_id, reason in reasons.items() if reason}


def _obstacle(public_id: str, standing: Standing) -> str:
    if standing.merge is not None:
        return str(standing.merge)
    if standing.state is State.WITHDRAWN:
        return _("%s is withdrawn.") % public_id
    if standing.edit is None:
        return ""
    return held_in_words(public_id, standing.edit.change_set)


def held_on_shelf(kind: str, public_ids: Iterable[str]) -> dict[str, str]:
    """Return who holds records that are published, in words: nobody else can withdraw these.

    One that was never published is not taken from the shelf; whether its holder may remove it is seen then.
    """
    found = standings(kind=kind, public_ids=public_ids)
    shelved = {public_id: standing for public_id, standing in found.items() if standing.publication and standing.edit}
    return {public_id: _obstacle(public_id, standing) for public_id, standing in shelved.items()}


def withdrawn(kind: str, public_ids: Iterable[str]) -> set[str]:
    """Return those of the records that are withdrawn, or about to be."""
    return {
        public_id
        for public_id, standing in standings(kind=kind, public_ids=public_ids).items()
        if standing.state is State.WITHDRAWN or (standing.edit and standing.edit.action in Edit.GOING)
    }


def taken_back_by_imports(kind: str, public_ids: Iterable[str]) -> set[str]:
    """Return the records that are withdrawn because a release no longer had them, and that nobody holds."""
    found = standings(kind=kind, public_ids=public_ids)
    free = {
        public_id: one.publication
        for public_id, one in found.items()
        if one.publication and not (one.edit or one.merge)
    }
    tombstones = {public_id: shelved for public_id, shelved in free.items() if shelved.is_tombstone}
    by_import: set[int] = set()
    for part in chunked({shelved.change_set_id for shelved in tombstones.values()}):
        sets = ChangeSet.objects.filter(pk__in=part, cause=ChangeSet.Cause.IMPORT)
        by_import.update(sets.values_list("pk", flat=True))
    return {public_id for public_id, shelved in tombstones.items() if shelved.change_set_id in by_import}


def umbrellas(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the umbrella of each of the pledges that is a tranche of one."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(public_ids))):
        links = PledgeLink.objects.filter(link=PledgeLink.Link.TRANCHE_OF, pledge__public_id__in=part)
        found |= dict(links.order_by("-id").values_list("pledge__public_id", "target__public_id"))
    return found
