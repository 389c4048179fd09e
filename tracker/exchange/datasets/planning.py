"""Planning: what an import would do to the register. Reads only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Difference, Draft, Outcome, Plan, RowAccount, Step
from tracker.exchange.datasets.implausible import doubts, question_about
from tracker.exchange.datasets.known import known_records
from tracker.exchange.datasets.matching import match
from tracker.exchange.datasets.notices import notices_of
from tracker.exchange.datasets.reconciling import in_words, reconcile
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
    plan.doubts = doubts(plan, drafted, records)
    doubt = question_about(plan.doubts)
    if doubt is not None and (stated or {}).get(doubt.column) != AS_WRITTEN:
        plan.questions.append(doubt)
    plan.reconciliation = reconcile(profile, drafted, plan, {record.public_id: record.content for record in records})
    _refuse_unnamed(plan)
    plan.supporting = _supporting(drafted, plan)
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


def _supporting(drafted: Drafted, plan: Plan) -> list[Draft]:
    """Return the new documents, initiatives and platforms that what is written refers to."""
    documents: dict[str, None] = {}
    initiatives: dict[str, None] = {}
    platforms: dict[str, None] = {}
    for step in plan.to_write():
        fields: Mapping[str, Any] = step.draft.document if step.outcome is Outcome.NEW else step.write
        documents |= {claim["document"]: None for claim in fields.get("claims", ())}
        if fields.get("initiative"):
            initiatives[fields["initiative"]] = None
        platforms |= {item["platform"]: None for item in fields.get("items", ()) if item.get("platform")}
    found = [drafted.documents[key] for key in documents if key in drafted.documents]
    found += [drafted.initiatives[key] for key in initiatives if key in drafted.initiatives]
    return found + [drafted.platforms[key] for key in platforms if key in drafted.platforms]


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
