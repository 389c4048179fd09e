"""Taking a proposal into the register, as an edit of who accepts it, and taking that back."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.proposing.comparing import Comparison
from tracker.curation.proposing.drafts import Draft
from tracker.curation.review.restoring import as_now
from tracker.lib import canonical
from tracker.models import ChangeSet, Claim
from tracker.records.engine import places
from tracker.records.engine.source_form import written
from tracker.records.registry import KINDS, document_of


class Way(StrEnum):
    """What becomes of a proposal."""

    NEW = "new"
    """It is a record of its own."""
    CLAIMS = "claims"
    """The record stays as it is, and gets the passages; what contradicts it stands as an open claim."""
    CHANGE = "change"
    """The record becomes what the text says, with the passages."""


@dataclass(frozen=True)
class Accepted:
    """What was written: which record, and its document as it stood before, empty for a new one."""

    kind: str
    public_id: str
    before: str = ""


@transaction.atomic
def accept(
    *,
    draft: Draft,
    comparison: Comparison,
    way: Way,
    by: User,
    at: dt.datetime,
    change_set: ChangeSet | None = None,
    corrections: dict[str, Any] | None = None,
) -> Accepted:
    """Write what a proposal says: a new record, or claims and changes of the one that is known.

    `corrections` are fields of the draft's document that a person set right. Raises CurationError where the
    proposal is no record yet or there is none to change, and what `records.write` raises.
    """
    if draft.problem:
        raise CurationError(draft.problem)
    kind = KINDS[draft.kind]
    if way == Way.NEW:
        data = draft.document | (corrections or {}) | {"claims": [claim for claim in draft.claims if claim["quote"]]}
        record = _write(kind, None, data, by, at, change_set)
        return Accepted(draft.kind, record.public_id)
    if comparison.record is None:
        raise CurationError(_("The register has no such record yet: take it as a new one."))
    before = document_of(comparison.record)
    document = written(before)
    if way == Way.CHANGE:
        document = _changed(document, draft, comparison) | (corrections or {})
        # The claims are of the record as it becomes.
        _write(kind, comparison.record, {**document, "claims": _adjusted(document, comparison)}, by, at, change_set)
        comparison.record.refresh_from_db()
    _add_claims(kind, comparison, draft, way, by, at, change_set)
    return Accepted(draft.kind, comparison.record.public_id, canonical.dump(before))


@transaction.atomic
def undo(*, accepted: Accepted, by: User, at: dt.datetime) -> None:
    """Make the register what it was before a proposal was accepted. Raises CurationError."""
    record = KINDS[accepted.kind].model.named(accepted.public_id)
    if record is None:
        raise CurationError(_("%s is not there any more.") % accepted.public_id)
    if not accepted.before:
        records.withdraw(record=record, by=by, at=at, reason=_("Accepted from a text by mistake."))
        return
    kind = KINDS[accepted.kind]
    serializer = kind.published(record, data=as_now(kind, canonical.load(accepted.before)))
    serializer.is_valid(raise_exception=True)
    records.write(serializer=serializer, by=by, at=at)


def _write(
    kind: Any, record: Any, data: dict[str, Any], by: User, at: dt.datetime, change_set: ChangeSet | None
) -> Any:
    serializer = kind.serializer(record, data=data)
    serializer.is_valid(raise_exception=True)
    return records.write(serializer=serializer, by=by, at=at, change_set=change_set)


def _changed(document: dict[str, Any], draft: Draft, comparison: Comparison) -> dict[str, Any]:
    """Return a record's document with what the draft says otherwise, or more."""
    changed = dict(document)
    for difference in comparison.differences:
        name, _bracket, rest = difference.path.partition("[")
        if name == "items":
            changed["items"] = _changed_items(changed.get("items", []), draft.document["items"], rest.partition("]")[0])
        elif name == "entries":
            changed["entries"] = _changed_entries(changed.get("entries", []), draft.document["entries"])
        elif name in ("conditions", "targets"):
            changed[name] = draft.document[name]
        elif name == "agenda":
            changed[name] = _with_points(changed.get(name, []), draft.document[name], difference.says)
        elif name == "participations":
            known = {row["party"] for row in changed.get(name, [])}
            changed[name] = [
                *changed.get(name, []),
                *(row for row in draft.document[name] if row["party"] not in known),
            ]
        else:
            changed[name] = draft.document[name]
    return changed


def _with_points(rows: list[dict[str, Any]], said: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return the points of an agenda with the one of that name behind them."""
    own = next(row for row in said if row["name"] == name)
    return [*rows, own | {"number": max((row["number"] for row in rows), default=0) + 1}]


def _changed_items(rows: list[dict[str, Any]], said: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    own = next(row for row in said if _key(row) == key)
    for row in rows:
        if _key(row) == key:
            told = {name: own[name] for name in ("quantity", "quantity_words")}
            return [each | told if each is row else each for each in rows]
    # A line that only says that nothing is known gives way to what is.
    unsaid = next((row for row in rows if row.get("quantity") == "unknown" and not row.get("platform")), None)
    if unsaid is not None:
        return [own | {"number": row["number"]} if row is unsaid else row for row in rows]
    return [*rows, own | {"number": max((row["number"] for row in rows), default=0) + 1}]


def _changed_entries(rows: list[dict[str, Any]], said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    money = {name: said[0][name] for name in ("amount", "currency")}
    at = next((row for row in rows if row.get("amount")), rows[0] if rows else None)
    return [row | money if row is at else row for row in rows] if rows else [said[0]]


def _key(row: dict[str, Any]) -> str:
    return str(row.get("platform") or row.get("description") or "").rstrip("s")


def _adjusted(document: dict[str, Any], comparison: Comparison) -> list[dict[str, Any]]:
    """Return the claims of a record that changes: those of what it no longer says stay, rejected with the reason."""
    gone = {difference.path for difference in comparison.differences if difference.has}
    return [
        claim
        | {"verdict": Claim.Verdict.REJECTED, "reason": claim.get("reason") or _("A later source says otherwise.")}
        if claim.get("field") in gone
        else claim
        for claim in document.get("claims", [])
    ]


def _add_claims(
    kind: Any, comparison: Comparison, draft: Draft, way: Way, by: User, at: dt.datetime, change_set: ChangeSet | None
) -> None:
    """Add the passages of a draft to a record: open where they contradict it, adopted where they hold."""
    document = document_of(comparison.record)
    against = (
        {difference.path.partition("]")[0] for difference in comparison.differences if difference.has}
        if way == Way.CLAIMS
        else set()
    )
    data = written(document)
    serializer = kind.published()
    known = {(claim.get("field"), claim.get("quote")) for claim in data.get("claims", [])}
    more = []
    for claim in draft.claims:
        path = _path_in(claim["field"], draft, document)
        place = places.find(serializer, document, path) if path else None
        if place is None or (place.path, claim["quote"]) in known:
            continue
        more.append(claim | {"field": place.path} | _verdict(place.path, against, comparison))
    if more:
        _write(kind, comparison.record, data | {"claims": [*data.get("claims", []), *more]}, by, at, change_set)


def _verdict(path: str, against: set[str], comparison: Comparison) -> dict[str, Any]:
    """Return what becomes of a claim: open where the record says otherwise, rejected where it knows better."""
    left = next((each.has for each in comparison.differences if each.path == "held_to"), "")
    if left and "held_to" in against and path == "office":
        reason = _("%(name)s left this office: %(left)s.") % {"name": comparison.record.name, "left": left}
        return {"verdict": Claim.Verdict.REJECTED, "reason": reason}
    is_rival = any(path.startswith(each) for each in against)
    return {"verdict": Claim.Verdict.OPEN if is_rival else Claim.Verdict.ADOPTED}


def _path_in(path: str, draft: Draft, document: dict[str, Any]) -> str:
    """Return where a claim of a draft stands in the record: of an item by what it is, of an entry by its amount."""
    name, _bracket, rest = path.partition("[")
    number, _closing, field = rest.partition("]")
    if name == "items" and number.isdigit():
        row = draft.document["items"][int(number) - 1]
        return f"items[{row['platform'] or row['description']}]{field}"
    if name == "entries":
        found = next((row["number"] for row in document.get("entries", []) if row["amount"] is not None), 1)
        return f"entries[#{found}]{field}"
    return path
