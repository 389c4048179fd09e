"""What a change set may be used for as it stands: each check raises WrongStatus, with the status in words."""

from django.utils.translation import gettext as _

from tracker.curation.errors import WrongStatus
from tracker.models import ChangeSet


def locked(change_set: ChangeSet) -> ChangeSet:
    """Return the change set as it stands, locked until the transaction ends.

    What is only said of it, such as a comment or that somebody asked for work on it, waits for nobody.
    """
    return ChangeSet.objects.select_for_update(of=("self",), no_key=True).get(pk=change_set.pk)


def require_status(change_set: ChangeSet, *statuses: str) -> None:
    """Raise WrongStatus where a change set stands otherwise than in one of `statuses`."""
    if change_set.status not in statuses:
        raise WrongStatus(
            _("Change set #%(id)s is %(status)s.") % {"id": change_set.pk, "status": change_set.get_status_display()}
        )


def require_editable(change_set: ChangeSet) -> None:
    """Raise WrongStatus where the change set takes no more edits.

    It is looked at as it stands now, and whoever submits it meanwhile waits until the transaction
    ends, so that nothing is published that was not there when it was reviewed.
    """
    change_set = locked(change_set)
    if change_set.status not in ChangeSet.EDITABLE:
        raise WrongStatus(
            _("Change set %(id)s is %(status)s: it takes no more edits.")
            % {"id": f"#{change_set.pk}", "status": change_set.get_status_display()}
        )


def require_submitted(change_set: ChangeSet) -> None:
    """Raise WrongStatus unless the change set waits for a reviewer."""
    if change_set.status != ChangeSet.Status.SUBMITTED:
        raise WrongStatus(
            _("Change set #%(id)s is %(status)s; only a submitted one can be published.")
            % {"id": change_set.pk, "status": change_set.get_status_display()}
        )


def require_holding(change_set: ChangeSet) -> None:
    """Raise WrongStatus where the change set is published or discarded."""
    require_status(change_set, *ChangeSet.HOLDING)
