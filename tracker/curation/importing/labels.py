"""The labels of an import: which record each of them means, remembered as an alias of that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.importing.imports import locked, require_author, require_status
from tracker.curation.review import change_sets, holding
from tracker.lib.text import fold, fold_lookalikes
from tracker.models import ChangeSet, Import, ImportLabel
from tracker.records.registry import KINDS


@transaction.atomic
def map_label(*, label: ImportLabel, public_id: str, by: User, at: dt.datetime) -> None:
    """Remember that a label means a record: it becomes an alias, in a change set for the labels of its import.

    A record that goes by the label already needs no alias. Raises CurationError where there is no such record, or
    another goes by that name, NotAllowed and WrongStatus.
    """
    imported = locked(label.imported)
    require_author(imported, by)
    require_status(imported, Import.Status.PLANNED)
    message = _("Labels of import %s") % imported
    label.mapped_to = _name(label.kind, label.label, public_id, by, at, message).public_id
    label.is_left = False
    label.save(update_fields=["mapped_to", "is_left"])


@dataclass(frozen=True)
class LabelDecision:
    """What somebody says that a label means: a record, by its public id; or none, so that it stays a description."""

    kind: str
    label: str
    record: str = ""


@transaction.atomic
def decide_labels(*, decisions: Iterable[LabelDecision], title: str, by: User, at: dt.datetime) -> int:
    """Remember which records labels mean, before a file with them is planned; returns how many are mapped.

    The change set is called after `title`. Those that mean no record are told by `leave_named` once there is a plan.
    Raises CurationError as `map_label`.
    """
    mapped = [one for one in decisions if one.record]
    for one in mapped:
        _name(one.kind, one.label, one.record, by, at, _("Labels of import %s") % title)
    return len(mapped)


@transaction.atomic
def leave_named(*, imported: Import, decisions: Iterable[LabelDecision], by: User) -> int:
    """Decide that the labels among `decisions` that have no record mean none; return how many these are in the plan."""
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, Import.Status.PLANNED)
    left = [one for one in decisions if not one.record]
    return sum(imported.labels.filter(kind=one.kind, label=one.label).update(is_left=True) for one in left)


@transaction.atomic
def leave_labels(*, imported: Import, below: int, by: User, kind: str = "") -> int:
    """Decide that labels mean no record: all that no name reads like by `below` of 100; return how many these are.

    Of one `kind`, where it is given. An item keeps such a label as its description, and no release of the dataset asks
    about it again; mapping it still does. Raises NotAllowed and WrongStatus.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, Import.Status.PLANNED)
    found = imported.labels.filter(mapped_to="", is_left=False, likeness__lt=below)
    return (found.filter(kind=kind) if kind else found).update(is_left=True)


def labels_left(profile: str) -> set[tuple[str, str]]:
    """Return the labels of a dataset that were decided to mean no record, by kind, in whichever release."""
    left = ImportLabel.objects.filter(imported__profile=profile, is_left=True)
    return set(left.values_list("kind", "label"))


def _name(kind: str, label: str, public_id: str, by: User, at: dt.datetime, message: str) -> Any:
    """Have a record go by a label, and return it. Raises CurationError where there is none, or another goes by it."""
    model: Any = KINDS[kind].model
    record = model.objects.filter(public_id=public_id).first()
    if record is None:
        raise CurationError(_("There is no %(kind)s %(id)s.") % {"kind": model._meta.verbose_name, "id": public_id})
    if fold_lookalikes(record.name) != fold_lookalikes(label):
        _add_alias(record, kind, label, by, at, message)
    return record


def _add_alias(record: Any, kind: str, label: str, by: User, at: dt.datetime, message: str) -> None:
    """Have a record go by a label. Raises CurationError where another does."""
    alias = record.aliases.model(**{kind: record, "name": label})
    taken = type(alias).objects.filter(folded=fold(label)).select_related(kind).first()
    owner = getattr(taken, kind, None)
    if owner == record:
        return
    if owner is not None:
        raise CurationError(
            _("“%(label)s” is an alias of %(name)s (%(id)s) already: take it away there first.")
            % {"label": label, "name": owner.name, "id": owner.public_id}
        )
    try:
        alias.full_clean()
    except ValidationError as error:
        raise CurationError(f"{label[:100]}: {' '.join(error.messages)}") from error
    held = holding.holder(kind=record.kind, public_id=record.public_id)
    names = None if held else change_sets.of_name(author=by, message=message, cause=ChangeSet.Cause.IMPORT, at=at)
    with records.edit(record=record, by=by, at=at, change_set=names):
        alias.save()
