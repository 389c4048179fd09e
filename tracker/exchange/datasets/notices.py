"""Notices: what a person must look at first in a plan, a line each, the gravest first."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.curation.importing.plans import Outcome, Plan
from tracker.curation.importing.reconciled import Difference
from tracker.exchange.datasets.implausible import QUESTION, notice_of
from tracker.exchange.drafting import asides
from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.inbound.choosing_sheet import FoundTable
from tracker.exchange.inbound.conventions import AMOUNT, Conventions, both_ways
from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.profiles.base import Amounts, Profile
from tracker.models import Stage

_SHOWN = 12
"""How many columns are named."""
_EXPLAINED = 3
"""Of how many rows it is said why they cannot be used."""


def notices_of(
    plan: Plan, drafted: Drafted, found: FoundTable, conventions: Conventions, profile: Profile
) -> list[str]:  # fmt: skip
    """Return the notices of a plan whose steps are made."""
    first, later = (drafted.missing, []) if _is_grave(plan, drafted) else ([], drafted.missing)
    return [
        *_of_release(plan), *_of_ties(plan), *found.table.hidden_notices, *_of_stages(plan, first), *_of_cells(drafted),
        *drafted.said.of_formats(conventions.heads), *_of_stages(plan, later),
        *_of_columns(plan, drafted, found.table, profile),
        *_of_conventions(plan, conventions), *asides.notices(drafted),
        *_of_rows(plan, found.table), *_of_records(plan), *drafted.said.of_rounding(conventions.heads),
        *_of_sheets(found),
    ]  # fmt: skip


def _of_release(plan: Plan) -> Iterator[str]:
    if plan.newer:
        yield _(
            "This is release %(release)s, and release %(newer)s was brought before: what it says would replace what the"
            " newer one says."
        ) % {"release": plan.release, "newer": plan.newer}


def _of_ties(plan: Plan) -> Iterator[str]:
    shown = "; ".join(step.choices for step in plan.ties[:_SHOWN])
    if shown:
        yield ngettext(
            "Say which record this is, before anything is written: %(records)s.",
            "Say which records these %(count)s are, before anything is written: %(records)s.",
            len(plan.ties),
        ) % {"count": len(plan.ties), "records": shown + (" …" if len(plan.ties) > _SHOWN else "")}
    doubtful = sum(1 for step in plan.steps if step.others) if plan.likeliest else 0
    if doubtful:
        yield ngettext(
            "%s record could be another as well: the likeliest is taken, as you said.",
            "%s records could be others as well: the likeliest are taken, as you said.",
            doubtful,
        ) % doubtful  # fmt: skip


def _of_conventions(plan: Plan, conventions: Conventions) -> Iterator[str]:
    for question in plan.questions:
        if question.column == QUESTION:
            yield _("Say whether this is right, before anything is written: %s") % question
        else:
            yield _("Say how this column is written, before anything is: %s") % question
    doubtful = notice_of(plan.doubts)
    if doubtful:
        yield doubtful
    asked = {question.column for question in plan.questions}
    for column, witnesses in conventions.mixed.items():
        if column not in asked:
            yield f"{conventions.heads.get(column, column)}: {both_ways(witnesses)}"


def _of_sheets(found: FoundTable) -> Iterator[str]:
    if found.notice:
        yield found.notice
    if found.others or found.hidden:
        yield _("It is read from the sheet “%s”.") % found.sheet
    for names, sentence in (
        (found.others, _("Sheets that are not read: %s.")),
        (found.hidden, _("Hidden sheets, which are read only when they are named: %s.")),
    ):
        if names:
            yield sentence % _shown(names)


def _of_stages(plan: Plan, missing: list[Amounts]) -> Iterator[str]:
    stages = ", ".join(str(Stage(declared.stage).label) for declared in missing)
    if stages and plan.unread:
        yield _(
            "No column of amounts was found for: %(stages)s. What an earlier release said of it stays. Columns that are"
            " not read: %(names)s."
        ) % {"stages": stages, "names": _shown(plan.unread)}
    elif stages:
        yield (
            _(
                "No column of amounts was found for: %s. What an earlier release said of it stays. Every column of the"
                " file is read."
            )
            % stages
        )


def _is_grave(plan: Plan, drafted: Drafted) -> bool:
    """Tell whether amounts have no column that a file has as a rule, or that an earlier release had."""
    held = {line.stage for line in plan.reconciliation if line.cause == Difference.MISSING}
    return any(declared.always or declared.stage in held for declared in drafted.missing)


def _of_columns(plan: Plan, drafted: Drafted, table: SheetTable, profile: Profile) -> Iterator[str]:
    values = {declared.value for declared in profile.amounts}
    absent = [name for name, kind in profile.holds.items() if kind == AMOUNT and name in table.absent]
    others = [profile.header.called(name) for name in absent if name not in values]
    if others:
        yield _("Other columns of amounts that the file does not have: %s.") % _shown(others)
    if plan.unread and not drafted.missing:
        yield _("Columns that are not read: %s.") % _shown(plan.unread)


def _shown(names: list[str]) -> str:
    """Return names of columns between quotes: the first, and how many there are besides."""
    more = _(" and %s more") % (len(names) - _SHOWN) if len(names) > _SHOWN else ""
    return ", ".join(f"“{name}”" for name in names[:_SHOWN]) + more


def _of_cells(drafted: Drafted) -> Iterator[str]:
    unread = sum(len(line.unread) for line in drafted.lines)
    if unread:
        rows = sum(1 for line in drafted.lines if line.unread)
        yield ngettext(
            "%(cells)s cell in %(rows)s rows cannot be read: it changes nothing.",
            "%(cells)s cells in %(rows)s rows cannot be read: they change nothing.",
            unread,
        ) % {"cells": unread, "rows": rows}


def _of_rows(plan: Plan, table: SheetTable) -> Iterator[str]:
    if table.cut_notice:
        yield table.cut_notice
    invalid = [account for account in plan.rows if account.outcome is Outcome.INVALID]
    if invalid:
        why = " ".join(
            _("Row %(row)s: %(reason)s") % {"row": one.number, "reason": one.reason} for one in invalid[:_EXPLAINED]
        )
        more = " …" if len(invalid) > _EXPLAINED else ""
        count = ngettext("%s row cannot be used.", "%s rows cannot be used.", len(invalid)) % len(invalid)
        yield f"{count} {why}{more}"


def _of_records(plan: Plan) -> Iterator[str]:
    conflicting = plan.with_outcome(Outcome.CONFLICTING)
    held = sum(1 for step in conflicting if step.is_held)
    if len(conflicting) > held:
        yield ngettext(
            "%s record keeps what was changed here, where the file says something else now, too: decide whether ours is"
            " kept or theirs taken. The rest of it follows the file.",
            "%s records keep what was changed here, where the file says something else now, too: decide whether ours is"
            " kept or theirs taken. The rest of them follows the file.",
            len(conflicting) - held,
        ) % (len(conflicting) - held)  # fmt: skip
    if held:
        yield (
            ngettext(
                "%s record is left as it is, as somebody holds it or it is withdrawn.",
                "%s records are left as they are, as somebody holds them or they are withdrawn.",
                held,
            )
            % held
        )
    kept = sum(1 for one in plan.gone if one.kept_in)
    gone = len(plan.gone) - kept
    if gone:
        yield ngettext(
            "%s record is no longer in the file: decide whether it is withdrawn or kept.",
            "%s records are no longer in the file: decide whether they are withdrawn or kept.",
            gone,
        ) % gone  # fmt: skip
    if kept:
        yield ngettext(
            "%s record that the file no longer has was kept before.",
            "%s records that the file no longer has were kept before.",
            kept,
        ) % kept  # fmt: skip
