"""Steps: what becomes of each draft of a file, beside what the dataset said last and what stands on the desk."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing import three_way
from tracker.curation.importing.desk import held_on_shelf, obstacles, taken_back_by_imports, umbrellas, withdrawn
from tracker.curation.importing.plans import Draft, GoneRecord, Likely, Outcome, RecognisedBy, Step
from tracker.exchange.datasets import conflicts
from tracker.exchange.datasets.filling import fill
from tracker.exchange.datasets.known import BroughtRecord
from tracker.exchange.datasets.matching import Match, Matching
from tracker.lib import canonical
from tracker.models import Pledge
from tracker.records.engine.source_form import compared, is_same, written
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS


def steps_of(
    drafts: list[Draft], matching: Matching, records: list[BroughtRecord], release: str, sides: Mapping[str, str]
) -> list[Step]:
    """Return a step for each draft, in their order. `sides` is what was decided about conflicts."""
    owners = _owners(records)
    twice = absorbed_by_id(drafts, records, release)
    steps = [
        _absorbed_step(draft, *twice[draft.source_id], release) if draft.source_id in twice
        else _step(draft, matching, owners, release)
        for draft in drafts
    ]  # fmt: skip
    _beside_desk(steps, {record.public_id: record for record in records}, sides)
    _refuse_orphans(steps)
    return steps


def absorbed_by_id(
    drafts: list[Draft], records: list[BroughtRecord], release: str
) -> dict[str, tuple[BroughtRecord, BroughtRecord]]:
    """Return the drafts, by their ids, that stand merged into the record of another draft.

    Each with what the dataset said of it last, and with the record that it is now. They go by their ids alone: what
    was merged is not looked for by content, which two records may share.
    """
    known: dict[str, tuple[BroughtRecord, BroughtRecord]] = {}
    for record in records:
        for one in record.absorbed:
            own = {one.source_id, *one.ids.values()} if release not in one.ids else {one.ids[release]}
            known |= dict.fromkeys(own - {record.source_id, record.ids.get(release)}, (one, record))
    return {draft.source_id: known[draft.source_id] for draft in drafts if draft.source_id in known}


def _absorbed_step(draft: Draft, last: BroughtRecord, record: BroughtRecord, release: str) -> Step:
    """Return the step of a draft that was merged: nothing is written, and what changed in the file is for a person."""
    step = Step(draft, Outcome.UNCHANGED, record.public_id, RecognisedBy.ID, is_absorbed=True)
    step.merged_from, step.score = last.merged_from or last.public_id, 100
    step.is_noted = (last.release, last.source_id) == (release, draft.source_id)
    step.reason = _("It was merged into %s.") % record.public_id
    fill(draft, last.content)
    now = canonical.load(canonical.dump(compared(draft.document)))
    names = (now | last.content).keys() - {"umbrella"}
    changed = sorted(name for name in names if not is_same(now.get(name), last.content.get(name)))
    if changed:
        words = {"record": record.public_id, "fields": ", ".join(changed)}
        reason = _("It was merged into %(record)s, and the file changes its %(fields)s: enter there what is so.")
        three_way.refuse(step, reason % words)
        step.conflicts = changed
        step.before = {name: last.content.get(name) for name in changed}
    return step


def _owners(records: list[BroughtRecord]) -> dict[str, str]:
    """Return the record that each id of any release meant last."""
    return {source_id: record.public_id for record in records for source_id in record.ids.values()}


def _step(draft: Draft, matching: Matching, owners: dict[str, str], release: str) -> Step:
    found = matching.found.get(draft.source_id)
    owner = owners.get(draft.source_id, "")
    others = [_likely(other) for other in matching.others.get(draft.source_id, ())]
    if found is None:
        step = Step(draft, Outcome.NEW, earlier_record=owner)
        step.others = others or step.others
        return step
    record = found.record
    step = Step(draft, Outcome.UNCHANGED, record.public_id, found.recognised_by)
    step.is_noted = (record.release, record.source_id, record.kept_in) == (release, draft.source_id, "")
    step.earlier_id = record.source_id if record.source_id != draft.source_id else ""
    step.earlier_record = "" if draft.source_id in record.ids.values() else owner
    step.score, step.evidence, step.merged_from = found.score, list(found.reasons), record.merged_from
    step.others = others
    return step


def _likely(match: Match) -> Likely:
    content = match.record.content
    return Likely(match.record.public_id, str(content.get("name", "")), match.score, list(match.reasons))


def _beside_desk(steps: list[Step], records: dict[str, BroughtRecord], sides: Mapping[str, str]) -> None:
    """Say of each pledge whether what the source says now, and did not say last, can be written."""
    matched = [step for step in steps if step.public_id and not step.is_absorbed]
    ids = {step.draft.source_id: step.public_id for step in steps if step.public_id}
    revived = taken_back_by_imports(Pledge.kind, [step.public_id for step in matched])
    above = umbrellas(ids.values())
    news: list[tuple[Step, Document, Document]] = []
    for step in matched:
        last = records[step.public_id].content
        fill(step.draft, last)
        now = canonical.load(canonical.dump(compared(step.draft.document)))
        names = (now | last).keys() - {"umbrella"}
        step.fields = sorted(name for name in names if not is_same(now.get(name), last.get(name)))
        _move(step, last, above.get(step.public_id, ""), ids)
        if step.fields or step.is_moved or step.public_id in revived:
            news.append((step, last, now))
    desk = _on_desk({step.public_id for step, _last, _now in news})
    held = obstacles(Pledge.kind, [step.public_id for step, _last, _now in news])
    for step, last, now in news:
        if step.public_id in revived:
            last = _as_it_stands(step, last, desk[step.public_id], now)
        conflicts.compare(step, last, desk[step.public_id], now, three_way.side_of(step, sides))
        if step.public_id in revived:
            _revive(step)
        elif step.public_id in held:
            three_way.refuse(step, held[step.public_id])


def _as_it_stands(step: Step, last: Document, desk: Document, now: Document) -> Document:
    """Return what is here as what the source said last, and name in the step all in which the file differs from it.

    What comes back comes as the file has it, whatever was changed here before it was withdrawn; but for sources, of
    which each is one by itself.
    """
    here = compared(desk)
    names = (now | last).keys() - {"umbrella", "claims"}
    step.fields = sorted(name for name in names if not is_same(here.get(name), now.get(name)))
    return here | {"claims": last.get("claims", ())}


def _revive(step: Step) -> None:
    """Publish again what an import took back, as the file had it no longer, and has it now."""
    step.outcome, step.is_noted = Outcome.CHANGED, False
    step.reason = _("It was withdrawn when it was gone from the file, and is in it again.")


def _move(step: Step, last: Document, here: str, ids: dict[str, str]) -> None:
    """Note where the umbrella of a pledge is another than before, unless that was changed here."""
    umbrella = step.draft.umbrella
    now = ids.get(umbrella, "")
    before = last.get("umbrella", here)
    step.is_moved = here == before and (now != before or (bool(umbrella) and not now))
    step.umbrella_before = here


def _on_desk(public_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of pledges as they stand on the desk, as a source would write them."""
    return {document["id"]: written(document) for document in KINDS[Pledge.kind].documents(public_ids)}


def _refuse_orphans(steps: list[Step]) -> None:
    """Leave out new tranches whose umbrella is neither here nor coming."""
    standing = {step.draft.source_id for step in steps if step.outcome is not Outcome.INVALID}
    for step in steps:
        if step.outcome is Outcome.NEW and step.draft.umbrella and step.draft.umbrella not in standing:
            step.outcome = Outcome.INVALID
            step.reason = _("Its umbrella %s is not in the file.") % step.draft.umbrella


def gone_of(records: list[BroughtRecord], steps: list[Step], held_back: Collection[str]) -> list[GoneRecord]:
    """Return the records that the dataset brought and that no draft is, by id and record.

    Those that were withdrawn are not looked for again; nor are those of activities that stand in rows that cannot be
    used (`held_back`): the file has them.
    """
    kept_back = held_back_of(records, steps, held_back)
    matched = {step.public_id for step in steps}
    left = [record for record in records if record.public_id not in matched | kept_back.keys()]
    ids = [record.public_id for record in left]
    taken_back, held = withdrawn(Pledge.kind, ids), held_on_shelf(Pledge.kind, ids)
    gone = [
        GoneRecord(
            record.release, record.source_id, record.public_id, kept_in=record.kept_in,
            obstacle=held.get(record.public_id, ""),
        )
        for record in left
        if record.public_id not in taken_back
    ]  # fmt: skip
    return sorted(gone, key=lambda one: (one.source_id, one.public_id))


def held_back_of(records: list[BroughtRecord], steps: list[Step], held_back: Collection[str]) -> dict[str, str]:
    """Return the records, with their ids in the dataset, whose activities stand in rows that cannot be used."""
    matched = {step.public_id for step in steps}
    return {
        record.public_id: record.source_id
        for record in records
        if record.public_id not in matched and record.source_id.partition("/")[0] in held_back
    }


def newer_than(release: str, records: list[BroughtRecord]) -> str:
    """Return the newest release that was brought before and that is newer than this one, or nothing.

    Releases are compared where both have a number in their name.
    """
    others = {name for record in records for name in record.ids if _numbers(name) > _numbers(release) > []}
    return max(others, key=_numbers, default="")


def _numbers(release: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", release)[:6]]
