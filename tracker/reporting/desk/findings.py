"""What the rules of quality found: the worklist, its counts, and the health of records that follows from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Finding
from tracker.models.desk.findings import FindingQuerySet
from tracker.reporting.shelf.wording import place_of

Severity = Finding.Severity

_WEIGHTS = {Severity.ERROR: 1_000_000, Severity.WARNING: 1_000, Severity.NOTICE: 1}
"""One error outweighs any number of warnings that a record can have, and one warning any number of notices."""


@dataclass(frozen=True)
class Health:
    """How many findings of each severity stand against a record, waived ones left out."""

    errors: int = 0
    warnings: int = 0
    notices: int = 0

    @property
    def worst(self) -> str:
        """The worst that stands: `error`, `warning`, `notice`; `good` where nothing does."""
        named = (("error", self.errors), ("warning", self.warnings), ("notice", self.notices))
        return next((name for name, number in named if number), "good")

    def in_words(self) -> str:
        """Return the numbers in words; empty where nothing stands."""
        said = (
            (self.errors, ngettext("%s error", "%s errors", self.errors)),
            (self.warnings, ngettext("%s warning", "%s warnings", self.warnings)),
            (self.notices, ngettext("%s notice", "%s notices", self.notices)),
        )
        return ", ".join(words % number for number, words in said if number)


def health_of(kind: str, public_ids: Iterable[str]) -> dict[str, Health]:
    """Return the health of records of one kind, by public id."""
    ids = list(public_ids)
    numbers: dict[str, Counter[int]] = {public_id: Counter() for public_id in ids}
    for part in chunked(ids):
        standing = Finding.objects.standing().filter(record_kind=kind, record_id__in=part)
        for public_id, severity in standing.order_by().values_list("record_id", "severity"):
            numbers[public_id][severity] += 1
    return {
        public_id: Health(found[Severity.ERROR], found[Severity.WARNING], found[Severity.NOTICE])
        for public_id, found in numbers.items()
    }


def by_health(kind: str) -> Any:
    """Return the expression by which a list of records of `kind` is ordered by health: the best is 0."""
    weight = Case(*(When(severity=level, then=Value(number)) for level, number in _WEIGHTS.items()), default=Value(0))
    standing = Finding.objects.standing().filter(record_kind=kind, record_id=OuterRef("public_id")).order_by()
    total = standing.values("record_id").annotate(weight=Sum(weight)).values("weight")
    return Coalesce(Subquery(total, output_field=IntegerField()), Value(0))


def findings_of(change_set: ChangeSet) -> FindingQuerySet:
    """Return what is found in the records that a change set holds or published, the worst first; waived ones too."""
    edits = change_set.edits.order_by()
    mine = Finding.objects.none()
    for kind in sorted(set(edits.values_list("kind", flat=True))):
        ids = edits.filter(kind=kind).values("public_id")
        mine = mine | Finding.objects.filter(record_kind=kind, record_id__in=ids)
    return mine.select_related("waived_by").order_by("severity", "rule", "record_kind", "record_id", "id")


def of_record(kind: str, public_id: str) -> FindingQuerySet:
    """Return what is found in one record, the worst first."""
    found = Finding.objects.filter(record_kind=kind, record_id=public_id)
    return found.select_related("waived_by").order_by("severity", "rule", "field", "id")


@dataclass(frozen=True)
class PlacedFinding:
    """A finding, and what it is about in the words of the form: `Entry 2, amount`; empty of a whole record."""

    finding: Finding
    place: str


def placed(findings: Iterable[Finding]) -> list[PlacedFinding]:
    """Return findings with their places in words."""
    return [PlacedFinding(each, place_of(each.record_kind, each.field) if each.field else "") for each in findings]


def counts(findings: QuerySet[Finding]) -> dict[str, list[tuple[Any, int]]]:
    """Return how many of `findings` there are by severity, the worst first; by rule and by kind, the most first."""
    most = {
        name: sorted(_counted(findings, column), key=lambda pair: (-pair[1], pair[0]))
        for name, column in (("rule", "rule"), ("kind", "record_kind"))
    }
    return {"severity": sorted(_counted(findings, "severity"))} | most


def _counted(findings: QuerySet[Finding], *columns: str) -> list[Any]:
    return list(findings.order_by().values_list(*columns).annotate(number=Count("pk")).values_list(*columns, "number"))
