"""What the desk has of the records that a plan would change: their documents, and what keeps the plan from them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.review.standing import Standing, State, standings
from tracker.lib import canonical
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
    if standing.state is State.WITHDRAWN:
        return _("%s is withdrawn.") % public_id
    if standing.edit is None:
        return ""
    change_set = standing.edit.change_set
    return _("%(author)s holds %(record)s in change set #%(id)s.") % {
        "author": change_set.author, "record": public_id, "id": change_set.pk,
    }  # fmt: skip
