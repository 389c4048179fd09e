"""Published platforms."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.platforms import PlatformFilterSet


@documented
class PlatformViewSet(PublishedViewSet):
    """Published platforms."""

    kind = "platform"
    filterset_class = PlatformFilterSet
