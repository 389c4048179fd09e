"""Published officials."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.officials import OfficialFilterSet


@documented
class OfficialViewSet(PublishedViewSet):
    """Published officials."""

    kind = "official"
    filterset_class = OfficialFilterSet
