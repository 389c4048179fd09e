"""Write the published register as a workbook that can be edited and imported again."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.exchange.register.workbook import write_register
from tracker.records.registry import KINDS
from tracker.reporting.shelf import moments


class Command(BaseCommand):
    """`manage.py export_records register.xlsx --as-of 2025-10-15`."""

    help = (
        "Write what is published into an XLSX file with a sheet for each kind of record and for each list in them. "
        "Edited, it is imported with import_records --profile tracker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=_moment, help="a day or a time with its zone; else now")
        parser.add_argument("--kind", action="append", choices=list(KINDS), help="one kind only; can be given again")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        if path.suffix.lower() != ".xlsx":
            raise CommandError(f"The file is a workbook: name it {path.stem}.xlsx.")
        # Beside the file, and in its place when it is whole.
        unfinished = path.with_name(f"{path.name}.part")
        try:
            with unfinished.open("wb") as file:
                counts = write_register(file, as_of=options["as_of"], kinds=options["kind"] or KINDS)
            unfinished.replace(path)
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}") from error
        finally:
            unfinished.unlink(missing_ok=True)
        written = ", ".join(f"{count} {KINDS[kind].plural}" for kind, count in counts.items() if count)
        self.stdout.write(f"{path}: {written or 'nothing is published'}.")


def _moment(text: str) -> dt.datetime:
    try:
        return moments.parse_moment(text)
    except moments.MomentError as error:
        raise ArgumentTypeError(str(error)) from error
