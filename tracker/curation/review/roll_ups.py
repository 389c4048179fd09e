"""Making the roll-ups of the ledger, and the counts of lists, anew."""

from django.db import transaction

from tracker.curation.review.publishing import queue_up
from tracker.ledger import counts, roll_ups


@transaction.atomic
def rebuild() -> None:
    """Make all roll-ups and counts anew from ledger and shelf; publishings wait until that is done."""
    queue_up()
    roll_ups.rebuild()
    counts.rebuild()
