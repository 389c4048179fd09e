"""Public ids: given once, never re-used."""

import re

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.lib.numbering import next_number
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
    if record.public_id:
        if _is_given(record, record.public_id):
            raise CurationError(_("The id %s was given before, and an id is never used twice.") % record.public_id)
    else:
        record.public_id = _unused(record, suggest(record, lead)[:MAX_LENGTH].strip("-"))
    PublicId.objects.create(kind=record.kind, public_id=record.public_id)
    return record.public_id


def _is_given(record: Record, public_id: str) -> bool:
    """Tell whether a record of the kind has the id, on the desk now or given ever."""
    present = type(record)._default_manager.filter(public_id=public_id).exclude(pk=record.pk)
    return PublicId.objects.filter(kind=record.kind, public_id=public_id).exists() or present.exists()


def _unused(record: Record, stem: str) -> str:
    """Return `stem` with a running number: always for a pledge, else only where it is taken."""
    is_numbered = isinstance(record, Pledge)
    if not is_numbered and not _is_given(record, stem):
        return stem

    def named(number: int) -> str:
        return f"{stem}-{number:04d}" if is_numbered else f"{stem}-{number}"

    return named(next_number(lambda number: _is_given(record, named(number)), first=1 if is_numbered else 2))
