"""Step 1 of publishing: gather the documents of the records that a change set edited, as they are on the desk."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.curation.evidence import settling
from tracker.curation.publishing.batch import Batch
from tracker.lib.chunks import chunked
from tracker.models import Edit, Pledge
from tracker.records.engine.types import Key
from tracker.records.quality.dates import long_before
from tracker.records.registry import KINDS


def gather(batch: Batch) -> None:
    """Take the edits of the change set into the batch: what is saved, what is withdrawn, what is posted anew."""
    saved: list[Key] = []
    columns = ("kind", "public_id", "action", "reason", "merged_into")
    edits = batch.change_set.edits.order_by("kind", "public_id").values_list(*columns)
    for kind, public_id, action, reason, merged_into in edits.iterator():
        key = (kind, public_id)
        if action in Edit.GOING:
            batch.withdrawn[key] = reason
            if merged_into:
                batch.merged[key] = merged_into
        elif action == Edit.Action.REPOST:
            batch.reposted.add(key)
        else:
            saved.append(key)
    take_from_desk(batch, saved)


def take_from_desk(batch: Batch, keys: Iterable[Key]) -> None:
    """Put the documents of the records, as they are on the desk, into the batch.

    A record that is gone is a problem; a claim that cannot be published as it stands, an objection.
    """
    wanted: dict[str, list[str]] = {}
    listed = list(keys)
    for kind, public_id in listed:
        wanted.setdefault(kind, []).append(public_id)
    for name, described in KINDS.items():
        for part in chunked(wanted.get(name, ())):
            settling.settle_quoted(name, part)
            for document in described.documents(part):
                key = (name, document["id"])
                batch.put(key, document)
                found = list(long_before(document)) if name == Pledge.kind else []
                if found:
                    batch.early[key] = found
                for message in settling.missing(document):
                    batch.objection(key, message)
    for key in listed:
        if key not in batch.documents:
            batch.problem(key, _("it is no longer on the desk; discard this edit or withdraw the record"))
