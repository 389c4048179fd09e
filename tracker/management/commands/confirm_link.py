"""A link with which a contributor confirms or disputes its figures."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from tracker.curation.error_reports import VALID_DAYS, token_for
from tracker.reporting.shelf import moments, published


class Command(BaseCommand):
    """`manage.py confirm_link DEU --origin https://tracker.example`."""

    help = (
        "Print a signed link for a contributor's ministry: whoever has it confirms or disputes the contributor's "
        f"figures without an account. It can be used for {VALID_DAYS} days, and what it brings waits at the desk."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("party", help="the public id of the contributor, such as DEU")
        parser.add_argument("--origin", required=True, help="where the site is, such as https://tracker.example")

    def handle(self, *args: Any, **options: Any) -> None:
        public_id = options["party"]
        if not published.records("party", moments.newest()).filter(public_id=public_id).exists():
            raise CommandError(f"There is no published party “{public_id[:60]}”.")
        self.stdout.write(options["origin"].rstrip("/") + reverse("confirm", args=[token_for(public_id)]))
