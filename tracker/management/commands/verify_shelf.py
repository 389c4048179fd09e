"""Check the shelf against itself."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.models import Contribution, Publication
from tracker.reporting.checks.verification import verify


class Command(BaseCommand):
    """`manage.py verify_shelf`: exits with 1 where anything differs."""

    help = "Recompute each hash, each derived column and each posted row of the shelf, and report any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in verify():
            count += 1
            self.stderr.write(str(difference))
        if count:
            raise CommandError(f"{count} differences.", returncode=1)
        self.stdout.write(
            f"{Publication.objects.count()} publications and {Contribution.objects.count()} contributions: "
            "no difference."
        )
