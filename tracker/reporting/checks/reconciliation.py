"""Reconciliation: the totals of a dataset's file beside what the register holds of it, and each difference by name.

Of an import that is planned or applied, as that was planned; of what is published, as it stands at this moment. All in
the currency of the file, so that no exchange rate makes a difference.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from tracker.lib import money
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution, ExternalId, Import, Publication, ReconciliationLine

Cause = ReconciliationLine.Cause

_FIRST = (
    Cause.UNNAMED, Cause.MISSING, Cause.INVALID, Cause.UNREADABLE, Cause.CONFLICT, Cause.BLANK, Cause.GONE,
    Cause.UNPUBLISHED, Cause.CHANGED_HERE, Cause.WITHDRAWN, Cause.NETTED, Cause.KEPT,
)  # fmt: skip
"""Names of differences, those first that a person must look at first."""


def urgency(cause: str) -> int:
    """Return where differences of a name stand among others: the lower, the sooner somebody must look at them."""
    return _FIRST.index(Cause(cause)) if cause else len(_FIRST)


class NothingBrought(LookupError):
    """No import of the dataset stands."""


class AmountKind(NamedTuple):
    """What is added up together."""

    stage: str
    basis: str
    currency: str


@dataclass
class ReconciledTotal:
    """What the file and the register come to, in minor units."""

    in_file: int = 0
    in_register: int = 0

    @property
    def difference(self) -> int:
        """Register less file."""
        return self.in_register - self.in_file

    def add(self, line: ReconciliationLine) -> None:
        """Add a line."""
        self.in_file += line.in_file or 0
        self.in_register += line.in_register or 0


@dataclass
class CauseCount:
    """The differences of one name in one measure: how many lines, and what they come to."""

    lines: int = 0
    difference: int = 0


@dataclass
class Reconciliation:
    """What an import, or the published dataset, adds up to."""

    imported: Import
    lines: list[ReconciliationLine]
    """Those that differ, first those that a person must look at, each name by size."""
    totals: dict[AmountKind, ReconciledTotal] = field(default_factory=dict)
    named: dict[tuple[str, AmountKind], CauseCount] = field(default_factory=dict)
    parties: dict[tuple[AmountKind, str, str], ReconciledTotal] = field(default_factory=dict)
    """By measure, contributor and aid type."""
    records: set[str] = field(default_factory=set)
    """The public ids of the records that the dataset brought, where it is of what is published."""

    @property
    def differs(self) -> bool:
        """Whether any record differs, even where the totals come to the same."""
        return bool(self.lines)

    @property
    def causes(self) -> list[str]:
        """The names of the differences, those to look at first, first."""
        found = {name for name, _measure in self.named}
        return [cause.value for cause in _FIRST if cause.value in found]

    def by_name(self) -> list[tuple[tuple[str, AmountKind], CauseCount]]:
        """Return the differences by name and measure, those to look at first, first."""
        return sorted(self.named.items(), key=lambda item: (urgency(item[0][0]), item[0][1]))


def amount(minor: int, measure: AmountKind) -> Decimal:
    """Return what minor units are in the currency of a measure."""
    return money.from_minor(minor, measure.currency)


def of_import(imported: Import) -> Reconciliation:
    """Return what the plan of an import comes to; records that are gone are taken to stay where that is not decided."""
    return _summed(imported, imported.reconciliation.order_by("position", "id").iterator(chunk_size=2_000))


def of_published(dataset: str) -> Reconciliation:
    """Return what is published of a dataset now, beside the file that was published last.

    Raises NothingBrought where there is none.
    """
    standing = Q(change_set__isnull=True) | Q(change_set__status=ChangeSet.Status.PUBLISHED)
    applied = Import.objects.filter(standing, profile=dataset, status=Import.Status.APPLIED)
    imported = applied.select_related("change_set").order_by("-applied_at", "-id").first()
    if imported is None:
        raise NothingBrought(dataset)
    published = _Published(imported)
    found = _summed(imported, published.lines())
    found.records = published.records
    return found


def _summed(imported: Import, lines: Iterable[ReconciliationLine]) -> Reconciliation:
    found = Reconciliation(imported, [])
    totals: dict[AmountKind, ReconciledTotal] = defaultdict(ReconciledTotal)
    named: dict[tuple[str, AmountKind], CauseCount] = defaultdict(CauseCount)
    parties: dict[tuple[AmountKind, str, str], ReconciledTotal] = defaultdict(ReconciledTotal)
    for line in lines:
        measure = AmountKind(line.stage, line.basis, line.currency)
        totals[measure].add(line)
        parties[measure, line.contributor, line.aid_type].add(line)
        if line.difference or line.cause == Cause.BLANK:
            name = named[line.cause, measure]
            name.lines, name.difference = name.lines + 1, name.difference + line.difference
            found.lines.append(line)
    found.lines.sort(key=lambda line: (urgency(line.cause), -abs(line.difference), line.position))
    found.totals, found.named, found.parties = dict(sorted(totals.items())), dict(named), dict(sorted(parties.items()))
    return found


class _Published:
    """Puts the lines of an import beside the ledger."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.file = list(imported.reconciliation.order_by("position", "id"))
        self.measures = {AmountKind(line.stage, line.basis, line.currency) for line in self.file}
        standing = Q(change_set__isnull=True) | Q(change_set__status=ChangeSet.Status.PUBLISHED)
        brought = ExternalId.objects.filter(standing, dataset=imported.profile)
        self.records = set(brought.values_list("public_id", flat=True)) | {line.public_id for line in self.file} - {""}
        self.shelf = _on_shelf(self.records)
        self.net: dict[tuple[str, AmountKind, str, str], int] = defaultdict(int)
        self.netted: dict[tuple[str, AmountKind, str, str], int] = defaultdict(int)
        self._read_ledger()

    def _read_ledger(self) -> None:
        bases = {measure.basis for measure in self.measures}
        for part in chunked(sorted(self.records)):
            rows = Contribution.objects.as_of(None).filter(pledge__in=part, basis__in=bases).order_by()
            columns = ("pledge", "stage", "basis", "currency", "contributor", "aid_type", "is_netted", "amount_minor")
            for pledge, stage, basis, currency, contributor, aid_type, is_netted, minor in rows.values_list(*columns):
                measure = AmountKind(stage, basis, currency)
                if measure in self.measures and minor is not None:
                    sums = self.netted if is_netted else self.net
                    sums[pledge, measure, contributor, aid_type] += minor

    def lines(self) -> Iterable[ReconciliationLine]:
        """Yield a line for each record, measure, contributor and aid type of the file or the ledger."""
        for line in self.file:
            key = (line.public_id, AmountKind(line.stage, line.basis, line.currency), line.contributor, line.aid_type)
            line.in_register = self.net.pop(key, None) if line.public_id else None
            line.difference = (line.in_register or 0) - (line.in_file or 0)
            line.cause = self._cause(line, self.netted.get(key, 0)) if line.difference else Cause.NONE
            yield line
        for number, ((pledge, measure, contributor, aid_type), minor) in enumerate(sorted(self.net.items())):
            line = ReconciliationLine(
                **measure._asdict(), position=len(self.file) + number, public_id=pledge, contributor=contributor,
                aid_type=aid_type, in_register=minor, difference=minor,
            )  # fmt: skip
            line.cause = self._cause(line, 0) if minor else Cause.NONE
            yield line

    def _cause(self, line: ReconciliationLine, netted: int) -> str:
        """Return the name of a difference: the one it had when it was planned, or what has happened since."""
        if line.cause and line.cause != Cause.BLANK:
            return line.cause
        publication = self.shelf.get(line.public_id)
        if publication is None:
            return Cause.UNPUBLISHED
        if publication.is_tombstone:
            return Cause.WITHDRAWN
        if netted == -line.difference:
            return Cause.NETTED
        own = self.imported.change_set_id
        since = self.imported.applied_at
        if publication.change_set_id != own and since is not None and publication.recorded_from > since:
            return Cause.CHANGED_HERE
        return Cause.UNNAMED


def _on_shelf(public_ids: Iterable[str]) -> dict[str, Publication]:
    """Return the newest publication of each record, without its document."""
    found: dict[str, Publication] = {}
    for part in chunked(sorted(public_ids)):
        rows = Publication.objects.as_of(None).filter(kind="pledge", public_id__in=part).order_by()
        found |= {row.public_id: row for row in rows.defer("document", "search")}
    return found
