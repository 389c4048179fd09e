"""Publishing where there is truly one person: an administrator states why, and the public reads it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.review.permissions import require_alone, require_author, who_went
from tracker.curation.review.statuses import locked, require_submitted
from tracker.models import ChangeSet


@transaction.atomic
def state_alone(*, change_set: ChangeSet, by: User, reason: str) -> ChangeSet:
    """Note why an author publishes their own change set; who publishes it is asked again then. The reason is public.

    Raises NotAllowed unless `by` is its author, an administrator, and nobody else could review it; WrongStatus where
    it is not submitted; CurationError without a reason. What is on record of others who could review is added.
    """
    change_set = locked(change_set)
    require_submitted(change_set)
    require_author(change_set, by)
    require_alone(change_set, by)
    if not reason.strip():
        raise CurationError(_("Say why you publish it yourself: the reason is public."))
    change_set.alone_reason = "\n".join(filter(None, [reason.replace("\0", "").strip()[:5000], _on_record(change_set)]))
    change_set.save(update_fields=["alone_reason"])
    return change_set


def _on_record(change_set: ChangeSet) -> str:
    """Return in a sentence when others who could review lost their account or that right, and whether by the author.

    Names of staff are not public. Empty where nobody did.
    """
    by_author, by_another = _("by the author"), _("by somebody else")
    went = [
        f"{event.at:%Y-%m-%d} {by_author if event.by_id == change_set.author_id else by_another}"
        for event in who_went(change_set)
    ]
    if not went:
        return ""
    return _("On record: others who could review lost their account or that right: %s.") % ", ".join(went[-10:])
