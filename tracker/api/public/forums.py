"""Published forums."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.forums import ForumFilterSet


@documented
class ForumViewSet(PublishedViewSet):
    """Published forums."""

    kind = "forum"
    filterset_class = ForumFilterSet
