"""Step 2 of publishing: resolve references, so that all that is referred to is published, under its name of now."""

from collections.abc import Callable
from functools import cache

from django.utils.translation import gettext as _

from tracker.curation.publishing import shelving
from tracker.curation.publishing.batch import Batch, said_of
from tracker.curation.publishing.gathering import take_from_desk
from tracker.curation.review.standing import Standing, State, standings
from tracker.lib import canonical
from tracker.models import Edit
from tracker.records import shelved
from tracker.records.engine.references import reference_from
from tracker.records.engine.types import Document, Key, by_kind


def resolve(batch: Batch) -> None:
    """Bring along what the documents need and what carries their names, until nothing changes or there are problems."""
    while True:
        _load_shelf(batch)
        missing = _missing(batch)
        if missing:
            _bring_along(batch, missing)
            if batch.problems:
                return
            continue
        changed = _relink(batch)
        _check_tree(batch)
        if batch.problems or (not changed and not _carry_names(batch)):
            # Of a long import, what is said takes as much room as the documents' names.
            batch.needed.clear()
            batch.said.clear()
            return


def _load_shelf(batch: Batch) -> None:
    """Read what stands published of what is referred to and of the records of the batch themselves."""
    unread = (batch.needed.keys() | batch.documents.keys()) - batch.shelf.keys() - batch.withdrawn.keys()
    for key, text in shelving.texts(unread):
        batch.shelf.keep(key, text)


def _missing(batch: Batch) -> dict[Key, Key]:
    """Return each target that is neither on the shelf nor in the batch, with one that needs it."""
    return {
        target: by
        for target, by in batch.needed.items()
        if target in batch.withdrawn or not (target in batch.documents or target in batch.shelf)
    }


def _bring_along(batch: Batch, missing: dict[Key, Key]) -> None:
    """Add unpublished records that nobody else holds; say which others are missing."""
    free: list[Key] = []
    standing = _standings(missing)
    for target, needed_by in sorted(missing.items()):
        found = standing[target]
        if target in batch.withdrawn or found.state is State.WITHDRAWN:
            batch.problem(needed_by, _("it refers to %s %s, which is withdrawn") % target)
        elif found.edit is not None and found.edit.change_set_id != batch.change_set.pk:
            batch.problem(needed_by, f"{_not_published(target)}: {_held(found.edit)}")
        else:
            free.append(target)
    take_from_desk(batch, free)
    batch.brought.update(target for target in free if standing[target].edit is None)


def _standings(keys: dict[Key, Key]) -> dict[Key, Standing]:
    return {
        (kind, public_id): found
        for kind, public_ids in by_kind(keys).items()
        for public_id, found in standings(kind=kind, public_ids=public_ids).items()
    }


def _not_published(target: Key) -> str:
    return _("it refers to %(kind)s %(record)s, which is not published") % {"kind": target[0], "record": target[1]}


def _held(edit: Edit) -> str:
    return _("%(author)s holds it in change set #%(id)s") % {
        "author": edit.change_set.author, "id": edit.change_set_id,
    }  # fmt: skip


def _relink(batch: Batch) -> bool:
    """Make references say what is, or becomes, published; tells whether anything changed."""
    published = _published(batch)
    if not _names_differ(batch, published):
        return False
    changed = {}
    for key, document in batch.documents.items():
        if shelved.relink(key[0], document, published):
            changed[key] = document
    for key, document in changed.items():
        batch.put(key, document)
    return bool(changed)


def _names_differ(batch: Batch, published: Callable[[Key], Document | None]) -> bool:
    """Tell whether any reference may have to say something else, without a look at all documents.

    What is read from the desk says of the records of the batch what these say of themselves.
    """
    return batch.is_said_otherwise or any(
        said_of(shelved.relinked(target, found, published)) != says
        for target, says in batch.said.items()
        if target not in batch.documents and (found := published(target))
    )


def _published(batch: Batch) -> Callable[[Key], Document | None]:
    """Return what looks up a record as references say it: as it becomes published, else as it is."""

    @cache
    def look_up(key: Key) -> Document | None:
        source = batch.documents if key in batch.documents else batch.shelf
        return reference_from(key[0], source[key]) if key in source else None

    return look_up


def _check_tree(batch: Batch) -> None:
    """Refuse a category that would come to stand within itself, whose path would have no end."""
    for key in [key for key in batch.documents if key[0] == "category"]:
        path = batch.documents[key]["path"]
        if key[1] in path[:-1]:
            batch.problem(key, _("it would stand within itself: %s") % " › ".join(path))


def _carry_names(batch: Batch) -> bool:
    """Add the published documents that carry a name which changes; tells whether there are any."""
    renamed = {
        key
        for key in batch.documents.keys() & batch.shelf.keys()
        if reference_from(key[0], batch.shelf[key]) != reference_from(key[0], batch.documents[key])
    }
    added = False
    carrying = {key for key in shelving.referring(renamed) if key[0] != shelved.CLAIM}
    for key, text in shelving.texts(carrying - batch.documents.keys() - batch.withdrawn.keys()):
        batch.put(key, canonical.load(text))
        batch.is_said_otherwise = added = True
    return added
