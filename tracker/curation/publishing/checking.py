"""Step 3 of publishing: check that what is published is not another record by now, refers to nothing withdrawn, and
has no date of another age."""

from django.utils.translation import gettext as _

from tracker.curation.publishing import shelving
from tracker.curation.publishing.batch import Batch
from tracker.curation.review.merged import published_merges
from tracker.lib import canonical
from tracker.models import ChangeSet, ExternalId, Finding
from tracker.records import shelved
from tracker.records.engine.types import Key, by_kind
from tracker.records.quality.dates import long_before


def check(batch: Batch) -> None:
    """Raise Refused, with each record that cannot be published or withdrawn, and why."""
    _check_merged(batch)
    _check_withdrawals(batch)
    _check_entries(batch)
    batch.refuse_problems()


def _check_merged(batch: Batch) -> None:
    """Refuse what stands merged into another record: its amounts would count twice.

    A revert of the merge puts the other record back as well.
    """
    for kind, public_ids in by_kind(batch.documents.keys() - batch.shelf.keys()).items():
        for public_id, merge in published_merges(kind=kind, public_ids=public_ids).items():
            if merge.change_set_id != batch.change_set.reverts_id:
                batch.problem((kind, public_id), str(merge))


def _check_withdrawals(batch: Batch) -> None:
    """Refuse to withdraw what published records still refer to."""
    referring = {key for key in shelving.referring(batch.withdrawn) if key[0] != shelved.CLAIM} - batch.withdrawn.keys()
    for key, text in shelving.texts(referring):
        document = batch.documents.get(key) or canonical.load(text)
        for _container, _key, target in shelved.references(key[0], document):
            if target in batch.withdrawn:
                batch.problem(target, _("%s %s still refers to it") % key)


def _check_entries(batch: Batch) -> None:
    """Refuse pledges with an entry long before their announcement, unless that is published or waived already.

    What an import brings stands as its dataset has it: there the finding alone says so.
    """
    for key, found in batch.early.items():
        if not _is_imported(batch, key):
            known = _waived(key)
            if key in batch.shelf:
                known |= {each.field for each in long_before(batch.shelf[key])}
            for each in found:
                if each.field not in known:
                    batch.objection(key, each.message)


def _waived(key: Key) -> set[str]:
    """Return the fields of a record whose date is waived."""
    waived = Finding.objects.filter(
        rule="impossible-date", record_kind=key[0], record_id=key[1], waived_at__isnull=False
    )  # fmt: skip
    return set(waived.values_list("field", flat=True))


def _is_imported(batch: Batch, key: Key) -> bool:
    """Tell whether an import brings a record that a dataset gives."""
    given = ExternalId.objects.filter(record_kind=key[0], public_id=key[1])
    return batch.change_set.cause == ChangeSet.Cause.IMPORT and given.exists()
