"""Deployments on a day: who has what where, under which mission."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical, partial_dates
from tracker.lib.column_types import Column, Value
from tracker.models import Pledge, Stage
from tracker.reporting.named.base import NamedTableOptions, number
from tracker.reporting.named.meetings import edtf
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import moments, published

_ENDS = (Stage.LAPSE, Stage.CANCELLATION)


def deployments(reading: NamedTableOptions) -> Made:
    """Return the items of the deployments that stand on `reading.day`, of the contributors that filters keep."""
    columns = [
        Column("contributor_id", _("contributor, id")), Column("contributor", _("contributor")),
        Column("host_id", _("host, id")), Column("host", _("host")),
        Column("base", _("base")), Column("base_state_id", _("state of the base, id")),
        Column("area", _("area of operation")), Column("mission_id", _("mission, id")),
        Column("mission", _("mission")), Column("pledge_id", _("pledge, id")), Column("since", _("since")),
        Column("item", _("what")), Column("quantity_text", _("how many, as written")),
        number(
            "quantity", _("how many"), "units",
            _("The number as written, where it is exact and that of one contributor; else empty."), ["quantity_text"],
        ),
    ]  # fmt: skip
    kept = reading.filters.qs.filter(nature=Pledge.Nature.DEPLOYMENT).values("pledge")
    missions = _missions(reading.moment)
    rows: list[list[Value]] = []
    found = published.records("pledge", reading.moment).filter(public_id__in=kept)
    for text in found.order_by("public_id").values_list("document", flat=True):
        pledge = canonical.load(text)
        if _stands(pledge, missions, reading.day):
            rows += _rows(pledge)
    rows.sort(key=lambda row: [str(row[place] or "~") for place in (1, 3, 9, 11)])
    # Before anything was published there is no day to speak of.
    return columns, rows, [_("On %s.") % reading.day.isoformat()] if reading.moment > moments.NEVER else []


def _missions(moment: dt.datetime) -> dict[str, dict[str, Any]]:
    found = published.records("initiative", moment).values_list("public_id", "document")
    return {public_id: canonical.load(text) for public_id, text in found}


def _first(date: dict[str, Any] | None) -> dt.date | None:
    return partial_dates.stored(date["edtf"]).earliest if date else None


def _last(date: dict[str, Any] | None) -> dt.date | None:
    return partial_dates.stored(date["edtf"]).latest if date else None


def _stands(pledge: dict[str, Any], missions: dict[str, dict[str, Any]], day: dt.date) -> bool:
    """Tell whether a deployment has begun by `day`, as far as is known, and not ended by then."""
    mission = missions.get(pledge["initiative"]["id"]) if pledge["initiative"] else None
    begun = _first(_since(pledge))
    ends = [_last(entry["date"] or pledge["announced"]) for entry in pledge["entries"] if entry["stage"] in _ENDS]
    ends += [_last(mission["ended"])] if mission and mission["ended"] else []
    return (begun is None or begun <= day) and not any(end is not None and end < day for end in ends)


def _since(pledge: dict[str, Any]) -> dict[str, Any] | None:
    """Return when a deployment began: the date of its first entry that has one, else its announcement."""
    dated = [entry["date"] for entry in pledge["entries"] if entry["date"] and entry["stage"] not in _ENDS]
    found: dict[str, Any] | None = dated[0] if dated else pledge["announced"]
    return found


def _rows(pledge: dict[str, Any]) -> list[list[Value]]:
    nothing = {"id": None, "name": None}
    host, mission = pledge["host"] or nothing, pledge["initiative"] or nothing
    rows: list[list[Value]] = []
    for share in pledge["shares"]:
        for item in pledge["items"] or [None]:
            what = (item["platform"] or item["category"] or {}).get("name") or item["description"] if item else None
            quantity = item["quantity"] if item else {"text": "", "low": None, "high": None}
            exact = quantity["low"] if quantity["low"] == quantity["high"] and len(pledge["shares"]) == 1 else None
            rows.append([
                share["contributor"]["id"], share["contributor"]["name"], host["id"], host["name"],
                pledge.get("base"), (pledge.get("base_state") or nothing)["id"], pledge.get("area"), mission["id"],
                mission["name"], pledge["id"], edtf(_since(pledge)), what, quantity["text"],
                None if exact is None else Decimal(str(exact)),
            ])  # fmt: skip
    return rows
