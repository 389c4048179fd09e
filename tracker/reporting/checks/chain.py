"""Checking the chain of publishings: each link against the tables, against the one before, and against a kept head."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tracker.ledger.chain import FIGURES, document_of, newest_link
from tracker.ledger.counts import counts_at
from tracker.lib import canonical
from tracker.models import ChainLink, ChangeSet


def chain_differences() -> Iterator[str]:
    """Yield where the chain is broken, or a link does not say what the tables hold."""
    unlinked = ChangeSet.objects.filter(status=ChangeSet.Status.PUBLISHED, link__isnull=True).order_by("pk")
    for change_set in unlinked:
        yield _("change set %s: it is published, and no link of the chain covers it") % change_set
    for model in FIGURES:
        early = model.objects.filter(recorded_from__isnull=False, change_set__isnull=False)
        for figure in early.filter(change_set__published_at__isnull=True).order_by("pk"):
            yield _("%(figure)s: it is in force, and change set #%(id)s is not published") % {
                "figure": figure, "id": figure.change_set_id
            }  # fmt: skip
    previous, number = "", 0
    for link in ChainLink.objects.select_related("change_set").order_by("number"):
        if link.number != number + 1:
            yield _("chain: link %s is missing") % (number + 1)
        if canonical.digest(link.document) != link.sha256:
            yield _("link %s: the hash is not that of what it covers") % link.number
        yield from _link_differences(link, previous)
        previous, number = link.sha256, link.number
    yield from _count_differences()


def _link_differences(link: ChainLink, previous: str) -> Iterator[str]:
    """Yield what a link covers that is not so."""
    if link.change_set.published_at is None:
        yield _("link %(number)s: change set %(id)s is not published") % {
            "number": link.number, "id": link.change_set
        }  # fmt: skip
        return
    stated, found = canonical.load(link.document), document_of(link.change_set, number=link.number, previous=previous)
    for name in sorted({*stated, *found}):
        if stated.get(name) != found.get(name):
            yield _("link %(number)s (change set %(id)s): %(name)s is %(found)r, and was %(stated)r when published") % {
                "number": link.number, "id": link.change_set_id, "name": name,
                "found": found.get(name), "stated": stated.get(name),
            }  # fmt: skip


def _count_differences() -> Iterator[str]:
    """Yield which list has not as many rows as the newest publishing noted."""
    newest = newest_link()
    if newest is None or not newest.counts:
        return
    moment = newest.change_set.published_at
    found = counts_at(moment) if moment else {}
    for kind in sorted({*found, *newest.counts}):
        if found.get(kind, 0) != newest.counts.get(kind, 0):
            yield _("link %(number)s: %(kind)s: it noted %(noted)s rows, and there are %(found)s") % {
                "number": newest.number, "kind": kind, "noted": newest.counts.get(kind, 0), "found": found.get(kind, 0)
            }  # fmt: skip


def head_differences(head: str) -> Iterator[str]:
    """Yield that a hash which somebody kept, the head of the chain on some day, is that of no link."""
    if not ChainLink.objects.filter(sha256=head.strip().lower()).exists():
        yield _("no link of the chain has the hash %s: the register is not the one that had this head, or has lost "
                "what was published until then") % head  # fmt: skip
