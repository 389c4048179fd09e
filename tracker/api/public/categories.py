"""Published categories."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.categories import CategoryFilterSet


@documented
class CategoryViewSet(PublishedViewSet):
    """Published categories."""

    kind = "category"
    filterset_class = CategoryFilterSet
