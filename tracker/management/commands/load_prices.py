"""Load the prices of platforms from a price list."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.reference import implausible
from tracker.curation.reference.platforms import LoadedPrices, load
from tracker.exchange.inbound.files import FileRefused
from tracker.exchange.inbound.headers import HeaderMissing
from tracker.exchange.reference.platforms import PriceList, read
from tracker.management.options import (
    add_conventions,
    add_implausible,
    author_of,
    conventions_said,
    refused_in_words,
)


class Command(BaseCommand):
    """`manage.py load_prices FILE --author anna [--sheet …] [--valid-from 2022-10-06]`."""

    help = (
        "Load prices of platforms from a workbook or CSV file with the columns platform (or item), basis, amount (or "
        "unit price), low, high, currency, valid from and source, into one change set of --author. Rows whose "
        "platform the register does not know are listed with the nearest names. Loading it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--author", required=True, help="whose change set it is, by user name")
        parser.add_argument("--sheet", help="the sheet to read; else the one that is called a price list, or the first")
        add_conventions(parser)
        add_implausible(parser)
        parser.add_argument("--valid-from", help="the day from which prices hold whose row gives none: 2022-10-06")

    def handle(self, *args: Any, **options: Any) -> None:
        author = author_of(options)
        assert author is not None
        try:
            valid_from = dt.date.fromisoformat(options["valid_from"]) if options["valid_from"] else None
        except ValueError:
            raise CommandError(f"--valid-from: “{options['valid_from']}” is not a day such as 2022-10-06.") from None
        try:
            listed = read(
                options["file"], sheet=options["sheet"], valid_from=valid_from, stated=conventions_said(options)
            )
        except (FileRefused, HeaderMissing) as error:
            raise CommandError(str(error)) from error
        with refused_in_words():
            implausible.refuse(implausible.price_doubts(listed.prices), options["accept_implausible"])
            message = f"Prices from {options['file'].name}"[:300]
            loaded = load(prices=listed.prices, author=author, message=message, at=timezone.now())
        self._left_out(listed)
        self._loaded(loaded)

    def _left_out(self, listed: PriceList) -> None:
        """Say what becomes of the rows that are not loaded."""
        for number, reason in listed.invalid:
            self.stdout.write(f"  row {number} is left out: {reason}")
        for label in listed.unmatched:
            near = ", ".join(name for _public_id, name in label.nearest)
            self.stdout.write(
                f"  no platform goes by “{label.label[:80]}” (row {label.first_row})"
                + (f"; nearest: {near}" if near else "")
            )
        self.stdout.write(
            f"{listed.without_platform} rows name no platform of the register, {listed.without_price} give no price, "
            f"{len(listed.invalid)} cannot be used."
        )
        for notice in listed.notices:
            self.stdout.write(notice)

    def _loaded(self, loaded: LoadedPrices) -> None:
        self.stdout.write(f"{loaded.added} prices added, {loaded.changed} changed, {loaded.unchanged} unchanged.")
        if loaded.change_set:
            self.stdout.write(f"Change set {loaded.change_set} waits for its author to submit it.")
