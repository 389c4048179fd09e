"""Published forums."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.forums import ForumFilterSet


@documented
class ForumViewSet(PublishedViewSet):
    """Published forums."""

    kind = "forum"
    filterset_class = ForumFilterSet
