"""Published categories."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.categories import CategoryFilterSet


@documented
class CategoryViewSet(PublishedViewSet):
    """Published categories."""

    kind = "category"
    filterset_class = CategoryFilterSet
