"""Import a file of a dataset: plan it, show the plan, and apply it into one change set."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tracker.curation.importing.labels import LabelDecision, decide_labels
from tracker.curation.importing.plans import Plan
from tracker.curation.importing.twins import TwinDecision
from tracker.curation.publishing import tasks
from tracker.curation.review import permissions
from tracker.exchange.datasets.bringing import bring, take_in
from tracker.exchange.datasets.label_files import read_decisions
from tracker.exchange.datasets.planning import PlanError, make_plan
from tracker.exchange.datasets.report import reconciled, summary, write_report
from tracker.exchange.datasets.twin_files import read_twins, write_twins
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import HeaderMissing
from tracker.exchange.profiles import PROFILES
from tracker.management.import_options import (
    add_import_options,
    decides,
    decisions_of,
    matches_of,
    names_of,
    require_answers,
    sides_of,
    stated_of,
)
from tracker.management.options import in_words, refused_in_words
from tracker.models import ChangeSet, Import, clock
from tracker.reporting.checks.reconciliation import of_import

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
        add_import_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        author, publisher = self._people(options)
        for name in ("report", "list_twins"):
            _check_folder(name, options[name])
        with transaction.atomic(), refused_in_words():
            # What labels mean is known before the file is planned; a dry run, and a question, take it back.
            labels = self._labels(options, author)
            plan = self._plan(options)
            self._show(plan, options)
            twins = self._twins(options, plan)
            if not options["dry_run"]:
                require_answers(plan)
            elif twins and author is not None:
                _imported, plan = self._take_in(plan, author, twins, options)
            transaction.set_rollback(options["dry_run"])
        ids: dict[str, str] = {}
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        elif plan.is_empty and not (plan.gone and decides(options)):
            self.stdout.write("There is nothing to write.")
        else:
            assert author is not None
            plan, ids = self._apply(plan, author, publisher, labels, twins, options)
        if options["report"]:
            with self._written("report", options) as file:
                count = write_report(plan, file, ids)
            self.stdout.write(f"{count} rows are accounted for in {options['report']}.")

    def _show(self, plan: Plan, options: dict[str, Any]) -> None:
        for line in summary(plan, options["leave_below"], decisions_of(options).of(plan.gone)):
            self.stdout.write(line)

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
                release=options["release"], sheet=options["sheet"], decided=matches_of(options["match"]),
                stated=stated_of(options), sides=sides_of(options), likeliest=options["likeliest"],
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
        except (FileRefused, HeaderMissing, OSError) as error:
            raise CommandError(f"Nothing was written. --labels: {error}") from error
        title = f"{options['profile']} {options['release']}".strip()
        with refused_in_words("Nothing was written. --labels:"):
            mapped = decide_labels(decisions=decisions, title=title, by=author, at=timezone.now())
        left = len(decisions) - mapped
        self.stdout.write(f"Labels: {mapped} mapped to records, {left} left as descriptions.")
        return decisions

    def _twins(self, options: dict[str, Any], plan: Plan) -> list[TwinDecision]:
        """Write down the likely twins, if they are asked for, and return what is decided about them."""
        if options["list_twins"]:
            with self._written("list_twins", options) as file:
                write_twins(plan.twins, file)
            self.stdout.write(
                f"{len(plan.twins)} pairs of likely twins are in {options['list_twins']}: fill in the column decision, "
                "and give the file by --twins."
            )
        if not options["twins"]:
            if plan.twins and not options["list_twins"]:
                self.stdout.write("  Say what they are by --twins FILE; --list-twins FILE writes one to be filled in.")
            return []
        if not options["author"]:
            raise CommandError("--twins: name the --author, who decides.")
        try:
            return read_twins(options["twins"])
        except (FileRefused, HeaderMissing, OSError) as error:
            raise CommandError(f"Nothing was written. --twins: {error}") from error

    def _take_in(
        self, plan: Plan, author: User, twins: list[TwinDecision], options: dict[str, Any]
    ) -> tuple[Import, Plan]:
        """Keep the file and its plan with what is decided about likely twins, and say what that comes to."""
        imported, made = take_in(
            path=options["file"], made=plan, sheet=options["sheet"] or "", author=author, at=timezone.now(),
            matches=matches_of(options["match"]), sides=sides_of(options), twins=twins,
        )  # fmt: skip
        if made is not plan:
            self.stdout.write("Records that are gone from the file are the same as rows of it, so it is planned again.")
            self._show(made, options)
            require_answers(made)
        if made.twins:
            left = imported.twins.filter(decision="").count()
            self.stdout.write(f"Likely twins: {len(made.twins) - left} pairs decided, {left} undecided.")
        return imported, made

    def _apply(
        self, plan: Plan, author: User, publisher: User | None, labels: list[LabelDecision], twins: list[TwinDecision],
        options: dict[str, Any],
    ) -> tuple[Plan, dict[str, str]]:  # fmt: skip
        """Apply the plan, and publish it where somebody is to, all of it or nothing; returns what was applied."""
        said = []
        readers = nullcontext() if publisher is None else tasks.while_readers_are_put_off()
        with refused_in_words(), readers, transaction.atomic():
            imported, made = self._take_in(plan, author, twins, options)
            applied = bring(
                imported=imported, made=made, at=timezone.now(), message=options["message"],
                decisions=decisions_of(options), watch=self._watch(), leave_below=options["leave_below"], labels=labels,
            )  # fmt: skip
            for change_set in filter(None, (applied.change_set, applied.merging)):
                said.append(f"Change set {change_set} {_passed_on(change_set, publisher, options)}")
        for line in [*reconciled(of_import(imported)), *said]:
            self.stdout.write(line)
        if applied.change_set is None:
            self.stdout.write("No record changes; the ids of this release are noted.")
        return made, applied.ids

    def _watch(self) -> Callable[[int, int], None]:
        """Return what shows progress: on a terminal only."""
        if not self.stderr.isatty():
            return lambda done, total: None

        def show(done: int, total: int) -> None:
            end = "\n" if done == total else ""
            self.stderr.write(f"\r  {done} of {total} records written", ending=end)

        return show

    @contextmanager
    def _written(self, name: str, options: dict[str, Any]) -> Iterator[IO[str]]:
        """Open the file that an option names for writing. Raises CommandError."""
        path: Path = options[name]
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
        except OSError as error:
            raise CommandError(f"--{name.replace('_', '-')}: cannot write {path}: {error.strerror}") from error


def _passed_on(change_set: ChangeSet, publisher: User | None, options: dict[str, Any]) -> str:
    """Publish a change set where somebody is to, and return what becomes of it."""
    if publisher is None:
        return "waits for its author to look at what it does, and to submit it."
    effect = tasks.submit_and_publish(
        change_set=change_set, by=publisher, at=clock.now, differences=names_of(options["differences"])
    )  # fmt: skip
    return f"is published.{in_words(effect)}"


def _user(name: str | None) -> User | None:
    """Return the user of that name; None where none is named. Raises CommandError."""
    if not name:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user “{name}”.")
    return user


def _check_folder(name: str, path: Path | None) -> None:
    """Raise CommandError where there is no place for a file, before anything is written to the register."""
    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        option = name.replace("_", "-")
        raise CommandError(f"--{option}: {path} is no file in a folder that exists; nothing was written.")
