"""Answers: what the author of an import says to what its plan asks. It takes planning again to count."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.importing.imports import locked, require_author, require_status
from tracker.models import ExternalId, Import, ImportStep

_STATUS = Import.Status


@transaction.atomic
def choose_records(*, imported: Import, chosen: Mapping[str, str], by: User) -> Import:
    """Remember which records ids in the file mean; no record stands for a new one. It takes planning again to count.

    Raises NotAllowed, WrongStatus, or CurationError where the plan has no such id, or the dataset never brought the
    record.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED)
    for source_id, public_id in chosen.items():
        if not imported.steps.filter(source_id=source_id).exclude(outcome=ImportStep.Outcome.GONE).exists():
            raise CurationError(_("The plan has no %s.") % source_id)
        brought = ExternalId.objects.filter(dataset=imported.profile, public_id=public_id)
        if public_id and not brought.exists():
            raise CurationError(_("%s did not come with this dataset.") % public_id)
    imported.matches |= dict(chosen)
    imported.save(update_fields=["matches"])
    return imported


@transaction.atomic
def take_likeliest(*, imported: Import, by: User) -> Import:
    """Remember that the likeliest record is right for each row that could be one of several, and is not chosen for.

    Raises NotAllowed or WrongStatus.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED)
    imported.likeliest = True
    imported.save(update_fields=["likeliest"])
    return imported


@transaction.atomic
def decide_conflicts(*, imported: Import, sides: Mapping[str, str], by: User) -> Import:
    """Remember whether ours is kept or theirs taken, by the id of a record in the file; no id stands for all others.

    It takes planning again to count. Raises NotAllowed, WrongStatus, or CurationError where the plan has no such id or
    there is no such side.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED)
    for source_id, side in sides.items():
        if side not in ImportStep.Side.values:
            raise CurationError(_("“%(found)s” is none of %(allowed)s.") % {
                "found": side[:40], "allowed": ", ".join(ImportStep.Side.values)})  # fmt: skip
        if source_id and not imported.steps.filter(source_id=source_id, public_id__gt="").exists():
            raise CurationError(_("The plan has no %s.") % source_id)
    # What is said of all counts for those that were decided one by one before, too.
    imported.sides = dict(sides) if "" in sides else imported.sides | dict(sides)
    imported.save(update_fields=["sides"])
    return imported


@transaction.atomic
def say_conventions(*, imported: Import, said: Mapping[str, str], by: User) -> Import:
    """Remember how columns are written, such as `{"part_eur": "comma"}`. It takes planning again to count.

    Raises NotAllowed, WrongStatus, or CurationError for a column that is not asked about, and an answer that is none.
    """
    imported = locked(imported)
    require_author(imported, by)
    require_status(imported, _STATUS.PLANNED)
    choices = {question["column"]: question["choices"] for question in imported.questions}
    for column, answer in said.items():
        if column not in choices:
            raise CurationError(_("It is not asked how the column “%s” is written.") % column[:60])
        if answer not in choices[column]:
            raise CurationError(
                _("“%(found)s” is no answer; say %(allowed)s.")
                % {"found": answer[:40], "allowed": ", ".join(choices[column])}
            )
    imported.conventions |= dict(said)
    imported.save(update_fields=["conventions"])
    return imported
