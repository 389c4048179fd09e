"""Fill the table of indicators from a file of the World Bank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.reference.indicators import SOURCE, in_euros, load
from tracker.exchange.inbound.files import FileRefused
from tracker.exchange.reference.indicators import MILLIONTHS, IndicatorsFileError, read
from tracker.models import Indicator

MEASURES = {
    "gdp": Indicator.Measure.GDP_USD,
    "population": Indicator.Measure.POPULATION,
    "deflator": Indicator.Measure.DEFLATOR,
    "eu-key": Indicator.Measure.EU_KEY,
}


class Command(BaseCommand):
    """`manage.py load_indicators FILE --measure gdp|population|deflator|eu-key`."""

    help = (
        "Load GDP in current US dollars, population, a price index (also that of the EU, as EU or EUU), "
        "or the members' weights in paying for the EU's "
        "institutions, from a file with the World Bank's columns Country Name, Country Code, Year and Value. GDP is "
        "kept in euros, too, by the mean rate of the year, where rates are loaded. Tables show the figures from the "
        "next publishing on. Loading the same again changes nothing."
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
            scale = MILLIONTHS if options["measure"] == "deflator" else 1
            figures = read(options["file"], scale)
        except (FileRefused, IndicatorsFileError) as error:
            raise CommandError(str(error)) from error
        source = options["source"].strip()
        loaded = load(figures=figures, measure=MEASURES[options["measure"]], source=source)
        if options["measure"] == "gdp":
            load(figures=in_euros(figures, timezone.now()), measure=Indicator.Measure.GDP_EUR, source=source)
        self.stdout.write(f"{loaded.added} figures added, {loaded.changed} changed, {loaded.unchanged} unchanged.")
        if loaded.added or loaded.changed:
            self.stdout.write("Tables show what is new from the next publishing on.")
        if loaded.unknown:
            rows = sum(count for _name, count in loaded.unknown.values())
            listed = ", ".join(f"{code} {name} ({count})" for code, (name, count) in loaded.unknown.items())
            self.stdout.write(f"{rows} figures of {len(loaded.unknown)} that are no states here are left out: {listed}")
