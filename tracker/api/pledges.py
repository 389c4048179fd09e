"""Published pledges."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.pledges import PledgeFilterSet


@documented
class PledgeViewSet(PublishedViewSet):
    """Published pledges."""

    kind = "pledge"
    filterset_class = PledgeFilterSet
