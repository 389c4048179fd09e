"""Likely twins in a plan: new pledges that may be in the register already, or in the file twice."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.curation.importing.plans import Draft, Outcome, Plan, PlannedTwin, Step
from tracker.curation.twins.likely_pairs import Twin, twins_of_new
from tracker.curation.twins.traits import SharedTraits, converter, typed, words_of
from tracker.lib.chunks import chunked
from tracker.lib.text import fold
from tracker.models import Platform, Pledge
from tracker.records.engine.source_form import compared
from tracker.records.engine.types import Document
from tracker.records.likeness_score import ToEuros

_NAMED, _DESCRIBED = 250, 500
"""How much of names and descriptions is kept with a pair."""
_AMOUNTS = 6
"""How many amounts are."""


def twins_of_plan(plan: Plan) -> list[PlannedTwin]:
    """Return the likely twins of the new pledges of a plan: beside the register, then in the file; most alike first.

    Reads the desk. Tranches of one umbrella are told apart already.
    """
    # No public id has a space in it; numbers keep the order of the file.
    new = {
        f"new {number:07}": step
        for number, step in enumerate(plan.steps)
        if step.outcome is Outcome.NEW and step.draft.kind == Pledge.kind
    }
    if not new:
        return []
    platforms = dict(Platform.objects.order_by().values_list("public_id", "name"))
    platforms |= {one.public_id: one.document["name"] for one in plan.supporting if one.kind == Platform.kind}
    # The register's own workbook is no dataset, whose ids tell pledges apart.
    files = frozenset({(plan.dataset, plan.release)} if plan.in_bulk else ())
    standing = {step.public_id: step for step in plan.steps if step.public_id and step.draft.kind == Pledge.kind}
    to_euros = converter()
    traits = {name: _traits(step.draft, platforms, files, to_euros) for name, step in new.items()}
    found = twins_of_new(traits, to_euros, standing, files)
    steps = standing | new
    apart = [twin for twin in found if not _is_of_one_package(steps.get(twin.one), steps.get(twin.other))]
    names = _names({public_id for twin in apart for public_id in (twin.one, twin.other)} - new.keys())
    planned = [_planned(twin, steps, names) for twin in apart]
    # What is there already is told by the ids of a file seldom; what one file has twice, most often.
    return sorted(planned, key=lambda twin: not twin.other)


def notices_of_twins(count: int, undecided: int) -> list[str]:
    """Return what is to be said first about the likely twins of a plan: how many there are, and how many undecided."""
    if not count:
        return []
    found = ngettext(
        "%s pair of pledges, of which at least one is new, is likely to be one pledge.",
        "%s pairs of pledges, of which at least one is new, are likely to be one pledge each.",
        count,
    ) % f"{count:,}"  # fmt: skip
    left = ngettext(
        "%s of them is undecided: it can be decided on the page of likely twins, before or after the plan is applied.",
        "%s of them are undecided: they can be decided on the page of likely twins, before or after the plan is"
        " applied.",
        undecided,
    ) % f"{undecided:,}"  # fmt: skip
    return [f"{found} {left}" if undecided else f"{found} {_('All of them are decided.')}"]


def notices_of_taken_over(count: int, numbers: list[int]) -> list[str]:
    """Return what is said of decisions that earlier imports of the same file have made: how many, and which imports."""
    if not count:
        return []
    said = ngettext(
        "What was decided about %(count)s pair of likely twins is taken over from import %(numbers)s of the same file: "
        "look at it before this is applied.",
        "What was decided about %(count)s pairs of likely twins is taken over from import %(numbers)s of the same file:"
        " look at it before this is applied.",
        count,
    )  # fmt: skip
    return [said % {"count": f"{count:,}", "numbers": ", ".join(f"#{number}" for number in numbers)}]


def _traits(
    draft: Draft, platforms: Mapping[str, str], files: frozenset[tuple[str, str]], to_euros: ToEuros
) -> SharedTraits:  # fmt: skip
    """Return what tells a draft from others, in the form in which pledges of the desk are read."""
    content = compared(_numbered(draft.document))
    content["description"] = words_of(content.get("name", ""), content.get("description", ""), [draft.source_id])
    items, entries, valuations = content["lines"]
    named = [
        item | {"description": platforms.get(item.get("platform") or "", "") or fold(item.get("description") or "")}
        for item in items
    ]
    content["lines"] = [named, entries, valuations]
    contributors = [share["contributor"] for share in content.get("shares") or ()]
    if not draft.lead and not contributors:
        # Whose a row of the register's own workbook is, another sheet says: this is not known to be somebody else's.
        content.pop("beneficiary", None)
    used = [item["platform"] for item in items if item.get("platform")]
    return typed(content, contributors, used, to_euros, files)


def _numbered(document: Document) -> Document:
    """Return a document whose lines have numbers: those that are still to be given count on."""
    numbered = {
        part: [
            row if row.get("number") else row | {"number": -place}
            for place, row in enumerate(document.get(part) or (), start=1)
        ]
        for part in ("items", "entries")
    }  # fmt: skip
    return document | numbered


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
        said=_said(draft.document),
        other="" if is_new else other, other_source_id=beside.draft.source_id if is_new and beside else "",
        other_name=str(name)[:_NAMED], other_rows=list(beside.draft.rows) if beside else [],
        other_said=_said(beside.draft.document) if is_new and beside else {},
        score=twin.score, reasons=[str(reason) for reason in twin.reasons],
    )  # fmt: skip


def _said(document: Document) -> dict[str, Any]:
    """Return what a person holds against the other pledge: who, when, how much, and the words."""
    document = _numbered(document)
    entries = {entry["number"]: entry for entry in document["entries"]}
    stated = [entry for entry in entries.values() if entry.get("amount") is not None]
    # What nobody states, the publisher may have valued.
    valued = [
        row | {"stage": entries[row["entry"]]["stage"]}
        for row in document.get("valuations", ()) if row.get("entry") in entries and row.get("currency")
    ]  # fmt: skip
    amounts = [[row["stage"], row["currency"], str(row["amount"])] for row in stated or valued]
    return {
        "contributors": [share["contributor"] for share in document.get("shares") or ()],
        "announced": document.get("announced") or "", "amounts": amounts[:_AMOUNTS],
        "description": str(document.get("description", ""))[:_DESCRIBED],
    }  # fmt: skip
