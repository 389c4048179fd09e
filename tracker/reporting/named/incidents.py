"""Incidents: what happened when, by whom and where, with what, and what it prompted."""

from collections import defaultdict

from django.utils.translation import gettext as _

from tracker.filters.fields import ShelfFilterSet
from tracker.lib import canonical
from tracker.lib.column_types import Column, Value
from tracker.reporting.named.meetings import BY_DATE, edtf
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import published


def incidents(filters: ShelfFilterSet) -> Made:
    """Return the incidents that filters keep, by date, one line for each thing that took part."""
    columns = [
        Column("incident_id", _("incident, id")), Column("incident", _("incident")), Column("kind", _("kind")),
        Column("intent", _("intent")), Column("date", _("date")), Column("actor_id", _("by, id")),
        Column("actor", _("by")), Column("place_id", _("in, id")), Column("place", _("in")),
        Column("follows_id", _("after, id")), Column("platform", _("what took part")),
        Column("quantity", _("how many, as written")), Column("prompted", _("initiatives prompted")),
    ]  # fmt: skip
    prompted = _prompted(filters)
    rows: list[list[Value]] = []
    for text in filters.qs.order_by(*BY_DATE).values_list("document", flat=True):
        incident = canonical.load(text)
        references = [incident[name] or {"id": None, "name": None} for name in ("actor", "place", "follows")]
        actor, place, follows = references
        for item in incident["items"] or [None]:
            what = (item["platform"] or {}).get("name") or item["description"] if item else None
            rows.append([
                incident["id"], incident["name"], incident["kind"], incident["intent"], edtf(incident["date"]),
                actor["id"], actor["name"], place["id"], place["name"], follows["id"], what,
                item["quantity"]["text"] if item else None, ", ".join(prompted[incident["id"]]),
            ])  # fmt: skip
    return columns, rows, []


def _prompted(filters: ShelfFilterSet) -> dict[str, list[str]]:
    """Return the names of the initiatives that each incident prompted."""
    found: dict[str, list[str]] = defaultdict(list)
    initiatives = published.records("initiative", filters.moment).filter(facets__name="prompted_by")
    for text in initiatives.order_by("folded", "public_id").values_list("document", flat=True):
        initiative = canonical.load(text)
        found[initiative["prompted_by"]["id"]].append(initiative["name"])
    return found
