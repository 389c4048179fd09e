"""Planning: what an import would do to the register. Reads only."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from tracker.curation.importing import three_way
from tracker.curation.importing.desk import obstacles
from tracker.curation.importing.plans import Draft, Gone, Outcome, Plan, RowAccount, Step, Trusted
from tracker.exchange.datasets.drafting import Drafted, Drafter
from tracker.exchange.datasets.lines import Line
from tracker.exchange.inbound.files import Workbook
from tracker.exchange.profiles.base import Profile
from tracker.exchange.profiles.tracker import RegisterProfile
from tracker.exchange.register.planning import plan_register
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ExternalId, Party, Pledge
from tracker.records.engine.source_form import LINES, compared, written
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS

_ALIKE = 60
"""From which likeness of two descriptions (0 to 100) an id is taken to mean the same."""


class PlanError(ValueError):
    """The file cannot be planned; the message says why."""


def make_plan(
    *, workbook: Workbook, profile: Profile | RegisterProfile, release: str = "", sheet: str | None = None
) -> Plan:  # fmt: skip
    """Return the plan of importing one sheet of a file as a release of the profile's dataset.

    The register's own workbook has no releases. Raises PlanError, FileRefused or HeaderMissing where the file
    cannot be read by the profile.
    """
    if isinstance(profile, RegisterProfile):
        return plan_register(workbook=workbook, dataset=profile.name, sheet=sheet)
    release = release.strip()
    if not release or len(release) > 40:
        raise PlanError(_("Name the release, such as 21, in at most 40 characters."))
    if profile.beneficiary and not Party.objects.filter(public_id=profile.beneficiary).exists():
        raise PlanError(_("There is no party %s, for whom every row is: create it first.") % profile.beneficiary)
    chosen = sheet or next((name for name in profile.sheets if name in workbook.sheet_names), None)
    table = profile.header.find(workbook.rows(chosen))
    drafted = Drafter(profile, release).draft(table)
    plan = Plan(profile.name, release, f"{profile.title}, release {release}", unread=table.unread)
    matcher = _Matcher(profile.name, release, drafted.pledges)
    plan.steps = matcher.steps()
    plan.gone = matcher.gone(plan.steps)
    plan.supporting = _supporting(drafted, plan)
    plan.labels, plan.renamed = drafted.labels, drafted.renamed
    plan.rows = list(_accounts(drafted, plan.steps))
    return plan


def content_of(draft: Draft) -> str:
    """Return what a dataset says of a record, as it is kept for comparison with later releases."""
    return canonical.dump(compared(draft.document))


class _Known:
    """What earlier imports noted of a dataset, newest first, and how the records they name stand."""

    def __init__(self, dataset: str, release: str) -> None:
        self.same: dict[str, ExternalId] = {}
        self.others: dict[str, ExternalId] = {}
        self.by_fingerprint: dict[str, dict[str, ExternalId]] = defaultdict(dict)
        listed = list(ExternalId.objects.filter(dataset=dataset, record_kind=Pledge.kind).order_by("-id"))
        present = _present({row.public_id for row in listed})
        newest: dict[tuple[str, str], ExternalId] = {}
        for row in listed:
            newest.setdefault((row.release, row.source_id), row)
        for (noted, source_id), row in newest.items():
            if row.public_id not in present:
                continue
            (self.same if noted == release else self.others).setdefault(source_id, row)
            self.by_fingerprint[row.fingerprint].setdefault(row.public_id, row)
        standing = [row for row in newest.values() if row.public_id in present]
        before = release if self.same else next((row.release for row in standing), "")
        self.before = [row for row in standing if row.release == before]
        """What the release itself brought before, or the one imported last."""


def _present(public_ids: Iterable[str]) -> set[str]:
    """Return those of the pledges that are on the desk."""
    found: set[str] = set()
    for part in chunked(sorted(public_ids)):
        found |= set(Pledge.objects.filter(public_id__in=part).values_list("public_id", flat=True))
    return found


class _Matcher:
    """Recognises the pledges of the register in drafts, and says what becomes of each."""

    def __init__(self, dataset: str, release: str, drafts: list[Draft]) -> None:
        self.release = release
        self.drafts = drafts
        self.known = _Known(dataset, release)

    def steps(self) -> list[Step]:
        """Return a step for each draft, in their order."""
        matched = self._matched()
        steps = []
        said: dict[str, tuple[Step, Document, Document]] = {}
        for draft in self.drafts:
            row, trusted = matched.get(draft.source_id, (None, Trusted.NOTHING))
            if row is None:
                steps.append(Step(draft, Outcome.NEW, meant=self._meant(draft)))
                continue
            step = Step(draft, Outcome.UNCHANGED, row.public_id, trusted, is_noted=row.release == self.release)
            step.known_as = row.source_id if row.source_id != draft.source_id else ""
            step.meant = self._meant(draft) if self._meant(draft) != row.public_id else ""
            steps.append(step)
            last, now = canonical.load(row.content), canonical.load(content_of(draft))
            step.fields = [name for name in now | last if now.get(name) != last.get(name)]
            if step.fields:
                said[step.public_id] = (step, last, now)
        _beside_desk(said)
        _refuse_orphans(steps)
        return steps

    def _meant(self, draft: Draft) -> str:
        """Return the record that another release means by the id of a draft, or nothing."""
        row = self.known.others.get(draft.source_id)
        return row.public_id if row else ""

    def gone(self, steps: list[Step]) -> list[Gone]:
        """Return what an import before brought and that no draft is."""
        matched = {step.public_id for step in steps}
        rows = [row for row in self.known.before if row.public_id not in matched]
        return sorted((Gone(row.release, row.source_id, row.public_id) for row in rows), key=lambda g: g.source_id)

    def _matched(self) -> dict[str, tuple[ExternalId, Trusted]]:
        """Return which earlier id each draft is, and what that rests on. No record is two drafts."""
        matched: dict[str, tuple[ExternalId, Trusted]] = {}
        taken: set[str] = set()
        for find in (self._by_both, self._by_id, self._by_content):
            for draft in self.drafts:
                if draft.source_id in matched:
                    continue
                row, trusted = find(draft)
                if row is not None and row.public_id not in taken:
                    matched[draft.source_id] = (row, trusted)
                    taken.add(row.public_id)
        return matched

    def _by_both(self, draft: Draft) -> tuple[ExternalId | None, Trusted]:
        row = self.known.same.get(draft.source_id) or self.known.others.get(draft.source_id)
        return (row if row and row.fingerprint == draft.fingerprint else None), Trusted.BOTH

    def _by_id(self, draft: Draft) -> tuple[ExternalId | None, Trusted]:
        """Trust the id within a release; between releases, only where the content is alike."""
        row = self.known.same.get(draft.source_id)
        if row is None:
            row = self.known.others.get(draft.source_id)
            if row is not None and not _alike(draft, row):
                row = None
        return row, Trusted.ID

    def _by_content(self, draft: Draft) -> tuple[ExternalId | None, Trusted]:
        rows = list(self.known.by_fingerprint.get(draft.fingerprint, {}).values())
        return (rows[0] if len(rows) == 1 else None), Trusted.CONTENT


def _alike(draft: Draft, row: ExternalId) -> bool:
    """Tell whether an id of another release means the same: same contributor and aid, and much the same words."""
    base: dict[str, Any] = canonical.load(row.content)
    same = _who(base, base["lines"][0]) == _who(draft.document, draft.document.get("items", []))
    likeness = fuzz.token_set_ratio(base.get("description", ""), draft.document.get("description", ""))
    return same and (base.get("announced") == draft.document.get("announced") or likeness >= _ALIKE)


def _who(document: dict[str, Any], items: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Return who gives, and what kind of aid."""
    return document.get("shares"), document["aid_type"], [item.get("supplier") for item in items]


def _beside_desk(said: dict[str, tuple[Step, Document, Document]]) -> None:
    """Say of each pledge whether what the source says now, and did not say last, can be written: its `fields`."""
    desk = _on_desk(set(said))
    obstacle = obstacles(Pledge.kind, said)
    for public_id, (step, last, now) in said.items():
        sides = three_way.Sides(last, compared(desk[public_id]), now)
        conflict = _("Changed both here and in the file since the last import: %s.")
        three_way.compare(step, step.fields, sides, conflict=conflict)
        step.is_noted = False
        if public_id in obstacle:
            three_way.refuse(step, obstacle[public_id])
        step.write = _to_write(step)


def _to_write(step: Step) -> dict[str, Any]:
    """Return the fields of a changed pledge as its serializer takes them; those that are gone are emptied."""
    document = step.draft.document
    empty: dict[str, Any] = {"beneficiary": None, "initiative": None, "shares": [], "claims": []}
    empty |= {key: [] for key in LINES}
    written_fields: dict[str, Any] = {}
    for name in step.fields:
        for key in LINES if name == "lines" else (name,):
            written_fields[key] = document.get(key, empty.get(key, ""))
    return written_fields


def _on_desk(public_ids: set[str]) -> dict[str, dict[str, Any]]:
    """Return the documents of pledges as they stand on the desk, as a source would write them."""
    return {document["id"]: written(document) for document in KINDS[Pledge.kind].documents(public_ids)}


def _refuse_orphans(steps: list[Step]) -> None:
    """Leave out new tranches whose umbrella is neither here nor coming."""
    standing = {step.draft.source_id for step in steps if step.outcome is not Outcome.INVALID}
    for step in steps:
        if step.outcome is Outcome.NEW and step.draft.umbrella and step.draft.umbrella not in standing:
            step.outcome = Outcome.INVALID
            step.reason = _("Its umbrella %s is not in the file.") % step.draft.umbrella


def _supporting(drafted: Drafted, plan: Plan) -> list[Draft]:
    """Return the new documents, initiatives and platforms that what is written refers to."""
    documents: dict[str, None] = {}
    initiatives: dict[str, None] = {}
    platforms: dict[str, None] = {}
    for step in plan.to_write():
        fields = step.draft.document if step.outcome is Outcome.NEW else step.write
        documents |= {claim["document"]: None for claim in fields.get("claims", ())}
        if fields.get("initiative"):
            initiatives[fields["initiative"]] = None
        platforms |= {item["platform"]: None for item in fields.get("items", ()) if item.get("platform")}
    found = [drafted.documents[key] for key in documents if key in drafted.documents]
    found += [drafted.initiatives[key] for key in initiatives if key in drafted.initiatives]
    return found + [drafted.platforms[key] for key in platforms if key in drafted.platforms]


def _accounts(drafted: Drafted, steps: list[Step]) -> Iterable[RowAccount]:
    """Yield what becomes of each row, in the order of the file."""
    by_draft = {id(step.draft): step for step in steps}
    for line in drafted.lines:
        yield _account(line, drafted, by_draft)


def _account(line: Line, drafted: Drafted, by_draft: dict[int, Step]) -> RowAccount:
    reason = drafted.invalid.get(line.number)
    notes = tuple(line.notes)
    if reason is not None:
        return RowAccount(line.number, Outcome.INVALID, None, reason, notes)
    step = by_draft[id(drafted.homes[line.number])]
    reason = step.reason or (_("changes: %s") % ", ".join(step.fields) if step.outcome is Outcome.CHANGED else "")
    return RowAccount(line.number, step.outcome, step, reason, notes)
