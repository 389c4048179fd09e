"""Figures of a file that can hardly be meant: in other units than what stands, or a delivery before its promise."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Outcome, Step
from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.inbound.conventions import AS_WRITTEN
from tracker.lib import partial_dates
from tracker.models import Stage
from tracker.records.engine.types import Document

QUESTION = "implausible"
"""What the question is called to which somebody says that the figures are right."""
_TIMES = 1_000
"""By how much an amount may differ from what stood, or exceed all others."""
_UNITS = (Decimal(10**3), Decimal(10**6), Decimal(10**9))
"""By how much an amount in other units differs."""
_MOST = Decimal(10**12)
"""What no single promise comes to, in any currency of the datasets: all aid to Ukraine of three years is less."""
_FEWEST = 3
"""Of so many amounts one can be told to stand out."""
_SHOWN = 8


@dataclass(frozen=True)
class ImplausibleQuestion:
    """Asks whether figures that can hardly be meant are right; nothing is written before."""

    reasons: tuple[str, ...]
    column: str = QUESTION
    holds: str = QUESTION
    choices: tuple[str, ...] = (AS_WRITTEN,)

    @property
    def head(self) -> str:
        """What it is about."""
        return str(_("Figures that can hardly be meant"))

    def __str__(self) -> str:
        more = _("; and %s more") % (len(self.reasons) - _SHOWN) if len(self.reasons) > _SHOWN else ""
        return f"{self.head}: {'; '.join(self.reasons[:_SHOWN])}{more}. " + _(
            "Are they in other units, or is a point taken for another? Mend the file, or say that they are as written."
        )


@dataclass(frozen=True)
class Doubt:
    """A figure that can hardly be meant, and why; `is_asked` where it must be in other units, or no promise at all."""

    reason: str
    is_asked: bool = False


class Doubts:
    """The figures that a plan would write and that can hardly be meant: it is shown each step, with its document.

    `known` is what the dataset said of its records last.
    """

    def __init__(self, known: Mapping[str, Document]) -> None:
        self._known = known
        self._written: dict[str, list[Doubt]] = {}

    def look_at(self, step: Step, document: Document) -> None:
        """Take a step into account."""
        if step.outcome in (Outcome.NEW, Outcome.CHANGED):
            self._written[step.draft.source_id] = list(_of_step(step, document, self._known))

    def found(self, drafted: Drafted) -> list[Doubt]:
        """Return the doubts about the steps that were shown, and about the columns that these were drafted from."""
        of_steps = (doubt for found in self._written.values() for doubt in found)
        return list(dict.fromkeys([*of_steps, *_of_cells(drafted, self._written.keys())]))


def question_about(found: list[Doubt]) -> ImplausibleQuestion | None:
    """Return what somebody has to say before anything is written; None where there is nothing."""
    reasons = tuple(doubt.reason for doubt in found if doubt.is_asked)
    return ImplausibleQuestion(reasons) if reasons else None


def notice_of(found: list[Doubt]) -> str:
    """Return the figures that a person must look at, in a sentence; empty where there are none."""
    reasons = [doubt.reason for doubt in found if not doubt.is_asked]
    more = _("; and %s more") % (len(reasons) - _SHOWN) if len(reasons) > _SHOWN else ""
    return _("Can these figures be meant? %s.") % ("; ".join(reasons[:_SHOWN]) + more) if reasons else ""


def _of_step(step: Step, document: Document, known: Mapping[str, Document]) -> Iterator[Doubt]:
    """Yield what is odd in one record: amounts beside those that stood, and deliveries before the announcement."""
    if step.public_id in known:
        yield from _of_amounts(step, document, known[step.public_id])
    announced = partial_dates.stored(document.get("announced", "")).earliest
    for entry in document.get("entries", ()) if announced else ():
        if entry["stage"] != Stage.DELIVERY:
            continue
        day = partial_dates.stored(entry.get("date", "")).latest
        if day is not None and announced is not None and day < announced:
            words = {"id": step.draft.source_id, "day": entry["date"], "announced": document["announced"]}
            yield Doubt(_("%(id)s: a delivery of %(day)s, announced %(announced)s") % words)


def _of_amounts(step: Step, document: Document, last: Document) -> Iterator[Doubt]:
    """Yield the amounts of a record that are a thousand times what stood, or less than the thousandth part."""
    before = _sums(dict(zip(("entries", "valuations"), last["lines"][1:], strict=True)))
    for stage, amount in _sums(document).items():
        was = before.get(stage)
        if was and amount and max(was, amount) >= _TIMES * min(was, amount):
            words = {"id": step.draft.source_id, "stage": stage[0], "amount": f"{amount:,}", "was": f"{was:,}"}
            yield Doubt(
                _("%(id)s: %(stage)s of %(amount)s, where %(was)s stood") % words, _is_in_other_units(was, amount)
            )


def _is_in_other_units(one: Decimal, other: Decimal) -> bool:
    """Tell whether two amounts differ by a thousand or a million, to the hundredth part."""
    times = max(one, other) / min(one, other)
    return any(abs(times / unit - 1) <= Decimal("0.01") for unit in _UNITS)


def _sums(document: Document) -> dict[tuple[str, str, str], Decimal]:
    """Return the amounts of a record above zero, by stage, basis and currency."""
    stages = {entry["number"]: entry["stage"] for entry in document.get("entries", ())}
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in document.get("valuations", ()):
        if row.get("entry"):
            sums[stages[row["entry"]], row["basis"], row.get("currency", "")] += Decimal(row["amount"])
    return {key: amount for key, amount in sums.items() if amount > 0}


def _of_cells(drafted: Drafted, written: Container[str]) -> Iterator[Doubt]:
    """Yield what is odd in a column of amounts: one that is larger than any can be, or exceeds all others by far."""
    columns: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for cell in drafted.cells:
        if cell.amount is not None and cell.amount > 0:
            columns[cell.declared.value].append((cell.amount, cell.row))
    for amounts in columns.values():
        *others, (amount, row) = sorted(amounts)
        home = drafted.homes.get(row)
        if home is None or home.source_id not in written:
            continue
        if amount > _MOST:
            words = {"row": row, "amount": f"{amount:,}"}
            yield Doubt(_("row %(row)s: %(amount)s is more than any single promise") % words, is_asked=True)
        elif len(amounts) >= _FEWEST and amount >= _TIMES * others[-1][0]:
            words = {"row": row, "amount": f"{amount:,}", "next": f"{others[-1][0]:,}"}
            yield Doubt(_("row %(row)s: %(amount)s, where the next largest is %(next)s") % words)
