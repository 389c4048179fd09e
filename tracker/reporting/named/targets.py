"""Targets of initiatives: what was aimed at, and what came, stage by stage."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from tracker.filters.fields import ShelfFilterSet
from tracker.lib import canonical, money
from tracker.lib.column_types import Column, Value
from tracker.models import InitiativeTarget, Pledge, Stage
from tracker.reporting.named.base import number
from tracker.reporting.named.meetings import edtf
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import published
from tracker.reporting.tables.measures import MILLION

STAGES = (Stage.PLEDGE, Stage.COMMITMENT, Stage.ALLOCATION, Stage.DISBURSEMENT, Stage.DELIVERY)
_CENTS = {"EUR": "eur_cents", "USD": "usd_cents"}


def targets(filters: ShelfFilterSet) -> Made:
    """Return the targets of the initiatives that filters keep, with what came at each stage."""
    columns = [
        Column("initiative_id", _("initiative, id")), Column("initiative", _("initiative")),
        Column("what", _("what")), Column("unit", _("unit")), Column("per", _("for how long")),
        Column("date", _("date")),
        number("target", _("target"), "", _("In the unit that stands beside it."), ["unit"]),
        number(
            "by_now", _("aimed at by now"), "",
            _("The target times the months or years begun, up to the publishing shown."), ["target", "per"],
        ),
        *(
            number(stage.value, str(stage.label), "", _(
                "What came under the initiative at this stage within the time of the target, overlaps counted once; "
                "empty where the target is in a currency that the ledger does not convert to."
            ), ["unit"])
            for stage in STAGES
        ),
    ]  # fmt: skip
    documents = [canonical.load(text) for text in filters.qs.order_by("public_id").values_list("document", flat=True)]
    return columns, [row for document in documents for row in target_rows(document, filters.moment)], []


def target_rows(initiative: dict[str, Any], moment: dt.datetime) -> list[list[Value]]:
    """Return a row for each target of an initiative, in the columns of the table."""
    return [_row(initiative, target, moment) for target in initiative.get("targets", ())]


def _row(initiative: dict[str, Any], target: dict[str, Any], moment: dt.datetime) -> list[Value]:
    is_money = target["amount"] is not None
    aim = Decimal(target["amount"]) if is_money else _bound(target["quantity"])
    times = _periods(target["per"], _first_day(initiative, target), _last_day(target, moment))
    came = _came(initiative["id"], target, moment)
    return [
        initiative["id"], initiative["name"], target["what"], target["currency"] if is_money else "units",
        str(dict(InitiativeTarget.Per.choices)[target["per"]]), edtf(target["date"]), aim,
        None if aim is None or times is None else aim * times, *(came.get(stage.value) for stage in STAGES),
    ]  # fmt: skip


def _bound(quantity: dict[str, Any]) -> Decimal | None:
    bound = quantity["low"] if quantity["low"] is not None else quantity["high"]
    return None if bound is None else Decimal(str(bound))


def _first_day(initiative: dict[str, Any], target: dict[str, Any]) -> dt.date | None:
    """Return the first day of a target: its own, else that of the initiative."""
    found = target["date"] or initiative["started"]
    return dt.date.fromisoformat(found["earliest"]) if found and found["earliest"] else None


def _last_day(target: dict[str, Any], moment: dt.datetime) -> dt.date:
    """Return the last day that counts: of the target, or of the publishing shown."""
    own = target["date"] and target["date"]["latest"]
    return min(dt.date.fromisoformat(own), moment.date()) if own else moment.date()


def _periods(per: str, first: dt.date | None, last: dt.date) -> int | None:
    """Return how many of the target's periods have begun; None where nobody says when they do."""
    if per == InitiativeTarget.Per.WHOLE:
        return 1
    if first is None:
        return None
    years = last.year - first.year
    begun = years + 1 if per == InitiativeTarget.Per.YEAR else 12 * years + last.month - first.month + 1
    return max(0, begun)


def _came(initiative: str, target: dict[str, Any], moment: dt.datetime) -> dict[str, Decimal]:
    """Return what came at each stage in the unit of a target; nothing that nobody knows."""
    column = _CENTS.get(target["currency"]) if target["amount"] is not None else "quantity_millionths"
    if column is None:
        return {}
    rows = published.contributions(moment).filter(
        _within(target["date"]), initiative=initiative, is_headline=True, is_netted=False, is_conditional=False
    )
    sums = rows.exclude(nature=Pledge.Nature.DEPLOYMENT).order_by().values("stage").annotate(came=Sum(column))
    found = {row["stage"]: int(row["came"]) for row in sums if row["came"] is not None}
    if column == "quantity_millionths":
        return {stage: Decimal(units) / MILLION for stage, units in found.items()}
    return {stage: money.from_minor(cents, target["currency"]) for stage, cents in found.items()}


def _within(date: dict[str, Any] | None) -> Q:
    if date is None:
        return Q()
    within = Q(earliest__gte=date["earliest"]) if date["earliest"] else Q()
    return within & Q(latest__lte=date["latest"]) if date["latest"] else within
