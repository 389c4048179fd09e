"""The last step of publishing: add its link to the chain."""

from tracker.ledger.chain import next_link
from tracker.models import ChangeSet


def link(change_set: ChangeSet) -> None:
    """Add the link of a change set whose versions, rows and figures are written.

    Only a publishing calls it, once no other is under way, so that the chain never forks.
    """
    next_link(change_set).save(force_insert=True)
