"""The last step of publishing: add its link to the chain."""

from tracker.ledger.chain import newest_link, next_link
from tracker.ledger.counts import counts_after
from tracker.models import ChangeSet


def link(change_set: ChangeSet) -> None:
    """Add the link of a change set whose versions, rows and figures are written.

    Only a publishing calls it, once no other is under way, so that the chain never forks.
    """
    before = newest_link()
    row = next_link(change_set, before)
    row.counts = counts_after(change_set, before)
    row.save(force_insert=True)
