"""Restore the register from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.exchange.backups import BackupError, restore
from tracker.management.options import refused_in_words
from tracker.reporting.checks.backup_manifest import manifest, manifest_differences
from tracker.reporting.checks.chain import chain_differences
from tracker.reporting.checks.verification import verify


class Command(BaseCommand):
    """`manage.py restore FILE`: exits with 1 where what is restored is not what was backed up."""

    help = "Put a backup in the place of the configured database, with the server stopped, and check it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="What `manage.py backup` wrote, with its manifest beside it.")
        parser.add_argument("--replace", action="store_true", help="Replace the register that the database holds.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with refused_in_words("Nothing was restored."):
                stated = restore(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        differences = [*manifest_differences(stated, manifest()), *chain_differences(), *map(str, verify())]
        for difference in differences:
            self.stderr.write(difference)
        if differences:
            raise CommandError(f"Restored, but with {len(differences)} differences.", returncode=1)
        self.stdout.write("Restored: what the manifest states is there, and the shelf is as its documents say.")
