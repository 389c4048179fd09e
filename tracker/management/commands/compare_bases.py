"""Compare our own conversion of stated amounts with the publisher's values in euros."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.models import ExternalId
from tracker.reporting.checks.base_causes import Cause
from tracker.reporting.checks.bases import Compared, cause_counts, compare, euros, totals

COLUMNS = (
    "pledge", "entry", "item", "contributor", "stage", "aid_type", "date", "currency", "amount", "rate_policy",
    "own_eur", "dataset_eur", "cause", "detail",
)  # fmt: skip


class Command(BaseCommand):
    """`manage.py compare_bases [--dataset kiel] [--out FILE.csv]`."""

    help = (
        "Compare, entry by entry, the euros that we make of a stated amount in another currency (basis stated) with "
        "the publisher's own value (basis dataset). Lists what differs by more than a millionth, with the likely "
        "cause, which is tried by computing it anew. Entries without a day or a month stand beside the share."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dataset", default="", help="only pledges of this dataset, such as kiel")
        parser.add_argument("--out", type=Path, help="write every compared entry to this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        known = list(ExternalId.objects.order_by("dataset").values_list("dataset", flat=True).distinct())
        if options["dataset"] and options["dataset"] not in known:
            raise CommandError(f"--dataset: nothing was imported of “{options['dataset']}”; known are: {known}.")
        compared = compare(options["dataset"])
        for row in compared:
            if row.cause is not Cause.NONE:
                self.stdout.write(_line(row))
        self._summary(compared)
        if options["out"]:
            _write(options["out"], compared)
            self.stdout.write(f"{len(compared)} entries written to {options['out']}.")

    def _summary(self, compared: list[Compared]) -> None:
        self.stdout.write("\nDated entries that differ, by cause:")
        for cause, count in cause_counts(compared):
            self.stdout.write(f"  {count:>6}  {cause.label}")
        self.stdout.write("\nEntries in other currencies than the euro  compared   agree        %")
        for total in totals(compared):
            self.stdout.write(f"  {total.name:<40} {total.entries:>8} {total.agreeing:>7} {total.percent:>8}")


def _line(row: Compared) -> str:
    pair = row.pair
    own = "–" if pair.own is None else f"{euros(pair.own):,.2f}"
    return (
        f"{pair.pledge}.{pair.entry} {pair.stage} {pair.date or 'undated'}: {pair.currency} {pair.amount:,.2f} = "
        f"EUR {own}, dataset EUR {euros(pair.dataset):,.2f}: {row.cause.label} ({row.detail})".replace(" ()", "")
    )


def _write(path: Path, compared: list[Compared]) -> None:
    """Write every entry as CSV; raises CommandError where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in compared:
                pair = row.pair
                writer.writerow([
                    *(getattr(pair, name) for name in COLUMNS[:10]),
                    euros(pair.own), euros(pair.dataset), row.cause.value, row.detail,
                ])  # fmt: skip
    except OSError as error:
        raise CommandError(f"--out: {path} cannot be written: {error.strerror}") from error
