"""Requirements: what was stated, what pledges cover of it, what is delivered, and what is open."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.filters.fields import ShelfFilterSet
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.lib.column_types import Column, Value
from tracker.models import Facet, Stage
from tracker.reporting.named.base import number, whole
from tracker.reporting.named.meetings import edtf
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import MILLION

PROMISES = (Stage.ALLOCATION, Stage.COMMITMENT, Stage.PLEDGE)
"""The stages that promise, the furthest first."""

ItemKey = tuple[str, int]
"""A pledge and the number of one of its items."""


def requirements(filters: ShelfFilterSet) -> Made:
    """Return the requirements that filters keep, with what pledges cover of them."""
    columns = [
        Column("requirement_id", _("requirement, id")), Column("requirement", _("requirement")),
        Column("beneficiary_id", _("beneficiary, id")), Column("beneficiary", _("beneficiary")),
        Column("platform", _("platform or category")), Column("priority", _("priority")),
        Column("stated", _("stated on")),
        Column("quantity", _("stated, as written")),
        number("required", _("required"), "units", _("What was stated, or the lower end of a range."), ["quantity"]),
        number("covered", _("covered by pledges"), "units", _(
            "Units of the items that pledges hold against the requirement (/pledges/?requirement=), each at the "
            "furthest promise that states them: allocation, else commitment, else pledge."
        ), ["requirement_id"]),
        number("delivered", _("delivered"), "units", _("Units delivered of these items."), ["requirement_id"]),
        number("open", _("open"), "units", _("Required less covered."), ["required", "covered"]),
        whole("pledges", _("pledges held against it"), "pledges", _("Pledges with such items."), ["requirement_id"]),
        whole(
            "unknown_quantity", _("items of an unknown number"), "items", _("Such items that nobody states units of."),
            ["requirement_id"],
        ),
    ]  # fmt: skip
    documents = [canonical.load(text) for text in filters.qs.order_by("public_id").values_list("document", flat=True)]
    held = _held(filters, {document["id"] for document in documents})
    units = _units(filters, {line for lines in held.values() for line in lines})
    return columns, [_row(document, held[document["id"]], units) for document in documents], []


def _held(filters: ShelfFilterSet, ids: set[str]) -> dict[str, set[ItemKey]]:
    """Return the items of published pledges that are held against each requirement."""
    found: dict[str, set[ItemKey]] = defaultdict(set)
    pledges = published.records("pledge", filters.moment)
    for part in chunked(sorted(ids)):
        facets = Facet.objects.filter(name="requirement", value__in=part)
        for text in pledges.filter(pk__in=facets.values("publication")).values_list("document", flat=True):
            pledge = canonical.load(text)
            for item in pledge["items"]:
                if item["requirement"] and item["requirement"]["id"] in ids:
                    found[item["requirement"]["id"]].add((pledge["id"], item["number"]))
    return found


def _units(filters: ShelfFilterSet, lines: set[ItemKey]) -> dict[tuple[str, int, str], int | None]:
    """Return the millionths of units of each item at each stage; None where they are unknown."""
    found: dict[tuple[str, int, str], int | None] = {}
    for part in chunked(sorted({pledge for pledge, _item in lines})):
        rows = published.contributions(filters.moment).filter(pledge__in=part, is_headline=True, is_netted=False)
        counted = rows.exclude(quantity_qualifier="").values_list("pledge", "item", "stage", "quantity_millionths")
        for pledge, item, stage, units in counted.order_by("public_id"):
            key = (pledge, item or 0, stage)
            before = found.get(key)
            found[key] = units if before is None else before + (units or 0)
    return found


def _row(
    requirement: dict[str, Any], lines: set[ItemKey], units: dict[tuple[str, int, str], int | None]
) -> list[Value]:
    covered = delivered = unknown = 0
    for pledge, item in lines:
        stage = next((each for each in PROMISES if (pledge, item, each) in units), None)
        promised = units.get((pledge, item, str(stage)))
        unknown += promised is None
        covered += promised or 0
        delivered += units.get((pledge, item, str(Stage.DELIVERY))) or 0
    quantity = requirement["quantity"]
    required = quantity["low"] if quantity["low"] is not None else quantity["high"]
    needed = None if required is None else Decimal(str(required))
    what = requirement["platform"] or requirement["category"]
    return [
        requirement["id"], requirement["name"], requirement["beneficiary"]["id"], requirement["beneficiary"]["name"],
        what["name"] if what else "", requirement["priority"], edtf(requirement["stated"]), quantity["text"], needed,
        Decimal(covered) / MILLION, Decimal(delivered) / MILLION,
        None if needed is None else needed - Decimal(covered) / MILLION, len({pledge for pledge, _item in lines}),
        unknown,
    ]  # fmt: skip
