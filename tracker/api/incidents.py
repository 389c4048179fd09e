"""Published incidents."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.incidents import IncidentFilterSet


@documented
class IncidentViewSet(PublishedViewSet):
    """Published incidents."""

    kind = "incident"
    filterset_class = IncidentFilterSet
