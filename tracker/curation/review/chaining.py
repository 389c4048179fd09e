"""The last step of publishing: add its link to the chain."""

from tracker.ledger.chain import document_of, newest_link
from tracker.lib import canonical
from tracker.models import ChainLink, ChangeSet


def link(change_set: ChangeSet) -> ChainLink:
    """Add the link of a change set whose versions, rows and figures are written, and return it.

    Only a publishing calls it, once no other is under way, so that the chain never forks.
    """
    before = newest_link()
    number, previous = (before.number + 1, before.sha256) if before else (1, "")
    text = canonical.dump(document_of(change_set, number=number, previous=previous))
    return ChainLink.objects.create(
        change_set=change_set, number=number, document=text, sha256=canonical.digest(text)
    )  # fmt: skip
