"""Published packages."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.packages import PackageFilterSet


@documented
class PackageViewSet(PublishedViewSet):
    """Published packages."""

    kind = "package"
    filterset_class = PackageFilterSet
