"""Write the methodology from the rules of the tables."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.reporting.named.rules import methodology


class Command(BaseCommand):
    """`manage.py methodology > docs/methodology.md`."""

    help = "Print the methodology in Markdown, as docs/methodology.md has it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(methodology(), ending="")
