"""Search in all kinds of records at once."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from tracker.lib.text import fold
from tracker.models import Publication
from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.web.answering import ShownPage
from tracker.web.names import states_called
from tracker.web.page_request import PageRequest
from tracker.web.pages.lists import searched

FIRST = 6
"""How many records of each kind are named."""


def search(asked: PageRequest) -> ShownPage:
    """Show what has all words of `q` in it, by kind; a record with exactly these words as its name stands first."""
    asked.check(["q"])
    text = asked.params.get("q", "").strip()
    context: dict[str, Any] = {"title": _("Search"), "words": text, "found": _found(asked, text) if text else []}
    return ShownPage("web/search.html", context)


def _found(asked: PageRequest, text: str) -> list[dict[str, Any]]:
    every = Publication.objects.published(asked.moment).filter(kind__in=KINDS)
    # A state is found by its name in the language of the page, too.
    rows = searched(every, text) | every.filter(kind="party", public_id__in=states_called(text))
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return [
        {
            "title": words.first_capital(field_labels.many(kind)), "count": counts[kind],
            "rows": _best(rows.filter(kind=kind), text),
            "address": asked.address(f"pages-{kind}", search=text),
        }
        for kind in KINDS if kind in counts
    ]  # fmt: skip


def _best(rows: Any, text: str) -> list[Publication]:
    """Return the first records: those whose names have the words before those that have them elsewhere."""
    by_name = list(rows.filter(folded__contains=fold(text)).order_by("folded", "public_id")[:FIRST])
    known = [row.pk for row in by_name]
    return [*by_name, *rows.exclude(pk__in=known).order_by("folded", "public_id")[: FIRST - len(by_name)]]
