"""The tracker on one's own machine, with the facts of the first source in it."""

import os
import secrets
import socket
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from tracker.curation import accounts
from tracker.curation.desk.written_steps import publish_file
from tracker.curation.publishing.fixtures import fixture_names, publish_all
from tracker.curation.publishing.tasks import while_readers_are_put_off
from tracker.exchange.jobs import begin_interrupted_again
from tracker.management.commands.db_worker import keep_working, queue_again
from tracker.management.options import in_words, refused_in_words
from tracker.models import AccountEvent, Document, ExchangeRate, Publication, clock
from tracker.records.registry import KINDS

HOST = "127.0.0.1"
REPORTS = settings.BASE_DIR / "fixtures" / "reports"
FIRST_REPORT = "forces-news-purl"
"""A document that only the reports bring."""
FIGURES = {
    "gdp": "World Bank, GDP in current US dollars (NY.GDP.MKTP.CD), CC BY 4.0",
    "population": "World Bank, population (SP.POP.TOTL), edition of 1 July 2025, CC BY 4.0",
    "eu-key": "World Bank, GNI of 2020 (NY.GNP.MKTP.CD) in place of the EU's own key, CC BY 4.0",
}
"""The measures that figures come along for, as files of their names in `fixtures/`, and who gives them."""
USERS = {"editor": "editor", "reviewer": "reviewer", "admin": "administrator"}
"""The demo's users, each with the group that is its role."""


class Command(BaseCommand):
    """`manage.py demo`: makes what is missing, changes nothing that is there, and serves."""

    help = (
        "Make the database, load exchange rates and fixtures, publish them, create the users editor, reviewer "
        "and admin, and serve. Run again, it starts again with everything that was entered. DEMO_PASSWORD in the "
        "environment sets the password of all three."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8000", help="port on 127.0.0.1 (default: 8000)")
        parser.add_argument(
            "--with-reports", action="store_true",
            help="add, apart from the facts of the first source, what public reports say of PURL and the eastern flank",
        )  # fmt: skip
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo makes users with known passwords, so it runs only with DEBUG=True.")
        port = _port(str(options["port"]))
        if not options["no_serve"]:
            _check_free(port)
        self.stdout.write("Database …")
        call_command("migrate", verbosity=0)
        self._load_rates()
        self._make_users()
        self._load_fixtures()
        if options["with_reports"]:
            self._add_reports()
        if not options["no_serve"]:
            self._serve(port)

    def _load_rates(self) -> None:
        self.stdout.write("Exchange rates …")
        if ExchangeRate.objects.exists():
            self.stdout.write("  are there; manage.py load_rates brings newer ones.")
        else:
            call_command("load_rates", stdout=self.stdout)

    def _make_users(self) -> None:
        self.stdout.write("Users …")
        for name, password in _make_users().items():
            shown = f"password {password}" if password else "password as before"
            self.stdout.write(f"  {name:9} ({USERS[name]}): {shown}")

    def _load_fixtures(self) -> None:
        """Load and publish the fixtures into an empty register, or leave the register as it is."""
        self.stdout.write("Register …")
        if _has_records():
            self.stdout.write("  is there, and left as it is.")
            return
        with refused_in_words("Nothing was loaded."), while_readers_are_put_off(), transaction.atomic():
            call_command("loaddata", *fixture_names(), verbosity=0)
            # Before anything is published they hold at once.
            for measure, source in FIGURES.items():
                path = settings.BASE_DIR / "fixtures" / f"{measure}.csv"
                call_command(
                    "load_indicators", path, measure=measure, source=source, author="editor", stdout=self.stdout
                )
            author, by = _author_and_reviewer()
            publish_all(
                author=author,
                by=by,
                message="The facts of the first source, and the reference data that they need",
                at=clock.now(),
            )
        count = Publication.objects.published().count()
        self.stdout.write(f"  {count} records loaded and published.")

    def _add_reports(self) -> None:
        """Add what public reports say, one change set a file, unless it is there."""
        self.stdout.write("Reports …")
        if Document.objects.filter(public_id=FIRST_REPORT).exists():
            self.stdout.write("  are there, and left as they are.")
            return
        advice = "Have that published or discarded, or mended, and run the demo again: it goes on from here."
        refused = refused_in_words("Nothing of the reports was written.", advice)
        with refused, while_readers_are_put_off(), transaction.atomic():
            author, by = _author_and_reviewer()
            lines = [_publish_reports(path, author, by) for path in sorted(REPORTS.glob("*.json"))]
        for line in lines:
            self.stdout.write(line)

    def _serve(self, port: int) -> None:
        address = f"http://{HOST}:{port}/"
        self.stdout.write(f"\nThe tracker is at {address}, its admin at {address}admin/. Ctrl-C stops it.\n")
        self.stdout.flush()
        # Long work is done beside the server, as `manage.py db_worker` does it; signals are the server's.
        if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
            threading.Thread(target=keep_working, args=[_work], daemon=True).start()
        call_command("runserver", f"{HOST}:{port}", use_reloader=False)


def _author_and_reviewer() -> tuple[User, User]:
    """Return the two users in whose names the demo publishes."""
    return User.objects.get(username="editor"), User.objects.get(username="reviewer")


def _publish_reports(path: Path, author: User, by: User) -> str:
    """Write and publish what a file of reports says; returns a line about what that did."""
    message = f"Public reports: {path.stem.partition('-')[2].replace('-', ' ')}"
    count, effect = publish_file(path=path, author=author, by=by, message=message, at=clock.now())
    return f"  {count} records written and published: {message}.{in_words(effect)}"


def _work() -> None:
    begun, _given_up = begin_interrupted_again(at=timezone.now())
    queue_again(begun)
    Worker(
        queue_names=["*"], excluded_queue_names=[], interval=1, batch=False, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=secrets.token_hex(16),
    ).run()  # fmt: skip


def _port(text: str) -> int:
    """Return the port that `text` names, or raise CommandError."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise CommandError(f"--port: “{text[:20]}” is not a port; write a number from 1 to 65535.")
    return int(text)


def _check_free(port: int) -> None:
    """Raise CommandError where nobody could serve on `port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: a connection that has just been closed is not in the way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Cannot serve on {HOST}:{port}: {error.strerror}. Choose another with --port, such as --port 8001."
            ) from error


def _has_records() -> bool:
    """Tell whether anything was ever entered or published."""
    return Publication.objects.exists() or any(kind.model._default_manager.exists() for kind in KINDS.values())


@transaction.atomic
def _make_users() -> dict[str, str | None]:
    """Create the users that are missing; return each one's password where it was set now.

    DEMO_PASSWORD is set on those that exist, too. Without it, they keep theirs.
    """
    chosen = os.environ.get("DEMO_PASSWORD")
    passwords: dict[str, str | None] = {}
    for name, role in USERS.items():
        user, created = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        passwords[name] = chosen or (secrets.token_urlsafe(12) if created else None)
        if created:
            user.groups.add(Role.objects.get(name=role))
            accounts.note(what=AccountEvent.What.MADE, user=user, by=None, at=timezone.now())
            accounts.note_changes(user=user, by=None, at=timezone.now())
        password = passwords[name]
        if password and (created or not user.check_password(password)):
            user.set_password(password)
            user.save()
    return passwords
