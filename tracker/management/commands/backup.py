"""Back up the register while it is in use."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.exchange.backups import BackupError, back_up, manifest_file
from tracker.management.options import refused_in_words


class Command(BaseCommand):
    """`manage.py backup FILE`."""

    help = "Write a consistent copy of the whole register, and a manifest of it, while the server goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A new file; its manifest is written beside it.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with refused_in_words("No backup was written."):
                made = back_up(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(made["rows"].values())
        self.stdout.write(f"{path}: {rows} rows, {made['rows']['tracker_publication']} publications.")
        self.stdout.write(f"Keep it with {manifest_file(path)}, on another machine.")
