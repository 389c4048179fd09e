"""Public ids: given once, never re-used."""

from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.lib.numbering import next_number
from tracker.models import Party, PublicId
from tracker.models.base import Record

MAX_LENGTH = 90


@transaction.atomic
def give(*, record: Record, lead: Party | None = None) -> str:
    """Give a new record its public id and note it as given; returns the id.

    An id that was typed is kept. Raises CurationError where it was given before.
    """
    if record.public_id:
        if _given(record, [record.public_id]):
            raise _given_before(record)
        try:
            with transaction.atomic():
                PublicId.objects.create(kind=record.kind, public_id=record.public_id)
        except IntegrityError as error:
            # At the same moment, by another.
            raise _given_before(record) from error
    else:
        stem = record.id_stem(lead)[:MAX_LENGTH].strip("-")
        record.public_id = PublicId.give_unused(record.kind, partial(_unused, record, stem))
    return record.public_id


def _given_before(record: Record) -> CurationError:
    return CurationError(_("The id %s was given before, and an id is never used twice.") % record.public_id)


def _given(record: Record, public_ids: list[str]) -> set[str]:
    """Return those of `public_ids` that another record of the kind has, on the desk now or given ever."""
    present = type(record)._default_manager.filter(public_id__in=public_ids).exclude(pk=record.pk).order_by()
    given = PublicId.objects.filter(kind=record.kind, public_id__in=public_ids).order_by()
    return set(given.values_list("public_id", flat=True).union(present.values_list("public_id", flat=True)))


def _unused(record: Record, stem: str) -> str:
    """Return `stem` with a running number: always for a pledge, else only where it is taken."""
    is_numbered = record.ids_are_numbered
    if not is_numbered and not _given(record, [stem]):
        return stem

    def named(number: int) -> str:
        return f"{stem}-{number:04d}" if is_numbered else f"{stem}-{number}"

    def used_of(numbers: list[int]) -> list[int]:
        given = _given(record, [named(number) for number in numbers])
        return [number for number in numbers if named(number) in given]

    return named(next_number(used_of, first=1 if is_numbered else 2))
