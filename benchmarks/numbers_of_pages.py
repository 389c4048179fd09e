"""Walks every page of a register and holds each number that it prints against the table's, and that against its rows.

DEBUG=True DATABASE_URL=sqlite:////absolute/path.sqlite3 python benchmarks/numbers_of_pages.py

A number that leads to a cell is that of its table, what the rows of the ledger behind it add up to, and what stands at
the head and at the foot of the page behind it. A number of a named table is the one at its place. Exits with 1 where
one is not; `--only TEXT` walks the pages with that text in their address. Release 21 has 5,700 pages.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html import unescape
from http import HTTPStatus
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from tests.printed import LINKED, asked_of, wrong_in_named  # noqa: E402
from tests.web.pages import LONGEST, LONGEST_WITH_CHART, addresses, get  # noqa: E402
from tracker.filters.contributions import ContributionFilterSet  # noqa: E402
from tracker.reporting.named.tables import NAMED  # noqa: E402
from tracker.reporting.shelf import moments, published  # noqa: E402
from tracker.reporting.tables.dimension_labels import DIMENSIONS  # noqa: E402
from tracker.reporting.tables.lineage import lineage_of  # noqa: E402
from tracker.reporting.tables.measures import PLEDGES, as_number  # noqa: E402
from tracker.reporting.tables.parameters import question  # noqa: E402

ASKED = (
    "rows={name}&columns=none&stage=allocation", "rows={name}&columns=year&stage=allocation&cumulative=true",
    "rows={name}&columns=none&stage=allocation&measure=quantity", "rows={name}&columns=stage&measure=pledges",
    "rows={name}&columns=contributor&stage=commitment&currency=USD&top=5",
)  # fmt: skip
"""What is asked of the explorer, by each dimension."""

HEAD = re.compile(r'<h1>[^<]*<data value="([^"]+)">')
FOOT = re.compile(r'<tfoot>.*</th><td class="number">([^<]+)</td>', re.DOTALL)


def explored() -> Iterator[str]:
    """Yield a question of each sort by each dimension."""
    for name in DIMENSIONS:
        for query in ASKED:
            if f"columns={name}" not in query:
                yield f"/explore/?{query.format(name=name)}&chart=none"


def wrong_on(address: str, seen: dict[str, Decimal]) -> Iterator[str]:
    """Yield what is wrong with the numbers of a page, and with what is behind those that were not `seen`."""
    answer = Client().get(address)
    html = answer.content.decode()
    if answer.status_code not in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY):
        yield f"status {answer.status_code}"
    most = LONGEST_WITH_CHART if "<svg" in html else LONGEST
    if len(answer.content) > most:
        yield f"{len(answer.content)} bytes, at most {most}"
    for link, exact in LINKED.findall(html):
        if link not in seen:
            seen[link] = value = Decimal(exact)
            cell, rows = cell_and_rows(asked_of(link))
            if (cell, rows) != (value, value):
                yield f"{value}; {cell} in the table, and its rows come to {rows}: {link}"
            yield from wrong_behind(unescape(link), value)
        elif Decimal(exact) != seen[link]:
            yield f"{exact}, and elsewhere {seen[link]}: {link}"


def cell_and_rows(asked: dict[str, str]) -> tuple[Decimal | int | None, Decimal | int | None]:
    """Return a cell of the free table, and what the rows of the ledger behind it add up to, rounded once."""
    moment = moments.newest()
    filters = ContributionFilterSet(asked, published.contributions(moment), moment=moment)
    assert filters.is_valid(), filters.errors
    lineage = lineage_of(question(asked, filters), asked.get("row"), asked.get("column"))
    measure = lineage.table.measure
    added: int | Fraction
    if measure.measure == PLEDGES:
        added = lineage.contributions.order_by().values("pledge").distinct().count()
    else:
        added = sum((lineage.addend(row).value or 0 for row in lineage.contributions), Fraction(0))
    return as_number(lineage.cell.value if lineage.cell else None, measure), as_number(added, measure)


def wrong_behind(link: str, value: Decimal) -> Iterator[str]:
    """Yield what is wrong with the page of a cell: its head and the foot of its rows are the number."""
    html = get(link).html
    head, foot = HEAD.search(html), FOOT.search(html)
    if head is None or Decimal(head[1]) != value:
        yield f"{head and head[1]} at the head of {link}, and {value} in the table"
    if foot is None or Decimal(foot[1].replace(",", "").replace("−", "-")) != value:
        yield f"{foot and foot[1]} at the foot of {link}, and {value} in the table"


def main() -> int:
    """Walk all pages and print what is wrong; returns 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="walk the pages with this text in their address")
    only = parser.parse_args().only
    settings.ALLOWED_HOSTS = ["*"]
    seen, begun, wrong = dict[str, Decimal](), time.perf_counter(), 0
    pages = [page for page in (*addresses(), *explored()) if only in page]
    for address in pages:
        for text in wrong_on(address, seen):
            wrong += 1
            sys.stdout.write(f"{address}: {text}\n")
    named = [wrong_in_named(name) for name in NAMED if only in f"/tables/{name}/"]
    for text in (each for _count, found in named for each in found):
        wrong += 1
        sys.stdout.write(f"{text}\n")
    sys.stdout.write(
        f"{len(pages)} pages, {len(seen)} different numbers of cells, {sum(count for count, _found in named)} of named "
        f"tables, {wrong} wrong, {time.perf_counter() - begun:.0f} s\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
