"""Public ids: given once, never re-used."""

import re

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.models import Meeting, Official, Package, Party, Pledge, PublicId
from tracker.models.base import Record

MAX_LENGTH = 90


def suggest(record: Record, lead: Party | None = None) -> str:
    """Return the stem of a public id for a new record; `lead` is a pledge's first contributor."""
    if isinstance(record, Pledge):
        year = record.announced[:4] if re.match(r"\d{4}", record.announced) else "ND"
        return f"{lead.public_id if lead else 'JOINT'}-{year}"
    if isinstance(record, Meeting):
        return f"{record.forum.public_id}-{_slug(record.date) or _slug(record.name)}"
    if isinstance(record, Package):
        return f"{record.initiative.public_id}-{record.number}"
    if isinstance(record, Official):
        return _slug(f"{record.name} {record.office}")
    return _slug(record.name) or record.kind


def _slug(text: str) -> str:
    """Return `text` as a slug of letters, digits and single hyphens."""
    return re.sub("[_-]+", "-", slugify(text)).strip("-")


@transaction.atomic
def give(*, record: Record, lead: Party | None = None) -> str:
    """Give a new record its public id and note it as given; returns the id.

    An id that was typed is kept. Raises CurationError where it was given before.
    """
    stem = record.public_id or suggest(record, lead)[:MAX_LENGTH].strip("-")
    given = _given(record, stem)
    if record.public_id and record.public_id in given:
        raise CurationError(_("The id %s was given before, and an id is never used twice.") % record.public_id)
    if not record.public_id:
        record.public_id = _unused(stem, given, numbered=isinstance(record, Pledge))
    PublicId.objects.create(kind=record.kind, public_id=record.public_id)
    return record.public_id


def _given(record: Record, stem: str) -> set[str]:
    """Return the ids of the kind that begin with `stem`, on the desk now or given ever."""
    noted = PublicId.objects.filter(kind=record.kind, public_id__startswith=stem)
    present = type(record)._default_manager.filter(public_id__startswith=stem).exclude(pk=record.pk)
    return {*noted.values_list("public_id", flat=True), *present.values_list("public_id", flat=True)}


def _unused(stem: str, given: set[str], numbered: bool) -> str:
    """Return `stem` with a running number: always for a pledge, else only where it is taken."""
    if not numbered and stem not in given:
        return stem
    number = 1 if numbered else 2
    while (candidate := f"{stem}-{number:04d}" if numbered else f"{stem}-{number}") in given:
        number += 1
    return candidate
