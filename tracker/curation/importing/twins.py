"""What is decided about likely twins of a plan before it is applied, and what comes of it when it is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.errors import CurationError
from tracker.curation.importing.desk import obstacles
from tracker.curation.importing.imports import locked, require_author, require_status
from tracker.curation.merging.merging import merge_record
from tracker.curation.merging.twins import keep_apart, link
from tracker.curation.review import change_sets, holding
from tracker.lib import canonical
from tracker.models import ChangeSet, Import, ImportStep, ImportTwin, Pledge, PledgeLink

_DECISION = ImportTwin.Decision
Key = tuple[str, str, str]
"""The id of the new pledge in the file; the public id of the other one, or else its id in the file."""


@dataclass(frozen=True)
class TwinDecision:
    """What the new pledge of a pair is to the other one; nothing where that is open again."""

    source_id: str
    decision: str
    other: str = ""
    other_source_id: str = ""

    @property
    def key(self) -> Key:
        """Which pair it is about."""
        return self.source_id, self.other, self.other_source_id


@dataclass(frozen=True)
class Decided:
    """How many pairs were decided, and whether the file has to be planned again for it to count."""

    count: int
    takes_planning: bool


@transaction.atomic
def decide_twins(*, imported: Import, decisions: Iterable[TwinDecision], by: User) -> Decided:
    """Remember what likely twins of a plan are to each other; it counts when the plan is applied.

    A pledge that this dataset brought, and that is gone from the file, is chosen as the record of the row that is the
    same: its lines follow the file then, where a merge would keep the old ones beside the new. All of it or
    nothing. Raises NotAllowed, WrongStatus, or CurationError where the plan has no such pair, the decision is none, a
    pledge is to be merged into two, or the other one can take nothing now.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, Import.Status.PLANNED)
    pairs = {twin.key: twin for twin in imported.twins.all()}
    changed = []
    for said in decisions:
        twin = pairs.get(said.key)
        if twin is None:
            other = said.other or said.other_source_id
            raise CurationError(_("The plan has no twins %(one)s and %(other)s.") % {
                "one": said.source_id, "other": other})  # fmt: skip
        if said.decision and said.decision not in _DECISION.values:
            raise CurationError(_("“%(found)s” is none of %(allowed)s.") % {
                "found": said.decision[:40], "allowed": ", ".join(_DECISION.values)})  # fmt: skip
        if twin.decision != said.decision:
            twin.decision = said.decision
            changed.append(twin)
    _require_mergeable(pairs.values(), changed)
    ImportTwin.objects.bulk_update(changed, ["decision"], batch_size=500)
    return Decided(len(changed), takes_planning=_choose_gone(imported, changed))


def _choose_gone(imported: Import, changed: list[ImportTwin]) -> bool:
    """Choose records that are gone from the file for rows that are the same, or no longer; tells whether any were."""
    others = {twin.other for twin in changed if twin.other}
    gone = imported.steps.filter(outcome=ImportStep.Outcome.GONE, public_id__in=others)
    ids = set(gone.values_list("public_id", flat=True))
    before = dict(imported.matches)
    for twin in changed:
        if twin.other in ids and twin.decision == _DECISION.MERGE:
            imported.matches[twin.source_id] = twin.other
        elif twin.other and imported.matches.get(twin.source_id) == twin.other:
            del imported.matches[twin.source_id]
    if imported.matches == before:
        return False
    imported.save(update_fields=["matches"])
    return True


def _require_mergeable(twins: Iterable[ImportTwin], changed: list[ImportTwin]) -> None:
    """Raise CurationError where a pledge is to become part of two, or of one that somebody holds or that is gone."""
    goes: dict[str, ImportTwin] = {}
    for twin in twins:
        if twin.decision != _DECISION.MERGE:
            continue
        before = goes.setdefault(twin.source_id, twin)
        if before is not twin:
            raise CurationError(_("%(record)s can be merged into one only: %(one)s, or %(other)s.") % {
                "record": twin.source_id, "one": before.other or before.other_source_id,
                "other": twin.other or twin.other_source_id})  # fmt: skip
    wanted = {twin.other for twin in changed if twin.decision == _DECISION.MERGE and twin.other}
    for reason in obstacles(Pledge.kind, wanted).values():
        raise CurationError(_("Nothing can be merged into it now: %s") % reason)


def decided_of_same_file(imported: Import) -> tuple[dict[Key, str], list[int]]:
    """Return what was decided about the pairs of the same file when it was brought before, and in which imports.

    Whoever brings it again, as after that import was discarded, decides nothing twice; nothing where this one was
    planned before, as what it says itself counts. A merge into what can take nothing now is left open.
    """
    if imported.planned_at is not None:
        return {}, []
    same = Import.objects.filter(profile=imported.profile, release=imported.release, sha256=imported.sha256)
    earlier = ImportTwin.objects.filter(imported__in=same)
    twins = list(earlier.exclude(decision="").exclude(imported=imported).order_by("imported_id", "position"))
    merged_into = {twin.other for twin in twins if twin.decision == _DECISION.MERGE and twin.other}
    held = obstacles(Pledge.kind, merged_into)
    merges = {twin.source_id: twin.key for twin in twins if twin.decision == _DECISION.MERGE}
    found = {
        twin.key: twin for twin in twins
        if twin.decision != _DECISION.MERGE or (merges[twin.source_id] == twin.key and twin.other not in held)
    }  # fmt: skip
    numbers = sorted({twin.imported_id for twin in found.values()})
    return {key: twin.decision for key, twin in found.items()}, numbers


def decided_before(imported: Import) -> dict[Key, str]:
    """Return what was decided about the pairs of a plan that is made anew: all of it, and who is different elsewhere.

    A pair of which another import of the dataset says that it is different is not asked about again.
    """
    of_dataset = ImportTwin.objects.filter(imported__profile=imported.profile, decision=_DECISION.DIFFERENT)
    columns = ("source_id", "other", "other_source_id", "decision")
    found = {(one, other, of_file): said for one, other, of_file, said in of_dataset.values_list(*columns)}
    return found | {twin.key: twin.decision for twin in imported.twins.exclude(decision="")}


@dataclass(frozen=True)
class Settling:
    """Does what was decided about twins, once the records of a plan are written.

    `ids` are public ids by ids in the file, and are led on to what a pledge was merged into. What is merged goes into a
    change set of its own, so that it alone can be reverted; into that of the import where this holds the other one.
    """

    twins: list[ImportTwin]
    ids: dict[str, str]
    change_set: ChangeSet
    title: str
    at: dt.datetime

    def settle(self) -> ChangeSet | None:
        """Do all of it; returns the change set of what was merged, if there is one.

        Raises CurationError, naming the pair, where something cannot be done.
        """
        merges = [twin for twin in self.twins if twin.decision == _DECISION.MERGE]
        merging: ChangeSet | None = None
        # What goes into a pledge of the register first: what goes into another new one then follows that.
        for twin in sorted(merges, key=lambda twin: (bool(twin.other_source_id), twin.position)):
            one, other = self._pair(twin)
            working = self._holding(one, other)
            if working is None:
                merging = working = merging or self._opened()
            self._merge(one, other, working)
            self.ids.update({key: other.public_id for key, value in self.ids.items() if value == one.public_id})
        for twin in self.twins:
            if twin.decision not in ("", _DECISION.MERGE):
                self._relate(twin)
        return merging

    def _pair(self, twin: ImportTwin) -> tuple[Pledge, Pledge]:
        wanted = (self.ids.get(twin.source_id, ""), twin.other or self.ids.get(twin.other_source_id, ""))
        found = [Pledge.named(public_id) for public_id in wanted]
        for public_id, pledge in zip((twin.source_id, twin.other or twin.other_source_id), found, strict=True):
            if pledge is None:
                raise CurationError(_("%s is not there any more: plan again.") % public_id)
        one, other = found
        assert one is not None
        assert other is not None
        return one, other

    def _holding(self, one: Pledge, other: Pledge) -> ChangeSet | None:
        """Return the change set of the import where it holds the other one, or a tranche of what is merged into it."""
        tranches = PledgeLink.objects.filter(target=one).values_list("pledge__public_id", flat=True)
        held = self.change_set.edits.filter(kind=Pledge.kind, public_id__in=[other.public_id, *tranches])
        return self.change_set if held.exists() else None

    def _opened(self) -> ChangeSet:
        message = _("What %s has of pledges that were there already") % self.title
        return change_sets.open_change_set(
            author=self.change_set.author, message=message,
            cause=ChangeSet.Cause.MERGING, at=self.at,
        )  # fmt: skip

    def _merge(self, one: Pledge, other: Pledge, change_set: ChangeSet) -> None:
        # It was nothing before the import, and is a pledge of its own once the merge is reverted.
        self.change_set.edits.filter(kind=Pledge.kind, public_id=one.public_id).delete()
        holding.next_revision(self.change_set)
        try:
            merge_record(record=one, into=other, by=change_set.author, at=self.at, change_set=change_set)
        except serializers.ValidationError as error:
            raise CurationError(
                _("%(one)s cannot be merged into %(other)s: %(problems)s")
                % {"one": one, "other": other.public_id, "problems": canonical.dump(error.detail)}
            ) from error

    def _relate(self, twin: ImportTwin) -> None:
        one, other = self._pair(twin)
        if one == other:
            return  # Both were merged into one meanwhile.
        author = self.change_set.author
        if twin.decision == _DECISION.DIFFERENT:
            keep_apart(one=one, other=other, by=author, at=self.at)
            return
        held = holding.holder(kind=one.kind, public_id=one.public_id)
        working = held.change_set if held is not None else self.change_set
        link(pledge=one, target=other, kind=twin.decision, by=author, at=self.at, change_set=working)
