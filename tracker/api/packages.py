"""Published packages."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.packages import PackageFilterSet


@documented
class PackageViewSet(PublishedViewSet):
    """Published packages."""

    kind = "package"
    filterset_class = PackageFilterSet
