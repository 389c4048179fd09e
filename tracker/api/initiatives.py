"""Published initiatives."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.initiatives import InitiativeFilterSet


@documented
class InitiativeViewSet(PublishedViewSet):
    """Published initiatives."""

    kind = "initiative"
    filterset_class = InitiativeFilterSet
