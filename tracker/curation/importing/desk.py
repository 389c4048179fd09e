"""What the desk has of the records that a plan would change: their documents, and what keeps the plan from them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.review.standing import Standing, State, standings
from tracker.lib import canonical
from tracker.models import Edit
from tracker.records.registry import KINDS


def documents(kind: str, public_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of those of the records that are on the desk, as publishing would write them now."""
    found: list[dict[str, Any]] = canonical.load(canonical.dump(KINDS[kind].documents(public_ids)))
    return {document["id"]: document for document in found}


def held_and_withdrawn(kind: str, public_ids: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """Return who holds which of the records, in words, and those that are withdrawn."""
    found = standings(kind=kind, public_ids=public_ids)
    held = {public_id: _held(standing.edit) for public_id, standing in found.items() if standing.edit}
    return held, {public_id for public_id, standing in found.items() if _is_withdrawn(standing)}


def _held(edit: Edit) -> str:
    return _("%(author)s holds %(record)s in change set #%(id)s.") % {
        "author": edit.change_set.author, "record": edit.public_id, "id": edit.change_set_id,
    }  # fmt: skip


def _is_withdrawn(standing: Standing) -> bool:
    return standing.state is State.WITHDRAWN
