"""Likely twins in a plan: new pledges that may be in the register already, or in the file twice."""

from collections.abc import Mapping

from tracker.curation.importing.plans import Outcome, Plan, PlannedTwin, Step
from tracker.lib.chunks import chunked
from tracker.lib.text import fold
from tracker.models import Platform, Pledge
from tracker.records.engine.source_form import compared
from tracker.records.engine.types import Document
from tracker.reporting.desk.traits import SharedTraits, typed
from tracker.reporting.desk.twins import Twin, twins_of_new

SHOWN = 200
"""How many pairs are kept with a plan, those most alike."""
_NAMED = 250


def twins_of_plan(plan: Plan) -> tuple[list[PlannedTwin], int]:
    """Return the likely twins of the new pledges of a plan, those most alike, and how many there are in all.

    Reads the desk. Tranches of one umbrella are told apart already.
    """
    # No public id has a space in it; numbers keep the order of the file.
    new = {f"new {number:07}": step for number, step in enumerate(plan.steps) if step.outcome is Outcome.NEW}
    if not new:
        return [], 0
    platforms = dict(Platform.objects.order_by().values_list("public_id", "name"))
    platforms |= {one.public_id: one.document["name"] for one in plan.supporting if one.kind == Platform.kind}
    found = twins_of_new({name: _traits(step.draft.document, platforms) for name, step in new.items()})
    steps = {step.public_id: step for step in plan.steps if step.public_id} | new
    apart = [twin for twin in found if not _is_of_one_package(steps.get(twin.one), steps.get(twin.other))]
    names = _names({public_id for twin in apart[:SHOWN] for public_id in (twin.one, twin.other)} - new.keys())
    return [_planned(twin, steps, names) for twin in apart[:SHOWN]], len(apart)


def _traits(document: Document, platforms: Mapping[str, str]) -> SharedTraits:
    """Return what tells a draft from others, in the form in which pledges of the desk are read."""
    content = compared(document)
    content["description"] = f"{content.get('name', '')} {content.get('description', '')}".strip()
    items, entries, valuations = content["lines"]
    named = [
        item | {"description": platforms.get(item.get("platform", ""), "") or fold(item.get("description", ""))}
        for item in items
    ]
    content["lines"] = [named, entries, valuations]
    contributors = [share["contributor"] for share in content.get("shares") or ()]
    return typed(content, contributors, [item["platform"] for item in items if item.get("platform")])


def _is_of_one_package(one: Step | None, other: Step | None) -> bool:
    """Tell whether two records of the file are tranches of the same umbrella, or one is a tranche of the other."""
    if one is None or other is None:
        return False
    first, second = one.draft, other.draft
    return bool(
        (first.umbrella and first.umbrella in (second.umbrella, second.source_id)) or second.umbrella == first.source_id
    )


def _names(public_ids: set[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for part in chunked(sorted(public_ids)):
        named |= dict(Pledge.objects.filter(public_id__in=part).values_list("public_id", "name"))
    return named


def _planned(twin: Twin, steps: Mapping[str, Step], names: Mapping[str, str]) -> PlannedTwin:
    """Return a pair with the new one first, as a plan keeps it."""
    new, other = (twin.other, twin.one) if twin.one in names else (twin.one, twin.other)
    draft, beside = steps[new].draft, steps.get(other)
    is_new = other not in names
    name = beside.draft.document.get("name", "") if is_new and beside else names.get(other, "")
    return PlannedTwin(
        source_id=draft.source_id, name=str(draft.document.get("name", ""))[:_NAMED], rows=list(draft.rows),
        other="" if is_new else other, other_source_id=beside.draft.source_id if is_new and beside else "",
        other_name=str(name)[:_NAMED], other_rows=list(beside.draft.rows) if beside else [],
        score=twin.score, reasons=[str(reason) for reason in twin.reasons],
    )  # fmt: skip
