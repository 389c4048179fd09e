"""Taking a published version of a record back to the desk, as an edit that is reviewed like any other."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.refusals import in_words
from tracker.curation.review import naming
from tracker.curation.review.holding import holder
from tracker.curation.review.restoring import as_now
from tracker.lib import canonical
from tracker.models import ChangeSet, Publication
from tracker.records.registry import KINDS


@transaction.atomic
def restore(*, version: Publication, by: User, at: dt.datetime, change_set: ChangeSet | None = None) -> Any:
    """Write a record of the desk as it was published in `version`, as an edit by `by`; returns the record.

    What is the desk's alone, such as the internal note, stays. Raises CurationError for a withdrawal, for a record
    that is no longer on the desk, and where the version refers to what is gone; and what `records.edit` raises.
    """
    kind = KINDS[version.kind]
    record = kind.model.named(version.public_id)
    if version.is_tombstone:
        raise CurationError(
            _("Version %s says that the record was withdrawn: there is nothing to restore.") % version.version
        )
    if record is None:
        raise CurationError(_("%s is no longer on the desk.") % version.public_id)
    serializer = kind.published(record, data=as_now(kind, canonical.load(version.document)))
    try:
        serializer.is_valid(raise_exception=True)
        restored = records.write(serializer=serializer, by=by, at=at, change_set=change_set)
    except serializers.ValidationError as error:
        words = {"version": version.version, "problems": in_words(error.detail)}
        raise CurationError(_("Version %(version)s cannot be restored: %(problems)s") % words) from error
    held = holder(kind=version.kind, public_id=version.public_id)
    if held is not None:
        words = {"record": restored.name, "version": version.version}
        naming.say_work(held.change_set, _("%(record)s: back to version %(version)s") % words)
    return restored
