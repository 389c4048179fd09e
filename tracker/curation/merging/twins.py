"""What is decided about two pledges that look alike: they are different, or one overlaps with the other."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.curation.database_errors import in_words
from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.models import ChangeSet, Edit, KeptApart, Pledge, PledgeLink


@transaction.atomic
def keep_apart(*, one: Pledge, other: Pledge, by: User, at: dt.datetime) -> KeptApart:
    """Remember that two pledges are different. Raises CurationError where they are one. Said again, nothing changes."""
    if one.public_id == other.public_id:
        raise CurationError(_("A pledge is not different from itself."))
    first, second = sorted([one.public_id, other.public_id])
    found, _is_new = KeptApart.objects.get_or_create(one=first, other=second, defaults={"by": by, "at": at})
    return found


@transaction.atomic
def forget_apart(*, one: Pledge, other: Pledge) -> None:
    """Forget that two pledges were found to be different, so that they are shown as twins again."""
    first, second = sorted([one.public_id, other.public_id])
    KeptApart.objects.filter(one=first, other=second).delete()


@transaction.atomic
def link(
    *, pledge: Pledge, target: Pledge, kind: str, by: User, at: dt.datetime, change_set: ChangeSet | None = None
) -> Edit:  # fmt: skip
    """Say how `pledge` overlaps with `target`, as an edit of `pledge`: `kind` is one of PledgeLink.Link.

    Raises what `records.edit` raises, and CurationError where it is no such link, or stands there already.
    """
    if kind not in PledgeLink.Link.values:
        raise CurationError(_("“%(kind)s” is no link; known are: %(known)s.") % {
            "kind": kind[:40], "known": ", ".join(PledgeLink.Link.values),
        })  # fmt: skip
    try:
        with records.edit(record=pledge, by=by, at=at, change_set=change_set) as edit:
            PledgeLink.objects.create(pledge=pledge, target=target, link=kind)
    except IntegrityError as error:
        raise CurationError(in_words(error)) from error
    return edit
