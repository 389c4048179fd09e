"""Bringing: a file from receipt to change set in two calls, for who has looked at its plan already."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.callbacks import Watch
from tracker.curation.errors import CurationError
from tracker.curation.importing import imports
from tracker.curation.importing.applying import Applied
from tracker.curation.importing.labels import LabelDecision, leave_labels, leave_named
from tracker.curation.importing.plans import GoneRecord, Plan
from tracker.curation.importing.twins import TwinDecision, decide_twins
from tracker.exchange.datasets.imports import keep, plan_again, settle, write
from tracker.models import Import, ImportStep

_DECISION = ImportStep.Decision


@dataclass(frozen=True)
class Decisions:
    """What becomes of the records that are gone from the file: of all, and of some that are named by either id."""

    gone: str = _DECISION.ASK.value
    withdraw: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def of(self, gone: Iterable[GoneRecord]) -> dict[str, str]:
        """Return what becomes of records that are gone, by public id, as `imports.accept` will decide."""
        return {one.public_id: self._of(one) for one in gone}

    def _of(self, gone: GoneRecord) -> str:
        names = {gone.source_id, gone.public_id}
        for decision, named in ((_DECISION.KEEP, self.keep), (_DECISION.WITHDRAW, self.withdraw)):
            if names & set(named):
                return decision.value
        if self.gone == _DECISION.WITHDRAW and gone.obstacle:
            return _DECISION.ASK.value
        return _DECISION.KEEP.value if self.gone == _DECISION.ASK and gone.kept_in else self.gone

    def exceptions(self, imported: Import) -> dict[int, str]:
        """Return what is decided about single steps. Raises CurationError where a name is of nothing that is gone."""
        steps = imported.steps.filter(outcome=ImportStep.Outcome.GONE)
        places: dict[str, int] = {}
        for position, *names in steps.values_list("position", "source_id", "public_id"):
            places |= dict.fromkeys(names, position)
        strange = [name for name in (*self.withdraw, *self.keep) if name not in places]
        if strange:
            raise CurationError(_("%s is no record that is gone from the file.") % strange[0])
        decided = dict.fromkeys((places[name] for name in self.withdraw), _DECISION.WITHDRAW.value)
        return decided | dict.fromkeys((places[name] for name in self.keep), _DECISION.KEEP.value)


@transaction.atomic
def take_in(
    *, path: Path, made: Plan, sheet: str, author: User, at: dt.datetime, matches: Mapping[str, str],
    sides: Mapping[str, str], twins: Iterable[TwinDecision] = (),
) -> tuple[Import, Plan]:  # fmt: skip
    """Keep a file with its plan and what is decided about its likely twins; returns both, the plan as it is then.

    `matches` and `sides` are what it was planned by. Raises CurationError where the plan has no such twins, or these
    cannot be what was decided.
    """
    imported = imports.receive(
        author=author, profile=made.dataset, release=made.release, sheet=sheet, file_name=path.name,
        content=path.read_bytes(), at=at,
    )  # fmt: skip
    keep(imported, made, at)
    imported.refresh_from_db()
    # By these the kept file is read again.
    imported.matches, imported.sides, imported.conventions = dict(matches), dict(sides), made.said
    imported.likeliest = made.likeliest
    imported.save(update_fields=["matches", "sides", "conventions", "likeliest"])
    if decide_twins(imported=imported, decisions=twins, by=author).takes_planning:
        imported.refresh_from_db()
        made = plan_again(imported=imported, by=author, at=at)
        imported.refresh_from_db()
    return imported, made


@transaction.atomic
def bring(
    *, imported: Import, made: Plan, at: dt.datetime, message: str, decisions: Decisions, watch: Watch,
    leave_below: int = 0, labels: Sequence[LabelDecision] = (),
) -> Applied:  # fmt: skip
    """Accept the plan of a file that was taken in, and apply it: all of it or nothing.

    Labels that no name reads like by `leave_below` of 100 are left as descriptions, and those of `labels` without a
    record. Raises CurationError where a record cannot be written.
    """
    author = imported.author
    leave_labels(imported=imported, below=leave_below, by=author)
    leave_named(imported=imported, decisions=labels, by=author)
    imported = imports.accept(
        imported=imported, by=author, message=message, gone=decisions.gone, exceptions=decisions.exceptions(imported)
    )  # fmt: skip
    applied = write(imported, made, at, watch)
    settle(imported=imported, at=at)
    return applied
