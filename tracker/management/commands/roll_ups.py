"""Check the roll-ups of the ledger, or make them anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.curation import roll_ups
from tracker.models import ROLL_UPS
from tracker.reporting.roll_ups import differences


class Command(BaseCommand):
    """`manage.py roll_ups`: exits with 1 where a roll-up is not what the ledger adds up to."""

    help = "Compare the roll-ups that tables are read from with the ledger, or make them anew with --rebuild."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Make all roll-ups anew from the ledger first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            roll_ups.rebuild()
        found = list(differences())
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences; --rebuild makes the roll-ups anew.", returncode=1)
        count = sum(roll_up.objects.standing().count() for roll_up in ROLL_UPS)
        self.stdout.write(f"{count} rows of roll-ups: no difference.")
