"""Imports: what their plans come to, counted."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from tracker.models import Import, ImportRow, ImportStep


@dataclass(frozen=True)
class Summary:
    """How many records and rows a plan has, by outcome and by cause. What there is none of is left out."""

    records: dict[str, int]
    rows: dict[str, int]
    causes: dict[str, int]
    """Records; one can have several causes."""
    noted: int
    """Rows with a cell that could not be read, or was read otherwise than written."""
    labels: int
    twins: int
    """Pairs of a new pledge and one that it is likely to be."""
    undecided: int
    """Those of them about which nothing is decided."""


def summary(imported: Import) -> Summary:
    """Return what the plan of an import comes to."""
    causes = imported.steps.aggregate(**{cause: Count("pk", filter=_has(cause)) for cause in ImportStep.Cause.values})
    twins = imported.twins.aggregate(all=Count("pk"), undecided=Count("pk", filter=Q(decision="")))
    return Summary(
        records=_by_outcome(imported.steps.all()),
        rows=_by_outcome(imported.rows.all()),
        causes={cause: count for cause, count in causes.items() if count},
        noted=imported.rows.exclude(notes="").count(),
        labels=imported.labels.filter(is_left=False).count(),
        twins=twins["all"],
        undecided=twins["undecided"],
    )


def by_recognition(imported: Import) -> dict[str, int]:
    """Return how many records of the register were recognised by what: the id, the content, or both."""
    known = imported.steps.exclude(recognised_by="").order_by("recognised_by")
    return dict(known.values_list("recognised_by").annotate(Count("pk")))


def counts_of_steps(imports: list[Import]) -> dict[int, dict[str, int]]:
    """Return how many records each import has, by its key and outcome, in one query."""
    found: dict[int, dict[str, int]] = {imported.pk: {} for imported in imports}
    listed = ImportStep.objects.filter(imported__in=imports).order_by("imported", "outcome")
    for key, outcome, count in listed.values_list("imported", "outcome").annotate(Count("pk")):
        found[key][outcome] = count
    return found


def _has(cause: str) -> Q:
    """Return the condition that a step has a cause: they are kept with spaces around each."""
    return Q(causes__contains=f" {cause} ")


def _by_outcome(listed: QuerySet[ImportStep] | QuerySet[ImportRow]) -> dict[str, int]:
    counted = dict(listed.order_by().values_list("outcome").annotate(Count("pk")))
    return {outcome: counted[outcome] for outcome in ImportStep.Outcome.values if outcome in counted}
