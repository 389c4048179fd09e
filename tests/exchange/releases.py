"""Releases of a small dataset, one over the other, and what is published of it then."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import factories
from tests.exchange.kiel import plan_of, row, write
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome, Plan
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import Contribution, Pledge, Publication

Rows = list[dict[str, Any]]
Bring = Callable[..., Plan]


def bringer(folder: Path, users: SimpleNamespace) -> Bring:
    """Return a function that imports rows as a release, withdraws what is gone, publishes, and returns the plan.

    It looks, too, whether the same file says nothing new then.
    """
    moments = iter(factories.AT + dt.timedelta(hours=number) for number in range(1, 100))

    def bring(rows: Rows, release: str, *, withdraw: bool = True, **said: Any) -> Plan:
        path = write(folder / f"{release}.csv", rows)
        plan = plan_of(path, release, **said)
        at = next(moments)
        gone = [one.public_id for one in plan.gone] if withdraw else []
        applied = applying.apply(plan=plan, author=users.editor, at=at, withdraw=gone)
        if applied.change_set:
            change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
            names = {line.cause for line in plan.reconciliation if line.difference}
            publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at, differences=names)
        assert plan_of(path, release).is_empty
        return plan

    return bring


def package(number: int, source: str = "", **cells: Any) -> dict[str, Any]:
    """Return a row of a package; as another package has it but for its number, its amount and its source."""
    value = str(number * 1_000_000)
    fixed = {
        "value": value, "part_value": value, "explanation": f"Package {number}", "item": "Howitzer", "item_numb": "1",
        "donor": "Germany", "source_of_aid_1": source or f"https://example.org/{number}",
    }  # fmt: skip
    return row(str(cells.pop("id", f"DEM{number}")), **fixed | cells)


def total(stage: str = "allocation") -> Decimal:
    """Return what the published pledges come to on the basis of the dataset."""
    standing = Contribution.objects.as_of(None).filter(stage=stage, basis="dataset")
    return Decimal(sum(cents for cents in standing.values_list("eur_cents", flat=True) if cents)) / 100


def standing() -> list[Pledge]:
    """Return the pledges that are published and not withdrawn."""
    ids = Publication.objects.published().filter(kind="pledge").values("public_id")
    return list(Pledge.objects.filter(public_id__in=ids))


def outcomes(plan: Plan) -> dict[str, Outcome]:
    return {step.draft.source_id: step.outcome for step in plan.steps}
