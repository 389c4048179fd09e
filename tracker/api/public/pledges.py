"""Published pledges."""

from typing import Any

from django.db.models import F, QuerySet

from tracker.api.public.counting import Counting
from tracker.api.public.published import Fields, PublishedViewSet, Rows
from tracker.api.schema.describing import documented
from tracker.filters.fields import are_few
from tracker.filters.pledges import PledgeFilterSet
from tracker.models import Listing
from tracker.reporting.shelf import published


@documented
class PledgeViewSet(PublishedViewSet):
    """Published pledges.

    Each is one promise: who, to whom, what, under which initiative; with its shares, items and entries.
    """

    kind = "pledge"
    filterset_class = PledgeFilterSet

    def paged(self, ordering: str) -> tuple[QuerySet[Any], Counting]:
        """Return the listings where they say which pledges are asked for, unless the pledges are as soon found."""
        filterset, words, order = self.filtered(), self.asked_words(), ordering.lstrip("-")
        if words or not filterset.is_listed:
            rows = self.searched(filterset.qs, words)
            return rows, rows.count
        # A day is all that a listing knows of a date, and all that pledges are put in order by.
        listings = filterset.listings().alias(earliest=F("day"), latest=F("day"))
        # Pledges of many contributors fill a page at once where many are kept; those of one stand together, far down.
        in_order = filterset.is_of_one_year or "contributor" in filterset.asked or order != "id"
        if order == "name" or not (in_order or are_few(listings)):
            return filterset.qs, listings.count
        return listings, listings.count

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        """Return what the answer shows of pledges, or of the pledges of listings."""
        if rows and isinstance(rows[0], Listing):
            rows = published.publications_of(rows)
        return super().present(rows, fields)
