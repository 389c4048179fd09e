"""Step 3 of publishing: check that what is published refers to nothing that is withdrawn."""

from django.utils.translation import gettext as _

from tracker.curation.review import shelving
from tracker.curation.review.batch import Batch
from tracker.lib import canonical
from tracker.records import shelved


def check(batch: Batch) -> None:
    """Raise Refused, with each record that cannot be published or withdrawn, and why."""
    _check_withdrawals(batch)
    batch.refuse_problems()


def _check_withdrawals(batch: Batch) -> None:
    """Refuse to withdraw what published records still refer to."""
    referring = {key for key in shelving.referring(batch.withdrawn) if key[0] != shelved.CLAIM} - batch.withdrawn.keys()
    for key, text in shelving.texts(referring):
        document = batch.documents.get(key) or canonical.load(text)
        for _container, _key, target in shelved.references(key[0], document):
            if target in batch.withdrawn:
                batch.problem(target, _("%s %s still refers to it") % key)
