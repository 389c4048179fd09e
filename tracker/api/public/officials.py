"""Published officials."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.officials import OfficialFilterSet


@documented
class OfficialViewSet(PublishedViewSet):
    """Published officials."""

    kind = "official"
    filterset_class = OfficialFilterSet
