"""Fill the table of indicators from a file of the World Bank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation.reference import implausible
from tracker.curation.reference.indicators import SOURCE, LoadedIndicators, load_for_review
from tracker.exchange.inbound.files import FileRefused
from tracker.exchange.reference.indicators import MILLIONTHS, IndicatorsFile, IndicatorsFileError, read
from tracker.management.options import add_conventions, add_implausible, author_of, conventions_said, refused_in_words
from tracker.models import Indicator

MEASURES = {
    "gdp": Indicator.Measure.GDP_USD,
    "population": Indicator.Measure.POPULATION,
    "deflator": Indicator.Measure.DEFLATOR,
    "eu-key": Indicator.Measure.EU_KEY,
}
SERIES = {
    "gdp": {"NY.GDP.MKTP.CD"},
    "population": {"SP.POP.TOTL"},
    "deflator": {"NY.GDP.DEFL.ZS", "NY.GDP.DEFL.ZS.AD", "FP.CPI.TOTL"},
}
"""The World Bank's codes of the series that a measure takes; a file that names none is taken as it is."""


class Command(BaseCommand):
    """`manage.py load_indicators FILE --measure gdp|population|deflator|eu-key`."""

    help = (
        "Load GDP in current US dollars, population, a price index (also that of the EU, as EU or EUU), "
        "or the members' weights in paying for the EU's "
        "institutions, from a file as the World Bank gives it: with a line a country and year (Country Name, Country "
        "Code, Year, Value), or a line a country and a column a year. GDP is "
        "kept in euros, too, by the mean rate of the year, where rates are loaded. A figure that can hardly be meant "
        "is asked about, and nothing is written. The figures wait in a change set "
        "for a reviewer; while nothing is published, they hold at once. Loading the same again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--measure", required=True, choices=sorted(MEASURES))
        parser.add_argument("--source", default=SOURCE, help=f"who gives the figures (default: {SOURCE})")
        parser.add_argument("--author", help="whose change set it is, by user name; else one of the program's own")
        parser.add_argument("--series", default="", help="the code of the series to read, where a file has others too")
        add_implausible(parser)
        add_conventions(parser, dates=False)

    def handle(self, *args: Any, **options: Any) -> None:
        longest = Indicator._meta.get_field("source").max_length or 0
        source = options["source"].strip()
        if not 0 < len(source) <= longest:
            raise CommandError(f"--source takes a name of 1 to {longest} characters")
        author, measure = author_of(options), options["measure"]
        scale = MILLIONTHS if measure == "deflator" else 1
        try:
            read_in = read(
                options["file"], scale, whole=measure == "population", known=SERIES.get(measure, ()),
                series=options["series"], stated=conventions_said(options),
            )  # fmt: skip
        except (FileRefused, IndicatorsFileError) as error:
            raise CommandError(str(error)) from error
        figures = read_in.figures
        with refused_in_words():
            implausible.refuse(implausible.doubts(figures, MEASURES[measure], scale), options["accept_implausible"])
            loaded = load_for_review(
                figures=figures, measure=MEASURES[measure], source=source, author=author, at=timezone.now(),
                message=f"{measure} from {options['file'].name}"[:300],
            )  # fmt: skip
        self._say(loaded, read_in)

    def _say(self, loaded: LoadedIndicators, read_in: IndicatorsFile) -> None:
        proposed = loaded.proposed
        self.stdout.write(
            f"{proposed.added} figures added, {proposed.changed} changed, {proposed.unchanged} unchanged."
        )
        if loaded.change_set:
            self.stdout.write(f"They wait in change set #{loaded.change_set.pk} for a reviewer.")
        if read_in.footnotes:
            lines = "; ".join(f"“{line}”" for line in read_in.footnotes[:3])
            self.stdout.write(f"{len(read_in.footnotes)} lines without country and year are passed over: {lines}")
        for notice in read_in.notices:
            self.stdout.write(notice)
        if loaded.unknown:
            rows = sum(count for _name, count in loaded.unknown.values())
            listed = ", ".join(f"{code} {name} ({count})" for code, (name, count) in loaded.unknown.items())
            self.stdout.write(f"{rows} figures of {len(loaded.unknown)} that are no states here are left out: {listed}")
