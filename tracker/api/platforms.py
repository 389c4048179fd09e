"""Published platforms."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.platforms import PlatformFilterSet


@documented
class PlatformViewSet(PublishedViewSet):
    """Published platforms."""

    kind = "platform"
    filterset_class = PlatformFilterSet
