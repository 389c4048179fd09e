"""The lineage of a cell on its way out: each row of the ledger with its pledge, share, entry, rate and claims."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.exchange.outbound.list_columns import columns_of
from tracker.exchange.outbound.table_columns import name_of
from tracker.exchange.outbound.table_json import CellSerializer, cell_document
from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import Contribution
from tracker.records.engine.types import Document
from tracker.records.kinds.contributions import ContributionSerializer
from tracker.reporting.named.rules import rules_of
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.contributions import spelled_out
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.lineage import Lineage, rule_of
from tracker.reporting.tables.measures import as_number


class FigureSerializer(serializers.Serializer):
    """A figure of another source that enters."""

    measure = serializers.CharField()
    party = serializers.CharField()
    year = serializers.IntegerField()
    value = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field, named or typed otherwise than above


class LineageRowSerializer(ContributionSerializer):
    """A row of the ledger with what it adds to the cell, and what it was posted from."""

    adds = serializers.CharField(allow_null=True, help_text="What the row adds to the cell; null where unknown.")
    factor = serializers.CharField(allow_null=True, help_text="Product of all figures, as an exact fraction.")
    share_out = serializers.CharField(allow_null=True, help_text="The part that counts here, as an exact fraction.")
    figures = FigureSerializer(many=True)
    pledge_name = serializers.CharField()
    share_stated = serializers.DictField(allow_null=True, help_text="The share in the pledge, as its document has it.")
    entry_stated = serializers.DictField(allow_null=True, help_text="The entry, as the document of its pledge has it.")
    claims = serializers.ListField(
        child=serializers.DictField(), help_text="What sources say about the pledge, each with its passage and verdict."
    )


class LineageSerializer(serializers.Serializer):
    """A cell, the rule by which its rows add up, and these rows, page by page."""

    table = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)
    measure = serializers.CharField()
    rule = serializers.CharField()
    rules = serializers.ListField(child=serializers.CharField())
    row = serializers.CharField(allow_null=True)
    column = serializers.CharField(allow_null=True)
    cell = CellSerializer(allow_null=True, help_text="Null where there are no contributions, or is no such total.")
    count = serializers.IntegerField(min_value=0)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = LineageRowSerializer(many=True)


def as_lineage(
    lineage: Lineage, rows: list[Contribution], moment: dt.datetime, addresses: dict[str, str | None],
    row: str | None, column: str | None,
) -> Document:  # fmt: skip
    """Return a page of a cell's lineage for JSON; `addresses` are those of the pages before and after."""
    return {
        "table": "contributions",
        "as_of": moment.isoformat() if moment > moments.NEVER else None,
        "measure": spelled_out(lineage.table),
        "rule": rule_of(lineage),
        "rules": rules_of(lineage.table),
        "row": row,
        "column": column,
        "cell": cell_document(lineage.cell, lineage.table.measure),
        "count": lineage.contributions.count(),
        **addresses,
        "results": _documents(lineage, rows, moment),
    }


def lineage_documents(lineage: Lineage, rows: QuerySet[Contribution], moment: dt.datetime) -> Iterator[Document]:
    """Yield the documents of all `rows` of a cell, reading on as they are taken."""
    for part in chunked(rows.iterator(chunk_size=CHUNK)):
        yield from _documents(lineage, part, moment)


def lineage_grid(lineage: Lineage, rows: QuerySet[Contribution], moment: dt.datetime, asked: dict[str, str]) -> Grid:
    """Return all `rows` of a cell in the plain form that every writer prints; `asked` is by which parameters."""
    columns = columns_of(LineageRowSerializer())
    values = ([one.value(document) for one in columns] for document in lineage_documents(lineage, rows, moment))
    return Grid(
        f"cell-of-{name_of(lineage.table)}", _("Rows of the ledger behind a cell"), [one.column for one in columns],
        values, spelled_out(lineage.table), rule_of(lineage), asked, moment if moment > moments.NEVER else None,
        rules=rules_of(lineage.table),
    )  # fmt: skip


def _documents(lineage: Lineage, rows: Sequence[Contribution], moment: dt.datetime) -> list[Document]:
    pledges = _pledges({each.pledge for each in rows}, moment)
    return [_row(lineage, each, pledges.get(each.pledge, {})) for each in rows]


def _pledges(ids: set[str], moment: dt.datetime) -> dict[str, Document]:
    """Return the documents of pledges as published at `moment`."""
    found = published.records("pledge", moment).filter(public_id__in=ids)
    return {public_id: canonical.load(text) for public_id, text in found.values_list("public_id", "document")}


def _row(lineage: Lineage, row: Contribution, pledge: Document) -> Document:
    addend = lineage.addend(row)
    shares = [share for share in pledge.get("shares", ()) if share["contributor"]["id"] == row.contributor]
    entries = [entry for entry in pledge.get("entries", ()) if entry["number"] == row.entry]
    return ContributionSerializer().to_representation(row) | {
        "adds": _adds(addend.value, lineage),
        "factor": _text(addend.factor),
        "share_out": _text(addend.share),
        "figures": [figure.__dict__ for figure in addend.figures],
        "pledge_name": pledge.get("name", ""),
        "share_stated": shares[0] if shares else None,
        "entry_stated": entries[0] if entries else None,
        "claims": pledge.get("claims", []),
    }


def _text(fraction: Fraction | None) -> str | None:
    return None if fraction is None else f"{fraction.numerator}/{fraction.denominator}"


def _adds(value: int | Fraction | None, lineage: Lineage) -> str | None:
    """Return what a row adds as people read it; with figures it is rounded, and `factor` is exact."""
    number = as_number(value, lineage.table.measure)
    return format(number, "f") if isinstance(number, Decimal) else None if number is None else str(number)
