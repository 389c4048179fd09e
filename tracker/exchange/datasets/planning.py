"""Planning: what an import would do to the register. Reads only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Draft, Outcome, Plan, RowAccount, Step
from tracker.curation.importing.reconciled import Difference
from tracker.exchange.datasets.implausible import Doubts, question_about
from tracker.exchange.datasets.known import known_records
from tracker.exchange.datasets.matching import match
from tracker.exchange.datasets.notices import notices_of
from tracker.exchange.datasets.reconciling import Reconciler, in_words
from tracker.exchange.datasets.splitting import note_splits
from tracker.exchange.datasets.steps import absorbed_by_id, gone_of, held_back_of, newer_than, steps_of
from tracker.exchange.datasets.twins import twins_of_plan
from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.drafting.drafter import Drafter
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.conventions import AS_WRITTEN, Conventions, Stated
from tracker.exchange.inbound.files import Workbook
from tracker.exchange.profiles.base import Profile
from tracker.exchange.profiles.tracker import RegisterProfile
from tracker.exchange.register.planning import plan_register
from tracker.models import Party
from tracker.records.engine.types import Document


class PlanError(ValueError):
    """The file cannot be planned; the message says why."""


def make_plan(
    *, workbook: Workbook, profile: Profile | RegisterProfile, release: str = "", sheet: str | None = None,
    decided: Mapping[str, str] | None = None, stated: Mapping[str, Stated] | None = None,
    sides: Mapping[str, str] | None = None, likeliest: bool = False,
) -> Plan:  # fmt: skip
    """Return the plan of importing one sheet of a file as a release of the profile's dataset.

    The register's own workbook has no releases. `decided` says of ids in the file which record a person took them
    for; no record stands for a new one. `stated` are conventions of columns, and `sides` says by the id of a record, or
    by nothing for all others, whether what was changed here stays (`ours`) or is replaced by the file's (`theirs`).
    `likeliest`: where a row could be one of several records, and nobody has chosen, the likeliest is right.
    Raises PlanError, FileRefused or HeaderMissing where the file cannot be read by the profile.
    """
    if isinstance(profile, RegisterProfile):
        plan = plan_register(workbook=workbook, dataset=profile.name, sheet=sheet, sides=sides)
        plan.twins = twins_of_plan(plan)
        return plan
    release = release.strip()
    if not release or len(release) > 40:
        raise PlanError(_("Name the release, such as 21, in at most 40 characters."))
    if profile.beneficiary and not Party.objects.filter(public_id=profile.beneficiary).exists():
        raise PlanError(_("There is no party %s, for whom every row is: create it first.") % profile.beneficiary)
    found = find_table(workbook, profile.header, sheet=sheet, preferred=profile.sheets)
    table = found.table
    conventions = Conventions(
        profile.holds, separator=workbook.separator, usual=profile.day_order, stated=stated or {}, heads=table.heads
    )
    drafted = Drafter(profile, release, conventions).draft(table)
    plan = Plan(
        profile.name, release, f"{profile.title}, release {release}", unread=table.left_out, likeliest=likeliest
    )
    plan.questions = list(conventions.questions)
    plan.said = {column: str(getattr(one, "value", one)) for column, one in (stated or {}).items()}
    records = known_records(profile.name)
    absorbed = absorbed_by_id(drafted.pledges, records, release)
    matching = match([draft for draft in drafted.pledges if draft.source_id not in absorbed], records, release, decided)
    plan.steps = steps_of(drafted.pledges, matching, records, release, sides or {})
    plan.gone = gone_of(records, plan.steps, drafted.held_back)
    plan.gone = note_splits(plan.steps, records, plan.gone)
    plan.held_back = held_back_of(records, plan.steps, drafted.held_back)
    plan.newer = newer_than(release, records)
    _look_at_documents(plan, profile, drafted, {record.public_id: record.content for record in records})
    doubt = question_about(plan.doubts)
    if doubt is not None and (stated or {}).get(doubt.column) != AS_WRITTEN:
        plan.questions.append(doubt)
    _refuse_unnamed(plan)
    plan.labels, plan.renamed = drafted.labels, drafted.renamed
    plan.rows = list(_accounts(drafted, plan.steps, found.sheet))
    plan.notices = notices_of(plan, drafted, found, conventions, profile)
    # What they are looked for by takes the most memory of all: what is of no use any more goes before.
    del drafted, records, matching
    plan.twins = twins_of_plan(plan)
    return plan


def _refuse_unnamed(plan: Plan) -> None:
    """Raise PlanError where what would be written does not add up to the file, and nobody can say why."""
    unnamed = [line for line in plan.reconciliation if line.cause == Difference.UNNAMED]
    if unnamed:
        raise PlanError(
            _("What is read does not add up to the file's own cells, and nothing explains it: %s.")
            % "; ".join(in_words(line) for line in unnamed[:5])
        )


def _look_at_documents(plan: Plan, profile: Profile, drafted: Drafted, known: Mapping[str, Document]) -> None:
    """Work out what takes the documents of all steps, of which each is unpacked once for all of it."""
    doubts, reconciler, supporting = Doubts(known), Reconciler(profile, drafted, plan, known), _Supporting(drafted)
    for step in plan.steps:
        document = step.draft.document
        doubts.look_at(step, document)
        reconciler.look_at(step, document)
        supporting.look_at(step, document)
    plan.doubts, plan.reconciliation, plan.supporting = doubts.found(drafted), reconciler.lines(), supporting.found()


class _Supporting:
    """The new documents, initiatives and platforms that what is written refers to, by the steps that it is shown."""

    def __init__(self, drafted: Drafted) -> None:
        self._drafted = drafted
        self._documents: dict[str, None] = {}
        self._initiatives: dict[str, None] = {}
        self._platforms: dict[str, None] = {}

    def look_at(self, step: Step, document: Document) -> None:
        """Take a step into account, where it writes anything."""
        if not step.writes:
            return
        fields: Mapping[str, Any] = document if step.outcome is Outcome.NEW else step.write
        self._documents.update((claim["document"], None) for claim in fields.get("claims", ()))
        if fields.get("initiative"):
            self._initiatives[fields["initiative"]] = None
        self._platforms.update((item["platform"], None) for item in fields.get("items", ()) if item.get("platform"))

    def found(self) -> list[Draft]:
        """Return them, in the order in which they were met."""
        drafted = self._drafted
        wanted = (
            (self._documents, drafted.documents), (self._initiatives, drafted.initiatives),
            (self._platforms, drafted.platforms),
        )  # fmt: skip
        return [drafts[key] for keys, drafts in wanted for key in keys if key in drafts]


def _accounts(drafted: Drafted, steps: list[Step], sheet: str) -> Iterable[RowAccount]:
    """Yield what becomes of each row of the sheet, in the order of the file."""
    by_draft = {id(step.draft): step for step in steps}
    for line in drafted.lines:
        yield _account(line, drafted, by_draft, sheet)


def _account(line: FileLine, drafted: Drafted, by_draft: dict[int, Step], sheet: str) -> RowAccount:
    aside = drafted.asides.get(line.number)
    if aside is not None:
        return RowAccount(line.number, Outcome.PASSED, None, aside, sheet=sheet)
    reason = drafted.invalid.get(line.number)
    notes = tuple(line.notes)
    if reason is not None:
        return RowAccount(line.number, Outcome.INVALID, None, reason, notes, sheet)
    step = by_draft[id(drafted.homes[line.number])]
    changes = _("changes: %s") % ", ".join(step.fields) if step.fields and not step.is_held else ""
    reason = " ".join(filter(None, (step.reason, changes if step.outcome is not Outcome.NEW else "")))
    return RowAccount(line.number, step.outcome, step, reason, notes, sheet)
