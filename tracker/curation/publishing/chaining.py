"""The last step of publishing: add its link to the chain."""

from tracker.ledger.chain import next_link
from tracker.models import ChainLink, ChangeSet


def link(change_set: ChangeSet) -> ChainLink:
    """Add the link of a change set whose versions, rows and figures are written, and return it.

    Only a publishing calls it, once no other is under way, so that the chain never forks.
    """
    added = next_link(change_set)
    added.save(force_insert=True)
    return added
