"""The totals of an import as people read them: the file's own beside the register's, and differences by name."""

from dataclasses import dataclass
from typing import Any

from tracker.models import Import, ReconciliationLine, Stage
from tracker.reporting.checks.reconciliation import AmountKind, amount, of_import

_CAUSES, _STAGES = dict(ReconciliationLine.Cause.choices), dict(Stage.choices)


@dataclass(frozen=True)
class TotalsShown:
    """A reconciliation as people read it."""

    totals: list[dict[str, Any]]
    named: list[dict[str, Any]]

    @property
    def causes(self) -> list[tuple[str, Any]]:
        """The names of the differences, once each, with their words."""
        return list(dict.fromkeys((row["cause"], row["label"]) for row in self.named))


def shown(imported: Import) -> TotalsShown:
    """Return the totals of an import and its differences by name."""
    found = of_import(imported)
    totals = [
        _in_words(measure) | {
            "in_file": _amount(total.in_file, measure), "in_register": _amount(total.in_register, measure),
            "difference": _amount(total.difference, measure),
        }
        for measure, total in found.totals.items()
    ]  # fmt: skip
    named = [
        _in_words(measure) | {
            "cause": cause, "label": _CAUSES[cause], "lines": one.lines,
            "difference": _amount(one.difference, measure),
        }
        for (cause, measure), one in found.by_name()
    ]  # fmt: skip
    return TotalsShown(totals, named)


def _in_words(measure: AmountKind) -> dict[str, Any]:
    return {"stage": _STAGES[measure.stage], "currency": measure.currency or measure.basis.upper()}


def _amount(minor: int, measure: AmountKind) -> str:
    return f"{amount(minor, measure):,}".replace("-", "−")
