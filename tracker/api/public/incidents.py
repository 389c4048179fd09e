"""Published incidents."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.incidents import IncidentFilterSet


@documented
class IncidentViewSet(PublishedViewSet):
    """Published incidents."""

    kind = "incident"
    filterset_class = IncidentFilterSet
