"""Putting records of the desk back to what is published of them."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import StillReferredTo
from tracker.lib import canonical
from tracker.models import Claim, Edit, Publication
from tracker.models.base import Record
from tracker.records.registry import KINDS


@transaction.atomic
def restore_all(*, edits: Iterable[Edit]) -> None:
    """Undo edits: write published documents back, and remove records that were never published.

    Records are restored in the order in which kinds refer to one another, and removed in the reverse.
    """
    order = {kind: position for position, kind in enumerate(KINDS)}
    by_kind = sorted(edits, key=lambda edit: (order[edit.kind], edit.pk))
    standing = {
        (publication.kind, publication.public_id): publication
        for publication in Publication.objects.standing().filter(public_id__in=[edit.public_id for edit in by_kind])
    }
    for edit in by_kind:
        if (edit.kind, edit.public_id) in standing and edit.action != Edit.Action.REPOST:
            _write_back(standing[edit.kind, edit.public_id])
    for edit in reversed(by_kind):
        if (edit.kind, edit.public_id) not in standing:
            record = KINDS[edit.kind].model.named(edit.public_id)
            if record is not None and not _was_published(edit):
                remove(record=record)


def _was_published(edit: Edit) -> bool:
    return Publication.objects.filter(kind=edit.kind, public_id=edit.public_id).exists()


def _write_back(publication: Publication) -> None:
    kind = KINDS[publication.kind]
    record = kind.model.named(publication.public_id)
    serializer = kind.serializer(record, data=canonical.load(publication.document))
    serializer.is_valid(raise_exception=True)
    serializer.save()


@transaction.atomic
def remove(*, record: Record) -> None:
    """Remove a record of the desk and its claims.

    Raises StillReferredTo, naming what refers to it, where other records do.
    """
    try:
        # Parts go with the record, so that what protects them inside it does not count.
        for relation in ("links", "valuations", "entries", "items"):
            parts = getattr(record, relation, None)
            if parts is not None:
                parts.all().delete()
        record.delete()
    except models.ProtectedError as error:
        names = sorted({str(protected) for protected in error.protected_objects})
        raise StillReferredTo(
            _("%(record)s cannot be removed: %(names)s still refer to it.")
            % {"record": record, "names": ", ".join(names[:5])}
        ) from error
    Claim.objects.filter(record_kind=record.kind, record_id=record.public_id).delete()
