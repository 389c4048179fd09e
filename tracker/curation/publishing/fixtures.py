"""The fixtures: which there are, and publishing what they brought to the desk."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from tracker.curation import search_texts
from tracker.curation.publishing.publishing import publish
from tracker.curation.quality import keeping
from tracker.curation.review.change_sets import open_change_set, submit
from tracker.curation.review.holding import hold_saved
from tracker.models import ChangeSet, Edit, Pledge, Publication
from tracker.records.engine.types import by_kind
from tracker.records.registry import KINDS, in_order_of_reference


def fixture_names() -> list[str]:
    """Return the names of the fixtures, each after those that it needs: a file for each kind, then the claims."""
    there = {path.stem for folder in settings.FIXTURE_DIRS for path in Path(folder).glob("*.json")}
    return [name for name in (*(kind.plural for kind in in_order_of_reference()), "claims") if name in there]


@transaction.atomic
def publish_all(*, author: User, by: User, message: str, at: dt.datetime) -> ChangeSet | None:
    """Publish every record that was never published and that nobody holds, in one change set.

    `author` submits and `by` publishes; returns None where there is nothing to publish.
    """
    known = set(Publication.objects.values_list("kind", "public_id"))
    known |= set(Edit.objects.filter(released_at__isnull=True).values_list("kind", "public_id"))
    fresh = [
        (name, public_id)
        for name, kind in KINDS.items()
        for public_id in kind.model._default_manager.order_by("public_id").values_list("public_id", flat=True)
        if (name, public_id) not in known
    ]
    if not fresh:
        return None
    search_texts.renew(public_id for kind, public_id in fresh if kind == Pledge.kind)
    change_set = open_change_set(author=author, message=message, cause=ChangeSet.Cause.REFERENCE, at=at)
    for kind, public_ids in by_kind(fresh).items():
        hold_saved(kind=kind, public_ids=public_ids, change_set=change_set, at=at, befores={})
    keeping.settle(fresh, at=at)
    submit(change_set=change_set, by=author, at=at)
    return publish(change_set=change_set, by=by, at=at)
