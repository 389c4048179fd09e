"""What publishing a change set would do to the published sums, cell by cell of five tables, and to quantities."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict

from django.db.models import QuerySet, Sum

from tracker.curation import jobs
from tracker.curation.callbacks import Watch
from tracker.curation.errors import PROBLEMS_KEPT, Problem, Refused
from tracker.curation.publishing.publishing import next_moment, rehearse
from tracker.curation.review import figures
from tracker.curation.review.change_sets import newest_moment
from tracker.filters.groups import GroupMembers
from tracker.models import Basis, ChangeSet, Contribution, Finding, Job, Pledge

CONTRIBUTOR, AID_TYPE, INITIATIVE, MONTH, GROUP = "contributor", "aid_type", "initiative", "month", "group"
TABLES = (CONTRIBUTOR, AID_TYPE, INITIATIVE, MONTH, GROUP)
"""Contributors by stage; contributors by aid type, initiatives, months and groups, each by stage as well.

Groups overlap, so that theirs do not add up; and a membership changes them alone."""

Cell = tuple[str, str, str, str]
"""The table, its row, the aid type in the table of these (else empty), and the stage: no sum mixes stages."""

Sums = dict[Cell, int | None]
"""EUR cents by cell; None where there are contributions, and no amount of any is known."""

ChangedCell = tuple[str, str, str, int | None, int | None]
"""Row, aid type, stage, and EUR cents before and after; None where no amount is known."""

QuantityCell = tuple[str, str, str, str]
"""Contributor, platform, `deployment` or nothing, and stage: what is deployed is no aid, and counted apart."""

ChangedQuantity = tuple[str, str, str, str, int, int]
"""The same, and millionths of units before and after."""

FromDataset = tuple[str, int, int, int, int, int]
"""A stage, and in EUR cents how the values of an imported dataset become a change of the total of aid.

All that the dataset says of the pledges; what of it is not counted, for it is netted, conditional or a deployment; by
how much the rest is worth more on the bases that come first; what counted of these pledges before; and the change.
What is left between all these and the change is that of other pledges."""


def sums(moment: dt.datetime) -> Sums:
    """Return the net published aid in EUR cents at the headline basis, by the cells of the five tables.

    It is what is published now. `moment` is none before that, and says of which groups an undated contribution is.

    Deployments, what is netted against other pledges and what hangs on an open condition are left out; rows without a
    value add nothing, and a cell that has no others is unknown, not zero. An empty row is what has no initiative, or no
    month of its own.
    """
    counted = Contribution.objects.as_of(None).filter(
        is_headline=True, is_netted=False, is_conditional=False
    )  # fmt: skip
    aid = counted.exclude(nature=Pledge.Nature.DEPLOYMENT).order_by()
    found: Sums = {}
    # One index holds all that the first of the two looks at.
    parts = aid.values_list("contributor", "aid_type", "month", "stage").annotate(Sum("eur_cents"))
    for contributor, aid_type, month, stage, cents in parts:
        for cell in (
            (CONTRIBUTOR, contributor, "", stage), (AID_TYPE, contributor, aid_type, stage), (MONTH, month, "", stage),
        ):  # fmt: skip
            _add(found, cell, cents)
    for initiative, stage, cents in aid.values_list("initiative", "stage").annotate(Sum("eur_cents")):
        _add(found, (INITIATIVE, initiative, "", stage), cents)
    return found | _by_group(aid, moment)


def imported_by_stage(change_set: ChangeSet) -> dict[str, tuple[int, int, int]]:
    """Return what the published pledges of an import come to, by stage in EUR cents; nothing of other change sets.

    What the dataset says; what of it is not counted; and what counts on another basis, less what the dataset says of
    the same: the first less the second plus the third is what the tables count.
    """
    if not change_set.imports.exists():
        return {}
    pledges = change_set.edits.filter(kind=Pledge.kind).order_by().values("public_id")
    rows = Contribution.objects.as_of(None).filter(pledge__in=pledges, eur_cents__isnull=False).order_by()
    parts = rows.values_list("stage", "basis", "is_headline", "is_netted", "is_conditional", "nature")
    found: dict[str, tuple[int, int, int]] = {}
    for stage, basis, is_headline, is_netted, is_conditional, nature, summed in parts.annotate(Sum("eur_cents")):
        cents = int(summed)
        dataset, uncounted, otherwise = found.get(stage, (0, 0, 0))
        counts = not (is_netted or is_conditional or nature == Pledge.Nature.DEPLOYMENT)
        if basis == Basis.DATASET:
            dataset += cents
            uncounted += 0 if counts else cents
            otherwise -= cents if counts and not is_headline else 0
        elif is_headline and counts:
            otherwise += cents
        found[stage] = (dataset, uncounted, otherwise)
    return found


def _add(found: Sums, cell: Cell, cents: int | None) -> None:
    known = found.get(cell)
    found[cell] = known if cents is None else (known or 0) + int(cents)


def _by_group(aid: QuerySet[Contribution, Any], moment: dt.datetime) -> Sums:
    """Return the sums of each group: of those who were its members on the date of a contribution.

    What is of no group is left out.
    """
    members = GroupMembers([], moment)
    found: Sums = {}
    if members.groups:
        parts = aid.annotate(belongs=members.signature()).values_list("belongs", "stage").annotate(Sum("eur_cents"))
        for belongs, stage, cents in parts:
            for group in members.named_by(belongs):
                _add(found, (GROUP, group, "", stage), cents)
    return found


def quantities() -> dict[QuantityCell, int]:
    """Return how much of each platform is published, in millionths of units, as tables of quantities count it.

    What is netted against other pledges and what hangs on an open condition are left out.
    """
    counted = Contribution.objects.as_of(None).filter(
        is_headline=True, is_netted=False, is_conditional=False, quantity_millionths__isnull=False
    )  # fmt: skip
    parts = counted.exclude(platform="").order_by().values_list("contributor", "platform", "nature", "stage")
    found: dict[QuantityCell, int] = {}
    for contributor, platform, nature, stage, units in parts.annotate(Sum("quantity_millionths")):
        cell = (contributor, platform, nature if nature == Pledge.Nature.DEPLOYMENT else "", stage)
        found[cell] = found.get(cell, 0) + int(units)
    return found


def changed_quantities(before: dict[QuantityCell, int], after: dict[QuantityCell, int]) -> list[ChangedQuantity]:
    """Return the quantities that differ, the most changed first."""
    cells = [(*cell, before.get(cell, 0), after.get(cell, 0)) for cell in sorted(before.keys() | after.keys())]
    return sorted((cell for cell in cells if cell[4] != cell[5]), key=lambda cell: (-abs(cell[5] - cell[4]), cell))


def changes(before: Sums, after: Sums) -> dict[str, list[ChangedCell]]:
    """Return the cells that differ between two `sums`, by table, the most changed first."""
    tables: dict[str, list[ChangedCell]] = {name: [] for name in TABLES}
    for table, *rest in sorted(before.keys() | after.keys()):
        row, aid_type, stage = rest
        had, has = (found.get((table, row, aid_type, stage), 0) for found in (before, after))
        if _moved_by(had, has):
            tables[table].append((row, aid_type, stage, had, has))
    return {name: sorted(cells, key=_most_changed_first) for name, cells in tables.items()}


def _most_changed_first(cell: ChangedCell) -> tuple[int, str, str, str]:
    row, aid_type, stage, before, after = cell
    return -abs(_moved_by(before, after)), row, aid_type, stage


def _moved_by(before: int | None, after: int | None) -> int:
    """Return by how many cents a sum is another; where no amount is known, there is nothing to add up."""
    return (after or 0) - (before or 0)


class Effect(TypedDict):
    """What publishing would do, in a form that can be kept: the cells that change, and what stands in the way."""

    tables: dict[str, list[ChangedCell]]
    totals: list[tuple[str, int | None, int | None]]
    """Each stage whose total over all contributors changes, with EUR cents before and after."""
    quantities: list[ChangedQuantity]
    from_dataset: list[FromDataset]
    """Of an import, each stage that its dataset values."""
    problems: list[str]
    is_known: bool
    """Whether the sums could be worked out, if need be as if nothing stood in the way; else the rest is empty."""
    revision: int
    """That of the change set when this was worked out."""
    figures: str
    """The fingerprint of the figures that it proposed then."""
    since: str | None
    """The newest publishing when this was worked out, as ISO 8601; after another one the sums may be others."""


def outcome(*, change_set: ChangeSet, at: dt.datetime, watch: Watch) -> Effect:
    """Return what publishing a change set would do to the sums, or the records that stand in its way.

    Writes nothing. Raises WrongStatus where it is published or discarded.
    """
    known, objections = _nothing_known(change_set), list[Problem]()
    measure = partial(_measured, change_set, next_moment(at))
    try:
        before, after = rehearse(
            change_set=change_set, at=at, measure=measure, watch=watch, passed_over=objections
        )  # fmt: skip
    except Refused as error:
        known["problems"] = error.listed(PROBLEMS_KEPT)
        return known
    known["problems"] = Refused(objections).listed(PROBLEMS_KEPT)
    return _with_changes(known, before, after)


def of_publishing(*, change_set: ChangeSet, at: dt.datetime, publish: Callable[[], object]) -> Effect:
    """Publish a change set, and return what that did to the sums."""
    known, before = _nothing_known(change_set), _measured(change_set, next_moment(at))
    publish()
    return _with_changes(known, before, _measured(change_set, next_moment(at)))


def _nothing_known(change_set: ChangeSet) -> Effect:
    return Effect(
        tables={}, totals=[], quantities=[], from_dataset=[], problems=[], is_known=False,
        revision=ChangeSet.objects.values_list("revision", flat=True).get(pk=change_set.pk),
        figures=figures.fingerprint(change_set), since=newest_publishing(),
    )  # fmt: skip


_Measured = tuple[Sums, dict[QuantityCell, int], dict[str, tuple[int, int, int]]]


def _measured(change_set: ChangeSet, moment: dt.datetime) -> _Measured:
    return sums(moment), quantities(), imported_by_stage(change_set)


def _with_changes(known: Effect, before: _Measured, after: _Measured) -> Effect:
    (sums_before, had, stood), (sums_after, has, stands) = before, after
    known["tables"], known["totals"] = changes(sums_before, sums_after), _totals(sums_before, sums_after)
    known["quantities"], known["is_known"] = changed_quantities(had, has), True
    change = {stage: _moved_by(was, total) for stage, was, total in known["totals"]}
    for stage, (dataset, uncounted, otherwise) in sorted(stands.items()):
        all_before, not_counted, on_others = stood.get(stage, (0, 0, 0))
        counted = all_before - not_counted + on_others
        known["from_dataset"].append((stage, dataset, uncounted, otherwise, counted, change.get(stage, 0)))
    return known


def _totals(before: Sums, after: Sums) -> list[tuple[str, int | None, int | None]]:
    stages = sorted({cell[3] for cell in (*before, *after)})
    found = [(stage, _total(before, stage), _total(after, stage)) for stage in stages]
    return sorted(
        (total for total in found if _moved_by(*total[1:])),
        key=lambda total: (-abs(_moved_by(*total[1:])), total[0]),
    )


def _total(sums_by_cell: Sums, stage: str) -> int | None:
    cells = [cents for cell, cents in sums_by_cell.items() if cell[0] == CONTRIBUTOR and cell[3] == stage]
    known = [cents for cents in cells if cents is not None]
    return sum(known) if known or not cells else None


def newest_publishing() -> str | None:
    """Return the moment of the newest publishing, as ISO 8601."""
    newest = newest_moment()
    return None if newest is None else newest.isoformat()


def kept_effect(change_set: ChangeSet) -> tuple[Job | None, bool]:
    """Return the newest job that worked out the effect of a change set as it is now, and whether that still holds.

    None where that was worked out before it was edited last. It no longer holds once something else was published.
    """
    job = jobs.newest(kind=Job.Kind.EFFECT, of=change_set)
    if job is None or _says_less(job.result):
        return None, False
    if job.result is None or _may_be_waived(job):
        return job, False
    change_set.refresh_from_db(fields=["revision"])
    if job.result["revision"] != change_set.revision:
        return None, False
    then = job.result["since"], job.result.get("figures", "")
    return job, then == (newest_publishing(), figures.fingerprint(change_set))


def _says_less(result: Any) -> bool:
    """Tell whether an earlier program kept a result: of no revision, or it says nothing of groups."""
    return bool(result) and ("revision" not in result or not (result["problems"] or GROUP in result["tables"]))


def _may_be_waived(job: Job) -> bool:
    """Tell whether any finding was waived since a job found problems: it may be what stood in the way."""
    problems = (job.result or {}).get("problems")
    return bool(problems) and Finding.objects.filter(waived_at__gt=job.asked_at).exists()
