"""Import a file of a dataset: plan it, show the plan, and apply it into one change set."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tracker.curation.errors import CurationError
from tracker.curation.importing.labels import LabelDecision, decide_labels
from tracker.curation.importing.plans import Plan
from tracker.curation.review import permissions, tasks
from tracker.exchange.datasets.bringing import Decisions, bring
from tracker.exchange.datasets.implausible import QUESTION
from tracker.exchange.datasets.label_files import read_decisions
from tracker.exchange.datasets.planning import PlanError, make_plan
from tracker.exchange.datasets.report import reconciled, summary, write_report
from tracker.exchange.inbound.conventions import AS_WRITTEN, DATE, ColumnQuestion, Stated
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import HeaderMissing
from tracker.exchange.profiles import PROFILES
from tracker.management.options import add_conventions, conventions_said, in_words
from tracker.models import ImportStep, ReconciliationLine
from tracker.reporting.checks.reconciliation import of_import

_NAMES = [cause for cause in ReconciliationLine.Cause.values if cause]
IMPORT = "tracker.add_import"
"""The right to bring files, which the admin and REST ask for too."""


class Command(BaseCommand):
    """`manage.py import_records FILE --profile kiel --release 21`."""

    help = (
        "Plan the import of a file, show what is new, changed, conflicting or invalid, and apply it into one change "
        "set of --author. With --publish-as, a second person publishes that at once. Nothing is written with "
        "--dry-run. What the file and the register come to is shown; where they differ, publishing asks for the "
        "names of the differences."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--profile", required=True, choices=sorted(PROFILES))
        parser.add_argument("--release", default="", help="which release of the dataset the file is, such as 21")
        parser.add_argument(
            "--sheet", help="the sheet to read; else the one that has the header, among all that are shown"
        )
        add_conventions(parser)
        parser.add_argument(
            "--accept-implausible", action="store_true", help="figures that can hardly be meant are right as written"
        )
        parser.add_argument("--dry-run", action="store_true", help="plan and report only")
        parser.add_argument("--report", type=Path, help="write what becomes of every row to this CSV file")
        parser.add_argument("--author", help="who imports, by user name")
        parser.add_argument("--publish-as", help="who publishes it, by user name; not the author")
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

    def handle(self, *args: Any, **options: Any) -> None:
        author, publisher = self._people(options)
        if options["report"]:
            _check_folder(options["report"])
        with transaction.atomic():
            # What labels mean is known before the file is planned; a dry run, and a question, take it back.
            labels = self._labels(options, author)
            plan = self._plan(options)
            for line in summary(plan, options["leave_below"], _decisions(options).of(plan.gone)):
                self.stdout.write(line)
            if not options["dry_run"]:
                _require_answers(plan)
            transaction.set_rollback(options["dry_run"])
        ids: dict[str, str] = {}
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        elif plan.is_empty and not (plan.gone and _decides(options)):
            self.stdout.write("There is nothing to write.")
        else:
            assert author is not None
            ids = self._apply(plan, author, publisher, labels, options)
        if options["report"]:
            self._report(plan, options["report"], ids)

    def _people(self, options: dict[str, Any]) -> tuple[User | None, User | None]:
        """Return author and publisher; raises CommandError where they cannot be."""
        if not options["dry_run"] and not options["author"]:
            raise CommandError("Name the --author of the change set, or add --dry-run.")
        if options["publish_as"] and options["publish_as"] == options["author"]:
            raise CommandError("--publish-as: nobody reviews their own change set; name a second person.")
        author, publisher = (_user(options[name]) for name in ("author", "publish_as"))
        if author is not None and not author.has_perm(IMPORT):
            raise CommandError(f"--author: {author} may not import; name an editor.")
        if publisher is not None and not publisher.has_perm(permissions.PUBLISH):
            raise CommandError(f"--publish-as: {publisher} may not publish; name a reviewer.")
        return author, publisher

    def _plan(self, options: dict[str, Any]) -> Plan:
        profile = PROFILES[options["profile"]]
        if profile.needs_release and not options["release"]:
            raise CommandError(f"Say which --release of {profile.title} the file is, such as 21.")
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        try:
            return make_plan(
                workbook=open_file(options["file"]), profile=profile,
                release=options["release"], sheet=options["sheet"], decided=_matches(options["match"]),
                stated=_stated(options), sides=_sides(options), likeliest=options["likeliest"],
            )  # fmt: skip
        except (FileRefused, HeaderMissing, PlanError) as error:
            raise CommandError(str(error)) from error

    def _labels(self, options: dict[str, Any], author: User | None) -> list[LabelDecision]:
        """Map labels as the file of decisions says; returns all of them. Raises CommandError."""
        if not options["labels"]:
            return []
        if author is None:
            raise CommandError("--labels: name the --author of the change set with the names of records.")
        try:
            decisions = read_decisions(options["labels"])
            title = f"{options['profile']} {options['release']}".strip()
            mapped = decide_labels(decisions=decisions, title=title, by=author, at=timezone.now())
        except (CurationError, FileRefused, HeaderMissing, OSError) as error:
            raise CommandError(f"Nothing was written. --labels: {error}") from error
        left = len(decisions) - mapped
        self.stdout.write(f"Labels: {mapped} mapped to records, {left} left as descriptions.")
        return decisions

    def _apply(
        self, plan: Plan, author: User, publisher: User | None, labels: list[LabelDecision], options: dict[str, Any]
    ) -> dict[str, str]:
        """Apply the plan, and publish it where somebody is to: all of it or nothing."""
        at, effect = timezone.now(), None
        try:
            with transaction.atomic():
                imported, applied = bring(
                    path=options["file"], made=plan, sheet=options["sheet"] or "", author=author, at=at,
                    message=options["message"], decisions=_decisions(options), watch=self._watch(),
                    leave_below=options["leave_below"], labels=labels,
                )  # fmt: skip
                if applied.change_set is not None and publisher is not None:
                    effect = tasks.submit_and_publish(
                        change_set=applied.change_set, by=publisher, at=timezone.now,
                        differences=_names(options["differences"]),
                    )  # fmt: skip
        except CurationError as error:
            raise CommandError(f"Nothing was written. {error}") from error
        for line in reconciled(of_import(imported)):
            self.stdout.write(line)
        if applied.change_set is None:
            self.stdout.write("No record changes; the ids of this release are noted.")
        else:
            done = "is published" if publisher else "waits for its author to look at what it does, and to submit it"
            self.stdout.write(f"Change set {applied.change_set} {done}.{in_words(effect)}")
        return applied.ids

    def _watch(self) -> Callable[[int, int], None]:
        """Return what shows progress: on a terminal only."""
        if not self.stderr.isatty():
            return lambda done, total: None

        def show(done: int, total: int) -> None:
            end = "\n" if done == total else ""
            self.stderr.write(f"\r  {done} of {total} records written", ending=end)

        return show

    def _report(self, plan: Plan, path: Path, ids: dict[str, str]) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                count = write_report(plan, file, ids)
        except OSError as error:
            raise CommandError(f"--report: cannot write {path}: {error.strerror}") from error
        self.stdout.write(f"{count} rows are accounted for in {path}.")


def _stated(options: dict[str, Any]) -> dict[str, Stated]:
    """Return what is said about how columns are written, and about figures that can hardly be meant."""
    accepted: dict[str, Stated] = {QUESTION: AS_WRITTEN} if options["accept_implausible"] else {}
    return conventions_said(options) | accepted


def _decisions(options: dict[str, Any]) -> Decisions:
    """Return what becomes of records that are gone."""
    return Decisions(options["gone"], tuple(options["withdraw"]), tuple(options["keep"]))


def _decides(options: dict[str, Any]) -> bool:
    """Tell whether anything is to become of records that are gone."""
    return bool(options["withdraw"] or options["keep"]) or options["gone"] != ImportStep.Decision.ASK


def _matches(given: list[str]) -> dict[str, str]:
    """Return which records ids mean, from `ID=RECORD`. Raises CommandError."""
    wrong = [text for text in given if "=" not in text]
    if wrong:
        raise CommandError(f"--match {wrong[0]}: write ID=RECORD, or ID= for a new record.")
    return {source_id: record for source_id, _sign, record in (text.rpartition("=") for text in given)}


def _sides(options: dict[str, Any]) -> dict[str, str]:
    """Return what is decided about conflicts, by the id of a record; no id stands for all others."""
    sides = {"": options["conflicts"]} if options["conflicts"] else {}
    named = {side: options[side] for side in ImportStep.Side.values}
    return sides | {name: side for side, names in named.items() for name in names}


def _names(given: str) -> list[str]:
    """Return the names of differences. Raises CommandError where there is no such one."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    strange = [name for name in names if name not in _NAMES]
    if strange:
        raise CommandError(f"--differences: {strange[0]} is none of {', '.join(_NAMES)}.")
    return names


def _require_answers(plan: Plan) -> None:
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


def _user(name: str | None) -> User | None:
    """Return the user of that name; None where none is named. Raises CommandError."""
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user “{name}”.")
    return user


def _check_folder(report: Path) -> None:
    """Raise CommandError where there is no place for the report, before anything is written to the register."""
    if report.is_dir() or not report.parent.is_dir():
        raise CommandError(f"--report: {report} is no file in a folder that exists; nothing was written.")
