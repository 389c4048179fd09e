"""Published initiatives."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.initiatives import InitiativeFilterSet


@documented
class InitiativeViewSet(PublishedViewSet):
    """Published initiatives."""

    kind = "initiative"
    filterset_class = InitiativeFilterSet
