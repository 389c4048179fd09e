"""What `import_records` is told: its options, and what they say."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from tracker.curation.importing.plans import Plan
from tracker.exchange.datasets.bringing import Decisions
from tracker.exchange.datasets.implausible import QUESTION
from tracker.exchange.inbound.conventions import AS_WRITTEN, DATE, ColumnQuestion, Stated
from tracker.exchange.profiles import PROFILES
from tracker.management.options import add_conventions, conventions_said
from tracker.models import ImportStep, ImportTwin, ReconciliationLine

_NAMES = [cause for cause in ReconciliationLine.Cause.values if cause]


def add_import_options(parser: ArgumentParser) -> None:
    """Add all options: which file, how it is read, who brings it, and what is decided about its plan."""
    _add_file(parser)
    _add_decisions(parser)


def _add_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--profile", required=True, choices=sorted(PROFILES))
    parser.add_argument("--release", default="", help="which release of the dataset the file is, such as 21")
    parser.add_argument("--sheet", help="the sheet to read; else the one that has the header, among all that are shown")
    add_conventions(parser)
    parser.add_argument(
        "--accept-implausible", action="store_true", help="figures that can hardly be meant are right as written"
    )
    parser.add_argument("--dry-run", action="store_true", help="plan and report only")
    parser.add_argument("--report", type=Path, help="write what becomes of every row to this CSV file")
    parser.add_argument("--author", help="who imports, by user name")
    parser.add_argument("--publish-as", help="who publishes it, by user name; not the author")


def _add_decisions(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--gone", choices=ImportStep.Decision.values, default=ImportStep.Decision.ASK.value,
        help="what becomes of records that are no longer in the file: they are withdrawn, or kept and marked, or "
        "left and asked about again",
    )  # fmt: skip
    parser.add_argument("--withdraw", action="append", default=[], metavar="ID", help="withdraw this one of them")
    parser.add_argument("--keep", action="append", default=[], metavar="ID", help="keep this one of them")
    parser.add_argument(
        "--match", action="append", default=[], metavar="ID=RECORD",
        help="which record an id in the file means, where it could be several; ID= stands for a new one",
    )  # fmt: skip
    parser.add_argument(
        "--likeliest", action="store_true",
        help="where a row could be one of several records, and no --match says which: take the likeliest",
    )  # fmt: skip
    parser.add_argument(
        "--labels", type=Path, metavar="FILE",
        help="decisions about labels, as CSV with the columns kind, label, record: the record goes by that label "
        "from now on; without one it stays a description",
    )  # fmt: skip
    parser.add_argument(
        "--leave-below", type=int, default=0, metavar="PERCENT",
        help="leave labels as descriptions that no name reads like by so much, in this release and the next ones",
    )  # fmt: skip
    parser.add_argument(
        "--list-twins", type=Path, metavar="FILE",
        help="write the pairs of likely twins to this CSV file, to be filled in: the column decision",
    )  # fmt: skip
    parser.add_argument(
        "--twins", type=Path, metavar="FILE",
        help=f"decisions about likely twins, as CSV with the columns source_id, other, other_source_id, decision: "
        f"{', '.join(ImportTwin.Decision.values)}; what is left empty can be decided afterwards",
    )  # fmt: skip
    parser.add_argument(
        "--conflicts", choices=ImportStep.Side.values,
        help="what becomes of fields that staff and the file have both changed: ours are kept, or theirs taken; "
        "left out, they stay as they are here and are asked about again",
    )  # fmt: skip
    parser.add_argument("--ours", action="append", default=[], metavar="ID", help="keep ours in this record")
    parser.add_argument("--theirs", action="append", default=[], metavar="ID", help="take theirs in this record")
    parser.add_argument(
        "--differences", default="", metavar="NAMES",
        help=f"publish although the totals differ for these reasons: {', '.join(_NAMES)}",
    )  # fmt: skip
    parser.add_argument("--message", default="", help="what the change set is about")


def stated_of(options: dict[str, Any]) -> dict[str, Stated]:
    """Return what is said about how columns are written, and about figures that can hardly be meant."""
    accepted: dict[str, Stated] = {QUESTION: AS_WRITTEN} if options["accept_implausible"] else {}
    return conventions_said(options) | accepted


def decisions_of(options: dict[str, Any]) -> Decisions:
    """Return what becomes of records that are gone."""
    return Decisions(options["gone"], tuple(options["withdraw"]), tuple(options["keep"]))


def decides(options: dict[str, Any]) -> bool:
    """Tell whether anything is to become of records that are gone."""
    return bool(options["withdraw"] or options["keep"]) or options["gone"] != ImportStep.Decision.ASK


def matches_of(given: list[str]) -> dict[str, str]:
    """Return which records ids mean, from `ID=RECORD`. Raises CommandError."""
    wrong = [text for text in given if "=" not in text]
    if wrong:
        raise CommandError(f"--match {wrong[0]}: write ID=RECORD, or ID= for a new record.")
    return {source_id: record for source_id, _sign, record in (text.rpartition("=") for text in given)}


def sides_of(options: dict[str, Any]) -> dict[str, str]:
    """Return what is decided about conflicts, by the id of a record; no id stands for all others."""
    sides = {"": options["conflicts"]} if options["conflicts"] else {}
    named = {side: options[side] for side in ImportStep.Side.values}
    return sides | {name: side for side, names in named.items() for name in names}


def names_of(given: str) -> list[str]:
    """Return the names of differences. Raises CommandError where there is no such one."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    strange = [name for name in names if name not in _NAMES]
    if strange:
        raise CommandError(f"--differences: {strange[0]} is none of {', '.join(_NAMES)}.")
    return names


def require_answers(plan: Plan) -> None:
    """Raise CommandError where a plan asks something that nobody has answered."""
    if plan.questions:
        raise CommandError(
            f"Nothing was written. {_how_to_answer(plan.questions)}: " + " ".join(map(str, plan.questions))
        )
    if plan.ties:
        raise CommandError(
            "Nothing was written. Say by --match ID=RECORD which records these are, or --likeliest for all: "
            + "; ".join(step.choices for step in plan.ties)
        )


def _how_to_answer(questions: list[Any]) -> str:
    """Return by which options the questions of a plan are answered."""
    columns = [question for question in questions if question.column != QUESTION]
    told = []
    if columns:
        told.append(
            "Say by --decimal and --dates how these columns are written, such as "
            f"--{_option_of(columns[0])}; or leave them unread, by COLUMN=unread"
        )
    if len(columns) < len(questions):
        told.append("Say by --accept-implausible that these figures are right")
    return ". ".join(told)


def _option_of(question: ColumnQuestion) -> str:
    """Return the option that answers a question, as an example."""
    option = "dates" if question.holds == DATE else "decimal"
    return f"{option} {question.column}={question.choices[0].replace(' ', '-')}"
