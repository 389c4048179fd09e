"""Check the desk: its claims, the rules of quality, and the texts by which pledges are found."""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.curation import search_texts
from tracker.curation.evidence import reading_back, settling
from tracker.curation.quality import keeping
from tracker.exchange.datasets.kept_rows import claims_not_read_back
from tracker.lib.chunks import chunked
from tracker.management.options import refused_in_words
from tracker.models import Claim, Finding
from tracker.records.quality.rules import RULES
from tracker.records.registry import KINDS
from tracker.reporting.desk import findings
from tracker.reporting.shelf import coverage, moments, published


class Command(BaseCommand):
    """`manage.py check_register [--format json]`."""

    help = (
        "Work out anew what stands behind every claim on the desk, reading the files of imports again, and what the "
        "rules of quality find in every record; say which claims cannot be published as they are or are not what their "
        "file says, which errors stand, how many findings each rule has, and how much of the published register "
        "passages and rows support. Exits with 1 where a claim does not hold or an error stands. Mends the texts by "
        "which pledges are found, too, where records were written otherwise than by this program."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        with refused_in_words("The check was not finished."):
            mended = search_texts.renew()
            found = claims_not_read_back()
            reading_back.note(found)
            problems = [problem for kind in KINDS for problem in _problems(kind)] + _not_read_back(found)
            for kind in KINDS.values():
                ids = kind.queryset().values_list("public_id", flat=True)
                keeping.settle(((kind.name, public_id) for public_id in ids), at=timezone.now())
        standing = Finding.objects.standing()
        errors = [str(finding) for finding in standing.filter(severity=Finding.Severity.ERROR)]
        rules = dict(findings.counts(standing)["rule"])
        moment = moments.newest()
        counts = Counter(Claim.objects.order_by().values_list("support", flat=True))
        register = coverage.of_register(moment)
        contributors = coverage.by_contributor(published.records("pledge", moment))
        if options["format"] == "json":
            shown = {
                "claims": dict(sorted(counts.items())), "problems": problems, "errors": errors, "rules": rules,
                "search_texts_mended": mended,
                "coverage": {"values": register.said, "supported": register.supported},
                "contributors": {
                    name: {"values": each.said, "supported": each.supported}
                    for name, (_pledges, each) in contributors.items()
                },
            }  # fmt: skip
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            for problem in problems:
                self.stdout.write(f"{problem['kind']} {problem['id']}: {problem['message']}")
            for error in errors:
                self.stdout.write(error)
            for rule, number in rules.items():
                self.stdout.write(f"{rule}: {number:,} findings. {RULES[rule].sentence}")
            self.stdout.write(
                "claims: " + ", ".join(f"{number} {support}" for support, number in sorted(counts.items()))
            )
            self.stdout.write(f"search: {mended:,} pledges are found by other words than before")
            self.stdout.write(f"coverage: {register.supported:,} of {register.said:,} published values are supported")
            for name, (_pledges, each) in contributors.items():
                self.stdout.write(f"  {name}: {each.supported:,} of {each.said:,}")
        if problems or errors:
            raise CommandError(f"{len(problems)} claims do not hold, and {len(errors)} errors stand.", returncode=1)


def _problems(kind: str) -> list[dict[str, str]]:
    """Settle the claims about records of one kind, and return what keeps each from being published."""
    ids = sorted(set(Claim.objects.filter(record_kind=kind).order_by().values_list("record_id", flat=True)))
    found = []
    for part in chunked(ids):
        settling.settle((kind, public_id) for public_id in part)
        for document in KINDS[kind].documents(part):
            for message in settling.missing(document):
                found.append({"kind": kind, "id": document["id"], "message": message})
    return found


def _not_read_back(found: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Return the claims made by an import whose file says something else in their cells by now."""
    names = sorted(name for name, fields in found.items() if fields)
    claims = [claim for part in chunked(names) for claim in Claim.objects.filter(public_id__in=part)]
    return [
        {"kind": claim.record_kind, "id": claim.record_id, "message": f"claim {claim.public_id}: {_in_words(claim)}"}
        for claim in claims
    ]


def _in_words(claim: Claim) -> str:
    return "; ".join(
        f"cell {cell['cell']} says “{cell['found'][:60]}”, not {cell['field']} “{cell['value'][:60]}”"
        for cell in claim.cells
        if "found" in cell
    )
