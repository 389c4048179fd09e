"""Say what a dataset's file adds up to beside what is published of it, and why they differ."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.exchange.datasets.report import reconciled
from tracker.exchange.profiles import PROFILES
from tracker.lib import canonical, money
from tracker.models import ReconciliationLine
from tracker.reporting.checks.headlines import RATES, STATED, VALUED, headlines
from tracker.reporting.checks.reconciliation import NothingBrought, Reconciliation, amount, of_published


class Command(BaseCommand):
    """`manage.py reconcile kiel`."""

    help = (
        "Compare the file of a dataset that was published last with what is published of the dataset now: by stage, by "
        "contributor and aid type, and record by record. Fails where a difference has no name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dataset", choices=sorted(name for name, profile in PROFILES.items() if profile.needs_release)
        )
        parser.add_argument("--json", action="store_true", help="write JSON, with every record that differs")
        parser.add_argument("--lines", type=int, default=20, help="how many records that differ to show (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = of_published(options["dataset"])
        except NothingBrought as error:
            raise CommandError(f"No import of {options['dataset']} is published.") from error
        if options["json"]:
            self.stdout.write(canonical.dump(_as_document(found)))
        else:
            for line in [*reconciled(found, options["lines"]), *_headlines(found), *_by_party(found)]:
                self.stdout.write(line)
        unnamed = [line for line in found.lines if line.cause == ReconciliationLine.Cause.UNNAMED]
        if unnamed:
            raise CommandError(f"{len(unnamed)} lines differ for no reason that is known.")


_WHY = {
    RATES: "stated in another currency, converted at the ECB's rates, or without one (rates)",
    STATED: "stated in euros, otherwise than the publisher has it (stated)",
    VALUED: "valued by one of the two alone (valued)",
}


def _headlines(found: Reconciliation) -> list[str]:
    """Return what tables show of the dataset, and why that is not what the publisher makes of it."""
    lines = ["In the headline of tables, which prefers what a source states, in EUR:"]
    for stage, total in headlines(found.records).items():
        more = money.from_minor(total.headline - total.dataset, "EUR")
        lines.append(
            f"  {stage:12} {money.from_minor(total.headline, 'EUR'):>22,}, {more:+,} beside the dataset's value"
        )
        for reason, (entries, cents) in sorted(total.reasons.items()):
            lines.append(f"    {money.from_minor(cents, 'EUR'):+,} in {entries} entries: {_WHY[reason]}")
    return lines if len(lines) > 1 else []


def _by_party(found: Reconciliation) -> list[str]:
    """Return the sums of each contributor and aid type."""
    lines = ["By contributor and aid type, as published:"]
    for (measure, contributor, aid_type), total in found.parties.items():
        difference = f", file {amount(total.in_file, measure):,}" if total.difference else ""
        register = f"{amount(total.in_register, measure):>22,} {measure.currency or measure.basis.upper()}"
        lines.append(f"  {measure.stage:12} {contributor or '-':24} {aid_type or '-':14} {register}{difference}")
    return lines


def _as_document(found: Reconciliation) -> dict[str, Any]:
    return {
        "dataset": found.imported.profile, "release": found.imported.release, "import": found.imported.pk,
        "totals": [
            measure._asdict() | _sums(total.in_file, total.in_register, total.difference, measure)
            for measure, total in found.totals.items()
        ],
        "differences": [
            measure._asdict()
            | {"cause": cause, "lines": named.lines, "difference": amount(named.difference, measure)}
            for (cause, measure), named in found.by_name()
        ],
        "parties": [
            measure._asdict() | {"contributor": contributor, "aid_type": aid_type}
            | _sums(total.in_file, total.in_register, total.difference, measure)
            for (measure, contributor, aid_type), total in found.parties.items()
        ],
        "headlines": [
            {"stage": stage, "dataset": money.from_minor(total.dataset, "EUR"),
             "headline": money.from_minor(total.headline, "EUR"),
             "reasons": {reason: {"entries": entries, "difference": money.from_minor(cents, "EUR")}
                         for reason, (entries, cents) in sorted(total.reasons.items())}}
            for stage, total in headlines(found.records).items()
        ],
        "records": [_record(line) for line in found.lines],
    }  # fmt: skip


def _sums(in_file: int, in_register: int, difference: int, measure: Any) -> dict[str, Any]:
    named = {"in_file": in_file, "in_register": in_register, "difference": difference}
    return {name: amount(minor, measure) for name, minor in named.items()}


def _record(line: ReconciliationLine) -> dict[str, Any]:
    return {
        "source_id": line.source_id, "record": line.public_id, "stage": line.stage, "contributor": line.contributor,
        "aid_type": line.aid_type, "rows": line.rows, "cause": line.cause, "reason": line.reason,
        **_sums(line.in_file or 0, line.in_register or 0, line.difference, line),
    }  # fmt: skip
