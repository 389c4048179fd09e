"""Check the shelf and its chain against themselves, the manifest of a backup, and a head that somebody kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.ledger.chain import newest_link
from tracker.models import Contribution, Publication
from tracker.reporting.checks.backup_manifest import manifest, manifest_differences, read_manifest
from tracker.reporting.checks.chain import chain_differences, head_differences
from tracker.reporting.checks.verification import verify


class Command(BaseCommand):
    """`manage.py verify_shelf`: exits with 1 where anything differs."""

    help = "Recompute each hash, link, derived column and posted row of the shelf, and report any difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--manifest", type=Path, help="Compare the register with the manifest of a backup, too.")
        parser.add_argument("--head", help="A hash that was the head of the chain on some day: it must still be there.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        kept = head_differences(options["head"]) if options["head"] else ()
        for difference in [*_from_manifest(options["manifest"]), *kept, *chain_differences(), *verify()]:
            count += 1
            self.stderr.write(str(difference))
        if count:
            raise CommandError(f"{count} differences.", returncode=1)
        self.stdout.write(
            f"{Publication.objects.count()} publications and {Contribution.objects.count()} contributions: "
            f"no difference. The head of the chain is {newest_link() or 'not there yet'}."
        )


def _from_manifest(path: Path | None) -> Iterator[str]:
    """Yield where the register differs from a manifest, if there is one. Raises CommandError where it is none."""
    if path is None:
        return
    try:
        stated = read_manifest(path)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} is no manifest of a backup: {error}") from error
    yield from manifest_differences(stated, manifest())
