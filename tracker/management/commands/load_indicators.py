"""Fill the table of indicators from a file of the World Bank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.curation.indicators import SOURCE, load
from tracker.exchange.indicators import IndicatorsFileError, read
from tracker.exchange.reading import FileRefused
from tracker.models import Indicator

MEASURES = {"gdp": Indicator.Measure.GDP_USD, "population": Indicator.Measure.POPULATION}


class Command(BaseCommand):
    """`manage.py load_indicators FILE --measure gdp|population`."""

    help = (
        "Load GDP in current US dollars, or population, from a World Bank file with the columns Country Name, "
        "Country Code, Year and Value. Loading it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--measure", required=True, choices=sorted(MEASURES))
        parser.add_argument("--source", default=SOURCE, help=f"who gives the figures (default: {SOURCE})")

    def handle(self, *args: Any, **options: Any) -> None:
        longest = Indicator._meta.get_field("source").max_length or 0
        if not 0 < len(options["source"].strip()) <= longest:
            raise CommandError(f"--source takes a name of 1 to {longest} characters")
        try:
            figures = read(options["file"])
        except (FileRefused, IndicatorsFileError) as error:
            raise CommandError(str(error)) from error
        loaded = load(figures=figures, measure=MEASURES[options["measure"]], source=options["source"].strip())
        self.stdout.write(f"{loaded.added} figures added, {loaded.changed} changed, {loaded.unchanged} unchanged.")
        if loaded.unknown:
            rows = sum(count for _name, count in loaded.unknown.values())
            listed = ", ".join(f"{code} {name} ({count})" for code, (name, count) in loaded.unknown.items())
            self.stdout.write(f"{rows} figures of {len(loaded.unknown)} that are no states here are left out: {listed}")
