"""Rules of what a pledge needs to be counted: publishing refuses what breaks them, and they say so before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tracker.records.engine.references import without_names
from tracker.records.engine.types import Document
from tracker.records.quality.referred import Referred
from tracker.records.quality.rule import Found
from tracker.records.sum_of_shares import SharesError, parts_of


def whole(document: Document, referred: Referred) -> Iterator[Found]:
    """Find shares that come to more than the whole of the pledge, or to less where nobody's is undisclosed."""
    if document["shares"]:
        try:
            parts_of(document)
        except SharesError as error:
            amounts = [[row["stage"], row["amount"], row["currency"]] for row in document["entries"]]
            yield Found("shares", str(error), [without_names(document["shares"]), amounts])


def to_oneself(document: Document, referred: Referred) -> Iterator[Found]:
    """Find contributors of a pledge that are its beneficiary, too: nobody gives aid to themselves."""
    beneficiary = (document.get("beneficiary") or {}).get("id")
    for share in document["shares"]:
        if share["contributor"]["id"] == beneficiary:
            told = _("%s is named as contributor and as beneficiary: which of the two is right?")
            yield Found("beneficiary", told % share["contributor"]["name"], beneficiary)


def steps(document: Document, referred: Referred) -> Iterator[Found]:
    """Find pledges without an entry, which nothing counts."""
    if not document["entries"]:
        yield Found("entries", _("Add at least one entry: a pledge without a dated step cannot be counted."), [])


def circle(document: Document, referred: Referred) -> Iterator[Found]:
    """Find pledges whose links lead back to them: each would be netted against the next, and none counted."""
    ahead = [link["target"]["id"] for link in document["links"]]
    seen: set[str] = set()
    while ahead:
        public_id = ahead.pop()
        if public_id == document["id"]:
            told = _("Its links lead back to it by way of %s, so that none of them would count: remove one link.")
            names = sorted(seen)
            yield Found("links", told % ", ".join(names), names)
            return
        if public_id not in seen:
            seen.add(public_id)
            ahead += referred.links.get(public_id, ())
