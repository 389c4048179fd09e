"""What the register has already of a fact: the same, something that contradicts it, or less than it says."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from tracker.curation.proposing.drafts import Draft
from tracker.lib import partial_dates, quantities
from tracker.lib.text import fold
from tracker.models import Forum, Incident, Initiative, Meeting, Official, Pledge, Requirement
from tracker.records.engine.types import Document
from tracker.records.registry import document_of

_NEAR = dt.timedelta(days=45)
"""How far apart two reports of one promise may be dated."""


class Status(StrEnum):
    """How a fact stands to the register."""

    NEW = "new"
    SAME = "same"
    CONTRADICTS = "contradicts"
    ADDS = "adds"


@dataclass(frozen=True)
class Difference:
    """A field in which a record and a text differ: what the record has, nothing where it has none; and what is said."""

    path: str
    has: str
    says: str


@dataclass
class Comparison:
    """What the register has of a draft."""

    status: Status
    record: Any = None
    differences: list[Difference] = field(default_factory=list)


def compare(draft: Draft) -> Comparison:
    """Return what the register has of a draft: a record of the desk that tells of the same, and how they differ."""
    record = _FINDERS[draft.kind](draft.document) if draft.document and not draft.problem else None
    if record is None:
        return Comparison(Status.NEW)
    differences = _differences(draft, document_of(record))
    if any(each.has for each in differences):
        return Comparison(Status.CONTRADICTS, record, differences)
    return Comparison(Status.ADDS if differences else Status.SAME, record, differences)


def _pledge(document: dict[str, Any]) -> Pledge | None:
    contributors = [share["contributor"] for share in document["shares"]]
    candidates = (
        Pledge.objects.filter(nature=document["nature"])
        if document["nature"] == "deployment"
        else Pledge.objects.exclude(nature="deployment")
    )
    for contributor in contributors:
        candidates = candidates.filter(shares__contributor__public_id=contributor)
    candidates = candidates.annotate(borne_by=Count("shares", distinct=True)).filter(borne_by=len(contributors))
    scored = [
        (score, pledge.public_id, pledge)
        for pledge in candidates.order_by("public_id")[:500]
        if (score := _likeness(document, pledge))
    ]
    return max(scored, key=lambda each: (each[0], each[1]))[2] if scored else None


def _likeness(document: dict[str, Any], pledge: Pledge) -> int:
    """Return how much a pledge is like a draft; nothing where they tell of two things."""
    is_own = document["nature"] == "deployment"
    scheme = pledge.initiative.public_id if pledge.initiative else None
    if scheme != document["initiative"] and not (is_own and None in (scheme, document["initiative"])):
        return 0
    if not is_own and not _are_near(document["announced"], pledge.announced):
        return 0
    own = {item["platform"] or item["description"] for item in document["items"]}
    theirs = {
        item.platform.public_id if item.platform else item.description
        for item in pledge.items.select_related("platform")
    }
    amounts = {(entry.amount, entry.currency) for entry in pledge.entries.all() if entry.amount is not None}
    said = {(Decimal(row["amount"]), row["currency"]) for row in document["entries"] if row.get("amount")}
    same_money, same_things = bool(amounts & said), bool(own & theirs)
    if is_own:
        return 1 + 2 * same_things if scheme or same_things else 0
    return 4 * same_money + 2 * same_things + (1 if scheme and said and amounts else 0)


def _are_near(one: str, other: str) -> bool:
    first, second = (partial_dates.kept(date) if date else partial_dates.UNKNOWN for date in (one, other))
    if first.earliest is None or first.latest is None or second.earliest is None or second.latest is None:
        return True
    return first.earliest - _NEAR <= second.latest and second.earliest - _NEAR <= first.latest


def _meeting(document: dict[str, Any]) -> Meeting | None:
    same = Meeting.objects.filter(forum__public_id=document["forum"])
    return same.filter(date=document["date"]).order_by("public_id").first() if document["date"] else None


def _incident(document: dict[str, Any]) -> Incident | None:
    what = {item["platform"] or item["description"] for item in document["items"]}
    for incident in Incident.objects.filter(place__public_id=document["place"] or "").order_by("public_id"):
        theirs = {
            item.platform.public_id if item.platform else item.description.rstrip("s") for item in incident.items.all()
        }
        told = {each.rstrip("s") for each in what}
        # A drone may be told as a kamikaze drone elsewhere.
        is_alike = any(one in other or other in one for one in told for other in theirs)
        if is_alike and _are_near(document["date"], incident.date):
            return incident
    return None


def _initiative(document: dict[str, Any]) -> Initiative | None:
    return Initiative.objects.filter(name=document["name"]).order_by("public_id").first()


def _requirement(document: dict[str, Any]) -> Requirement | None:
    same = Requirement.objects.filter(
        beneficiary__public_id=document["beneficiary"], platform__public_id=document["platform"] or ""
    )
    return next((each for each in same.order_by("public_id") if _are_near(document["stated"], each.stated)), None)


def _forum(document: dict[str, Any]) -> Forum | None:
    return Forum.objects.filter(name=document["name"]).order_by("public_id").first()


def _official(document: dict[str, Any]) -> Official | None:
    same = Official.objects.filter(party__public_id=document["party"]).order_by("-held_from_earliest", "public_id")
    return next((each for each in same if fold(each.name) == fold(document["name"])), None)


def _of_office(draft: Draft, document: Document) -> list[Difference]:
    """Return that a text calls somebody the holder of an office that they had left by then."""
    left = (document.get("held_to") or {}).get("edtf", "")
    if not left or not draft.day:
        return []
    end, day = partial_dates.kept(left).latest, partial_dates.kept(draft.day).earliest
    if end is None or day is None or day <= end:
        return []
    return [Difference("held_to", left, _("in office on %s") % draft.day)]


_FINDERS: dict[str, Any] = {
    "pledge": _pledge,
    "meeting": _meeting,
    "incident": _incident,
    "initiative": _initiative,
    "requirement": _requirement,
    "forum": _forum,
    "official": _official,
}


def _differences(draft: Draft, document: Document) -> list[Difference]:
    """Return where a draft says other than a record, or more."""
    said = draft.document
    if draft.kind == "official":
        return _of_office(draft, document)
    if draft.kind == "forum":
        return []
    found = [
        each
        for name in (
            "initiative",
            "host",
            "base_state",
            "base",
            "forum",
            "place",
            "actor",
            "location",
            "supplier",
            "beneficiary",
        )
        if (each := _of_field(name, said.get(name), document.get(name)))
    ]
    found += _of_items(said.get("items", []), document.get("items", []))
    found += _of_amounts(said.get("entries", []), document.get("entries", []))
    if draft.kind == "requirement":
        found += _of_quantity("quantity", str(said["quantity"]), document["quantity"]["text"])
    if draft.kind in ("incident", "initiative"):
        found += _of_date("date" if draft.kind == "incident" else "started", said, document)
    if said.get("conditions") and not document.get("conditions"):
        found.append(Difference("conditions", "", said["conditions"][0]["words"]))
    if said.get("participations"):
        known = {row["party"]["id"] for row in document["participations"]}
        found += [
            Difference("participations", "", row["party"])
            for row in said["participations"]
            if row["party"] not in known
        ]
    known_points = {fold(row["name"]) for row in document.get("agenda", [])}
    found += [
        Difference("agenda", "", row["name"]) for row in said.get("agenda", []) if fold(row["name"]) not in known_points
    ]
    if said.get("targets") and not document.get("targets"):
        found.append(Difference("targets", "", f"{said['targets'][0]['currency']} {said['targets'][0]['amount']}"))
    return found


def _of_field(name: str, says: Any, has: Any) -> Difference | None:
    own = has["id"] if isinstance(has, dict) else has
    if not says or own == says:
        return None
    if name in ("base", "location") and own and (str(says) in str(own) or str(own) in str(says)):
        return None
    return Difference(name, str(has["name"] if isinstance(has, dict) else has or ""), str(says))


def _of_date(name: str, said: dict[str, Any], document: Document) -> list[Difference]:
    says, has = said.get(name) or "", (document.get(name) or {}).get("edtf", "")
    if not says or says == has or (has and _are_within(says, has)):
        return []
    return [Difference(name, has, says)]


def _are_within(one: str, other: str) -> bool:
    first, second = partial_dates.kept(one), partial_dates.kept(other)
    return bool(
        (first.earliest is None or second.latest is None or first.earliest <= second.latest)
        and (second.earliest is None or first.latest is None or second.earliest <= first.latest)
    )


def _key(row: dict[str, Any]) -> str:
    platform = row.get("platform")
    return str((platform["id"] if isinstance(platform, dict) else platform) or row.get("description") or "").rstrip("s")


def _of_items(said: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[Difference]:
    theirs = {_key(row): row for row in rows}
    found = []
    for row in said:
        if row.get("part_of"):
            continue
        key = _key(row)
        alike = (theirs[each] for each in theirs if key and (key in each or each in key))
        known = theirs.get(key) or next(alike, None)
        if known is None:
            found.append(Difference(f"items[{_key(row)}]", "", f"{row['quantity']} × {_key(row)}"))
        else:
            found += _of_quantity(f"items[{_key(row)}].quantity", str(row["quantity"]), known["quantity"]["text"])
    return found


def _of_quantity(path: str, says: str, has: str) -> list[Difference]:
    unsaid = (quantities.UNKNOWN, quantities.WITHHELD)
    if says in unsaid or says == has:
        return []
    return [Difference(path, "" if has in unsaid else has, says)]


def _of_amounts(said: list[dict[str, Any]], entries: list[dict[str, Any]]) -> list[Difference]:
    wanted = next(((Decimal(row["amount"]), row["currency"]) for row in said if row.get("amount")), None)
    if wanted is None:
        return []
    theirs = [(Decimal(row["amount"]), row["currency"]) for row in entries if row["amount"] is not None]
    if wanted in theirs:
        return []
    number = next((row["number"] for row in entries if row["amount"] is not None), 1)
    has = ", ".join(f"{currency} {amount:,.0f}" for amount, currency in theirs)
    return [Difference(f"entries[{number}].amount", has, f"{wanted[1]} {wanted[0]:,.0f}")]
