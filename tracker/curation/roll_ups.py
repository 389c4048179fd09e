"""Making the roll-ups of the ledger anew."""

from django.db import transaction

from tracker.curation.publishing import queue_up
from tracker.ledger import roll_ups


@transaction.atomic
def rebuild() -> None:
    """Make all roll-ups anew from the ledger; publishings wait until that is done."""
    queue_up()
    roll_ups.rebuild()
