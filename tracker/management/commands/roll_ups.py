"""Check the roll-ups of the ledger and the counts of lists, or make them anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.curation.review import roll_ups
from tracker.models import ROLL_UPS, ListCount
from tracker.reporting.shelf import counts
from tracker.reporting.tables.roll_ups import differences


class Command(BaseCommand):
    """`manage.py roll_ups`: exits with 1 where a roll-up or a count is not what it should be."""

    help = "Compare roll-ups with the ledger and counts with the shelf, or make them anew with --rebuild."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Make all roll-ups and counts anew first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            roll_ups.rebuild()
        found = [*differences(), *counts.differences()]
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences; --rebuild makes the roll-ups anew.", returncode=1)
        count = sum(roll_up.objects.nonempty().count() for roll_up in ROLL_UPS) + ListCount.objects.count()
        self.stdout.write(f"{count} rows of roll-ups and counts: no difference.")
